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
