"""The lists of a note as an outline: which link each item holds, and which item it is nested in.

List notes make a hierarchy of it. It is read from the finished elements, so that what only looks like a list in
code, or like a link in a comment, does not count.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from garden.model.note import OutlineItem
from garden.reading.syntax.engine.serialize import ETX, RAW, STX

_LINK = re.compile(f"{STX}open:(\\d+){ETX}")
_LISTS = frozenset(("ul", "ol"))


def read_outline(root: etree.Element) -> list[OutlineItem]:
    """Return the items of all lists below `root` in text order; without recursion, lists may nest deeply."""
    items: list[OutlineItem] = []
    # What is still to be looked at, the next thing last, each with the item that it is in.
    waiting = [(root, -1)]
    while waiting:
        element, parent = waiting.pop()
        if element.tag == "li":
            items.append(_item(element, parent))
            parent = len(items) - 1
        waiting.extend((child, parent) for child in reversed(element))
    return items


def _item(element: etree.Element, parent: int) -> OutlineItem:
    """Read the text of an item up to its first link; nested lists are items of their own."""
    label: list[str] = []
    for text, is_raw in _own_text(element):
        match = _LINK.fullmatch(text) if is_raw else None
        if match:
            return OutlineItem(int(match[1]), parent, "".join(label).strip())
        if not is_raw:
            label.append(text)
    return OutlineItem(-1, parent)


def _own_text(item: etree.Element) -> Iterator[tuple[str, bool]]:
    """Yield the texts of an item without its nested lists, and whether each is HTML already."""
    waiting: list[etree.Element | str] = [*reversed(item)]
    if item.text:
        yield item.text, False
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part, False
            continue
        if part.tail:
            waiting.append(part.tail)
        if part.tag in _LISTS:
            continue
        if part.text:
            yield part.text, part.tag == RAW
        waiting.extend(reversed(part))
