"""The direction of blocks in a note that is not written in its page's direction alone (HC-12).

Such a note gets `dir="auto"` on every block, so that the browser decides by the first letter of each. A list
has no text of its own that a browser would look at, nor has the box of a callout or a table: they get the
direction of the first letter in them, so that bullets, borders and columns are at its side. Quotes and
items whose text is in paragraphs are a matter for the style sheet.
"""

import re
import xml.etree.ElementTree as etree

from garden.model.languages import direction
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import RAW

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LETTER = re.compile(rf"([^\W\d_{_RTL}])|[{_RTL}]")
_OTHER = {"ltr": re.compile(f"[{_RTL}]"), "rtl": re.compile(rf"[^\W\d_{_RTL}]")}
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "summary", "dt", "dd")
)
_BLOCK_CLASSES = frozenset(("paragraph", "callout-title"))
_BOXES = frozenset(("ul", "ol", "table", "details", "dl"))


def mark_directions(root: etree.Element, findings: Findings) -> None:
    """Mark the blocks of a note, footnotes too, if it has letters of another direction than its page."""
    page = direction(findings.language)
    other = _OTHER[page]
    texts = (*findings.plain, *(heading.text for heading in findings.headings))
    if page == "ltr" and all(map(str.isascii, texts)):
        return
    if not any(other.search(text) for text in texts if page == "rtl" or not text.isascii()):
        return
    for top in (root, *(definition.element for definition in findings.footnotes.values())):
        for element in top.iter():
            kind = element.get("class", "")
            if element.tag in _BLOCKS or kind in _BLOCK_CLASSES:
                element.set("dir", "auto")
            elif element.tag in _BOXES or kind.startswith("callout "):
                element.set("dir", _first_direction(element))


def _first_direction(box: etree.Element) -> str:
    """Return the direction of the first letter in a box, `ltr` when it has none."""
    for element in box.iter():
        texts = (element.text if element.tag != RAW else None, element.tail if element is not box else None)
        for text in texts:
            match = _LETTER.search(text) if text else None
            if match is not None:
                return "ltr" if match[1] else "rtl"
    return "ltr"
