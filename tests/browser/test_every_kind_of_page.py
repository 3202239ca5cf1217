"""What holds on every kind of page: no barrier in either scheme, and nothing wider than any window."""

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import barriers, barriers_in_the_dark
from tests.browser.overflow import overflow
from tests.support.browsing import settle
from tests.support.tabs import Open

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

LONG_WORDS = """() => {
  window.kept = [...document.querySelectorAll("main :is(a, h1, h2, h3, li > span):not(svg *)")].map((e) => [e, [...e.childNodes]]);
  for (const [element] of window.kept) element.textContent = "Betriebswerkbauunterbeamte".repeat(4);
}"""
ITS_OWN_WORDS = "() => window.kept.forEach(([element, nodes]) => element.replaceChildren(...nodes))"


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of page; its tests follow each other, so that it is opened once."""
    return str(request.param)


@pytest.fixture
def page(open_at: Open, static: str, kind: str) -> Page:
    """A page of this kind, in the light, with a reader who has moved the pointer."""
    opened = open_at(static, KINDS[kind], shared=True)
    opened.mouse.move(5, 5)
    settle(opened)
    if kind in ARRIVES_LATE:
        opened.locator(ARRIVES_LATE[kind]).first.wait_for()
    return opened


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
    page.evaluate(ITS_OWN_WORDS)
