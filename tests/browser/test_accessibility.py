"""Barriers where something is open or folded together; test_every_kind_of_page.py looks for others."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import LOOK, barriers, barriers_in_the_dark
from tests.support.browsing import settle, until
from tests.support.effort import THOROUGH

NOTE = "/reading-the-sky/"


def test_with_something_open(open_at, static):
    """No barrier in the palette, search results and help, nor with a pinned preview and everything unfolded, in either scheme."""
    page = open_at(static, NOTE)
    dialog = page.locator("dialog.search[open]")
    page.keyboard.press("/")
    until(page, "document.querySelector('dialog.search[open] [role=option]')")
    assert barriers(page, "dialog.search") == []
    assert barriers_in_the_dark(page, "dialog.search") == []
    dialog.locator("input").fill("cloud")
    until(page, "document.querySelector('dialog.search [role=option] mark')")
    assert barriers(page, "dialog.search") == []
    assert barriers_in_the_dark(page, "dialog.search") == []
    page.keyboard.press("Escape")
    # The browser closes a dialog a moment after the key.
    expect(dialog).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog[data-help][open]")).to_be_visible()
    assert barriers(page, "dialog[data-help]") == []
    assert barriers_in_the_dark(page, "dialog[data-help]") == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-help][open]")).to_have_count(0)
    page.locator(".prose").get_by_role("link", name="Cirrus").hover()
    until(page, "document.querySelector('.preview:popover-open')")
    page.keyboard.press("p")
    until(page, "document.querySelector('.preview.pinned :is(.prose, [data-note-body])')")
    page.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = true))")
    assert barriers(page) == []
    assert barriers_in_the_dark(page) == []


@pytest.mark.parametrize("path", [NOTE, "/", "/graph/", "/search/"] if THOROUGH else [NOTE])
def test_on_a_phone(open_at, static, path):
    """No barrier where everything is folded together; all kinds of pages are looked at in so narrow a window, without touch."""
    page = open_at(static, path, width=360, has_touch=True, is_mobile=True)
    page.touchscreen.tap(2, 2)
    settle(page)
    assert barriers(page) == []


BARRIERS = """
<style>body { background: #fff; color: #000 } ::placeholder { color: inherit } a { color: #06c } .bare { text-decoration: none }</style>
<p>enough</p><p style="color: #767676">just enough</p><p style="color: #777">wrong contrast 1</p>
<h2 style="font-size: 24px; color: #949494">enough, since it is large</h2><h2 style="font-size: 24px; color: #959595">wrong contrast 2</h2>
<p style="color: rgb(0 0 0 / 50%)">wrong contrast 3</p><div style="opacity: 0.5"><p>wrong contrast 4</p></div>
<div style="background: #000"><p>wrong contrast 5</p><p style="background: rgb(255 255 255 / 90%)">enough</p></div>
<input placeholder="wrong contrast 6" style="color: oklch(70% 0 0)"><input placeholder="enough" disabled style="color: #ddd">
<p hidden style="color: #fff">nobody sees it</p><p style="color: #ddd" aria-hidden="true">›</p>
<p>A <a href="/">link</a> in a line, <a href="/" class="bare">only coloured</a>.</p><p><a href="/" class="bare">alone</a></p>
<button style="all: unset; display: block; font-size: 8px">small target 1</button> <button style="all: unset; display: block; font-size: 8px">small target 2</button>
<p style="margin: 24px"><button style="all: unset; display: block; font-size: 8px">small, but alone</button></p><button style="font-size: 24px">large</button>
"""


def test_planted_barriers_are_found(open_at):
    """What these tests look for themselves is found where it has been planted, and nothing else."""
    page = open_at("about:blank", "")
    page.set_content(BARRIERS)
    reasons = ["contrast"] * 6 + ["only coloured"] + ["small target"] * 2
    found = page.evaluate(LOOK)
    assert [reason for text, reason in zip(found, reasons, strict=True) if text.count(reason) != 2] == []
