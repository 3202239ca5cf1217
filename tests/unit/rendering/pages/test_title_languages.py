"""The language of titles of other pages (WCAG 2.2, 3.1.2)."""

import json
import re

import pytest

from garden.model.names import SaveAs
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.pages.home import home_page
from tests.support.vault import Vault


@pytest.fixture
def mixed(vault: Vault) -> Vault:
    """An English site with two German notes and two English ones below each other and linked."""
    vault.note("top.md", "[[eins]]", "[[en]]", relations=["down:: [[eins]]"])
    vault.note(
        "eins.md", lang="de", plain="wort", terms="1 wort", relations=["next:: [[zwei]]", "X:: [[en]]"]
    )
    vault.note("zwei.md", "[[eins]]", lang="de", relations=["up:: [[eins]]"])
    vault.note("en.md", "[[eins]]", lang="en", plain="word", terms="1 word", relations=["up:: [[eins]]"])
    return vault


def languages(vault: Vault, path: str) -> dict[str, set[str]]:
    """Return what a page says of the language of each title that it shows."""
    page = vault.page(path)
    found: dict[str, set[str]] = {}
    onward = page.onward_links
    shown = [
        *page.backlinks.entries,
        *page.tree,
        *onward.read_next,
        *filter(None, (onward.previous, onward.next)),
    ]
    shown += [link for trail in page.trails for link in trail.links]
    shown += [entry for relation in page.relations for entry in relation.entries]
    shown += (
        [page.reading_path.first, *filter(None, (page.reading_path.previous, page.reading_path.next))]
        if page.reading_path
        else []
    )
    while shown:
        entry = shown.pop()
        shown += getattr(entry, "children", ())
        found.setdefault(entry.title, set()).add(entry.lang)
    return found


def test_what_is_in_another_language_than_the_page_says_so(mixed: Vault) -> None:
    """Seen from a page in the site's language, and from one that is in another."""
    assert languages(mixed, "top.md") == {"eins": {"de"}, "zwei": {"de"}, "en": {""}}
    assert languages(mixed, "eins.md") == {"eins": {""}, "zwei": {""}, "en": {"en"}, "top": {"en"}}


def test_the_neighbourhood_and_the_search_say_so_too(mixed: Vault) -> None:
    """In the picture as seen from the page; in the index as seen from the site."""
    graph = mixed.page("eins.md").local_graph
    assert graph is not None
    assert re.findall(r'href="/(\w+)/"(?: lang="(\w+)")?', graph.svg_html) == [
        ("top", "en"),
        ("en", "en"),
        ("zwei", ""),
    ]
    made = SearchIndex().files(mixed.catalog(), mixed.body)
    files = {artifact.save_as: artifact.content for artifact in made}
    assert json.loads(files[SaveAs("search/index.json")])["language"] == "en"
    described = {title: rest for _, title, *rest in json.loads(files[SaveAs("search/notes-0.json")])}
    assert described["eins"] == ["top", "de"]
    assert described["en"] == ["top › eins"]


def test_listings_are_in_the_language_of_the_site(mixed: Vault) -> None:
    """The site's own language is not marked."""
    (root,) = home_page(mixed.catalog()).branches
    assert (root.lang, root.children[0].lang) == ("", "de")
