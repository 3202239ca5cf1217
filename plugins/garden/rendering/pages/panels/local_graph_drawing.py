"""A page and its neighbours as a static SVG: two columns with the page between them, or one below the other.

Columns say best what leads where. Where their labels would make the picture too wide for a phone, the
neighbours are in one column along a line, at the size of other text.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape, unescape
from math import ceil
from textwrap import wrap
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from msgspec import Struct

from garden.rendering.summaries import shortened

# All lengths are in pixels.
_CENTRE: Final = 320
"""Where the page's own dot is, between the columns."""

_COLUMN: Final = 88
"""The distance of the columns from the page's own dot."""

_LABEL_GAP: Final = 10
"""The distance of a label from the middle of its dot."""

_OWN_GAP: Final = 14
"""The same for the page's own label, whose dot is larger."""

_BASELINE: Final = 5
"""How far the baseline of a line of text is below its middle."""

_ROW: Final = 44
"""The height of a row with a label of two lines."""

_SHORT_ROW: Final = 34
"""The height of a row with a label of one line, if there is only one column."""

_LINE: Final = 17
"""The distance between the two lines of a label."""

_LABEL_LINES: Final = 2
"""The maximum number of lines of a label."""

_LABEL_LENGTH: Final = 28
"""The number of characters in a line of a label beside a column, at a size that can still be read on a phone."""

_LONG_LABEL: Final = 34
"""The same if there is only one column."""

_OWN_LENGTH: Final = 21
"""The same for the page itself, whose label is between the columns."""

_OWN_WIDTH: Final = 168
"""The maximum width of that label."""

_CHARACTER: Final = 7.4
"""The width of a character, somewhat more than in most fonts."""

_BOLD_CHARACTER: Final = 8.4
"""The same for the page's own label."""

_NARROW: Final = 400
"""The maximum width of a picture that can shrink to the width of a phone and still be read."""

_SPINE: Final = 10
"""If there is only one column: where the page's own dot is, and the line along which the others are."""

_DOTS: Final = 34
"""Where the dots of the neighbours are then."""


class Neighbour(Struct, frozen=True):
    """A neighbouring page; `kind` is that of its line, `lang` its language where it is not that of the page."""

    title: str
    href: str
    kind: str
    lang: str = ""


class Drawing(NamedTuple):
    """The drawing; `words` describe it for people who cannot see it."""

    title: str
    words: str
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


class _Picture(NamedTuple):
    """The content of a picture: edges, dots and labels; and the part of the plane that it takes up."""

    start: int
    width: int
    height: int
    content: str


def draw_graph(drawing: Drawing) -> str:
    """Return the SVG."""
    picture = _columns(drawing) or _stacked(drawing)
    return (
        f'<svg class="local-graph" role="group" viewBox="{picture.start} 0 {picture.width} {picture.height}" '
        f'width="{picture.width}" height="{picture.height}"><title>{_text(drawing.title)}</title>'
        f"<desc>{_text(drawing.words)}</desc>{picture.content}</svg>"
    )


def _columns(drawing: Drawing) -> _Picture | None:
    """Put the page between two columns of neighbours, None where that is too wide."""
    # There is also room for the page's own label, which may be above the middle.
    height = _ROW * max(len(drawing.before), len(drawing.after), 2) + _ROW // 2
    middle = height // 2
    lines = _wrapped(drawing.title, _OWN_LENGTH)
    width = min(_OWN_WIDTH, _width((drawing.title,), _OWN_LENGTH, _BOLD_CHARACTER))
    own = _own_label(len(lines), width, middle, drawing)
    # The picture ends where the longest labels do, so that it is small enough for a phone when it can be.
    before = _reach(drawing.before) if drawing.before else 0
    after = _reach(drawing.after) if drawing.after else 0
    start = min(own.start, _CENTRE - before)
    end = max(own.end, _CENTRE + after)
    if end - start > _NARROW:
        return None
    edges: list[str] = []
    dots: list[str] = []
    for direction, column in ((-1, drawing.before), (1, drawing.after)):
        x = _CENTRE + direction * _COLUMN
        bend = (x + _CENTRE) // 2
        top = (height - _ROW * len(column)) // 2 + _ROW // 2
        for row, near in enumerate(column):
            y = top + row * _ROW
            edges.append(_edge(near.kind, f"M{_CENTRE} {middle}C{bend} {middle} {bend} {y} {x} {y}"))
            dots.append(_dot(near, x, y, direction, _LABEL_LENGTH))
    place = f'x="{own.x}" y="{own.y}" text-anchor="{own.anchor}"'
    own_dot = _own_dot(_CENTRE, middle, place, _label(lines, own.x, own.y))
    return _Picture(start, end - start, height, "".join((*edges, *dots, own_dot)))


def _stacked(drawing: Drawing) -> _Picture:
    """Put everything in one column: what comes before, the page, what comes after."""
    y = 0
    rows: list[tuple[int, Neighbour]] = []
    lines = _wrapped(drawing.title, _LONG_LABEL)
    own_y = 0
    for near in (*drawing.before, None, *drawing.after):
        tall = len(_wrapped(near.title, _LONG_LABEL) if near else lines) > 1
        height = _ROW if tall else _SHORT_ROW
        if near is None:
            own_y = y + height // 2
        else:
            rows.append((y + height // 2, near))
        y += height
    edges = (_edge(near.kind, f"M{_SPINE} {own_y}Q{_SPINE} {at} {_DOTS} {at}") for at, near in rows)
    dots = (_dot(near, _DOTS, at, 1, _LONG_LABEL) for at, near in rows)
    x = _SPINE + _OWN_GAP
    first = own_y + _BASELINE - _LINE * (len(lines) - 1) // 2
    own_dot = _own_dot(_SPINE, own_y, f'x="{x}" y="{first}"', _label(lines, x, first))
    titles = [near.title for _, near in rows]
    width = max(
        _DOTS + _LABEL_GAP + _width(titles, _LONG_LABEL, _CHARACTER),
        x + _width((drawing.title,), _LONG_LABEL, _BOLD_CHARACTER),
    )
    return _Picture(0, width, y, "".join((*edges, *dots, own_dot)))


class _OwnLabel(NamedTuple):
    """Where the first line of the page's own label is, and how far the label reaches."""

    x: int
    y: int
    anchor: str
    start: int
    end: int


def _own_label(lines: int, width: int, middle: int, drawing: Drawing) -> _OwnLabel:
    """Put the page's own label where no edges are: on the side without neighbours, or else above the dot."""
    if drawing.before and drawing.after:
        y = middle - _OWN_GAP - _LINE * (lines - 1)
        return _OwnLabel(_CENTRE, y, "middle", _CENTRE - width // 2, _CENTRE + width // 2)
    y = middle + _BASELINE - _LINE * (lines - 1) // 2
    reach = width + _OWN_GAP
    if drawing.before:
        return _OwnLabel(_CENTRE + _OWN_GAP, y, "start", _CENTRE - _OWN_GAP, _CENTRE + reach)
    return _OwnLabel(_CENTRE - _OWN_GAP, y, "end", _CENTRE - reach, _CENTRE + _OWN_GAP)


def _own_dot(x: int, y: int, place: str, label: str) -> str:
    return f'<g class="node current"><circle cx="{x}" cy="{y}" r="7"/><text {place}>{label}</text></g>'


def _edge(kind: str, curve: str) -> str:
    return f'<path class="edge edge-{escape(kind)}" fill="none" d="{curve}"/>'


def _dot(near: Neighbour, x: int, y: int, direction: int, length: int) -> str:
    """Return a neighbour with its label to the left (-1) or right (1) of its dot."""
    opening, lines = _named(near.title, near.href, near.lang, length)
    label_x = x + direction * _LABEL_GAP
    label = _label(lines, label_x, y + _BASELINE - _LINE * (len(lines) - 1) // 2)
    anchor = ' text-anchor="end"' if direction < 0 else ""
    return (
        f'{opening}<circle cx="{x}" cy="{y}" r="5"/>'
        f'<text x="{label_x}" y="{y + _BASELINE}"{anchor}>{label}</text></a>'
    )


def _reach(column: Sequence[Neighbour]) -> int:
    """Return how far a column reaches from the page's own dot."""
    return _COLUMN + _LABEL_GAP + _width([near.title for near in column], _LABEL_LENGTH, _CHARACTER)


def _width(titles: Sequence[str], length: int, character: float) -> int:
    """Return the width of the longest label, as far as it can be known without the font."""
    # One character more for fonts that are wider, which matters most for short labels.
    return ceil(max(_units(title, length) for title in titles) * character) + 8


@lru_cache(maxsize=16384)
def _units(title: str, length: int) -> int:
    """Return the width of a label in narrow characters; a node is drawn on each neighbour's page."""
    return max(_characters(unescape(line)) for line in _wrapped(title, length))


def _characters(line: str) -> int:
    """Return the width of a line in narrow characters: Chinese, Japanese and Korean ones are twice as wide."""
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


@lru_cache(maxsize=16384)
def _named(title: str, href: str, lang: str, length: int) -> tuple[str, tuple[str, ...]]:
    """Return the opening of a node's link and its label; a node is drawn on each neighbour's page."""
    language = f' lang="{escape(lang)}"' if lang else ""
    opening = f'<a class="node" href="{escape(href)}"{language}><title>{_text(title)}</title>'
    return opening, _wrapped(title, length)


@lru_cache(maxsize=32768)
def _wrapped(title: str, length: int) -> tuple[str, ...]:
    """Return a title in one line or two, cut with an ellipsis when it needs more."""
    if len(title) <= length and title.split() == title.split(" "):
        return (_text(title),)
    # Only its beginning is looked at, since a title may be very long.
    text = shortened(title[: 20 * length], length * _LABEL_LINES)
    lines = wrap(text, length, max_lines=_LABEL_LINES, placeholder=" …")
    return tuple(map(_text, lines)) or ("",)


def _label(lines: tuple[str, ...], x: int, y: int) -> str:
    """Return the content of a text whose first line is at `y`."""
    if len(lines) == 1:
        return lines[0]
    return "".join(
        f'<tspan x="{x}" y="{y + _LINE * number}">{line}</tspan>' for number, line in enumerate(lines)
    )


def _text(text: str) -> str:
    return escape(text, quote=False)
