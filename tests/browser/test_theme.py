"""Light and dark: the system's scheme, the reader's choice, no flash."""

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


def test_the_choice_is_remembered_without_a_flash(open_page):
    """Without a choice pages follow the system at once; the toggle overrides it on every page, from before the body is there."""
    page = open_page("/reading-the-sky/", prepare=AT_FIRST_PAINT)
    toggle = page.get_by_role("button", name="Switch between light and dark")
    light = paper(page)
    assert page.evaluate("themeWithBody") == ""
    toggle.click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    dark = paper(page)
    assert dark != light
    open_page("/map/")
    assert page.evaluate("themeWithBody") == "dark"
    assert paper(page) == dark
    toggle.click()
    until(page, "document.documentElement.dataset.theme === undefined")
    assert paper(page) == light
    # The system changes while the page is open; then the same the other way around.
    page.emulate_media(color_scheme="dark")
    assert paper(page) == dark
    toggle.click()
    until(page, "document.documentElement.dataset.theme === 'light'")
    open_page("/map/", color_scheme="dark")
    assert page.evaluate("themeWithBody") == "light"
    assert paper(page) == light


def test_a_closed_storage_is_not_an_error(open_page):
    """Where the browser keeps nothing, the toggle still works for the page."""
    closed = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"
    page = open_page("/", color_scheme="light", prepare=closed)
    light = paper(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    assert paper(page) != light
