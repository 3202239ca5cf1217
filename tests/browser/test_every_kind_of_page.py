"""What holds on every kind of page: no barrier in either scheme, and nothing wider than any window."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.browser.barriers import LOOK, barriers, barriers_in_the_dark
from tests.browser.overflow import HEIGHT, overflow
from tests.support.browsing import settle
from tests.support.effort import THOROUGH
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

NOTHING_NEW = frozenset(("article", "german", "category", "categories", "authors", "author"))
"""Kinds whose pages are made of what those of other kinds have: a browser looks at them in a thorough run only.

What is read from right to left has nothing new either, but runs the other way.
"""

LOOKED_AT = [kind for kind in KINDS if THOROUGH or kind not in NOTHING_NEW]

ARRIVES_LATE = {"graph": ".graph-key li", "not-found": "[data-component=near-names] li"}
"""What scripts fetch for a page and show in it."""

NARROWEST = (1280, 1024, 640, 320)
"""The narrowest window for three columns, for two, for one, and at all: the last is also a desk zoomed to 400 %."""

WIDTHS = (2560, 1440, 820, *NARROWEST) if THOROUGH else NARROWEST

LONG_WORDS = """() => {
  window.kept = [...document.querySelectorAll("main :is(a, h1, h2, h3, li > span):not(svg *)")].map((e) => [e, [...e.childNodes]]);
  for (const [element] of window.kept) element.textContent = "Betriebswerkbauunterbeamte".repeat(4);
}"""


@pytest.fixture
def page(open_at: Open, static: str, kind: str) -> Page:
    """A page of this kind, in the light, with a reader who has moved the pointer."""
    opened = open_at(static, KINDS[kind], height=HEIGHT)
    opened.mouse.move(5, 5)
    settle(opened)
    if kind in ARRIVES_LATE:
        opened.locator(ARRIVES_LATE[kind]).first.wait_for()
    return opened


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_no_barrier_and_nothing_wider_than_the_window(page):
    """Neither axe-core nor we find a barrier, in the dark, too; no window, from a phone to a very wide screen, scrolls sideways.

    On a phone all text has enough contrast, too, and all targets their size, and nothing is wider even where links and
    headings are of one very long word, which breaks inside them.
    """
    assert barriers(page) == []
    assert barriers_in_the_dark(page) == []
    for width in WIDTHS:
        assert overflow(page, width) == [], width
    assert page.evaluate(LOOK) == []
    page.evaluate(LONG_WORDS)
    assert overflow(page, WIDTHS[-1]) == []


def test_what_is_not_looked_at_is_made_of_what_is(out: Path) -> None:
    """Each element of the kinds that a quick run leaves out stands on a page of another kind, too, within the same two others."""
    known = set().union(*(elements(out, kind) for kind in KINDS.keys() - NOTHING_NEW))
    for kind in NOTHING_NEW:
        assert elements(out, kind) <= known, kind


def elements(out: Path, kind: str) -> set[tuple[str, ...]]:
    """What a style sheet can tell elements of a page apart by, each with the two that it stands in."""
    path = "404.html" if kind == "not-found" else f"{KINDS[kind].strip('/')}/index.html"
    page = LexborHTMLParser((out / path.lstrip("/")).read_text(encoding="utf-8"))
    return {within_others(element) for element in page.css("body *:not(svg *)")}


def within_others(element: LexborNode) -> tuple[str, ...]:
    """An element and those that it stands in: name, classes, role and component; a list in a list is a list."""
    found: list[str] = []
    at: LexborNode | None = element
    while at is not None and at.tag != "html" and len(found) < 3:
        names = (
            at.tag,
            at.attributes.get("class"),
            at.attributes.get("role"),
            at.attributes.get("data-component"),
        )
        text = " ".join(name or "-" for name in names)
        if text not in found[-1:]:
            found.append(text)
        at = at.parent
    return tuple(found)
