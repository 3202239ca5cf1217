"""From the element tree to HTML with slots, without recursion: nesting may be deep (HC-10).

A slot is a gap that rendering fills, such as the address of a link; a mark says where a section or block begins or ends,
so that it can be cut out. Both are written as text between two control characters, which no note contains (HC-8).
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

STX = "\x02"
ETX = "\x03"

RAW = "\x02raw"  # tag of an element whose text is HTML already
BARE = "\x02bare"  # tag of an element that shows its content only: a tight item's paragraph
BEFORE = "\x02before"  # attribute: numbers of the marks before the element
AFTER = "\x02after"  # attribute: numbers of the marks after it
CODE = "\x02code"  # attribute: the text of code whose content is already coloured

_WITHOUT_TAGS = frozenset((RAW, BARE))
VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"))
BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


def slot(kind: str, value: int | str) -> str:
    """Return the text that stands for a slot in the tree and in the serialised HTML."""
    return f"{STX}{kind}:{value}{ETX}"


def heading_name(level: str) -> str:
    """Return the name of a heading's element, with a slot for its level, since a page with several notes moves headings down."""
    return "h" + slot("level", level)


def escape(text: str) -> str:
    """Escape text for an element's content."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    """Escape text for an attribute's value in double quotes."""
    text = escape(text)
    return text.replace('"', "&quot;") if '"' in text else text


def serialize(root: etree.Element) -> str:
    """Return the HTML inside `root`, with marks and slots in it."""
    out = [escape(root.text)] if root.text else []
    # What is still to be written, in reverse order; a string is the end of an element.
    todo: list[etree.Element | str] = list(reversed(root))
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            out.append(element)
            continue
        tag, text, tail = element.tag, element.text, element.tail
        # To ask for `attrib` would make a dict for each element.
        attributes = element.items()
        before, after = _tags(tag, attributes) if attributes else _bare_tags(tag)
        out.append(before)
        if text:
            out.append(text if tag == RAW else escape(text))
        if tail:
            after += escape(tail)
        if len(element):
            todo.append(after)
            todo += element[::-1]
        else:
            out.append(after)
    return "".join(out)


def _tags(tag: str, attributes: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the text before an element's content, and the text after it."""
    before = after = text = ""
    for name, value in attributes:
        if name[0] != STX:
            text += f' {name}="{escape_attribute(value)}"'
        elif name == BEFORE:
            before = _marks(value)
        elif name == AFTER:
            after = _marks(value)
    opening, closing = _bare_tags(tag)
    return before + (opening[:-1] + text + ">" if opening else ""), closing + after


@lru_cache(maxsize=256)
def _bare_tags(tag: str) -> tuple[str, str]:
    """Return the text before and after the content of an element without attributes."""
    if tag in _WITHOUT_TAGS:
        return "", "\n" if tag == BARE else ""
    return f"<{_HEADINGS.get(tag, tag)}>", _end(tag)


def _end(tag: str) -> str:
    """Return the end tag of an element, with a line break after a block."""
    closing = "" if tag in VOID else f"</{_HEADINGS.get(tag, tag)}>"
    return closing + "\n" if tag in BLOCKS else closing


def _marks(numbers: str) -> str:
    """Return the marks with these numbers, which are separated by spaces."""
    return "".join(slot("mark", number) for number in numbers.split())


_HEADINGS: Final = {f"h{level}": heading_name(str(level)) for level in range(2, 7)}
