"""The drawing of a branch: dots, what is below what, and who cites whom."""

import re

from tests.support.vault import Vault


def drawing(vault: Vault) -> str:
    facts = vault.page("top", "hub").branch_facts
    assert facts is not None
    return facts.svg_html


def test_pages_are_dots_and_what_cites_is_joined(vault: Vault) -> None:
    """In the order of the list, the most cited ones with their names; links to elsewhere are not drawn."""
    vault.note("a.md", "[[c]]", "[[elsewhere]]", relations=["up:: [[Top]]"])
    vault.note("b.md", "[[c]]", "[[a]]", relations=["up:: [[Top]]"])
    vault.note("c.md", "[[a]]", relations=["up:: [[a]]"], title="R&D")
    vault.note("elsewhere.md")
    svg = drawing(vault)
    assert re.findall(r'href="([^"]+)"', svg) == ["/a/", "/c/", "/b/"]
    assert svg.count("edge-mention") == 3  # a and c cite each other: one arc
    assert svg.count('class="edge"') == 1  # c is below a
    assert re.findall(r"<text[^>]*>([^<]*)", svg) == ["a", "R&amp;D"]
    assert "style=" not in svg


def test_a_list_without_links_within_has_no_drawing(vault: Vault) -> None:
    """It would say nothing that the list does not say; a second level is worth one."""
    vault.note("a.md", relations=["up:: [[Top]]"])
    vault.note("b.md", relations=["up:: [[Top]]"])
    assert drawing(vault) == ""
    vault.note("c.md", relations=["up:: [[b]]"])
    assert drawing(vault).count("<circle") == 3


def test_a_large_branch_is_drawn_by_its_first_level(vault: Vault) -> None:
    """However large it is, the drawing is not."""
    for number in range(60):
        vault.note(f"n{number:02}.md", "[[n00]]", relations=["up:: [[a]]"])
    for name in "ab":
        vault.note(f"{name}.md", "[[a]]", relations=["up:: [[Top]]"])
    assert drawing(vault).count("<circle") == 2
