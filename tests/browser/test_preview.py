"""Previews of notes: on hover, keyboard focus and long press; never in the way."""

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import settle, until
from tests.support.tabs import requests_of

NOTE = "/reading-the-sky/"
REST = 150  # milliseconds on a link, of which its preview comes
LEAVE = 200  # milliseconds beside it, of which its preview goes


def opened(page: Page) -> Locator:
    """The preview that is open."""
    return page.locator(".preview:popover-open")


def wake(page: Page) -> None:
    """Let the scripts notice that somebody is there."""
    page.mouse.move(5, 5)
    page.mouse.move(9, 9)
    settle(page)
    until(page, "document.querySelector('.preview') && !document.querySelector('.preview:popover-open')")


def rest_on(page: Page, link: Locator) -> None:
    """Rest on a link until its preview is there."""
    link.hover()
    until(page, "document.querySelector('.preview:popover-open')")


def later(page: Page, milliseconds: int) -> None:
    """Wait for what the page does not do within some time: its own clock says when that is over, on a busy machine, too."""
    page.evaluate("(time) => new Promise((resolve) => setTimeout(resolve, time))", milliseconds)


def apart(page: Page, link: Locator) -> bool:
    """Whether the preview leaves its link free and lies within the window."""
    card, box, window = opened(page).bounding_box(), link.bounding_box(), page.viewport_size
    beside = card["y"] >= box["y"] + box["height"] or card["y"] + card["height"] <= box["y"]
    across = card["x"] >= 0 and card["x"] + card["width"] <= window["width"]
    return beside and across and card["y"] >= 0 and card["y"] + card["height"] <= window["height"]


def test_hovering_shows_title_and_first_words(open_page):
    """A moment's rest on a link shows the note; moving away closes it."""
    page = open_page(NOTE, shared=True)
    wake(page)
    link = page.locator(".prose").get_by_role("link", name="Cirrus")
    rest_on(page, link)
    expect(opened(page)).to_contain_text("Hair of ice")
    assert apart(page, link)
    assert link.get_attribute("aria-describedby") == opened(page).get_attribute("id")
    page.mouse.move(9, 9)
    expect(opened(page)).to_have_count(0)
    assert link.get_attribute("aria-describedby") is None


def test_passing_over_a_link_shows_nothing(open_page):
    """Less than the rest of 150 ms fetches nothing."""
    page = open_page(NOTE, shared=True)
    wake(page)
    with requests_of(page) as fetched:
        # Timed by the page: on a busy machine moves of the mouse may lie further apart than the rest.
        page.locator(".prose").evaluate(
            """async (prose, time) => {
              // Of this note nothing has been fetched yet.
              const link = Object.assign(document.createElement("a"), { className: "internal", href: "/drift/" });
              prose.append(link);
              for (const place of [link, document.body]) {
                place.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
                await new Promise((resolve) => setTimeout(resolve, time));
              }
              link.remove();
            }""",
            REST - 50,
        )
        later(page, REST + 50)
    assert [url for url in fetched if "preview" in url] == []


def test_focus_elsewhere_does_not_stop_a_preview_for_the_pointer(open_page):
    """What closes may give the focus back while the pointer rests on a link."""
    page = open_page(NOTE, shared=True)
    wake(page)
    page.locator(".prose").get_by_role("link", name="Cirrus").hover()
    page.locator("[data-opens=search]").evaluate("(button) => button.focus({ preventScroll: true })")
    expect(opened(page)).to_contain_text("Hair of ice")


def test_the_pointer_may_move_into_it(open_page):
    """Text in a preview can be reached and stays."""
    page = open_page(NOTE, shared=True)
    wake(page)
    rest_on(page, page.locator(".prose").get_by_role("link", name="Cirrus"))
    # Timed by the page: on a busy machine a real pointer may be in the gap for longer.
    opened(page).evaluate(
        """async (card, time) => {
          for (const place of [document.body, card]) {
            place.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
            await new Promise((resolve) => setTimeout(resolve, time));
          }
        }""",
        LEAVE - 50,
    )
    later(page, LEAVE + 50)
    expect(opened(page)).to_have_count(1)


def test_focus_shows_it_and_escape_closes_it(open_page):
    """With the keyboard: focus opens, Esc closes and leaves the focus, Tab goes on to the next link."""
    page = open_page(NOTE, shared=True)
    wake(page)
    link = page.locator(".prose").get_by_role("link", name="Cloud atlas")
    page.locator(".prose").get_by_role("link", name="international atlas").focus()
    page.keyboard.press("Shift+Tab")
    until(page, "document.querySelector('.preview:popover-open')")
    expect(opened(page)).to_contain_text("The kinds of clouds")
    assert apart(page, link)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("international atlas")
    expect(opened(page)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(opened(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    expect(link).to_be_focused()


def test_a_long_press_on_a_phone(open_page):
    """Holding a link shows the preview in the window and does not follow the link; a tap follows it."""
    page = open_page(NOTE, width=320, height=640, has_touch=True, is_mobile=True)
    link = (
        page.locator(".prose")
        .get_by_role("link", name="Cumulus")
        .or_(page.locator(".prose").get_by_role("link", name="how heaps grow"))
        .first
    )
    touch = page.context.new_cdp_session(page)
    page.touchscreen.tap(2, 2)
    settle(page)
    link.scroll_into_view_if_needed()
    settle(page)
    box = link.bounding_box()
    finger = {"x": box["x"] + 8, "y": box["y"] + 8}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    until(page, "document.querySelector('.preview:popover-open')")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    later(page, LEAVE + 50)
    expect(opened(page)).to_be_visible()
    assert apart(page, link)
    assert NOTE in page.url
    page.touchscreen.tap(2, 2)
    expect(opened(page)).to_have_count(0)
    link.tap()
    page.wait_for_url("**/cumulus/**")


def test_no_preview_of_the_page_itself_or_of_other_sites(open_page):
    """Links within the page and to other sites have none."""
    page = open_page(NOTE, shared=True)
    wake(page)
    for link in (
        page.locator(".prose").get_by_role("link", name="international atlas"),
        page.locator(".toc a").first,
    ):
        link.hover()
        later(page, REST + 50)
        expect(opened(page)).to_have_count(0)


def test_a_list_that_stands_for_a_parent_has_none(open_page):
    """The map, at the beginning of the breadcrumbs of a branch, is not asked for a preview: there is none."""
    page = open_page("/mlops/")
    wake(page)
    with requests_of(page) as asked:
        page.locator(".trail").get_by_role("link", name="Map").hover()
        later(page, REST + 50)
    assert not [address for address in asked if address.endswith("preview.html")]


def test_a_preview_is_pinned_and_its_links_have_previews(open_page):
    """A section's preview has the section's links, each with a preview beside it; `p` keeps the last one open."""
    page = open_page(NOTE, shared=True)
    wake(page)
    page.locator(".prose").evaluate(
        """(prose) => prose.insertAdjacentHTML("afterbegin", '<p><a class="internal" href="/feature-store/#what-it-fixes">over there</a></p>')"""
    )
    rest_on(page, page.locator(".prose").get_by_role("link", name="over there"))
    expect(opened(page)).to_contain_text("What it fixes")
    inner = opened(page).locator("a.internal").first
    inner.hover()
    until(page, "document.querySelectorAll('.preview:popover-open').length === 2")
    expect(opened(page)).to_have_count(2)
    page.keyboard.press("p")
    expect(page.locator(".preview.pinned")).to_have_count(1)
    expect(page.get_by_role("button", name="Close").and_(page.locator(":focus"))).to_have_count(1)
    page.mouse.wheel(0, 200)
    page.mouse.move(9, 9)
    expect(opened(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    page.locator(".prose > p").first.evaluate("(added) => added.remove()")
