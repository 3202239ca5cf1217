"""The drawn map: two levels of the site as links, with numbers for the rest."""

import re

from garden.model.pages.panels import TreeNode
from garden.rendering.pages.map import map_pages
from garden.rendering.pages.panels.map_drawing import draw_map
from tests.support.vault import Vault


def test_branches_and_what_is_below_them_are_links_with_numbers() -> None:
    """What finds no room is a number; titles are text and no markup."""
    below = (TreeNode("R&D", "/r/", count=3), TreeNode("leaf", "/l/"))
    svg = draw_map((TreeNode("Top <1>", "/t/?a&amp;b", children=below, count=9),), "Map")
    assert re.findall(r'<a href="([^"]+)"', svg) == ["/r/", "/l/", "/t/?a&amp;b"]
    assert "R&amp;D" in svg
    assert "Top &lt;1&gt;" in svg
    assert '">+ 4</text>' in svg
    assert "style=" not in svg


def test_nothing_is_drawn_of_nothing() -> None:
    """A site without branches has no drawing."""
    assert draw_map((), "Map") == ""
    assert draw_map((TreeNode("a", "/a/"),), "Map") == ""


def test_the_drawing_does_not_grow_with_the_site(vault: Vault) -> None:
    """The largest branches and places, and the largest of what is below them."""
    for number in range(40):
        vault.note(f"n{number:02}.md", relations=[f"up:: [[Branch {number % 20:02}]]"])
    vault.note("folder/a.md")
    vault.note("folder/b.md")
    vault.note("c.md")
    page = next(iter(map_pages(vault.catalog())))
    assert page.svg_html.count("<circle") <= 40
    assert "Branch 00" in page.svg_html
