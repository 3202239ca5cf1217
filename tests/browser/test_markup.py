"""The HTML of every page is as the standard wants it.

html5lib, a parser written from the standard, reports every parse error; what it lets pass and the
standard does not (ids, references, nesting) is checked here.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list")
PHRASING_ONLY = "p, h1, h2, h3, h4, h5, h6, summary > span, button, label, dt"
BLOCKS = "p, div, ul, ol, dl, table, figure, section, article, nav, aside, header, footer, pre, blockquote, details, form"


@pytest.fixture
def pages(out: Path) -> dict[str, str]:
    """Every HTML file of the output with its text."""
    return {
        str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))
    }


@cache
def parsed(html: str) -> LexborHTMLParser:
    """A page as a tree."""
    return LexborHTMLParser(html)


def test_no_parse_error(pages):
    """A strict parser reads every page; it raises on the first error."""
    assert len(pages) > 60
    for name, html in pages.items():
        try:
            parser = html5lib.HTMLParser(strict=True)
            parser.parseFragment(html) if name.endswith("preview.html") else parser.parse(html)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{name}: {error}")


def test_ids_are_unique_and_references_lead_somewhere(pages):
    """No id is in a page twice, and whatever refers to an id finds it."""
    for name, html in pages.items():
        tree = parsed(html)
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), name
        for attribute in REFERENCES:
            for node in tree.css(f"[{attribute}]"):
                for target in (node.attributes[attribute] or "").split():
                    assert target in ids, f"{name}: {attribute}={target}"
        for node in tree.css('a[href^="#"]'):
            assert (node.attributes["href"] or "")[1:] in ids, f"{name}: {node.attributes['href']}"


def test_nothing_is_inline(pages):
    """No script with code, no style sheet, no style attribute and no handler is in a page (a strict policy)."""
    for name, html in pages.items():
        tree = parsed(html)
        for script in tree.css("script:not([src])"):
            assert script.attributes.get("type") in ("application/json", "application/ld+json"), name
        assert tree.css("style, [style]") == [], name
        for node in tree.css("*"):
            assert not [key for key in node.attributes if key.startswith("on")], name


def test_elements_are_where_they_may_be(pages):
    """No block in running text, list items in lists only, one title, one main, one h1, no skipped level in our own headings."""
    for name, html in pages.items():
        tree = parsed(html)
        for node in tree.css(PHRASING_ONLY):
            assert node.css_first(BLOCKS.replace("p, ", "", 1)) is None or node.tag in ("dt", "label"), (
                f"{name}: {node.html[:200]}"
            )
        for item in tree.css("li"):
            assert item.parent.tag in ("ul", "ol", "menu"), name
        for group in tree.css("ul, ol"):
            assert {child.tag for child in group.iter()} <= {"li", "script", "template"}, (
                f"{name}: {group.html[:200]}"
            )
        for node in tree.css("a a, a button, button a, label label, form form"):
            pytest.fail(f"{name}: {node.html}")
        if "preview.html" in name:
            continue
        for once in ("head > title", "main", "h1", "html[lang]", "html[dir]", "meta[name=viewport]"):
            assert len(tree.css(once)) == 1, f"{name}: {once}"
        levels = [
            int(node.tag[1]) for node in tree.css("main h1, main h2, main h3, main h4, main h5, main h6")
        ]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{name}: {levels}"


def test_landmarks_have_names_of_their_own(pages):
    """Each page has one banner and one footer; every navigation in it is called differently."""
    for path, html in pages.items():
        tree = parsed(html)
        if "preview.html" in path or tree.css_first("meta[http-equiv=refresh]"):
            continue
        for once in ("body > header", "body > footer"):
            assert len(tree.css(once)) == 1, f"{path}: {once}"
        names = [name_of(navigation, tree) for navigation in tree.css("nav")]
        assert len(names) >= 2, path
        assert len(set(names)) == len(names), f"{path}: {names}"


def name_of(landmark: LexborNode, tree: LexborHTMLParser) -> str:
    """What a landmark is called: its own label, or the text of the element that labels it."""
    own = landmark.attributes.get("aria-label")
    if own:
        return own
    label = tree.css_first(f'[id="{landmark.attributes["aria-labelledby"]}"]')
    return str(label.text(strip=True))


def test_images_say_what_they_are(pages):
    """Every image has `alt` and a width; every control has a name."""
    for name, html in pages.items():
        tree = parsed(html)
        for image in tree.css("img"):
            assert {"alt", "width"} <= image.attributes.keys(), f"{name}: {image.html}"
        for button in tree.css("button"):
            assert button.text(strip=True) or button.attributes.get("aria-label"), name
