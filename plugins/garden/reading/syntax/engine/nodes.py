"""The nodes that inline rules make, and that become elements when the whole leaf is scanned."""

import xml.etree.ElementTree as etree
from collections.abc import Mapping

from msgspec import Struct

from garden.reading.syntax.engine.delimiters import Delimiter


class Open(Struct, frozen=True):
    """The beginning of an element; `ref` is the index of the reference that it shows, or -1."""

    tag: str
    attributes: Mapping[str, str] = {}
    ref: int = -1


class Close(Struct, frozen=True):
    """The end of an element."""

    tag: str
    ref: int = -1


class RefText(Struct, frozen=True):
    """The default display text of a reference (WL-7); `text` is the text as typed."""

    ref: int
    text: str


class TagUse(Struct, frozen=True):
    """A tag in the text."""

    name: str
    at: int


class Substitution(Struct, frozen=True):
    """Characters that are shown instead of those that are written."""

    shown: str
    written: str


class Atom(Struct, frozen=True):
    """A finished element, with the plain text that it stands for."""

    element: etree.Element
    plain: str = ""
    is_link: bool = False
    is_footnote: bool = False


class Attributes(Struct, frozen=True):
    """Attributes for the element that ends right before them; without one, `typed` is text."""

    values: dict[str, str]
    typed: str


InlineNode = str | Open | Close | RefText | TagUse | Substitution | Atom | Attributes | Delimiter


def plain_text(nodes: list[InlineNode]) -> str:
    """Return the text of nodes without markup, before they are built."""
    out = []
    for node in nodes:
        match node:
            case str():
                out.append(node)
            case Delimiter():
                out.append(node.char * node.count)
            case RefText():
                out.append(node.text)
            case TagUse():
                out.append("#" + node.name)
            case Substitution():
                out.append(node.written)
            case Atom():
                out.append(node.plain)
    return "".join(out)
