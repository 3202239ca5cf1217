"""The nodes that inline rules make, and that become elements when the whole leaf is scanned."""

import xml.etree.ElementTree as etree
from collections.abc import Mapping

from msgspec import Struct

from garden.reading.syntax.engine.delimiters import Delimiter


class Open(Struct, frozen=True):
    """The beginning of an element; `ref` is the index in `Document.refs` of the reference that it shows, or -1."""

    tag: str
    attributes: Mapping[str, str] = {}
    ref: int = -1


class Close(Struct, frozen=True):
    """The end of the element that `Open` with the same fields has begun."""

    tag: str
    ref: int = -1


class RefText(Struct, frozen=True):
    """The text of a link without a display text of its own: rendering makes it from the target (WL-7), `text` is as typed."""

    ref: int
    text: str


class TagUse(Struct, frozen=True):
    """A tag in the text."""

    name: str  # without `#`
    at: int  # offset in the leaf's text


class Substitution(Struct, frozen=True):
    """Characters that are shown instead of those that are written, such as `…` for three dots."""

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
    """Return the text of nodes without markup, before elements are made of them."""
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
