"""Everything by keyboard: shortcuts, dialogs, skip link."""

from threading import Event

from playwright.sync_api import Page, expect

from tests.support.browsing import STRICT, settle, static_host, until

NOTE = "/reading-the-sky/"


def search_dialog(page: Page):
    """The search dialog while it is open."""
    return page.locator("dialog.search[open]")


def test_search_opens_and_gives_the_focus_back(open_page):
    """`/` and Ctrl-K open the search with the focus in its field; Esc closes it and returns the focus."""
    page = open_page(NOTE, shared=True)
    link = page.locator(".prose").get_by_role("link", name="Cirrus")
    for keys in ("/", "Control+k"):
        link.focus()
        page.keyboard.press(keys)
        until(page, "document.querySelector('dialog.search[open]')")
        expect(search_dialog(page).get_by_role("combobox").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(search_dialog(page)).to_have_count(0)
        expect(link).to_be_focused()


def test_keys_are_kept_until_there_are_scripts(open_at, out):
    """Whoever types a shortcut and a word at once, over a slow line, finds the word in the search."""
    asked, arrived = Event(), Event()

    def slow(path: str) -> None:
        if path.endswith("/components/search.js"):
            asked.set()
            assert arrived.wait(20)

    with static_host(out, STRICT, slow) as address:
        page = open_at(address, NOTE)
        page.keyboard.type("/cloud at")
        assert asked.wait(20)
        expect(search_dialog(page)).to_have_count(0)
        arrived.set()
        expect(search_dialog(page).locator("input").first).to_have_value("cloud at")
        expect(search_dialog(page).locator("[role=option]").first).to_be_visible()


def test_a_key_right_after_closing_is_heard(open_page):
    """The field does not keep the focus of a dialog that is closed, not for a moment."""
    page = open_page(NOTE, shared=True)
    page.keyboard.press("/")
    search_dialog(page).locator("input").wait_for()
    page.evaluate(
        """() => {
          const press = (key) =>
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          press("Escape");
          press("?");
        }"""
    )
    expect(search_dialog(page)).to_have_count(0)
    help_dialog = page.locator("dialog[data-help][open]")
    expect(help_dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_dialog).to_have_count(0)


def test_the_search_button_gets_the_focus_back(open_page):
    """Opened by its button and closed by its own one, the dialog returns the focus to the button."""
    page = open_page(NOTE, shared=True)
    button = page.locator("[data-opens=search]")
    button.click()
    search_dialog(page).get_by_role("button", name="Close").click()
    expect(search_dialog(page)).to_have_count(0)
    expect(button).to_be_focused()


def test_what_is_chosen_in_the_help_is_remembered(open_page):
    """`?` shows the shortcuts; single keys can be switched off and the text be made wider, for good."""
    page = open_page(NOTE, width=1440)
    width = "document.querySelector('[data-note-body]').clientWidth"
    before = page.evaluate(width)
    page.keyboard.press("?")
    help_dialog = page.locator("dialog[data-help][open]")
    expect(help_dialog).to_contain_text("Ctrl K")
    help_dialog.get_by_role("button", name="Wider text").click()
    chosen = page.evaluate(width)
    assert chosen > before * 1.1
    help_dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(help_dialog).to_have_count(0)
    page.reload()
    assert page.evaluate(width) == chosen
    page.mouse.move(5, 5)
    settle(page)
    page.keyboard.press("?")
    expect(help_dialog).to_have_count(0)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(help_dialog).to_be_visible()


def test_along_the_path(open_page):
    """`j` goes to the next note and `k` back to the one before."""
    page = open_page("/cumulus/")
    page.keyboard.press("j")
    page.wait_for_url("**/cirrus/")
    page.keyboard.press("k")
    page.wait_for_url("**/cumulus/")


STOPS = """() => {
  window.stops = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineWidth, outlineStyle } = getComputedStyle(target);
    window.stops.push([target.outerHTML.slice(0, 80), parseFloat(outlineWidth), outlineStyle]);
  });
}"""
"""Writes down what gets the focus, and its outline."""

VISIT = """() => {
  for (const stop of document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")) stop.focus();
}"""


def test_focus_is_always_seen(open_page):
    """Every stop on the way through a note has an outline; the first one is the skip link, and it leads to the text."""
    page = open_page("/cumulus/")
    page.evaluate(STOPS)
    page.keyboard.press("Tab")
    settle(page)
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    for _ in range(10):
        page.keyboard.press("Tab")
    # What follows the keyboard shows the focus as if a key had moved it.
    page.evaluate(VISIT)
    stops = page.evaluate("stops")
    assert len({element for element, _, _ in stops}) > 40
    assert [stop for stop in stops if stop[1] < 1 or stop[2] == "none"] == []
    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_code_and_tables_scroll_by_keyboard(open_page):
    """What is wider than the page can be focused and moved with the arrows."""
    page = open_page(NOTE, width=360, shared=True)
    for selector in (".table", "figure.code pre"):
        box = page.locator(selector).first
        box.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        until(page, f"document.querySelector('{selector}').scrollLeft > 0")


def test_the_map_unfolds_by_keyboard(open_page):
    """Each branch of the map is a disclosure that Enter opens and closes."""
    page = open_page("/map/")
    branch = page.locator(".map summary").first
    details = page.locator(".map details").first
    expect(details).to_have_attribute("open", "")
    branch.focus()
    page.keyboard.press("Enter")
    expect(details).not_to_have_attribute("open", "")
