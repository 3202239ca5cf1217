"""HTML as a reader meets it: parsed like a browser does, and its visible text."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr iframe li main nav object ol p pre section summary "
    "table tbody td tfoot th thead tr ul video audio".split()
)
SILENT = frozenset("script style template noscript -comment".split())


def parse(html: str) -> LexborHTMLParser:
    """The document tree of a page, with a browser's error recovery."""
    return LexborHTMLParser(html)


def squeeze(text: str) -> str:
    """`text` with every run of white space as one space and no blank at the ends."""
    return re.sub(r"\s+", " ", text).strip()


def visible_text(node: LexborNode) -> str:
    """The text of `node`, squeezed; a block's edges count as white space, scripts and comments do not."""
    return squeeze("".join(_pieces(node)))


def exact_text(node: LexborNode) -> str:
    """The exact text of `node`, without one final line feed (where HTML itself is not strict)."""
    return (node.text(deep=True) or "").removesuffix("\n")


def select(scope: LexborNode, css: str) -> list[LexborNode]:
    """The elements below `scope` (not itself) that match a CSS selector, in document order."""
    return [node for node in scope.css(css) if node.mem_id != scope.mem_id]  # `==` compares the HTML


def attribute(node: LexborNode, name: str) -> str | None:
    """The value of an attribute (an empty one is the empty text), None when it is not there."""
    if name not in node.attributes:
        return None
    return node.attributes[name] or ""


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that hold `node`, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text(deep=False) or ""
        elif child.tag not in SILENT:
            edge = " " if child.tag in BLOCKS else ""
            yield edge
            yield from _pieces(child)
            yield edge
