"""Computes the positions of pages in the picture of the whole graph.

The picture is a radial tree: a branch is a sector whose width depends on its number of leaves, a level is a ring.
Pages outside the hierarchy are connected to trees along their links, beginning with the one with most links, so that
pages that mention each other are close; pages without any link are in rows below. The picture depends only on the
notes, so it looks the same after each build, and takes one traversal.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt
from typing import Final

from garden.linking.relation import Node
from garden.rendering.branches import Branches

_RING: Final = 120
"""The distance between levels, in the units of the picture."""

_ROOM: Final = 14
"""The width that a leaf needs on its ring, in the same units."""

_BANDS: Final = (0, -0.3, 0.3)
"""By how many distances of rings leaves are moved off their ring, in turn, so that crowded leaves do not overlap."""

_PITCH: Final = 40
"""The distance between pages without any link, in both directions, in the units of the picture."""

_BROAD: Final = 3
"""The minimum ratio of width to height of the block of these pages."""


def positions(shape: Branches, linked: Mapping[Node, Sequence[Node]]) -> dict[Node, tuple[int, int]]:
    """Return the position of every page; `linked` are the neighbours of those outside the hierarchy, in both directions."""
    above: dict[Node, Node] = dict(shape.above)
    roots = [*shape.roots, *_trees_along_links(shape.loose, linked, above)]
    in_order = _walked(roots, above)
    leaves = dict.fromkeys(in_order, 0)
    depths: dict[Node, int] = {}
    # In reverse order every node comes before its parent, so that its leaves have been counted.
    for node in reversed(in_order):
        leaves[node] = leaves[node] or 1
        if node in above:
            leaves[above[node]] += leaves[node]
    total = sum(leaves[root] for root in roots) or 1
    # The rings are as far apart as the innermost one needs: leaves that have enough room there have enough on all others.
    spread = max(1.0, total * _ROOM / (2 * pi * _RING))
    points: dict[Node, tuple[int, int]] = {}
    used: dict[Node, float] = {}  # the beginning of the next child's sector, as a fraction of a full turn
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
    """Return positions in a block below the circle around all other pages, about as wide as that."""
    columns = max(1, round(2 * radius / _PITCH), ceil(sqrt(len(nodes) * _BROAD)))
    width = (min(columns, len(nodes)) - 1) * _PITCH
    return {
        node: (
            round(number % columns * _PITCH - width / 2),
            round(radius + number // columns * _PITCH),
        )
        for number, node in enumerate(nodes)
    }


def _trees_along_links(
    loose: Iterable[Node], linked: Mapping[Node, Sequence[Node]], above: dict[Node, Node]
) -> list[Node]:
    """Build trees along links, adding to `above`; return their roots."""
    roots: list[Node] = []
    seen: set[Node] = set()
    # The sort is stable, so pages with the same number of links stay in order of title.
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
    """Return all nodes of the trees branch by branch, each after its parent."""
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
    """Return the point at a fraction of a full turn and a distance from the centre."""
    angle = 2 * pi * turn
    return round(radius * cos(angle)), round(radius * sin(angle))
