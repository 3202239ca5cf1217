"""What holds on every kind of page: no barrier in either scheme, and nothing wider than any window.

The tests of a page have it in turn, so that it is opened once: the last of them may change its text.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import barriers, barriers_in_the_dark
from tests.browser.overflow import overflow
from tests.support.browsing import settle
from tests.support.tabs import Tabs

KINDS = {
    "home": "/",
    "note": "/reading-the-sky/",
    "article": "/pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead/",
    "right-to-left": "/سماء/",
    "german": "/wolkenbilder/",
    "hub": "/weather/",
    "written-hub": "/cloud-atlas/",
    "branch": "/weather/all/",
    "tag": "/tags/weather/",
    "tags": "/tags/",
    "category": "/category/note/",
    "categories": "/categories/",
    "authors": "/authors/",
    "author": "/author/luke-howard/",
    "archive": "/archive/",
    "map": "/map/",
    "graph": "/graph/",
    "search": "/search/",
    "not-found": "/cumulos/",
}
"""An address of each kind of page."""

ARRIVES_LATE = {"graph": ".graph-key li", "not-found": "[data-component=near-names] li"}
"""What scripts fetch for a page and show in it."""

TITLES_SHOWN = "[...document.querySelectorAll('h1')].filter((title) => title.checkVisibility()).length"

LONG_WORDS = """() => document.querySelectorAll("main :is(a, h1, h2, h3, li > span):not(svg *)")
  .forEach((e) => { e.textContent = "Betriebswerkbauunterbeamte".repeat(4); })"""


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of page."""
    return str(request.param)


@pytest.fixture(scope="module")
def page(tabs: Tabs, static: str, kind: str) -> Iterator[Page]:
    """A page of this kind, in the light, with a reader who has moved the pointer."""
    with tabs.visits() as visit:
        opened = visit(static, KINDS[kind])
        opened.mouse.move(5, 5)
        settle(opened)
        if kind in ARRIVES_LATE:
            opened.locator(ARRIVES_LATE[kind]).first.wait_for()
        yield opened


def test_no_barrier(page):
    """axe-core finds nothing, and all text has enough contrast, in the dark, too."""
    assert barriers(page) == []
    assert barriers_in_the_dark(page) == []


def test_nothing_is_wider_than_the_window(page):
    """From a phone, or a desk zoomed to 400 %, to a very wide screen nothing makes the page scroll sideways.

    On a phone that holds even for links and headings of one very long word, which break inside it.
    """
    for width in (1280, 2560, 1440, 820, 640, 320):
        assert overflow(page, width) == [], width
        assert page.evaluate(TITLES_SHOWN) == 1, width
    page.evaluate(LONG_WORDS)
    assert overflow(page, 320) == []
