"""A note being read: copying, contents, links, pictures, print."""

from playwright.sync_api import expect

from tests.browser.overflow import overflow
from tests.support.browsing import settle, until

NOTE = "/reading-the-sky/"


def test_code_is_copied(open_page):
    """The button copies exactly the code, and says so."""
    page = open_page(NOTE, shared=True)
    page.mouse.move(200, 200)
    settle(page)
    figure = page.locator("figure.code").first
    button = figure.get_by_role("button")
    expect(button).to_have_text("Copy")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('"""Height of the cloud base')
    assert copied == figure.locator("code").text_content().removesuffix("\n")
    assert "Copy" not in copied


def test_the_citation_is_copied(open_page):
    """The citation unfolds and can be copied."""
    page = open_page(NOTE, shared=True)
    page.get_by_text("Cite this note").click()
    page.locator(".cite").get_by_role("button", name="Copy").click()
    until(page, "navigator.clipboard.readText().then((text) => text.startsWith('@misc{reading-the-sky'))")


def test_the_contents_follow_the_reader(open_page):
    """The section being read is marked, and no other; what has been passed stands out from what is left."""
    page = open_page(NOTE, shared=True)
    page.mouse.wheel(0, 50)
    settle(page)
    for name in ("Heights", "Writing it down", "Terms"):
        page.get_by_role("heading", name=name, exact=True).evaluate("e => scrollTo(0, e.offsetTop - 60)")
        expect(page.locator(".toc [aria-current]")).to_have_count(1)
        expect(page.locator(".toc [aria-current]")).to_have_text(name)
        expect(page.locator(".toc .passed").last).to_have_text(name)
    assert page.locator(".toc .passed").count() >= 3


def test_links_to_other_sites_are_marked(open_page):
    """They have a marker and `rel=noopener`, and open in the same tab; links within the site have neither."""
    page = open_page(NOTE, shared=True)
    outside = page.get_by_role("link", name="international atlas")
    inside = page.get_by_role("link", name="Cloud atlas").first
    sign = "element => getComputedStyle(element, '::after').clipPath"
    assert outside.evaluate(sign).startswith("polygon")
    assert inside.evaluate(sign) == "none"
    assert "noopener" in outside.get_attribute("rel")
    assert outside.get_attribute("target") is None


def test_pictures_keep_their_place(open_page):
    """Every image says how large it is, and those further down are loaded late."""
    page = open_page(NOTE, shared=True)
    for image in page.locator("main img").all():
        assert image.get_attribute("width")
    assert page.locator("main img[loading=lazy]").count() >= 1
    page.locator("main img").last.scroll_into_view_if_needed()
    expect(page.locator("main img").last).to_have_js_property("complete", value=True)
    assert page.locator("main img").last.evaluate("image => image.naturalWidth") > 0


def test_printed_it_is_a_clean_article(open_page):
    """On paper there is the text, with addresses of links to other sites, and nothing to click."""
    page = open_page(NOTE, color_scheme="dark", shared=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for chrome in (".site-head", ".site-foot", ".toc", ".tree", ".copy", ".neighbourhood"):
        expect(page.locator(f"{chrome}:visible")).to_have_count(0)
    number = page.get_by_role("link", name="international atlas").evaluate(
        "e => getComputedStyle(e, '::after').content"
    )
    assert "counter(link)" in number
    expect(page.locator(".printed-links > li:visible")).to_have_text(["https://cloudatlas.wmo.int/"])
    expect(page.get_by_text("Over mountains, where the ground")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "light"
    assert page.locator("figure.code pre").first.evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"


def test_facts_below_the_title(open_page):
    """Dates, reading time, category and how finished the note is; where to edit it is in the footer."""
    page = open_page(NOTE, shared=True)
    facts = page.locator(".facts")
    for text in ("May 2, 2024", "June 11, 2024", "min read", "field notes", "half-grown"):
        expect(facts).to_contain_text(text)
    edit = page.get_by_role("link", name="Edit this page")
    assert edit.get_attribute("href").endswith("/edit/main/content/showcase/Reading%20the%20sky.md")


def test_a_note_in_another_language(open_page):
    """An Arabic note reads from right to left, its code from left to right, its interface in Arabic."""
    page = open_page("/سماء/")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.locator("pre").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    text, branch = page.locator(".prose").bounding_box(), page.locator(".tree").bounding_box()
    assert branch["x"] > text["x"]
    open_page("/wolkenbilder/")
    expect(page.locator(".facts")).to_contain_text("Januar 2024")
    assert overflow(page, 320) == []  # German words are longer
