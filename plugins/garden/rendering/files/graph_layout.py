"""Where the pages are in the picture of the whole graph.

The picture is a radial tree: a branch is a sector as wide as its number of leaves, a level is a
ring. Pages outside the hierarchy grow into trees along their links, the most linked one first, so
that pages that mention each other are together; those without any link are in rows below all. It
depends on the notes alone, so it looks the same after each build and costs one walk.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt
from typing import Final

from garden.linking.relation import Node
from garden.rendering.branches import Branches

_RING: Final = 120
"""Distance between levels, in the units of the picture."""

_ROOM: Final = 14
"""Width that a leaf needs on its ring, in the same units."""

_BANDS: Final = (0, -0.3, 0.3)
"""Leaves of a ring stand by turns on it and beside it, in parts of its distance: a crowd needs room."""


_PITCH: Final = 40
"""Distance between pages without any link, each way, in the same units."""

_BROAD: Final = 3
"""How many times as wide as high the block of these pages is, at least."""


def positions(shape: Branches, linked: Mapping[Node, Sequence[Node]]) -> dict[Node, tuple[int, int]]:
    """Return a point for every page; `linked` are the neighbours of those outside the hierarchy, both ways."""
    above: dict[Node, Node] = dict(shape.above)
    roots = [*shape.roots, *_grown(shape.loose, linked, above)]
    in_order = _walked(roots, above)
    leaves = dict.fromkeys(in_order, 0)
    depths: dict[Node, int] = {}
    # Backwards every node comes before the one above it, so its own leaves are counted by then.
    for node in reversed(in_order):
        leaves[node] = leaves[node] or 1
        if node in above:
            leaves[above[node]] += leaves[node]
    total = sum(leaves[root] for root in roots) or 1
    # The innermost ring is the tightest. If all leaves had room there, they have it further out.
    spread = max(1.0, total * _ROOM / (2 * pi * _RING))
    points: dict[Node, tuple[int, int]] = {}
    used: dict[Node, float] = {}  # where the next child's part of a sector begins, in turns
    at_top = 0.0
    inner = set(above.values())
    leaf = 0
    for node in in_order:
        share = leaves[node] / total
        parent = above.get(node)
        if parent is None:
            used[node], at_top = at_top, at_top + share
            depths[node] = 0
        else:
            used[node] = used[parent]
            used[parent] += share
            depths[node] = depths[parent] + 1
        ring = depths[node] + 1.0
        if node not in inner:
            ring += _BANDS[leaf % len(_BANDS)]
            leaf += 1
        points[node] = _point(used[node] + share / 2, _RING * spread * ring)
    alone = [node for node in shape.loose if node not in points]
    radius = _RING * spread * (max(depths.values(), default=-1) + 2)
    points.update(_in_rows(alone, radius))
    return points


def _in_rows(nodes: Sequence[Node], radius: float) -> dict[Node, tuple[int, int]]:
    """Return points in a block below the circle around all others, which is about as wide."""
    columns = max(1, round(2 * radius / _PITCH), ceil(sqrt(len(nodes) * _BROAD)))
    width = (min(columns, len(nodes)) - 1) * _PITCH
    return {
        node: (
            round(number % columns * _PITCH - width / 2),
            round(radius + number // columns * _PITCH),
        )
        for number, node in enumerate(nodes)
    }


def _grown(
    loose: Iterable[Node], linked: Mapping[Node, Sequence[Node]], above: dict[Node, Node]
) -> list[Node]:
    """Grow trees along links, adding to `above`; return their roots."""
    roots: list[Node] = []
    seen: set[Node] = set()
    # `loose` is in order of title and the sort is stable.
    for start in sorted(loose, key=lambda node: -len(linked.get(node, ()))):
        if start in seen or not linked.get(start):
            continue
        roots.append(start)
        seen.add(start)
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for near in linked[node]:
                if near not in seen:
                    seen.add(near)
                    above[near] = node
                    waiting.append(near)
    return roots


def _walked(roots: Sequence[Node], above: Mapping[Node, Node]) -> list[Node]:
    """Return all nodes of the trees, each after the one above it and branch by branch."""
    below: dict[Node, list[Node]] = {}
    for node, parent in above.items():
        below.setdefault(parent, []).append(node)
    in_order: list[Node] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        in_order.append(node)
        waiting.extend(reversed(below.get(node, ())))
    return in_order


def _point(turn: float, radius: float) -> tuple[int, int]:
    angle = 2 * pi * turn
    return round(radius * cos(angle)), round(radius * sin(angle))
