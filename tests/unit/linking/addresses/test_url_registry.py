"""Who owns which file of the output (PB-6)."""

import time

import pytest

from garden.linking.addresses.url_registry import UrlRegistry
from garden.model.names import Url


@pytest.mark.parametrize(
    ("taken", "requested", "given"),
    [
        ("a/", "b/", "b/"),
        ("a/", "a/", "a-2/"),
        ("Café/", "cafe\u0301/", "cafe\u0301-2/"),
        ("a/b.html", "a/B.html", "a/B-2.html"),
        ("a/index.html", "a/", "a-2/"),
        ("v1.2/", "v1.2/", "v1.2-2/"),
        ("x.html", "x.html/", "x-2.html/"),
        ("x.html/", "x.html", "x-2.html"),
        ("a.html", "a.html/b/c/", "a-2.html/b/c/"),
        ("z/", "", "index-2/"),
        ("z/", "tags/", "tags-2/"),
        ("z/", "Map/", "Map-2/"),
        ("z/", "404.html", "404-2.html"),
        ("z/", "theme/", "theme-2/"),
        ("z/", "cards/", "cards/"),
        ("z/", "Theme/css/a.css", "Theme-2/css/a.css"),
        ("z/", "graph", "graph-2"),
        ("z/", "tags/mine/", "tags/mine/"),
        ("z/", "z/preview.html", "z/preview.html"),
        ("z/", "map/z/", "map-2/z/"),
        ("z/", "image-sizes/a.png", "image-sizes-2/a.png"),
        ("z/", "search/words-0.json", "search-2/words-0.json"),
        ("z/", "Sitemap_1.xml", "Sitemap_1-2.xml"),
        ("z/", "sitemap.xml", "sitemap-2.xml"),
        ("z/", "sitemap.xml/", "sitemap-2.xml/"),
        ("z/", "sitemap_1.xml/", "sitemap_1-2.xml/"),
        ("z/", "llms-full.txt", "llms-full.txt"),
        ("z/", ".htaccess", ".htaccess"),
        (".htaccess", ".htaccess", ".htaccess-2"),
    ],
)
def test_what_is_taken_gets_a_number(taken: str, requested: str, given: str) -> None:
    """Files that differ in case only conflict, so do a file and a folder of one name."""
    registry = UrlRegistry()
    registry.assign(Url(taken), "the first")
    assert registry.allocate(Url(requested), "the second") == given
    assert registry.owner(Url(given)) == "the second"


@pytest.mark.parametrize(
    ("page", "requested", "given"),
    [
        ("z/", "z/Preview.html", "z/Preview-2.html"),
        ("z/", "y/preview.html", "y/preview.html"),
        ("z.html", "z.html.preview.html", "z.html.preview-2.html"),
        ("z/", "z/card.png", "z/card-2.png"),
        ("z/", "z/index.md/", "z/index-2.md/"),
        ("z/", "z/all/", "z/all-2/"),
        ("z/", "z/all/deeper/", "z/all/deeper/"),
        ("z/", "z/all", "z/all-2"),
        ("z/", "all/", "all/"),
    ],
)
def test_what_may_be_made_beside_a_page_is_kept_free(page: str, requested: str, given: str) -> None:
    """Preview, card, Markdown, and the branch as a whole; nothing else."""
    registry = UrlRegistry()
    registry.allocate_page(Url(page), "the first")
    assert registry.allocate(Url(requested), "the second") == given
    assert (registry.owner(Url(requested)) == "what is made beside the first") is (
        requested.lower() != given.lower()
    )


@pytest.mark.parametrize("taken", ["z/preview.html", "z/preview.html/", "z/all/", "z/all"])
def test_a_page_finds_room_for_what_is_made_beside_it(taken: str) -> None:
    """Where there is none, the page is numbered with it."""
    registry = UrlRegistry()
    registry.assign(Url(taken), "the first")
    assert registry.page_owner(Url("z/")) == "the first"
    assert registry.allocate_page(Url("z/"), "the second") == "z-2/"


def test_generated_pages_are_there_first() -> None:
    """Their owner is named in words."""
    assert UrlRegistry().owner(Url("")) == "the home page"
    assert UrlRegistry().owner(Url("sitemap.xml")) == "a generated file"
    assert UrlRegistry().owner(Url("feeds/all.atom.xml")) == "the feeds"
    assert UrlRegistry().owner(Url("other/")) == ""


def test_thousands_of_one_name_are_numbered_in_a_row() -> None:
    """The search for a free number goes on where it ended."""
    registry = UrlRegistry()
    begin = time.process_time()
    given = [registry.allocate(Url("index/"), str(at)) for at in range(5000)]
    assert given[:3] == ["index/", "index-2/", "index-3/"]
    assert given[-1] == "index-5000/"
    assert time.process_time() - begin < 5
