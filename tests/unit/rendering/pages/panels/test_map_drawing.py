"""The drawn map: two levels of the site as links, with numbers for the rest."""

import re

from garden.model.pages.panels import TreeNode
from garden.rendering.pages.map import map_drawing, map_pages
from garden.rendering.pages.panels.map_drawing import draw_map, draw_narrow_map
from tests.support.vault import Vault


def test_branches_and_what_is_below_them_are_links_with_numbers() -> None:
    """What finds no room is a number; titles are text and no markup."""
    below = (TreeNode("R&D", "/r/", count=3), TreeNode("leaf", "/l/"))
    svg = draw_map((TreeNode("Top <1>", "/t/?a&amp;b", children=below, count=9),), "Map")
    assert re.findall(r'<a href="([^"]+)"', svg) == ["/t/?a&amp;b", "/r/", "/l/"]
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


def test_the_narrow_drawing_puts_branches_below_each_other() -> None:
    """Names that have no room beside their number are cut."""
    below = (TreeNode("A very long name of something that is in the branch", "/b/", count=12),)
    svg = draw_narrow_map((TreeNode("Top", "/t/", children=below, count=9), TreeNode("Next", "/n/")), "Map")
    assert 'viewBox="0 0 290 78"' in svg
    assert re.findall(r'<a href="([^"]+)"', svg) == ["/t/", "/b/", "/n/"]
    assert ">A very long name of… <tspan" in svg
    assert 'aria-label="A very long name of something that is in the branch"' in svg
    assert draw_narrow_map((), "Map") == ""


def test_many_branches_have_no_room_for_what_is_below_them(vault: Vault) -> None:
    """Few branches show what is below them in the drawing beside a note, many show themselves."""
    for number in range(3):
        vault.note(f"n{number}.md", relations=["up:: [[Tea]]"])
    assert map_drawing(vault.catalog()).content.count(b"<a ") == 4
    for number in range(9):
        vault.note(f"m{number}.md", relations=[f"up:: [[Branch {number}]]"])
    assert map_drawing(vault.catalog()).content.count(b"<a ") == 10
