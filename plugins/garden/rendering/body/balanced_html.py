"""Keeps raw HTML inside its note: an element that the author does not close must not swallow the rest of the page.

Raw HTML is not changed (HT-1), but the element around a note's body must contain all of it and nothing else (HC-3). A
parser that reads HTML like browsers shows whether that is the case; if not, the HTML is written again from the parser's
result.
"""

import re
from html import escape
from html.parser import HTMLParser
from typing import Final

# What `_stays_inside` puts before and after the HTML that it tests. Before it are all elements that may be around a body or
# an embed, so that a closing tag for one of them is noticed.
_AROUND: Final = "<main><article><section><blockquote><details><ol><li><ul><li>"
_AFTER: Final = '<p id="after">.</p>'


def contained(html: str) -> tuple[str, bool]:
    """Return HTML that stays inside the element around it, and whether it had to be repaired for that.

    This runs in a separate process (see `isolation`), since the parser is a native library.
    """
    if _stays_inside(html):
        return html, False
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    nodes = body.iter(include_text=True) if body is not None else ()
    mended = "".join(node.html or "" for node in nodes)
    # An `<li>` without a list ends the list item around it, even through a `<div>`, but not through a `<section>`.
    for candidate in (mended, f"<section>{mended}</section>"):
        if _stays_inside(candidate):
            return candidate, True
    # An element that cannot be closed, such as `<plaintext>`, is shown as text.
    return f"<pre>{escape(html)}</pre>", True


def plainly_contained(html: str) -> tuple[str, bool]:
    """Do the same without the parser, which may be missing: HTML with elements that are not clearly closed is shown as text."""
    tags = _Tags()
    tags.feed(html)
    tags.close()
    if tags.open or tags.is_doubtful or _ENDLESS.search(html):
        return f"<pre>{escape(html)}</pre>", True
    return html, False


class _Tags(HTMLParser):
    """Notices elements that do not end, or not in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_doubtful = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A slash at the end of a tag only closes foreign elements, of SVG and MathML.
        if tag not in _VOID and _FOREIGN.isdisjoint(self.open):
            self.is_doubtful = True

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.is_doubtful = True


_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without content and closing tag."""

_FOREIGN: Final = frozenset(("math", "svg"))

# These have no end: the rest of the page would be text or a comment.
_ENDLESS: Final = re.compile(r"<(?:plaintext|noframes|!--(?!.*?-->))", re.IGNORECASE | re.DOTALL)


def _stays_inside(html: str) -> bool:
    """Say whether an element around `html` ends right after it, and the HTML that follows is unaffected."""
    # Imported only here, since most notes have no raw HTML.
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(f'<!doctype html><body>.{_AROUND}<div id="contained">{html}</div>{_AFTER}')
    outside = page.css_first("body > main > article > section > blockquote > details > ol > li > ul > li")
    nodes = list(outside.iter(include_text=True)) if outside is not None else []
    return [node.id for node in nodes] == ["contained", "after"] and nodes[1].html == _AFTER
