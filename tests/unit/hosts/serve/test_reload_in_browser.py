"""What an author sees: the page follows the builds, under a strict policy, without losing the place."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer

PAGE = "<!doctype html><html lang=en><head><title>Note</title></head><body><h1>{}</h1>{}</body></html>"
LONG = "<p>text</p>" * 200


class Author:
    """A site that is being worked on, open in a browser."""

    def __init__(self, root, server: SiteServer, page: Page) -> None:
        self.root = root
        self.builds = server.builds
        self.page = page
        self.address = f"http://127.0.0.1:{server.server_port}/"

    def save(self, title: str, *, fails: str = "") -> None:
        """Save the note and end its build; `fails` is the log of a failed one."""
        if not fails:
            (self.root / "index.html").write_text(PAGE.format(title, LONG))
        self.builds.ended(fails, failed=bool(fails))


@pytest.fixture
def author(tmp_path, browser: Browser) -> Iterator[Author]:
    """An author who has built once and opened the page."""
    server = SiteServer(("127.0.0.1", 0), tmp_path, Builds(first=1), "default-src 'self'")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    page = browser.new_page()
    someone = Author(tmp_path, server, page)
    someone.save("first")
    page.goto(someone.address)
    yield someone
    page.close()
    server.builds.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_build_reloads_the_page_where_the_author_was(author):
    """The new text is shown, and the page has not moved."""
    author.page.mouse.wheel(0, 700)
    author.page.wait_for_timeout(300)
    before = author.page.evaluate("scrollY")
    assert before > 0
    author.save("second")
    expect(author.page.locator("h1")).to_have_text("second")
    author.page.wait_for_timeout(300)
    assert author.page.evaluate("scrollY") == before


def test_a_tab_is_left_alone_by_what_does_not_change_its_page(author):
    """Neither a build of other pages nor a new style loads the page again."""
    author.page.evaluate("window.mark = 1")
    author.builds.ended("", failed=False)
    author.builds.ended("", failed=False, style=True)
    author.page.wait_for_timeout(300)
    (author.root / "index.html").write_text(
        PAGE.format("first", LONG) + "<!-- another version of the theme -->"
    )
    author.builds.ended("", failed=False, style=True)
    author.page.wait_for_timeout(300)
    assert author.page.evaluate("window.mark") == 1
    author.save("second")
    expect(author.page.locator("h1")).to_have_text("second")
    assert author.page.evaluate("window.mark") is None


def test_a_failed_build_lies_over_the_page_until_the_next_one(author):
    """The log is shown as text; closing it shows the page; a correction removes it."""
    author.save("", fails="note.md:1:1: error <b>not bold</b>")
    log = author.page.get_by_role("dialog", name="The build has failed")
    expect(log.locator("pre")).to_have_text("note.md:1:1: error <b>not bold</b>")
    log.get_by_role("button", name="Show the page").click()
    expect(log).to_have_count(0)
    expect(author.page.locator("h1")).to_have_text("first")
    author.save("", fails="again")
    expect(log.locator("pre")).to_have_text("again")
    author.save("mended")
    expect(author.page.locator("h1")).to_have_text("mended")
    expect(log).to_have_count(0)


def test_errors_in_notes_are_a_small_sign(author):
    """The site is there: nothing lies over it, the log is one click away, and the sign goes with the last error."""
    author.builds.ended("note.md:1:1: error", failed=False, errors=True)
    sign = author.page.get_by_role("button", name="Errors in notes")
    expect(sign).to_have_count(1)
    expect(author.page.get_by_role("dialog")).to_have_count(0)
    sign.click()
    log = author.page.get_by_role("dialog", name="Errors in notes")
    expect(log.locator("pre")).to_have_text("note.md:1:1: error")
    log.get_by_role("button", name="Show the page").click()
    author.builds.ended("", failed=False)
    expect(sign).to_have_count(0)


def test_an_address_without_a_page_recovers(author):
    """A new note that breaks the build shows the log at its address, and then itself."""
    author.save("", fails="broken")
    # The open page reloads for that build; leaving it before would race with the reload.
    expect(author.page.get_by_role("dialog", name="The build has failed")).to_be_visible()
    author.page.goto(author.address + "new/")
    expect(author.page.get_by_role("heading", name="The build has failed").first).to_be_visible()
    (author.root / "new").mkdir()
    (author.root / "new" / "index.html").write_text(PAGE.format("new note", ""))
    author.save("first")
    expect(author.page.locator("h1")).to_have_text("new note")


def test_nothing_breaks_the_policy(author):
    """The server's own additions raise no complaint of a browser that allows nothing inline."""
    complaints: list[str] = []
    author.page.on("console", lambda message: complaints.append(message.text))
    author.save("", fails="broken")
    expect(author.page.get_by_role("dialog")).to_be_visible()
    assert (
        author.page.evaluate("getComputedStyle(document.querySelector('dialog')).color")
        == "rgb(241, 241, 241)"
    )
    assert not any("Content Security Policy" in complaint for complaint in complaints)
