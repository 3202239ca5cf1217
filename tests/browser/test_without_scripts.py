"""Every page reads and navigates without JavaScript."""

from playwright.sync_api import Page, expect


def assert_no_control_that_would_do_nothing(page: Page) -> None:
    """Controls that need scripts are not shown."""
    expect(page.locator(".js-only:visible")).to_have_count(0)
    expect(page.locator("dialog:visible")).to_have_count(0)


def test_from_the_home_page_to_a_section(open_page):
    """Home, map, note, and one of its sections can be reached by links alone."""
    page = open_page("/", java_script_enabled=False)
    assert_no_control_that_would_do_nothing(page)
    page.get_by_role("link", name="The whole map").click()
    page.get_by_role("navigation", name="Map").get_by_role("link", name="Reading the sky").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading the sky")
    page.locator(".toc").get_by_role("link", name="Writing it down").click()
    assert page.url.endswith("#Writing-it-down") or "#" in page.url
    expect(page.get_by_role("heading", name="Writing it down")).to_be_in_viewport()


def test_a_note_has_everything(open_page):
    """A folded callout opens, a diagram is a picture, a formula is MathML; on a phone contents and branch are folded, and unfold."""
    page = open_page("/reading-the-sky/", java_script_enabled=False)
    assert_no_control_that_would_do_nothing(page)
    page.get_by_text("When it does not work").click()
    expect(page.get_by_text("Over mountains")).to_be_visible()
    expect(page.locator("figure.diagram > svg")).to_be_visible()
    expect(page.locator("math").first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 900})
    link = page.locator(".toc a").first
    expect(link).to_be_hidden()
    page.get_by_text("On this page").click()
    expect(link).to_be_visible()
    page.get_by_text("In this branch").click()
    expect(page.locator(".tree a").first).to_be_visible()


def test_what_needs_scripts_is_done_or_explained_in_another_way(open_page):
    """The graph is a list, and the page for searching says that it needs scripts."""
    page = open_page("/graph/", java_script_enabled=False)
    assert_no_control_that_would_do_nothing(page)
    expect(page.locator(".graph-list").get_by_role("link", name="Cumulus").first).to_be_visible()
    open_page("/search/", java_script_enabled=False)
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
