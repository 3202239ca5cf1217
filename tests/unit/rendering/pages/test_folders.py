"""Notes outside the hierarchy are found by their places: on the home page, the map and the pages of folders."""

from typing import cast

import pytest

from garden.linking.relation import Node
from garden.model.note import Status
from garden.model.pages.list_pages import HomePage, MapPage
from garden.model.pages.panels import TreeNode
from garden.rendering.pages import map as mappage
from garden.rendering.pages.branch import branch_page
from garden.rendering.pages.folders import folder_pages
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
    """Both by title; a folder is a link to its page, with a count."""
    page = maps(foldered)[0]
    assert shape(page.roots) == ["Top", ["in-branch"]]
    assert shape(page.loose) == ["other", ["c"], "Tools", ["deep", ["er", ["x"]], "a", "b"], "z"]
    assert page.loose_count == 5
    tools = page.loose[1]
    assert (tools.href, tools.count, tools.children[1].href) == ("/map/-/Tools/", 3, "/a/")


def test_the_home_page_leads_to_the_folders(foldered: Vault) -> None:
    """The fullest first, each with its page; where there are branches, folders alone."""
    home = home_page(foldered.catalog())
    assert shape(home.places) == ["Tools", ["deep", "a", "b"], "other", ["c"]]
    assert [node.href for node in home.places] == ["/map/-/Tools/", "/map/-/other/"]


def test_every_folder_has_a_page(foldered: Vault) -> None:
    """With the folders in it and all its own notes; names that become alike in addresses stay apart."""
    foldered.note("A b/n.md")
    foldered.note("A-b/m.md")
    pages = {page.url: page for page in folder_pages(foldered.catalog())}
    assert pages.keys() == {
        *("map/-/A-b/", "map/-/A-b-2/", "map/-/other/"),
        *("map/-/Tools/", "map/-/Tools/deep/", "map/-/Tools/deep/er/"),
    }
    tools, deep = pages["map/-/Tools/"], pages["map/-/Tools/deep/"]
    assert [card.title for card in tools.cards] == ["a", "b", "in-branch"]
    assert [(entry.title, entry.count) for entry in tools.nested] == [("deep", 1)]
    assert [link.title for link in deep.trail] == ["Tools"]
    assert "veiled" not in str(pages)


def test_a_folder_too_large_for_the_map_is_opened_on_its_page(foldered: Vault, monkeypatch) -> None:
    """Every note is in one of the pages."""
    monkeypatch.setattr(mappage, "_MAX_NODES", 8)
    for number in range(5):
        foldered.note(f"A b/n{number}.md")
    pages = maps(foldered)
    assert len(pages) == 1
    listed = [card.title for page in folder_pages(foldered.catalog()) for card in page.cards]
    shown = str(shape(pages[0].loose)) + str([f"'{title}'" for title in listed])
    for name in ("x", "a", "b", "c", "z", "n4"):
        assert f"'{name}'" in shown


def test_a_site_without_dates_shows_what_is_most_mentioned(vault: Vault) -> None:
    """The most mentioned first; with a date anywhere what is new takes its place."""
    vault.note("a.md", "[[b]]", "[[c]]")
    vault.note("b.md", "[[c]]")
    vault.note("c.md")
    home = cast("HomePage", home_page(vault.catalog()))
    assert [card.title for card in home.mentioned] == ["c", "b"]
    assert shape(home.places) == ["a", "b", "c"]
    vault.note("d.md", date="2024-01-01")
    assert home_page(vault.catalog()).mentioned == ()


def test_a_folder_is_read_as_a_whole(vault: Vault) -> None:
    """As a branch is; a folder in it does not take the address of that page."""
    for path in ("Tools/b.md", "Tools/a.md", "Tools/all/c.md", "Tools/all/d.md"):
        vault.note(path, "text")
    vault.note("e.md")
    pages = {page.title: page for page in folder_pages(vault.catalog())}
    branch = pages["Tools"].branch_reading
    assert branch is not None
    assert (branch.href, branch.count) == ("/map/-/Tools/all/", 5)
    assert pages["all"].url == "map/-/Tools/all-2/"
    read = branch_page(vault.catalog(), vault.body, Node("folder", "Tools")).page
    assert [section.title for section in read.sections] == ["all", "c", "d", "a", "b"]
    assert [card.trail for card in pages["Tools"].cards] == [(), ()]
