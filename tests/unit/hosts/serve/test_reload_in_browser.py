"""What an author sees: the page follows the builds, under a strict policy, without losing the place."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from garden.hosts.serve.editors import EDITORS
from garden.hosts.serve.live_reload import STYLE
from garden.hosts.serve.note_problems import NoteProblems
from garden.hosts.serve.web_server import SiteServer
from tests.support.browsing import OWN_FILE, STRICT, site_server, until
from tests.support.tabs import Tabs, listen

PAGE = "<!doctype html><html lang=en><head><title>Note</title></head><body><h1>{}</h1>{}</body></html>"
LONG = "<p>text</p>" * 200


class Author:
    """A site that an author is working on, open in a browser."""

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

    def end_build_and_wait(self, **options: Any) -> None:
        """End a build, and wait until the page has compared itself with its file and had time to load it again."""
        before = self.page.evaluate(OWN_FILE)
        self.builds.ended("", failed=False, **options)
        until(self.page, f"{OWN_FILE} > {before}")
        self.page.evaluate("new Promise((resolve) => setTimeout(resolve, 50))")


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    """A page that no longer hears of builds when these tests have ended."""
    opened = tabs.page()
    yield opened
    opened.goto("about:blank")


@pytest.fixture
def author(tmp_path, page: Page) -> Iterator[Author]:
    """An author who has built once and opened the page: nothing that the server adds breaks the policy, which allows nothing inline."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    with ExitStack() as at_the_end, site_server(tmp_path, STRICT) as server:
        listen(page, "console", heard, at_the_end)
        someone = Author(tmp_path, server, page)
        someone.save("first")
        # Until the page has its own file it can only be loaded again.
        page.goto(someone.address)
        until(page, f"{OWN_FILE} > 0")
        yield someone
    assert not any("Content Security Policy" in complaint for complaint in complaints)


def test_a_page_that_must_be_loaded_again_stays_where_it_was(author):
    """Another script needs a fresh page: the new text is shown, and the page has not moved."""
    author.page.evaluate("window.mark = 1")
    author.page.mouse.wheel(0, 700)
    until(author.page, "scrollY === 700")
    before = author.page.evaluate("scrollY")
    author.save('second<script src="/new.js"></script>')
    expect(author.page.locator("h1")).to_have_text("second")
    until(author.page, f"scrollY === {before}")
    assert author.page.evaluate("window.mark") is None


TEXT = """<main><details><summary>More</summary>within</details><audio id=sound></audio><input id=field>
{}<p>Read <a id="ref:0" href=/>this</a>.</p>{}</main>"""
PARTS = "".join(f"<h2 id=part-{n}>Part {n}</h2><p>{n} {'word ' * 300}</p>" for n in range(9))


def test_only_what_has_changed_is_swapped(author):
    """Unfolded details, what is typed, the focus, a film and what is in sight stay; the rest of the page is new."""
    page = author.page
    author.save(TEXT.format("", PARTS))
    expect(page.locator("h2")).to_have_count(9)
    page.locator("summary").click()
    page.locator("#field").fill("typed")
    page.evaluate(
        "window.sound = document.getElementById('sound'); document.getElementById('part-4').scrollIntoView()"
    )
    author.save(TEXT.format("<p>added</p>" * 9, PARTS.replace("<p>4 ", "<p>4 changed ")))
    expect(page.locator("#part-4 + p")).to_contain_text("4 changed")
    kept = """[
        document.querySelector("details").open,
        document.getElementById("sound") === window.sound,
        document.activeElement.value,
        Math.round(document.getElementById("part-4").getBoundingClientRect().top),
    ]"""
    assert page.evaluate(kept) == [True, True, "typed", 0]


def test_a_change_out_of_sight_is_gone_to(author):
    """The heading of what has been edited comes to the top; a tab that looks at the change stays."""
    page = author.page
    author.save(TEXT.format("", PARTS))
    expect(page.locator("h2")).to_have_count(9)
    author.save(TEXT.format("", PARTS.replace("<p>7 ", "<p>7 changed ")))
    expect(page.locator("#part-7 + p")).to_contain_text("7 changed")
    until(page, "Math.round(document.getElementById('part-7').getBoundingClientRect().top) === 0")


RANDOM_SWAPS = r"""async () => {
    const { swap } = await import("/_garden/swap.js");
    let seed = 1;
    const pick = (count) => (seed = (seed * 48271) % 2147483647) % count;
    const kinds = ["p", "h2", "ul", "div", "pre", "em"];
    const markup = (depth) =>
      Array.from({ length: pick(6) }, () => {
        const kind = kinds[pick(kinds.length)];
        return `${["", "words ", "\n"][pick(3)]}<${kind} id="${pick(9)}">${depth ? markup(depth - 1) : pick(4)}</${kind}>`;
      }).join("");
    const page = (html) => new DOMParser().parseFromString(`<title>x</title><body>${html}`, "text/html");
    let was = page(markup(3));
    document.body.replaceChildren(...document.importNode(was.body, true).childNodes);
    const wrong = [];
    for (let turn = 0; turn < 300; turn += 1) {
      const now = page(pick(3) ? was.body.innerHTML.replace(/[0-9]/, pick(9)).replace(/<p id=.[0-9].>[0-9]*<.p>/, "") : markup(3));
      swap(was, now);
      if (document.body.innerHTML !== now.body.innerHTML) wrong.push(now.body.innerHTML);
      was = now;
    }
    return wrong;
}"""


def test_a_swapped_page_is_what_loading_it_would_show(author):
    """After each of hundreds of random changes the page has exactly what its new file has."""
    assert author.page.evaluate(RANDOM_SWAPS) == []


STYLED = '<link rel="stylesheet" href="/style.css">{}'


def test_a_tab_is_left_alone_by_what_does_not_change_its_page(author):
    """Neither a build of other pages nor a new style loads the page again, or changes more of it than the address of the style."""
    page = author.page
    (author.root / "style.css").touch()
    author.save(STYLED.format("first"))
    style = page.locator("link[href*='/style.css']")
    expect(style).to_have_count(1)
    page.evaluate("window.swaps = 0; addEventListener('garden:swap', () => (window.swaps += 1))")
    author.end_build_and_wait()
    expect(style).to_have_attribute("href", "/style.css")
    author.end_build_and_wait(renewed=STYLE)
    expect(style).to_have_attribute("href", re.compile(r"/style\.css\?v=\d+"))
    assert page.evaluate("window.swaps") == 0
    (author.root / "index.html").write_text(
        PAGE.format(STYLED.format("first"), LONG) + "<!-- another version of the theme -->"
    )
    author.end_build_and_wait(renewed=STYLE)
    author.save(STYLED.format("second"))
    expect(page.locator("h1")).to_have_text("second")
    assert page.evaluate("window.swaps") > 0


HASTE = "const later = setTimeout; window.setTimeout = (work, time) => later(work, Math.min(time, 20));"


def test_a_tab_that_was_refused_asks_again(page, tmp_path):
    """One tab too many is refused; as soon as there is a place, it hears of builds like all others."""
    with ExitStack() as at_the_end, site_server(tmp_path, STRICT) as server:
        at_the_end.callback(page.add_init_script(HASTE).close)
        server.streams = threading.BoundedSemaphore(1)
        server.streams.acquire()
        author = Author(tmp_path, server, page)
        author.save("first")
        with page.expect_response(lambda answer: answer.status == HTTPStatus.SERVICE_UNAVAILABLE):
            page.goto(author.address)
        server.streams.release()
        author.save("second")
        expect(page.locator("h1")).to_have_text("second")
        page.goto("about:blank")


def test_a_failed_build_lies_over_the_page_until_the_next_one(author):
    """The log is shown as text; closing it shows the page; a correction removes it."""
    author.save("", fails="note.md:1:1: error <b>not bold</b>")
    log = author.page.get_by_role("dialog", name="The build has failed")
    expect(log.locator("pre")).to_have_text("note.md:1:1: error <b>not bold</b>")
    expect(log).to_have_css("color", "rgb(241, 241, 241)")  # its style has come, too
    log.get_by_role("button", name="Show the page").click()
    expect(log).to_have_count(0)
    expect(author.page.locator("h1")).to_have_text("first")
    author.save("", fails="again")
    expect(log.locator("pre")).to_have_text("again")
    author.save("mended")
    expect(author.page.locator("h1")).to_have_text("mended")
    expect(log).to_have_count(0)


def test_an_error_stands_on_the_page_of_its_note(author, tmp_path):
    """With its line, a mark below it and a link into the editor; other pages have a small mark, which disappears when it is mended."""
    (tmp_path / "my own.md").write_text("# Title\n\nSee [[Lost]].\n")
    author.save('<meta name="garden:source" content="my%20own.md">first')
    log = (
        "my own.md:3:5: error [link-unresolved] no note matches <Lost>\nother.md:1:1: error [yaml-late] late"
    )
    author.builds.ended(
        log, failed=False, errors=True, problems=NoteProblems(log, tmp_path, EDITORS["vscode"])
    )
    box = author.page.locator(".garden-problems")
    expect(box.locator("summary")).to_have_text("1 error in this note")
    expect(box.locator("li").first).to_contain_text("no note matches <Lost>")
    expect(box.locator("pre").first).to_have_text("    See [[Lost]].\n        ^")
    link = box.get_by_role("link", name="my own.md:3:5")
    expect(link).to_have_attribute("href", f"vscode://file{tmp_path}/my%20own.md:3:5")
    # What has been folded stays so until there is something else to say.
    box.locator("summary").click()
    author.builds.ended(log, failed=False, errors=True)
    expect(box.locator("pre").first).to_be_hidden()
    rest = log.splitlines()[1]
    author.builds.ended(rest, failed=False, errors=True, problems=NoteProblems(rest, tmp_path))
    expect(box.locator("summary")).to_have_text("1 error in another note")
    expect(box).not_to_have_attribute("open", "")
    author.builds.ended("", failed=False, problems=NoteProblems())
    expect(box).to_have_count(0)


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
