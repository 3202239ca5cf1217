"""The neighbourhood of a page as a static SVG: two columns of links with the page between them.

What leads up to or into the page stands left, what it leads to right. The lists
of relations and backlinks on the page say the same in words.
"""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from math import ceil
from textwrap import wrap
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from garden.linking.answers import Found, Node
from garden.model.names import VaultPath
from garden.model.page import Link
from garden.rendering.library import Library, shortened

MAX_NEIGHBOURS: Final = 24
"""Neighbours drawn; more would be too small to read."""

MENTION: Final = "mention"
"""The kind of an edge that is no typed relation but a link in the text."""

_LEFT_RELATIONS: Final = frozenset(("up", "prev"))
_WIDTH: Final = 640
_CENTRE: Final = _WIDTH // 2
_ROW: Final = 44
_LINE: Final = 17
"""Distance between the two lines of a label."""

_LABEL_LENGTH: Final = 28
"""Characters of a line of a label, at a size that can still be read on a phone."""

_OWN_LENGTH: Final = 21
"""Likewise for the page itself, whose label stands between the columns."""

_OWN_HALF: Final = 84
"""Half the width of that label."""

_CHARACTER: Final = 7.4
"""Width of a character, somewhat more than that of most faces."""

_NARROW: Final = 400
"""Width up to which the picture can shrink to that of a phone and still be read."""

_LABEL_LINES: Final = 2


class _Side(NamedTuple):
    """Where the dots of a column stand, and their labels."""

    x: int
    label_x: int
    anchor: str


_LEFT: Final = _Side(232, 222, "end")
_RIGHT: Final = _Side(_WIDTH - 232, _WIDTH - 222, "start")


def local_graph(library: Library, node: Node) -> str:
    """Return the SVG of a page and its nearest pages, empty when it has none."""
    found = _neighbours(library, node)
    if not found:
        return ""
    left = [(near, kind) for near, (kind, incoming) in found.items() if incoming]
    right = [(near, kind) for near, (kind, incoming) in found.items() if not incoming]
    # Room for the label above the middle, too.
    height = _ROW * max(len(left), len(right), 2) + _ROW // 2
    middle = height // 2
    edges: list[str] = []
    dots: list[str] = []
    for side, column in ((_LEFT, left), (_RIGHT, right)):
        top = (height - _ROW * len(column)) // 2 + _ROW // 2
        for row, (near, kind) in enumerate(column):
            y = top + row * _ROW
            edges.append(_edge(kind, side.x, y, middle))
            dots.append(_dot(library.link(near), side, y))
    title = library.title(node)
    lines = _wrapped(title, _OWN_LENGTH)
    own = _own_side(lines, bool(left), bool(right), middle)
    # The picture ends where the longest labels do, so that it is small enough for a phone when it can be.
    start = min(own.start, _LEFT.label_x - _longest(library, left)) if left else own.start
    end = max(own.end, _RIGHT.label_x + _longest(library, right)) if right else own.end
    shape = "local-graph wide" if end - start > _NARROW else "local-graph"
    here = (
        f'<g class="node current"><circle cx="{_CENTRE}" cy="{middle}" r="7"/>'
        f'<text x="{own.x}" y="{own.y}" text-anchor="{own.anchor}">{_label(lines, own.x, own.y)}</text></g>'
    )
    return (
        f'<svg class="{shape}" role="group" viewBox="{start} 0 {end - start} {height}" '
        f'width="{end - start}" height="{height}"><title>{_text(title)}</title>'
        f"<desc>{_text(_in_words(library, found, library.language(node)))}</desc>"
        f"{''.join(edges)}{''.join(dots)}{here}</svg>"
    )


class _OwnLabel(NamedTuple):
    """Where the first line of the page's own label stands, and how far the label reaches."""

    x: int
    y: int
    anchor: str
    start: int
    end: int


def _own_side(lines: tuple[str, ...], has_left: bool, has_right: bool, middle: int) -> _OwnLabel:
    """Put the page's own label where no lines are: on the side without neighbours, else above the dot."""
    if has_left and has_right:
        y = middle - 14 - _LINE * (len(lines) - 1)
        return _OwnLabel(_CENTRE, y, "middle", _CENTRE - _OWN_HALF, _CENTRE + _OWN_HALF)
    y = middle + 5 - _LINE * (len(lines) - 1) // 2
    reach = 2 * _OWN_HALF + 14
    if has_left:
        return _OwnLabel(_CENTRE + 14, y, "start", _CENTRE - 14, _CENTRE + reach)
    return _OwnLabel(_CENTRE - 14, y, "end", _CENTRE - reach, _CENTRE + 14)


def _longest(library: Library, column: list[tuple[Node, str]]) -> int:
    """Return the width of the longest label of a column, as far as it can be told without the face."""
    units = max((_units(library.title(near)) for near, _ in column), default=0)
    # The first letters of faces differ most, and they weigh most in a short name.
    return min(_LEFT.label_x, ceil(units * _CHARACTER) + 8)


@lru_cache(maxsize=16384)
def _units(title: str) -> int:
    """Return the width of a label in narrow characters; a node is drawn on each neighbour's page."""
    return max(sum(2 if east_asian_width(char) in "WF" else 1 for char in line) for line in _wrapped(title))


def mentioned(library: Library, path: VaultPath) -> Iterator[Node]:
    """Yield the listed pages that a note links to outside its hierarchy, each once, in text order."""
    refs = library.document(path).refs
    seen = {Node("note", path)}
    for ref, found in zip(refs, library.snapshot.resolutions.get(path, ()), strict=True):
        if isinstance(found, Found) and not ref.relation and found.node not in seen:
            seen.add(found.node)
            if library.is_listed(found.node):
                yield found.node


def _neighbours(library: Library, node: Node) -> dict[Node, tuple[str, bool]]:
    """Return the nearest pages with the kind of their edge and whether it comes in from the left."""
    found: dict[Node, tuple[str, bool]] = {}
    for near, kind, incoming in _candidates(library, node):
        if near != node:
            found.setdefault(near, (kind, incoming))
        if len(found) == MAX_NEIGHBOURS:
            break
    return found


def _candidates(library: Library, node: Node) -> Iterator[tuple[Node, str, bool]]:
    snapshot = library.snapshot
    edges = snapshot.relations.get(node, {})
    for name in library.labels:
        for edge in edges.get(name, ()):
            if edge.node is not None and library.is_listed(edge.node):
                yield edge.node, name, name in _LEFT_RELATIONS
    if node.kind == "note":
        for target in mentioned(library, VaultPath(node.key)):
            yield target, MENTION, False
    for backlink in snapshot.backlinks.get(node, ()):
        yield Node("note", backlink.source), MENTION, True


def _edge(kind: str, x: int, y: int, middle: int) -> str:
    bend = (x + _CENTRE) // 2
    curve = f"M{_CENTRE} {middle}C{bend} {middle} {bend} {y} {x} {y}"
    return f'<path class="edge edge-{escape(kind)}" fill="none" d="{curve}"/>'


def _dot(link: Link, side: _Side, y: int) -> str:
    opening, lines = _named(link.title, link.href)
    label = _label(lines, side.label_x, y + 5 - _LINE * (len(lines) - 1) // 2)
    return (
        f'{opening}<circle cx="{side.x}" cy="{y}" r="5"/>'
        f'<text x="{side.label_x}" y="{y + 5}" text-anchor="{side.anchor}">{label}</text></a>'
    )


@lru_cache(maxsize=16384)
def _named(title: str, href: str) -> tuple[str, tuple[str, ...]]:
    """Return the opening of a node's link and its label; a node is drawn on each neighbour's page."""
    return f'<a class="node" href="{escape(href)}"><title>{_text(title)}</title>', _wrapped(title)


def _wrapped(title: str, length: int = _LABEL_LENGTH) -> tuple[str, ...]:
    """Return a title in one line or two, cut with an ellipsis when it needs more."""
    # Only what may be shown is looked at: a title may be as long as its author likes.
    text = shortened(title[: 20 * length], length * _LABEL_LINES)
    lines = wrap(text, length, max_lines=_LABEL_LINES, placeholder=" …")
    return tuple(map(_text, lines)) or ("",)


def _label(lines: tuple[str, ...], x: int, y: int) -> str:
    """Return the content of a text whose first line stands at `y`."""
    if len(lines) == 1:
        return lines[0]
    return "".join(
        f'<tspan x="{x}" y="{y + _LINE * number}">{line}</tspan>' for number, line in enumerate(lines)
    )


def _in_words(library: Library, found: dict[Node, tuple[str, bool]], language: str) -> str:
    titles: dict[str, list[str]] = {}
    for near, (kind, _) in found.items():
        titles.setdefault(kind, []).append(library.title(near))
    labels = {kind: library.label(kind, language) for kind in titles}
    labels[MENTION] = library.word("line_mention", language)
    return "; ".join(f"{labels[kind]}: {', '.join(names)}" for kind, names in titles.items())


def _text(text: str) -> str:
    return escape(text, quote=False)
