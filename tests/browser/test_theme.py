"""Light and dark: the system's scheme, the reader's choice, no flash."""

import pytest
from playwright.sync_api import Page

from tests.support.browsing import until

AT_FIRST_PAINT = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.themeWithBody = document.documentElement.dataset.theme ?? "";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
"""Notes the theme when the body begins, before anything of it can have been painted."""


def paper(page: Page) -> str:
    """The colour of the page."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_choice_is_remembered_without_a_flash(open_page, scheme, other):
    """The toggle overrides the system's scheme on every page, from before the body is there."""
    page = open_page("/reading-the-sky/", color_scheme=scheme, prepare=AT_FIRST_PAINT)
    before = paper(page)
    assert page.evaluate("themeWithBody") == ""
    page.get_by_role("button", name="Switch between light and dark").click()
    until(page, f"document.documentElement.dataset.theme === '{other}'")
    chosen = paper(page)
    assert chosen != before
    open_page("/map/", color_scheme=scheme)
    assert page.evaluate("themeWithBody") == other
    assert paper(page) == chosen
    page.get_by_role("button", name="Switch between light and dark").click()
    until(page, "document.documentElement.dataset.theme === undefined")
    assert paper(page) == before


def test_the_system_changes_while_the_page_is_open(open_page):
    """Without a choice the page follows the system at once."""
    page = open_page("/reading-the-sky/", color_scheme="light", shared=True)
    light = paper(page)
    page.emulate_media(color_scheme="dark")
    assert paper(page) != light


def test_a_closed_storage_is_not_an_error(open_page):
    """Where the browser keeps nothing, the toggle still works for the page."""
    closed = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"
    page = open_page("/", color_scheme="light", prepare=closed)
    light = paper(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    assert paper(page) != light


def test_the_width_of_the_text_is_remembered(open_page):
    """A reader's choice, step by step, on every page from then on."""
    page = open_page("/reading-the-sky/", width=1440)
    width = "document.querySelector('[data-note-body]').clientWidth"
    before = page.evaluate(width)
    page.keyboard.press("?")
    page.get_by_role("button", name="Wider text").click()
    chosen = page.evaluate(width)
    assert chosen > before * 1.1
    page.reload()
    assert page.evaluate(width) == chosen
