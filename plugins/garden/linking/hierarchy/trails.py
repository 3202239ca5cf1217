"""Trails: the paths from the roots of the hierarchy down to each page (HI-10).

A hierarchy of a few dozen notes may have millions of paths, so it is impossible to list them all and keep the
first ones. Instead the best paths to a node are made from the best paths to its parents: since all of them are
extended by the same node, their order does not change. This is exact as long as no cycle is involved. Inside a cycle
the simple paths have to be walked; the walk goes up from each member, shortest paths first, with a limited budget.

A trail may have thousands of steps, and so may the trail of each page on it. Therefore neither making nor showing a
trail may take time proportional to its length: paths share their beginnings, in blocks, and of a very long path only
the two ends are shown.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple, Protocol

from garden.linking.relation import Node, TrailNodes
from garden.model.names import Folded

TRAIL_LIMIT = 10
"""Trails shown on a page, at most (HI-10)."""

_KEPT = TRAIL_LIMIT + 1  # one more shows whether some are left out
_BUDGET = 1000  # nodes copied while walking up from one member of a cycle: about a millisecond

FULL_TRAIL = 250
"""A trail with more steps is shown by its ends: the first ones, a gap, and the last ones."""

_FIRST, _LAST = 10, 50
_BLOCK = 256  # at least FULL_TRAIL, so that the ends of a path are in its first and its last two blocks
# Steps up inside a cycle: without a limit its members together would take quadratic time.
_LONGEST_CLIMB = 1000

_Steps = tuple[Any, tuple[int, ...]]
"""A sequence of numbers as a linked list of blocks: all blocks before the last one (() if there are none), and the last one.

All blocks but the last are full, so sequences of the same length are cut at the same places. So they compare like plain
tuples; and what two of them have in common is the same object, which costs nothing to compare.
"""


def _extended(steps: _Steps, more: tuple[int, ...]) -> _Steps:
    """Return a sequence with more numbers at its end."""
    before, block = steps
    block += more
    while len(block) > _BLOCK:
        before, block = (before, block[:_BLOCK]), block[_BLOCK:]
    return before, block


def _ends(steps: _Steps, length: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return all steps but the last one: those before a gap and those after it; without a gap, all are after it."""
    before, block = steps
    last = (*before[1], *block)[:-1] if before else block[:-1]
    if length - 1 <= FULL_TRAIL:
        return (), last
    while before:
        before, block = before
    return block[:_FIRST], last[-_LAST:]


class _Path(NamedTuple):
    """A path from a root, in the order of HI-10: length, ranks of the titles, then of the keys."""

    length: int
    titles: _Steps
    nodes: _Steps

    def then(self, titles: tuple[int, ...], nodes: tuple[int, ...]) -> "_Path":
        """Return this path with more steps at its end."""
        return _Path(self.length + len(nodes), _extended(self.titles, titles), _extended(self.nodes, nodes))

    def shown(self, nodes: Sequence[Node]) -> TrailNodes:
        """Return the part of this path that a page shows, without the page itself."""
        first, last = _ends(self.nodes, self.length)
        ends = tuple(nodes[at] for at in first), tuple(nodes[at] for at in last)
        left_out = self.length - 1 - len(first) - len(last)
        gap = (Node("gap", str(left_out)),) if left_out else ()
        return (*ends[0], *gap, *ends[1])


_NO_STEPS: _Steps = ((), ())


class _HasTrails(Protocol):
    @property
    def trails(self) -> Mapping[Node, tuple[TrailNodes, ...]]: ...


def first_trails(snapshot: _HasTrails, node: Node, limit: int = TRAIL_LIMIT) -> tuple[TrailNodes, ...]:
    """Return the first `limit` trails of a page, root first, the page itself left out (HI-10)."""
    return snapshot.trails.get(node, ())[:limit]


def find_trails(
    parents: Mapping[Node, Sequence[Node]],
    titles: Mapping[Node, Folded],
    components: Sequence[Sequence[Node]],
) -> tuple[dict[Node, tuple[TrailNodes, ...]], tuple[Node, ...]]:
    """Return the first trails of every node that has parents, and the nodes that have more than are shown.

    `titles` are the folded titles of all nodes, `components` the strongly connected components, parents first.
    """
    nodes = sorted(
        {node for members in components for node in members}, key=lambda node: (node.key, node.kind)
    )
    number = {node: at for at, node in enumerate(nodes)}
    rank_of = {title: rank for rank, title in enumerate(sorted({titles[node] for node in nodes}))}
    graph = _Graph(
        [[number[parent] for parent in parents.get(node, ())] for node in nodes],
        [rank_of[titles[node]] for node in nodes],
    )
    for members in components:
        graph.settle([number[node] for node in members])
    found = {
        node: tuple(path.shown(nodes) for path in graph.best[number[node]][:TRAIL_LIMIT])
        for node, above in parents.items()
        if above
    }
    return found, tuple(nodes[at] for at in sorted(graph.cut))


class _Graph:
    """The graph of parents with nodes as numbers, and the best paths to the nodes that are settled."""

    def __init__(self, parents: list[list[int]], ranks: list[int]) -> None:
        self.parents = parents
        self.ranks = ranks
        self.best: list[list[_Path]] = [[] for _ in parents]
        self.cut: list[int] = []

    def settle(self, members: list[int]) -> None:
        """Find the best paths to the members of a component; all nodes above it must be settled."""
        if len(members) > 1:
            # The first paths of one member cannot be made from those of another: a path must not repeat a note,
            # and whether it does depends on how it continues. Each member has a budget of its own, so that the
            # time is proportional to the number of members.
            inside = frozenset(members)
            walks = {node: _Climb(node, inside, self) for node in members}
            for node, walk in walks.items():
                self.best[node] = walk.paths
                if walk.more:
                    self.cut.append(node)
            return
        node = members[0]
        own, at = (self.ranks[node],), (node,)
        above = self.parents[node]
        if not above:
            self.best[node] = [_Path(0, _NO_STEPS, _NO_STEPS).then(own, at)]
            return
        # Only the first paths of the parents are needed: if enough paths precede one at the parent, the same paths, extended
        # by this node, precede it here.
        paths = [path.then(own, at) for parent in above for path in self.best[parent]]
        self.best[node] = nsmallest(_KEPT, paths) if len(paths) > 1 else paths
        if len(paths) > TRAIL_LIMIT:
            self.cut.append(node)


class _Climb:
    """All simple paths up from one member of a cycle, shortest first, until the budget is used up."""

    def __init__(self, start: int, inside: frozenset[int], graph: _Graph) -> None:
        self._inside = inside
        self._graph = graph
        self._complete: list[_Path] = []
        self._budget = _BUDGET
        more = self._climb(start)
        self.paths = nsmallest(_KEPT, self._complete)
        self.more = more or len(self.paths) > TRAIL_LIMIT

    def _climb(self, start: int) -> bool:
        """Walk level by level; say whether paths remain that were not walked."""
        waiting: deque[dict[int, None]] = deque([{start: None}])
        while waiting:
            climbed = waiting.popleft()
            # The waiting paths are sorted by length and only get longer, so none of the rest can be among the first.
            if len(self._complete) >= _KEPT and len(climbed) > self._worst_length():
                return True
            onwards = self._end_or_go_on(climbed)
            for parent in onwards[:-1]:
                waiting.append({**climbed, parent: None})
                self._budget -= len(climbed) + 1
            if onwards:
                # The last one reuses the path itself, so that a plain ring needs no copies.
                climbed[onwards[-1]] = None
                waiting.append(climbed)
            if self._budget < 0:
                return self._hurry(waiting)
        return False

    def _hurry(self, waiting: deque[dict[int, None]]) -> bool:
        """Complete the paths that have been begun, each in one way; at least one, so that every page gets a trail."""
        more = bool(waiting)
        steps = _BUDGET
        while waiting and len(self._complete) < _KEPT and (steps > 0 or not self._complete):
            climbed, known = waiting.popleft(), len(self._complete)
            while (onwards := self._end_or_go_on(climbed)) and len(self._complete) == known:
                climbed[onwards[0]] = None
                steps -= 1
        return more

    def _end_or_go_on(self, climbed: dict[int, None]) -> list[int]:
        """Complete the paths that end here or leave the cycle; return the members at which the others continue."""
        outside: list[int] = []
        onwards: list[int] = []
        for parent in self._graph.parents[next(reversed(climbed))]:
            if parent not in self._inside:
                outside.append(parent)
            elif parent not in climbed and len(climbed) < _LONGEST_CLIMB:
                onwards.append(parent)
        if outside or not onwards:
            downwards = tuple(reversed(climbed))
            titles = tuple(self._graph.ranks[node] for node in downwards)
            above = [path for parent in outside for path in self._graph.best[parent]]
            for path in above or [_Path(0, _NO_STEPS, _NO_STEPS)]:
                self._complete.append(path.then(titles, downwards))
            self._budget -= len(above)
        return onwards

    def _worst_length(self) -> int:
        """Return the length of the longest path that would be kept at this point."""
        self._complete = nsmallest(_KEPT, self._complete)
        return self._complete[-1].length
