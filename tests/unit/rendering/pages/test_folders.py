"""Notes outside the hierarchy are found by folder, on the home page and the map."""

from typing import cast

import pytest

from garden.model.list_pages import HomePage, MapPage
from garden.model.note import Status
from garden.model.pages import TreeNode
from garden.rendering.pages import map as mappage
from garden.rendering.pages.home import home_page
from garden.rendering.pages.map import map_pages
from tests.support.vault import Vault


def shape(nodes: tuple[TreeNode, ...]) -> list[object]:
    """Titles, those of what is below in a list after each."""
    found: list[object] = []
    for node in nodes:
        found.append(node.title)
        if node.children:
            found.append(shape(node.children))
    return found


def maps(vault: Vault) -> list[MapPage]:
    return list(map_pages(vault.catalog()))


@pytest.fixture
def foldered(vault: Vault) -> Vault:
    """Notes in folders, one in a branch, one that nobody may see."""
    for path in ("Tools/deep/er/x.md", "Tools/b.md", "Tools/a.md", "other/c.md", "z.md"):
        vault.note(path)
    vault.note("Tools/in-branch.md", relations=["up:: [[Top]]"])
    vault.note("secret folder/draft.md", status=Status.DRAFT)
    vault.note("veiled folder/veiled.md", status=Status.HIDDEN)
    return vault


def test_the_map_has_folders_before_notes(foldered: Vault) -> None:
    """Both by title; a folder is a name with a count, and no link."""
    page = maps(foldered)[0]
    assert shape(page.roots) == ["Top", ["in-branch"]]
    assert shape(page.loose) == ["other", ["c"], "Tools", ["deep", ["er", ["x"]], "a", "b"], "z"]
    assert page.loose_count == 5
    tools = page.loose[1]
    assert (tools.href, tools.count, tools.children[1].href) == ("", 3, "/a/")


def test_the_home_page_leads_to_the_folders_of_the_map(foldered: Vault) -> None:
    """The fullest first, each with the anchor of its line; where there are branches, folders alone."""
    home = home_page(foldered.catalog())
    assert shape(home.folders) == ["Tools", ["deep", "a", "b"], "other", ["c"]]
    assert {node.href for node in home.folders} == {
        f"/map/#{node.anchor.replace(':', '%3A')}" for node in maps(foldered)[0].loose if node.anchor
    }


def test_a_folder_too_large_for_the_map_has_a_page_there(foldered: Vault, monkeypatch) -> None:
    """Every note is in one of the pages; names that become alike in addresses stay apart."""
    monkeypatch.setattr(mappage, "_MAX_NODES", 8)
    for number in range(5):
        foldered.note(f"A b/n{number}.md")
        foldered.note(f"A-b/m{number}.md")
    pages = maps(foldered)
    cut = {page.url: shape(page.roots) for page in pages[1:]}
    assert cut.keys() >= {"map/-/A-b/", "map/-/A-b-2/"}
    assert cut["map/-/A-b/"] == ["A b", [f"n{number}" for number in range(5)]]
    shown = " ".join(str(shape(page.roots) + shape(page.loose)) for page in pages)
    for name in ("x", "a", "b", "c", "z", "n4", "m4"):
        assert f"'{name}'" in shown


def test_a_site_without_dates_shows_what_is_most_mentioned(vault: Vault) -> None:
    """The most mentioned first; with a date anywhere what is new takes its place."""
    vault.note("a.md", "[[b]]", "[[c]]")
    vault.note("b.md", "[[c]]")
    vault.note("c.md")
    home = cast("HomePage", home_page(vault.catalog()))
    assert [card.title for card in home.mentioned] == ["c", "b"]
    assert shape(home.folders) == ["a", "b", "c"]
    vault.note("d.md", date="2024-01-01")
    assert home_page(vault.catalog()).mentioned == ()
