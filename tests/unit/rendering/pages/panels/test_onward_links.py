"""Onward links of a page: what is before and after it, and what to read next, with true reasons."""

from garden.model.note import Status
from garden.model.pages.page import NotePage
from tests.support.vault import Vault, made_heading


def reasons(page: NotePage) -> dict[str, str]:
    """Return why each page is recommended."""
    return {entry.title: entry.reason for entry in page.onward_links.read_next}


def steps(page: NotePage) -> list[tuple[str, str] | None]:
    """Return the pages before and after a page, with their reasons."""
    return [
        step and (step.title, step.reason) for step in (page.onward_links.previous, page.onward_links.next)
    ]


def test_pages_of_a_branch_follow_one_another_as_in_a_book(vault: Vault) -> None:
    """A page, what is below it, then the page beside it; branches end where they end."""
    for name, parent in {"a": "Top", "b": "Top", "a1": "a", "z": "Other"}.items():
        vault.note(f"{name}.md", relations=[f"up:: [[{parent}]]"])
    assert steps(vault.page("top", "hub")) == [None, ("a", "1 of 2 in Top")]
    assert steps(vault.page("a.md")) == [("Top", ""), ("a1", "1 of 1 in a")]
    assert steps(vault.page("a1.md")) == [("a", "1 of 2 in Top"), ("b", "2 of 2 in Top")]
    assert steps(vault.page("b.md")) == [("a1", "1 of 1 in a"), None]


def test_a_written_step_takes_the_place_of_the_order(vault: Vault) -> None:
    """The relation shows it; the other end of its path is still filled."""
    vault.note("a.md", relations=["up:: [[Top]]"])
    vault.note("b.md", relations=["up:: [[Top]]", "next:: [[z]]"])
    vault.note("z.md", relations=["up:: [[Other]]"])
    assert steps(vault.page("b.md")) == [("a", "1 of 2 in Top"), None]
    assert steps(vault.page("z.md"))[0] is None


def test_notes_that_are_cited_together_belong_together(vault: Vault) -> None:
    """By how many notes, or by which one."""
    for number in range(3):
        vault.note(f"s{number}.md", "[[a]]", "[[y]]")
    vault.note("s3.md", "[[a]]", "[[z]]")
    for name in ("a", "y", "z"):
        vault.note(f"{name}.md")
    found = reasons(vault.page("a.md"))
    assert found["y"] == "cited by 3 notes that cite this page"
    assert found["z"] == "cited beside this page in “s3”"


def test_notes_that_cite_the_same_belong_together(vault: Vault) -> None:
    """And notes with a rare tag, or a rare word where one of the two is about it."""
    up = ["up:: [[Top]]"]
    tags = ["lime", "common"]
    vault.note("a.md", "[[x]]", "[[y]]", tags=tags, title="A drift", relations=up)
    vault.note("p.md", "[[x]]", "[[y]]", relations=up)
    vault.note("q.md", tags=tags, relations=up)
    vault.note("r.md", headings=[made_heading("About drift", 0, 1)], relations=up)
    for name in ("x", "y"):
        vault.note(f"{name}.md", relations=up)
    for number in range(25):
        vault.note(f"n{number:02}.md", tags=["common"], relations=up)
    assert reasons(vault.page("a.md")) == {
        "p": "cites 2 pages that are cited here",
        "q": "shares the tag lime",
        # A single word of a heading counts less than the neighbours do.
        "n01": "also in Top",
    }


def test_nothing_is_recommended_that_the_page_names_already(vault: Vault) -> None:
    """Neither relations nor steps, nor what no list may show."""
    vault.note("a.md", tags=["t"], relations=["same:: [[b]]", "next:: [[c]]"])
    for name in ("b", "c", "d"):
        vault.note(f"{name}.md", tags=["t"])
    vault.note("hidden.md", tags=["t"], status=Status.HIDDEN)
    vault.note("draft.md", tags=["t"], status=Status.DRAFT)
    page = vault.page("a.md")
    assert steps(page) == [None, None]
    assert reasons(page) == {"d": "shares the tag t"}


def test_a_page_with_nothing_in_common_has_onward_links(vault: Vault) -> None:
    """Even a hidden one, which is in no order."""
    vault.note("a.md")
    vault.note("b.md", "[[a]]")
    vault.note("h.md", status=Status.HIDDEN)
    assert reasons(vault.page("h.md")) == {"a": "1 note here links to it", "b": "also on this site"}


def test_a_note_that_is_cited_by_everything_costs_nothing(vault: Vault) -> None:
    """Long lists say nothing, and are not looked at."""
    for number in range(60):
        vault.note(f"n{number:02}.md", "[[hub]]", tags=["everywhere"], title=f"Notes on {number:02}")
    vault.note("hub.md")
    page = vault.page("n30.md")
    assert set(reasons(page).values()) == {"also at the top of the map"}
