"""The pages that a view of the hierarchy shows, as a tree: grown from the page that it begins with, level by level.

It is the same wherever the note is shown, and in a dense hierarchy a branch has the views of all its notes on one page, on
another one as text, and in its feeds and books. So it is grown once, and kept for a while.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from garden.linking.relation import Edge, Node
from garden.linking.resolving.resolution import Resolution
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, fold, stem
from garden.model.views.hierarchy_view import HierarchyView, ViewKind
from garden.rendering.body.hierarchy_query import query_includes
from garden.rendering.tracking.questions import untracked
from garden.views.facts import facts_of_hierarchy_view

MOST_ENTRIES: Final = 200
"""Entries of a view; what is left out is marked by an ellipsis."""

_USUAL_DEPTH: Final = {ViewKind.TREE: 5, ViewKind.MERMAID: 10, ViewKind.MARKMAP: 10}
"""Levels of a view that does not say: those of the plugin that invented them."""

_DIGITS: Final = re.compile(r"(\d+)")
_MOST_KEPT: Final = 200  # trees, of a few kilobytes each

Neighbours = list[tuple[Node, tuple[str, Edge]]]


@dataclass(slots=True)
class ViewEntry:
    """A page on a path; `relation` leads to it from the page before. Entries that look the same have one `number`."""

    node: Node
    relation: str = ""
    implied: bool = False
    below: list["ViewEntry"] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True, slots=True)
class ViewTree:
    """What a view shows: its first page with all below it, and the entries with which the list begins.

    `entries` has one entry for each number. `is_cut` says that something is left out.
    """

    top: ViewEntry
    listed: tuple[ViewEntry, ...]
    entries: tuple[ViewEntry, ...]
    is_cut: bool


class ViewTreeBuilder:
    """Grows the trees of a snapshot, which is not a tracked one; `fields` are all relations, in the order of the settings."""

    def __init__(self, snapshot: Snapshot, fields: tuple[str, ...]) -> None:
        self._snapshot = snapshot
        self._fields = fields

    def tree(self, view: HierarchyView, start: Node, resolutions: Sequence[Resolution]) -> ViewTree:
        """Return the tree of a view from `start` on; `resolutions` are those of the note that has the view."""
        allowed = query_includes(view.query, self._snapshot, resolutions)
        top = ViewEntry(start)
        fields = view.fields or self._fields
        groups = [fields] if view.merge else [(name,) for name in fields]
        is_cut = [self._grow(top, view, group, allowed) for group in groups]
        numbers: dict[tuple[Node, str, bool], int] = {}
        first: list[ViewEntry] = []
        for entry in walk(top.below):
            entry.number = numbers.setdefault((entry.node, entry.relation, entry.implied), len(first))
            if entry.number == len(first):
                first.append(entry)
        return ViewTree(top, tuple(self._listed(top, view)), tuple(first), any(is_cut))

    def _listed(self, top: ViewEntry, view: HierarchyView) -> Sequence[ViewEntry]:
        """Return the first entries of a list; a flat list consists of them alone, each page once."""
        level = top.below
        for _ in range(view.above):
            level = [child for entry in level for child in entry.below]
        if not view.flat:
            return level
        first: dict[Node, ViewEntry] = {}
        for entry in walk(level):
            first.setdefault(entry.node, entry)
        shown = {node: (entry.relation, Edge(node, implied=entry.implied)) for node, entry in first.items()}
        return [first[node] for node, _ in self._sorted(shown, view)]

    def _sorted(self, found: dict[Node, tuple[str, Edge]], view: HierarchyView) -> Neighbours:
        """Return pages, each with the relation that leads to it, in the order of a view."""

        def key(item: tuple[Node, tuple[str, Edge]]) -> tuple[object, ...]:
            node, (name, edge) = item
            match view.sort:
                case "basename":
                    first: object = ""
                case "basename_natural":
                    first = _natural(_name(node.key))
                case "field":
                    first = self._fields.index(name)
                case "explicit":
                    first = edge.implied
                case "path":
                    first = node.key
                case _:
                    first = self._first_neighbour(node, view.sort_field)
            return (first, _name(node.key), node.key, node.kind)

        return sorted(found.items(), key=key, reverse=view.descending)

    def _grow(
        self, top: ViewEntry, view: HierarchyView, fields: Sequence[str], allowed: Callable[[Node], bool]
    ) -> bool:
        """Add the pages that the fields lead to, level by level, so that only deep ones are cut off; say whether any are."""
        room = MOST_ENTRIES
        # A path never meets a page twice.
        level = [(top, frozenset((top.node,)))]
        # In a dense hierarchy many paths meet one page: its neighbours are put in order once.
        neighbours: dict[Node, Neighbours] = {}
        for _ in range(view.below or _USUAL_DEPTH[view.kind]):
            below: list[tuple[ViewEntry, frozenset[Node]]] = []
            for entry, path in level:
                if entry.node not in neighbours:
                    neighbours[entry.node] = self._neighbours(entry.node, view, fields, allowed)
                new = (found for found in neighbours[entry.node] if found[0] not in path)
                added = [ViewEntry(node, name, edge.implied) for node, (name, edge) in islice(new, room + 1)]
                entry.below.extend(added[:room])
                if len(added) > room:
                    return True  # nothing else has room either
                room -= len(added)
                below += ((child, path | {child.node}) for child in added)
            level = below
        return False

    def _neighbours(
        self, node: Node, view: HierarchyView, fields: Sequence[str], allowed: Callable[[Node], bool]
    ) -> Neighbours:
        """Return the pages that the fields lead to from a page, in order."""
        edges = self._snapshot.relations.get(node, {})
        found: dict[Node, tuple[str, Edge]] = {}
        for name in fields:
            for edge in edges.get(name, ()):
                if edge.node and edge.node not in found and self._is_shown(edge.node) and allowed(edge.node):
                    found[edge.node] = (name, edge)
        return self._sorted(found, view)

    def _first_neighbour(self, node: Node, relation: str) -> str:
        """Return the path of a page's first neighbour in a relation, empty for none."""
        edges = self._snapshot.relations.get(node, {}).get(relation, ())
        return next((edge.node.key for edge in edges if edge.node is not None), "")

    def _is_shown(self, node: Node) -> bool:
        return node.kind != "note" or self._snapshot.documents[VaultPath(node.key)].listed


@dataclass(slots=True)
class _Kept:
    """The trees of one snapshot, those that were asked for last."""

    snapshot: Snapshot
    trees: dict[tuple[object, ...], ViewTree] = field(default_factory=dict)


_kept: list[_Kept] = []


def build_view_tree(
    snapshot: Snapshot,
    fields: tuple[str, ...],
    view: HierarchyView,
    start: Node,
    resolutions: Sequence[Resolution],
) -> ViewTree:
    """Return the tree of a view; the caller depends on all relations, and on what the view's query looks at (PB-2, PB-3)."""
    whole = untracked(snapshot, facts_of_hierarchy_view(view))
    if not _kept or _kept[0].snapshot is not whole:
        _kept[:] = [_Kept(whole)]
    trees = _kept[0].trees
    key = (view, fields, start, tuple(resolutions) if view.query else ())
    found = trees.get(key)
    if found is None:
        if len(trees) >= _MOST_KEPT:
            del trees[next(iter(trees))]
        found = trees[key] = ViewTreeBuilder(whole, fields).tree(view, start, resolutions)
    return found


def walk(entries: Sequence[ViewEntry]) -> Iterator[ViewEntry]:
    """Yield entries and all below them, each before those below it."""
    waiting = list(reversed(entries))
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(entry.below))


@lru_cache(maxsize=4096)
def _name(key: str) -> str:
    """Return the name by which a page is sorted."""
    return fold(stem(key))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts `note-2` before `note-10`."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text))
