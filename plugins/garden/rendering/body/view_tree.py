"""Builds the tree of pages that a view of the hierarchy shows, level by level from the page with which it begins.

The tree is the same wherever the note is shown. A note is shown not only on its own page, but also in whole branches, as
text, in feeds and in e-books, so the trees are kept in memory for a while.
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
"""The maximum number of entries of a view; an ellipsis marks that others are left out."""

_USUAL_DEPTH: Final = {ViewKind.TREE: 5, ViewKind.MERMAID: 10, ViewKind.MARKMAP: 10}
"""The default number of levels of a view, as in the Breadcrumbs plugin."""

_DIGITS: Final = re.compile(r"(\d+)")

_MOST_KEPT: Final = 200
"""The maximum number of trees that are kept, of a few kilobytes each."""

Neighbours = list[tuple[Node, tuple[str, Edge]]]
"""Pages in order, each with the name of the relation and the edge that lead to it."""


@dataclass(slots=True)
class ViewEntry:
    """A page in the tree, at the end of one path from the first page."""

    node: Node
    relation: str = ""  # that leads to it from the page above
    implied: bool = False
    below: list["ViewEntry"] = field(default_factory=list)
    number: int = 0  # the same for all entries that look the same, though they are on different paths


@dataclass(frozen=True, slots=True)
class ViewTree:
    """The tree of a view: its first page with everything below it, and the entries of the first level of its list.

    `entries` has one entry for each number. `is_cut` says whether entries are left out.
    """

    top: ViewEntry
    listed: tuple[ViewEntry, ...]
    entries: tuple[ViewEntry, ...]
    is_cut: bool


class ViewTreeBuilder:
    """Builds the trees of a snapshot without tracking; `fields` are all relations, in the order of the settings."""

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
        """Return the entries of the first level of a list; a flat list has only these, each page once."""
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
        """Add the pages that the fields lead to, level by level, so that only deep ones are cut off; return whether any are."""
        room = MOST_ENTRIES
        # Each page is at most once on a path.
        level = [(top, frozenset((top.node,)))]
        # In a dense hierarchy many paths lead through the same page, whose neighbours are sorted only once.
        neighbours: dict[Node, Neighbours] = {}
        for _ in range(view.below or _USUAL_DEPTH[view.kind]):
            below: list[tuple[ViewEntry, frozenset[Node]]] = []
            for entry, path in level:
                if entry.node not in neighbours:
                    neighbours[entry.node] = self._neighbours(entry.node, view, fields, allowed)
                new = (found for found in neighbours[entry.node] if found[0] not in path)
                # One more than there is room for shows that something is cut off.
                added = [ViewEntry(node, name, edge.implied) for node, (name, edge) in islice(new, room + 1)]
                entry.below.extend(added[:room])
                if len(added) > room:
                    return True  # the maximum is reached
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
    """The trees of one snapshot that are kept."""

    snapshot: Snapshot
    trees: dict[tuple[object, ...], ViewTree] = field(default_factory=dict)


_kept: list[_Kept] = []
"""The trees of the last snapshot, or nothing."""


def build_view_tree(
    snapshot: Snapshot,
    fields: tuple[str, ...],
    view: HierarchyView,
    start: Node,
    resolutions: Sequence[Resolution],
) -> ViewTree:
    """Return the tree of a view.

    Nothing is tracked: the caller has to record that it depends on all relations, and on the facts that the view's
    query uses.
    """
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
    """Yield entries and all their descendants, each before its descendants."""
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
