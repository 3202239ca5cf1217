"""The drawn map: a site's branches as a tree from left to right, as a static SVG whose nodes are links.

It shows two levels and says in numbers what is below, so that it can be read however large the site is. The area of
a dot follows the number of notes in its branch. The order is that of the lists, so the same vault has the same map.

Beside a note there is a narrow drawing, in which what is below a branch comes under it, not at its right.
"""

from collections.abc import Iterator, Sequence
from html import escape, unescape
from math import sqrt
from typing import Final

from garden.model.pages.panels import TreeNode
from garden.rendering.summaries import shortened

# All lengths are in pixels.
_WIDTH: Final = 560

_ROOT: Final = 14
"""How far from the left the dots of branches are."""

_BRANCH: Final = 268
"""How far from the left the dots of what is below branches are."""

_ROW: Final = 26
"""The height of a row, which has one dot at most in each column."""

_GAP: Final = 14
"""The space between two branches."""

_SMALLEST: Final = 3.5
_LARGEST: Final = 12.0
"""The radius of the smallest and of the largest dot."""

_CHARACTER: Final = 8.2
"""The width of a character, somewhat more than in most fonts."""

_NAME: Final = 18
"""The distance of a name from the middle of its dot."""

_LABEL: Final = 22
"""The maximum number of characters in the name of a branch that has something at its right."""

# The same for the narrow map.
_NARROW_WIDTH: Final = 290
_NARROW_ROOT: Final = 14
_NARROW_BRANCH: Final = 38


def draw_map(branches: Sequence[TreeNode], words: str) -> str:
    """Return the map as SVG, empty where no branch has anything below it; `words` describe it."""
    if not any(branch.children for branch in branches):
        return ""
    most = max((branch.count for branch in branches), default=1) or 1
    y = 0
    parts: list[str] = []
    for branch in branches:
        # A row for each child, and one that says how many more there are.
        height = _ROW * max(1, len(branch.children) + (branch.count > len(branch.children) > 0))
        middle = y + height // 2
        # A branch comes before what is below it, for whoever hears or tabs through the map.
        parts += _lines(branch, y, middle)
        parts.append(_dot(branch, _ROOT, middle, most, _LABEL))
        parts += _below(branch, y, most)
        y += height + _GAP
    height = y - _GAP
    return _svg(_WIDTH, height, words, parts)


def draw_narrow_map(branches: Sequence[TreeNode], words: str) -> str:
    """Return the map as an SVG for a narrow column, empty where there are no branches; `words` describe it."""
    most = max((branch.count for branch in branches), default=1) or 1
    top = _ROW // 2
    parts: list[str] = []
    for branch in branches:
        rows = [(child, top + at * _ROW) for at, child in enumerate(branch.children, 1)]
        bend = f"q0 {_NAME} {_NARROW_BRANCH - _NARROW_ROOT} {_NAME}"
        parts += (f'<path class="edge" d="M{_NARROW_ROOT} {top}V{y - _NAME}{bend}"/>' for _child, y in rows)
        parts.append(_dot(branch, _NARROW_ROOT, top, most, _room(branch, _NARROW_ROOT, _NARROW_WIDTH)))
        for child, y in rows:
            parts.append(_dot(child, _NARROW_BRANCH, y, most, _room(child, _NARROW_BRANCH, _NARROW_WIDTH)))
        top += (1 + len(rows)) * _ROW
    return _svg(_NARROW_WIDTH, top - _ROW // 2, words, parts) if parts else ""


def _svg(width: int, height: int, words: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn-map" role="group" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{_text(words)}</title>{''.join(parts)}</svg>"
    )


def _room(node: TreeNode, x: int, width: int) -> int:
    """Return how many characters of a name have room between its dot at `x`, and its number, and the edge."""
    number = len(str(node.count)) + 1 if node.count else 0
    return int((width - x - _NAME) / _CHARACTER) - number


def _lines(branch: TreeNode, top: int, middle: int) -> Iterator[str]:
    """Yield the lines from a branch to what is right below it."""
    # They begin where the name of the branch and its number end.
    characters = len(shortened(branch.title, _LABEL)) + len(str(branch.count)) + 2
    start = min(_BRANCH - 24, _ROOT + _NAME + round(_CHARACTER * characters))
    bend = (start + _BRANCH) // 2
    for at in range(len(branch.children)):
        y = top + _ROW // 2 + at * _ROW
        yield f'<path class="edge" d="M{start} {middle}C{bend} {middle} {bend} {y} {_BRANCH} {y}"/>'


def _below(branch: TreeNode, top: int, most: int) -> Iterator[str]:
    """Yield the dots of what is right below a branch, and how much is not shown."""
    y = top + _ROW // 2
    for child in branch.children:
        yield _dot(child, _BRANCH, y, most, _room(child, _BRANCH, _WIDTH))
        y += _ROW
    others = branch.count - len(branch.children) - sum(child.count for child in branch.children)
    if branch.children and others > 0:
        yield f'<text class="more" x="{_BRANCH + _NAME}" y="{y + 4}">+ {others}</text>'


def _dot(node: TreeNode, x: int, y: int, most: int, length: int) -> str:
    """Return a dot with a name of at most `length` characters; `most` is the number of notes of the largest dot."""
    count = f' <tspan class="more">{node.count}</tspan>' if node.count else ""
    shown = shortened(node.title, length)
    label = f'<text x="{x + _NAME}" y="{y + 5}">{_text(shown)}{count}</text>'
    inside = f'<circle cx="{x}" cy="{y}" r="{_radius(node.count, most):.1f}"/>{label}'
    # Addresses are already escaped as attribute values, so this is undone first.
    lang = f' lang="{escape(node.lang)}"' if node.lang else ""
    whole = f' aria-label="{escape(node.title)}"' if shown != node.title else ""
    start = f'<a href="{escape(unescape(node.href))}"{lang}{whole}>' if node.href else "<g>"
    return f"{start}{inside}</{'a' if node.href else 'g'}>"


def _radius(count: int, most: int) -> float:
    """Return the radius of a dot, whose area grows with the number of notes."""
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(count / most)


def _text(text: str) -> str:
    return escape(text, quote=False)
