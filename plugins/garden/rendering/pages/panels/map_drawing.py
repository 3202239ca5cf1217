"""The drawn map: a site's branches as a tree from left to right, as a static SVG whose nodes are links.

It shows two levels and says in numbers what is below, so that it can be read however large the site is. The area of
a dot follows the number of notes in its branch. The order is that of the lists, so the same vault has the same map.

Beside a note there is a narrow one, whose branches stand below each other.
"""

from collections.abc import Iterator, Sequence
from html import escape, unescape
from math import sqrt
from typing import Final

from garden.model.pages.panels import TreeNode
from garden.rendering.summaries import shortened

_WIDTH: Final = 560
_ROOT: Final = 14
_BRANCH: Final = 268
"""Where the branches are, and what is below them: pixels from the left."""

_ROW: Final = 26
_GAP: Final = 14
"""Height of a line, and what is between two branches."""

_SMALLEST: Final = 3.5
_LARGEST: Final = 12.0
"""Radius of a dot, in pixels."""

_CHARACTER: Final = 8.2
"""Width of a character, somewhat more than that of most fonts."""

_NAME: Final = 18
"""Where a name begins: pixels from the middle of its dot."""

_LABEL: Final = 22
"""Characters of the name of a branch that has something at its right."""

_NARROW_WIDTH: Final = 290
_NARROW_ROOT: Final = 14
_NARROW_BRANCH: Final = 38
"""The same for the narrow map."""


def draw_map(branches: Sequence[TreeNode], words: str) -> str:
    """Return the map as SVG, empty where no branch has anything below it; `words` describe it."""
    if not any(branch.children for branch in branches):
        return ""
    most = max((branch.count for branch in branches), default=1) or 1
    y = 0
    parts: list[str] = []
    for branch in branches:
        height = _ROW * max(1, len(branch.children) + (branch.count > len(branch.children) > 0))
        middle = y + height // 2
        parts += _below(branch, y, middle, most)
        parts.append(_dot(branch, _ROOT, middle, _radius(branch.count, most), _LABEL))
        y += height + _GAP
    height = y - _GAP
    return _svg(_WIDTH, height, words, parts)


def draw_narrow_map(branches: Sequence[TreeNode], words: str) -> str:
    """Return the map as an SVG for a narrow column, empty where there are no branches; `words` describe it."""
    most = max((branch.count for branch in branches), default=1) or 1
    rows = 0
    parts: list[str] = []
    for branch in branches:
        top = rows * _ROW + _ROW // 2
        for at, child in enumerate(branch.children, 1):
            y = top + at * _ROW
            parts.append(
                f'<path class="edge" d="M{_NARROW_ROOT} {top}V{y - _NAME}q0 {_NAME} {_NARROW_BRANCH - _NARROW_ROOT} {_NAME}"/>'
            )
            parts.append(
                _dot(
                    child,
                    _NARROW_BRANCH,
                    y,
                    _radius(child.count, most),
                    _room(child, _NARROW_BRANCH, _NARROW_WIDTH),
                )
            )
        parts.append(
            _dot(
                branch,
                _NARROW_ROOT,
                top,
                _radius(branch.count, most),
                _room(branch, _NARROW_ROOT, _NARROW_WIDTH),
            )
        )
        rows += 1 + len(branch.children)
    return _svg(_NARROW_WIDTH, rows * _ROW, words, parts) if parts else ""


def _svg(width: int, height: int, words: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn-map" role="group" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{_text(words)}</title>{''.join(parts)}</svg>"
    )


def _room(node: TreeNode, x: int, width: int) -> int:
    """Return how many characters of a name have room between its dot at `x`, and its number, and the edge."""
    number = len(str(node.count)) + 1 if node.count else 0
    return int((width - x - _NAME) / _CHARACTER) - number


def _below(branch: TreeNode, top: int, middle: int, most: int) -> Iterator[str]:
    """Yield the lines and dots of what is right below a branch, and how much is not shown."""
    y = top + _ROW // 2
    # The lines begin where the name of the branch and its number end.
    characters = len(shortened(branch.title, _LABEL)) + len(str(branch.count)) + 2
    start = min(_BRANCH - 24, _ROOT + _NAME + round(_CHARACTER * characters))
    bend = (start + _BRANCH) // 2
    for _child in branch.children:
        yield f'<path class="edge" d="M{start} {middle}C{bend} {middle} {bend} {y} {_BRANCH} {y}"/>'
        y += _ROW
    y = top + _ROW // 2
    for child in branch.children:
        yield _dot(child, _BRANCH, y, _radius(child.count, most), _room(child, _BRANCH, _WIDTH))
        y += _ROW
    left = branch.count - len(branch.children) - sum(child.count for child in branch.children)
    if branch.children and left > 0:
        yield f'<text class="more" x="{_BRANCH + _NAME}" y="{y + 4}">+ {left}</text>'


def _dot(node: TreeNode, x: int, y: int, radius: float, length: int) -> str:
    count = f' <tspan class="more">{node.count}</tspan>' if node.count else ""
    label = f'<text x="{x + _NAME}" y="{y + 5}">{_text(shortened(node.title, length))}{count}</text>'
    inside = f'<circle cx="{x}" cy="{y}" r="{radius:.1f}"/>{label}'
    # Addresses are ready to be attribute values already.
    lang = f' lang="{escape(node.lang)}"' if node.lang else ""
    return f'<a href="{escape(unescape(node.href))}"{lang}>{inside}</a>' if node.href else f"<g>{inside}</g>"


def _radius(count: int, most: int) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(count / most)


def _text(text: str) -> str:
    return escape(text, quote=False)
