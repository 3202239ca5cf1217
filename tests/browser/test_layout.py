"""How pages are laid out: facts that hold on any machine, whatever fonts it has."""

from io import BytesIO
from itertools import combinations

from PIL import Image
from playwright.sync_api import expect

from tests.browser.overflow import overflow
from tests.support.browsing import settle

CHARACTERS_OF_LINES = """() => {
  const counts = [];
  for (const paragraph of document.querySelectorAll(".prose > p")) {
    const range = document.createRange();
    const lines = new Map();
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (let at = 0; at < texts.currentNode.length; at += 1) {
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + 1);
        const box = range.getBoundingClientRect();
        if (!box.height) continue;
        const line = Math.round(box.bottom / 12);
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    counts.push(...[...lines.values()].slice(0, -1));
  }
  return counts;
}"""
"""How many characters each full line of the running text has."""

BOXES = "(parts) => parts.map((part) => document.querySelector(part).getBoundingClientRect().toJSON())"


def test_an_identifier_in_a_table_stays_whole(open_at, static):
    """A table that is too wide for a phone scrolls; no word is broken, in code, links or text."""
    page = open_at(static, "/reading-the-sky/", width=360, shared=True)
    lines, scrolls, width = page.locator(".prose .table").first.evaluate(
        """(table, word) => {
          const kept = table.innerHTML;
          const lines = ["code", "a", "span"].map((name, row) => {
            const part = document.createElement(name);
            part.textContent = word;
            table.querySelectorAll("tbody tr")[row].cells[0].replaceChildren(part);
            return part;
          }).map((part) => part.getClientRects().length);
          const found = [lines, table.scrollWidth > table.clientWidth, document.scrollingElement.scrollWidth];
          table.innerHTML = kept;
          return found;
        }""",
        "height_of_the_lowest_cloud_in_metres",
    )
    assert lines == [1, 1, 1]
    assert scrolls
    assert width <= 360


def test_a_line_has_62_to_72_characters(open_at, static):
    """On a desk the running text has the measure of a book."""
    page = open_at(static, "/pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead/", width=1440)
    lines = sorted(page.evaluate(CHARACTERS_OF_LINES))
    assert len(lines) > 10
    assert 62 <= lines[len(lines) // 2] <= 72
    size = page.locator(".prose p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert 17 <= size <= 19


def test_columns_do_not_meet(open_at, static):
    """Text, contents and branch stand apart at every width."""
    page = open_at(static, "/reading-the-sky/", shared=True)
    page.mouse.move(5, 5)
    for width in (820, 1100, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.evaluate(BOXES, [".note-text", ".toc", ".tree"])
        for one, other in combinations(boxes, 2):
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
            assert beside or below, width


def test_text_at_twice_its_size(open_at, static):
    """With text alone enlarged to 200 % nothing is lost."""
    page = open_at(static, "/reading-the-sky/", width=1280, shared=True)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page, 1280) == []
    expect(page.locator(".site-tools [data-opens=search]")).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_a_branch_in_any_script_and_with_any_spacing(open_at, static):
    """An Arabic summary in an English list begins where its title does, not at the other side.

    Line, word and letter spacing as WCAG 1.4.12 wants it cuts nothing off.
    """
    page = open_at(static, "/weather/", width=1440)
    summaries = page.locator(".children li > p[dir=auto]")
    assert set(summaries.evaluate_all("(all) => all.map((p) => getComputedStyle(p).textAlign)")) == {"left"}
    page.set_viewport_size({"width": 360, "height": 900})
    page.evaluate(
        """() => document.querySelectorAll("*").forEach((e) => {
          Object.assign(e.style, { lineHeight: 1.5, letterSpacing: "0.12em", wordSpacing: "0.16em" });
        })"""
    )
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_nothing_moves_while_the_page_loads(open_at, uncached):
    """Images and scripts do not shift what is already there."""
    page = open_at(
        uncached,
        "/reading-the-sky/",
        prepare="""
        window.shifts = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        """,
    )
    page.mouse.move(5, 5)
    settle(page)
    assert page.evaluate("shifts") < 0.01


def test_reduced_motion_is_respected(open_at, static):
    """Whoever wants no motion gets none."""
    page = open_at(static, "/reading-the-sky/", shared=True)
    page.locator(".toc a").first.focus()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = """[...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
    }).length"""
    assert page.evaluate(moving) == 0


def test_a_wide_table_takes_the_room_beside_the_text(open_at, static):
    """On a desk what is wider than the text reaches beyond it, from one left edge and not into the next column."""
    page = open_at(static, "/reading-the-sky/", width=1440, shared=True)
    text, table, contents, tree = (
        page.locator(part).first.bounding_box()
        for part in (".prose > p", ".prose > .table", ".toc", ".tree nav")
    )
    assert table["width"] > text["width"] + 40
    assert abs(table["x"] - text["x"]) <= 1
    assert tree["x"] + tree["width"] + 16 <= table["x"]
    assert table["x"] + table["width"] + 16 <= contents["x"]


def test_what_scrolls_sideways_shows_it(open_at, static):
    """The edge behind which a table goes on is darker than the edge at which it begins."""
    page = open_at(static, "/reading-the-sky/", width=360, shared=True)
    box = page.locator(".prose .table")
    box.scroll_into_view_if_needed()
    picture = Image.open(BytesIO(box.screenshot())).convert("L")
    # The blank row above the names of the columns.
    begins, ends = picture.getpixel((2, 2)), picture.getpixel((picture.width - 3, 2))
    assert ends < begins - 8
    box.evaluate("(e) => e.scrollTo(e.scrollWidth, 0)")
    picture = Image.open(BytesIO(box.screenshot())).convert("L")
    assert picture.getpixel((2, 2)) < picture.getpixel((picture.width - 3, 2)) - 8
    box.evaluate("(e) => e.scrollTo(0, 0)")


def test_the_branch_stands_on_the_axis_of_the_text_on_a_tablet(open_at, static):
    """Below the text it is as wide as the text."""
    page = open_at(static, "/reading-the-sky/", width=820, shared=True)
    text, tree = (page.locator(part).first.bounding_box() for part in (".prose", ".tree"))
    assert (tree["x"], tree["width"]) == (text["x"], text["width"])
