"""What a page says of the branch below it."""

from tests.support.vault import Vault


def test_a_hub_says_how_much_there_is_where_to_begin_and_what_is_new(vault: Vault) -> None:
    """All notes below count, at any depth; the most cited one is the beginning."""
    for number in range(5):
        vault.note(
            f"n{number}.md", "[[n3]]", relations=["up:: [[Top]]"], words=220, date=f"2024-0{number + 1}-01"
        )
    vault.note("below.md", relations=["up:: [[n1]]"], words=10)
    facts = vault.page("top", "hub").branch_facts
    assert facts is not None
    assert (facts.count, facts.minutes) == (6, 6)
    assert facts.newest is not None
    assert facts.newest.iso == "2024-05-01"
    assert facts.start is not None
    assert (facts.start.title, facts.cited) == ("n3", 4)
    assert [card.title for card in facts.recent] == ["n4", "n3", "n2"]


def test_little_is_said_about_few_notes(vault: Vault) -> None:
    """One child does not make a branch; few notes are all new, and a note that one other cites is not a beginning."""
    vault.note("a.md", "[[b]]", relations=["up:: [[Top]]"])
    assert vault.page("top", "hub").branch_facts is None
    vault.note("b.md", relations=["up:: [[Top]]"])
    facts = vault.page("top", "hub").branch_facts
    assert facts is not None
    assert (facts.count, facts.newest, facts.start, facts.recent) == (2, None, None, ())


def test_a_beginning_is_what_the_branch_itself_links_to(vault: Vault) -> None:
    """Notes elsewhere say nothing of where to begin here."""
    for name in "ab":
        vault.note(f"{name}.md", relations=["up:: [[Top]]"])
    for number in range(3):
        vault.note(f"n{number}.md", "[[a]]")
    facts = vault.page("top", "hub").branch_facts
    assert facts is not None
    assert facts.start is None
