"""The graph page: a canvas, and the same as a list."""

import json

from playwright.sync_api import Page, expect

from tests.support.browsing import until

DRAWN = """() => {
  const canvas = document.querySelector("canvas");
  const empty = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  return canvas.toDataURL() !== empty.toDataURL();
}"""

PICTURE = """async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  let earlier = "";
  for (;;) {
    await painted();
    const picture = document.querySelector("canvas").toDataURL();
    if (picture === earlier) return picture;
    earlier = picture;
  }
}"""
"""What is painted, once it stays so."""


def graph(open_page, *, shared: bool = False) -> Page:
    """The graph page with its picture drawn."""
    page = open_page("/graph/", shared=shared)
    page.mouse.move(1, 1)  # an earlier test may have left it on a dot
    until(page, "document.querySelector('.graph [role=status]').textContent.includes('notes shown')")
    until(page, DRAWN)
    return page


def picture(page: Page) -> str:
    """The picture as it is now."""
    return str(page.evaluate(PICTURE))


def shown(page: Page) -> int:
    """How many notes the picture shows."""
    return int(page.locator(".graph [role=status]").inner_text().split()[0])


def test_filters_show_less(open_page):
    """Branch, tag and relation each leave a part, and «All» brings everything back."""
    page = graph(open_page, shared=True)
    everything = shown(page)
    for label, choice in (("Branch", "Weather"), ("Tag", "weather/clouds"), ("Relation", "Next")):
        select = page.locator(".graph-tools").get_by_label(label)
        select.select_option(label=choice)
        assert 0 < shown(page) < everything, label
        select.select_option(label="All")
        assert shown(page) == everything


def test_a_note_is_found_or_clicked_and_opened(open_page):
    """A name and Enter open the note, as does a click on its dot; a drag does not. Each time the picture begins as the same."""
    page = graph(open_page)
    first = picture(page)
    field = page.get_by_label("Find a note")
    field.fill("rain")
    field.press("Enter")
    page.wait_for_url("**/rain-gauge/")
    page = graph(open_page)
    assert picture(page) == first
    page.get_by_label("Find a note").fill("Rain gauge")
    canvas = page.locator("canvas").bounding_box()
    x, y = canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2
    page.mouse.move(x + 150, y + 150)
    page.mouse.down()
    page.mouse.move(x + 190, y + 190, steps=4)
    page.mouse.up()
    assert "/graph/" in page.url
    page.mouse.click(x + 40, y + 40)
    page.wait_for_url("**/rain-gauge/")


def test_the_keyboard_moves_it(open_page):
    """Arrows, plus and minus change the picture; 0 shows all again."""
    page = graph(open_page, shared=True)
    canvas = page.locator("canvas")
    canvas.focus()
    first = picture(page)
    for key in ("+", "ArrowLeft"):
        before = picture(page)
        canvas.press(key)
        assert picture(page) != before, key
    canvas.press("0")
    # A slow machine moves the picture at once and paints it again when it rests.
    until(page, f"({PICTURE})().then((picture) => picture === {json.dumps(first)})")


def test_the_list_says_the_same(open_page):
    """Every note is in the list, with its neighbours."""
    page = graph(open_page, shared=True)
    rows = page.locator(".graph-list > li")
    assert rows.count() == shown(page)
    row = rows.filter(has=page.get_by_role("link", name="Rain gauge")).first
    expect(row).to_be_visible()


def test_branches_have_a_key(open_page):
    """The shape and colour of a branch's dots stand beside its name; a branch that most notes are in is taken apart."""
    page = graph(open_page, shared=True)
    items = page.locator(".graph-key > li")
    expect(items).to_have_count(7)
    expect(items.first).to_have_text("Model Deployment")
    expect(items.filter(has_text="Weather")).to_have_count(1)
    shapes = items.locator("svg > *").evaluate_all("(all) => all.map((shape) => shape.outerHTML)")
    assert len(set(shapes)) == len(shapes)
    colours = items.locator("svg").evaluate_all("(all) => all.map((image) => getComputedStyle(image).color)")
    assert len(set(colours)) == len(colours)
