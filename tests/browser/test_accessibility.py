"""axe-core finds nothing on any kind of page, in either scheme, with dialogs and previews open too."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.support.browsing import settle

NOTE = "/reading-the-sky/"
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that are on and look at colours."""
KINDS = {
    "home": "/",
    "note": NOTE,
    "article": "/pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead/",
    "right-to-left": "/سماء/",
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
    "not-found": "/no-such-page/",
}


# The lists of tags, authors and categories are made of what a tag's page is made of, in the same colours.
COLOURED = KINDS.keys() - {
    "right-to-left",
    "written-hub",
    "tags",
    "category",
    "categories",
    "authors",
    "author",
}
"""The kinds that are looked at in the dark, too."""


def violations(page: Page, rules: list[str] | None = None, within: str | None = None) -> list[str]:
    """What axe-core complains of: rule, and the first elements. Only some rules, or one element, when they are named."""
    # Without lists of what passed, and without fetching style sheets again for a rule that is off.
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    # Half a megabyte, which takes as long to read as some pages take to search.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    ask = "([within, options]) => axe.run(within ?? document, options).then((found) => found.violations)"
    found = page.evaluate(ask, [within, options])
    return [f"{rule['id']}: {[node['html'][:150] for node in rule['nodes'][:3]]}" for rule in found]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(open_at, static, kind):
    """No violation, best practices included; in the dark only colours are others."""
    page = open_at(static, KINDS[kind], color_scheme="light")
    page.mouse.move(5, 5)
    settle(page)
    assert violations(page) == []
    if kind not in COLOURED:
        return
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate(paper) != light
    assert violations(page, OF_COLOURS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_something_open(open_at, static, scheme):
    """No violation in the palette, search results and help, nor with a pinned preview and everything unfolded; in the dark only colours are others."""
    rules = OF_COLOURS if scheme == "dark" else None
    page = open_at(static, NOTE, color_scheme=scheme)
    page.keyboard.press("/")
    expect(page.locator("dialog.search [role=option]").first).to_be_visible()
    assert violations(page, rules, "dialog.search") == []
    page.locator("dialog.search[open] input").fill("cloud")
    expect(page.locator("dialog.search [role=option]").first).to_contain_text("loud")
    expect(page.locator("dialog.search [role=option]").first).to_be_visible()
    assert violations(page, rules, "dialog.search") == []
    page.keyboard.press("Escape")
    # The browser closes a dialog a moment after the key.
    expect(page.locator("dialog.search[open]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog[data-help][open]")).to_be_visible()
    assert violations(page, rules, "dialog[data-help]") == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-help][open]")).to_have_count(0)
    page.locator(".prose").get_by_role("link", name="Cirrus").hover()
    expect(page.locator(".preview:popover-open")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".preview.pinned .prose, .preview.pinned [data-note-body]").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))")
    assert violations(page, rules) == []


@pytest.mark.parametrize("kind", ["home", "note", "graph", "search"])
def test_on_a_phone(open_at, static, kind):
    """No violation where everything is folded together."""
    page = open_at(static, KINDS[kind], width=360, has_touch=True, is_mobile=True)
    page.touchscreen.tap(2, 2)
    settle(page)
    assert violations(page) == []


def test_landmarks_have_names_of_their_own(open_at, static):
    """One banner, one main, one footer; every navigation is called differently."""
    page = open_at(static, NOTE)
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    names = page.get_by_role("navigation").evaluate_all(
        """(all) => all.map((e) => e.getAttribute("aria-label")
          ?? document.getElementById(e.getAttribute("aria-labelledby")).textContent)"""
    )
    assert len(names) >= 4
    assert len(set(names)) == len(names)
