"""Home, tags, categories, archive, map: only listed notes, in the right order."""

from typing import cast

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.pages.list_pages import ArchivePage, HomePage, ListPage, MapPage, Page, TagsPage
from garden.model.pages.page import PlainPage
from garden.model.pages.panels import TreeNode
from garden.rendering.pages import archive as archivepage
from garden.rendering.pages.all import generated_pages
from tests.support.vault import Vault


def pages(vault: Vault) -> dict[str, Page]:
    return {page.url: page for make in generated_pages(vault.catalog()).values() for page in make()}


def test_ti_5_dated_notes_come_first_newest_first(vault: Vault) -> None:
    """Then by title; notes without a date last."""
    vault.note("old.md", date="2020-01-01", tags=["t"])
    vault.note("b.md", date="2023-01-17", tags=["t"])
    vault.note("a.md", date="2023-01-17", tags=["t"])
    vault.note("undated.md", tags=["t"])
    page = cast("ListPage", pages(vault)["tags/t/"])
    assert [card.title for card in page.cards] == ["a", "b", "old", "undated"]


def test_a_tag_names_the_tags_that_narrow_it(vault: Vault) -> None:
    """The fullest first, each with the search for both; nested tags, those of all notes and those of drafts are not among them."""
    vault.note("1.md", tags=["a", "all", "b c", "d"])
    vault.note("2.md", tags=["a", "all", "b c", "a/nested"])
    vault.note("3.md", tags=["a", "all"])
    vault.note("4.md", tags=["a", "e"], status=Status.DRAFT)
    page = cast("ListPage", pages(vault)["tags/a/"])
    assert [(tag.title, tag.count, tag.href) for tag in page.together] == [
        ("b c", 2, "/search/?tag=a&tag=b+c"),
        ("d", 1, "/search/?tag=a&tag=d"),
    ]


def test_hc_10_a_note_with_hundreds_of_tags_says_nothing_about_two_of_them(vault: Vault) -> None:
    """Nor does the only note of a tag."""
    many = [f"t{number}" for number in range(200)]
    for name, tags in {"a": ["t1", "t2"], "b": ["t1"], "many": many, "c": ["t3", "alone"]}.items():
        vault.note(f"{name}.md", tags=tags)
    found = pages(vault)
    page, other, alone = (cast("ListPage", found[f"tags/{name}/"]) for name in ("t1", "t3", "alone"))
    assert [tag.title for tag in page.together] == ["t2"]
    assert [tag.title for tag in other.together] == ["alone"]
    assert alone.together == ()


def test_hc_10_cards_of_a_long_chain_stay_short(vault: Vault) -> None:
    """A listing shows the ends of a trail."""
    for number in range(300):
        vault.note(f"{number:03}.md", relations=[f"up:: [[{number - 1:03}]]"] if number else [])
    assert vault.catalog().card(VaultPath("299.md")).trail == ("000", "…", "296", "297", "298")


def test_pb_2_hidden_notes_are_in_no_listing(vault: Vault) -> None:
    """Neither are drafts."""
    vault.note("seen.md", date="2020-01-01", tags=["t"], category="c")
    vault.note("veiled.md", status=Status.HIDDEN, date="2020-01-01", tags=["t"], category="c")
    vault.note("sketch.md", status=Status.DRAFT, date="2020-01-01", tags=["t", "sketch-tag"], category="d")
    text = repr(pages(vault))
    assert "seen" in text
    assert "veiled" not in text
    assert "sketch" not in text


def test_tg_4_a_tag_lists_the_notes_of_nested_tags(vault: Vault) -> None:
    """It links the tags right below it; a note of its name introduces it."""
    vault.note("n.md", tags=["a/b/c"])
    vault.note("A.md", plain="About <a>.")
    found = pages(vault)
    page = cast("ListPage", found["tags/a/"])
    assert [card.title for card in page.cards] == ["n"]
    assert [tag.title for tag in page.nested] == ["a/b"]
    assert "About &lt;a&gt;." in page.intro_html
    groups = cast("TagsPage", found["tags/"]).groups
    assert [(group.initial, [entry.title for entry in group.single]) for group in groups] == [
        ("", ["a", "a/b", "a/b/c"])
    ]


def test_small_tags_are_not_indexable(vault: Vault) -> None:
    """A setting says how many notes a tag needs."""
    vault.set(tag_page_minimum=2)
    vault.note("a.md", tags=["rare", "common"])
    vault.note("b.md", tags=["common"])
    found = pages(vault)
    assert not any(
        isinstance(page, ListPage) and page.title == "rare" and page.head.indexable for page in found.values()
    )
    assert cast("ListPage", found["tags/common/"]).head.indexable


def test_the_archive_is_by_year_and_month(vault: Vault) -> None:
    """Undated notes are under the year 0."""
    for name, date in (("a", "2023-01-17"), ("b", "2023-01-02"), ("c", "2022-12-01"), ("d", "")):
        vault.note(f"{name}.md", date=date)
    archive = cast("ArchivePage", pages(vault)["archive/"])
    shape = [
        (year.year, [(month, [card.title for card in cards]) for month, cards in year.months])
        for year in archive.years
    ]
    # A month above a single note would say no more than the note's date.
    assert shape == [(2023, [("January", ["a", "b"])]), (2022, [("", ["c"])]), (0, [("", ["d"])])]


def test_a_large_archive_has_a_page_for_each_year(vault: Vault, monkeypatch) -> None:
    """The first page leads to them, and they lead back; every note is in one of them."""
    monkeypatch.setattr(archivepage, "_MOST", 2)
    for name, date in (("a", "2023-01-17"), ("b", "2022-01-02"), ("c", "")):
        vault.note(f"{name}.md", date=date)
    found = pages(vault)
    first = cast("ArchivePage", found["archive/"])
    assert [(year.title, year.href, year.count) for year in first.index] == [
        ("2023", "/archive/2023/", 1),
        ("2022", "/archive/2022/", 1),
        ("Undated", "/archive/undated/", 1),
    ]
    assert first.years == ()
    year = cast("ArchivePage", found["archive/undated/"])
    assert (year.title, year.back) == ("Archive: Undated", "/archive/")
    assert [card.title for card in year.years[0].months[0][1]] == ["c"]


def test_a_long_index_is_grouped_by_letter(vault: Vault) -> None:
    """Accents and case do not matter; anything that is not a letter of an alphabet comes first, under one character."""
    for number in range(61):
        vault.note(f"n{number}.md", tags=[f"Tag{number}"])
    vault.note("o.md", tags=["tag5", "école", "2nd", "数据"])
    page = cast("TagsPage", pages(vault)["tags/"])
    assert [(group.initial, len(group.entries), len(group.single)) for group in page.groups] == [
        ("#", 0, 2),
        ("E", 0, 1),
        ("T", 1, 60),
    ]
    assert (page.count, [entry.title for entry in page.fullest]) == (64, ["Tag5"])


def test_home_shows_the_largest_branches_and_what_is_new(vault: Vault) -> None:
    """The largest comes first; a note counts as changed when it says so."""
    vault.set(home_branches=1, recent=1)
    vault.note("a.md", relations=["up:: [[big]]"], date="2020-01-01", modified="2023-01-01")
    vault.note("b.md", relations=["up:: [[big]]"], date="2021-01-01", modified="2021-01-01")
    vault.note("c.md", relations=["up:: [[another]]"])
    vault.note("loose.md")
    home = cast("HomePage", pages(vault)[""])
    assert [(branch.title, branch.count) for branch in home.branches] == [("big", 2)]
    assert [card.title for card in home.newest] == ["b"]
    assert [(card.title, card.date and card.date.iso) for card in home.changed] == [("a", "2023-01-01")]
    assert (home.loose, home.count) == (1, 4)


def test_the_map_holds_every_page_of_the_hierarchy(vault: Vault) -> None:
    """A long chain and a large branch continue on pages of their own."""
    for number in range(40):
        vault.note(f"c{number}.md", relations=[f"up:: [[c{number - 1}]]"] if number else [])
    for number in range(2500):
        vault.note(f"n{number}.md", relations=[f"up:: [[n{(number - 1) // 8}]]"] if number else [])
    vault.note("loose.md")
    maps = [page for page in pages(vault).values() if isinstance(page, MapPage)]
    assert [node.title for node in maps[0].loose] == ["loose"]
    seen: set[str] = set()
    sizes = []
    for page in maps:
        waiting = list(page.roots)
        size = 0
        while waiting:
            node = waiting.pop()
            size += 1
            seen.add(node.title)
            waiting.extend(node.children)
        sizes.append(size)
    assert len(seen) == 2540
    assert max(sizes) <= 2100
    urls = {f"/{page.url}" for page in maps}
    links = {node.href for page in maps for node in _nodes(page) if node.href.startswith("/map/")}
    assert links == urls - {"/map/"}


def test_the_graph_page_says_in_words_what_the_picture_shows(vault: Vault) -> None:
    """Every page with its neighbours."""
    vault.note("a.md", "[[b]]", relations=["up:: [[top]]"])
    vault.note("b.md")
    page = cast("PlainPage", pages(vault)["graph/"])
    assert [(entry.title, [near.title for near in entry.children]) for entry in page.entries] == [
        ("a", ["top", "b"]),
        ("b", []),
        ("top", ["a"]),
    ]


def test_an_empty_vault_has_all_pages(vault: Vault) -> None:
    """A vault with no notes builds (HC-9)."""
    found = pages(vault)
    assert {
        "",
        "tags/",
        "categories/",
        "authors/",
        "archive/",
        "map/",
        "graph/",
        "search/",
        "404.html",
    } == set(found)
    assert found["404.html"].save_as == "404.html"


def _nodes(page: MapPage) -> list[TreeNode]:
    found = list(page.roots)
    for node in found:
        found.extend(node.children)
    return found
