"""The drawing of a branch beside its list: its pages as dots, and the links between them.

The dots are in reading order. Lines say what is below what, arcs which pages of the branch mention each other. The
list has the names; here only those that the branch itself cites most have theirs. A branch without a second level
and without links within itself has no drawing, since it would say nothing that the list does not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Final, NamedTuple

from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.model.pages.entries import Link
from garden.rendering.branches import BranchPlace
from garden.rendering.catalog import Catalog
from garden.rendering.summaries import shortened

_MOST: Final = 48
"""The maximum number of pages in a drawing. Of a larger branch only those right below its top are drawn."""

_NAMED: Final = 5
"""The maximum number of pages that are named."""

# All lengths are in pixels.
_WIDTH: Final = 264

_LEFT: Final = 72
"""Where the dots of the pages right below the top are; the arcs are at their left."""

_INDENT: Final = 16
"""How much further right the dots of each level are."""

_ROW: Final = 17
"""The height of a row, which has one dot."""

_DOT: Final = 3.5
"""The radius of a dot that no page cites."""

_CITED_DOT: Final = 0.8
"""What each page that cites a dot adds to its radius."""

_MOST_CITED: Final = 6
"""The maximum number of pages that add to it."""

_CHARACTER: Final = 7.0
"""The width of a character of a name."""

_NAME_GAP: Final = 14
"""The distance of a name from the middle of its dot."""


class _Row(NamedTuple):
    """A page in the drawing: the middle of its dot, and how many pages of the branch cite it."""

    link: Link
    x: int
    y: int
    cited: int

    @property
    def radius(self) -> float:
        """The radius of the dot."""
        return _DOT + _CITED_DOT * min(self.cited, _MOST_CITED)


def branch_drawing(catalog: Catalog, node: Node) -> str:
    """Return the drawing of a branch as SVG, empty where there is nothing to draw."""
    below = [place for place in catalog.branches.pages(node) if place.depth]
    if len(below) > _MOST:
        below = [place for place in below if place.depth == 1]
    is_flat = all(place.depth == 1 for place in below)
    arcs = _arcs(catalog, below)
    if len(below) > _MOST or (is_flat and not arcs):
        return ""
    cited = Counter(target for _, target in arcs)
    rows = [
        _Row(
            catalog.link(place.node),
            _LEFT + _INDENT * (place.depth - 1),
            _ROW // 2 + _ROW * at,
            cited[at],
        )
        for at, place in enumerate(below)
    ]
    named = {at for at, _ in sorted(cited.items(), key=lambda entry: (-entry[1], entry[0]))[:_NAMED]}
    height = _ROW * len(rows)
    parts = [
        *_lines(below, rows),
        *(_arc(rows[min(ends)], rows[max(ends)]) for ends in sorted({tuple(sorted(arc)) for arc in arcs})),
        *(_dot(row, at in named) for at, row in enumerate(rows)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn-map" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}">{"".join(parts)}</svg>'
    )


def _arcs(catalog: Catalog, below: Sequence[BranchPlace]) -> list[tuple[int, int]]:
    """Return which page of a branch cites which, as pairs of their numbers in `below`."""
    places = {place.node: at for at, place in enumerate(below)}
    return [
        (source, target)
        for node, target in places.items()
        for backlink in catalog.snapshot.backlinks.get(node, ())
        if (source := places.get(Node("note", VaultPath(backlink.source)), target)) != target
    ]


def _lines(below: Sequence[BranchPlace], rows: Sequence[_Row]) -> Iterator[str]:
    """Yield the lines from each page to those below it."""
    way: list[_Row] = []  # the row of the present page, and those above it in the tree
    for place, row in zip(below, rows, strict=True):
        del way[place.depth - 1 :]
        if way:
            above = way[-1]
            yield f'<path class="edge" d="M{above.x} {above.y + above.radius:.1f}V{row.y}H{row.x - row.radius:.1f}"/>'
        way.append(row)


def _arc(first: _Row, last: _Row) -> str:
    """Return the arc between two pages: the further apart they are, the wider, but it stays in the picture."""
    starts = first.x - first.radius, last.x - last.radius
    bend = min(starts) - min(_LEFT - 12, 8 + (last.y - first.y) * 0.4)
    return (
        f'<path class="edge edge-mention" d="M{starts[0]:.1f} {first.y}'
        f'C{bend:.1f} {first.y} {bend:.1f} {last.y} {starts[1]:.1f} {last.y}"/>'
    )


def _dot(row: _Row, is_named: bool) -> str:
    """Return the dot of a page as a link."""
    start = row.x + _NAME_GAP
    room = int((_WIDTH - start) / _CHARACTER)
    name = (
        f'<text x="{start}" y="{row.y + 4}">{_text(shortened(row.link.title, room))}</text>'
        if is_named
        else ""
    )
    inside = f'<title>{_text(row.link.title)}</title><circle cx="{row.x}" cy="{row.y}" r="{row.radius:.1f}"/>{name}'
    lang = f' lang="{escape(row.link.lang)}"' if row.link.lang else ""
    # The list says the same to those who use a keyboard.
    return (
        f'<a href="{escape(unescape(row.link.href))}"{lang} tabindex="-1">{inside}</a>'
        if row.link.href
        else inside
    )


def _text(text: str) -> str:
    return escape(text, quote=False)
