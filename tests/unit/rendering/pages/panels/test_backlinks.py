"""Who cites a page, and which part of it."""

from tests.support.vault import Vault, made_heading


def test_a_citation_says_which_part_it_cites(vault: Vault) -> None:
    """A heading by its id; the page as a whole, or a title that has no element, by nothing."""
    vault.note("a.md", headings=[made_heading("a", 0, 1, level=1, shown=False), made_heading("Depth", 0, 1)])
    for name, link in {"b": "[[a#Depth]]", "c": "[[a]]", "d": "[[a#a]]", "e": "[[a#nowhere]]"}.items():
        vault.note(f"{name}.md", link)
    found = vault.page("a.md").backlinks.entries
    assert [(entry.title, entry.citations[0].to) for entry in found] == [
        ("b", "depth"),
        ("c", ""),
        ("d", ""),
        ("e", ""),
    ]


def test_the_same_words_are_shown_once(vault: Vault) -> None:
    """Where they come first; three different sentences at most."""
    vault.note("a.md")
    vault.note("b.md", *(f"[[a|{words}]]" for words in ("one", "one", "two", "one", "three", "four")))
    citations = vault.page("a.md").backlinks.entries[0].citations
    assert [citation.cited for citation in citations] == ["[[a|one]]", "[[a|two]]", "[[a|three]]"]
    assert [citation.href.rpartition("#")[2] for citation in citations] == ["ref:0", "ref:2", "ref:4"]
