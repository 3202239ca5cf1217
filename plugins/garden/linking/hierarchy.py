"""The typed hierarchy: what stands in which relation to what (HI).

Edges that are written down are explicit; each implies its inverse. The `up` edges of all
pages are the graph that trails, siblings and cycles are read from.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from garden.linking.answers import (
    Edge,
    Found,
    FoundFile,
    FoundPage,
    Hub,
    LeftAlone,
    Missing,
    Node,
    Resolution,
    Trail,
    Unpublished,
)
from garden.linking.cycles import components, cycle_order
from garden.linking.hubs import UP
from garden.linking.problems import one_line
from garden.linking.trails import TRAIL_LIMIT, find_trails
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, field_key, fold
from garden.model.note import Document, Ref, RefKind
from garden.model.settings import RelationField

_NO_HIDDEN = ("down", "next", "prev")
"""Relations that are listings, where hidden notes do not appear even if written down (PB-2)."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """All relations of all pages; `parents` is the whole `up` graph, hidden notes included."""

    relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    parents: Mapping[Node, tuple[Node, ...]]
    siblings: "Siblings"
    trails: Mapping[Node, tuple[Trail, ...]]
    problems: tuple[Diagnostic, ...]


class _HasTrails(Protocol):
    @property
    def trails(self) -> Mapping[Node, tuple[Trail, ...]]: ...


def trails(snapshot: _HasTrails, node: Node, limit: int = TRAIL_LIMIT) -> tuple[Trail, ...]:
    """Return the first `limit` trails of a page, root first, the page itself left out (HI-10)."""
    return snapshot.trails.get(node, ())[:limit]


class Siblings(Mapping[Node, tuple[Node, ...]]):
    """The listed notes that share a parent with a page (HI-5), in the order of HI-11.

    Worked out when asked for: the children of one parent are as many lists of siblings as
    they are children, which must not be held at once.
    """

    def __init__(
        self,
        parents: Mapping[Node, tuple[Node, ...]],
        children: Mapping[Node, tuple[Node, ...]],
        ranks: Mapping[Node, int],
    ) -> None:
        """Take the `up` graph, its listed children in display order, and that order as ranks."""
        self._parents = parents
        self._children = children
        self._ranks = ranks

    def __getitem__(self, node: Node) -> tuple[Node, ...]:
        """Return the siblings of `node`; KeyError when it has no parent."""
        above = self._parents[node]
        if len(above) == 1:
            return tuple(child for child in self._children.get(above[0], ()) if child != node)
        found = {child for parent in above for child in self._children.get(parent, ())}
        return tuple(sorted(found - {node}, key=self._ranks.__getitem__))

    def __iter__(self) -> Iterator[Node]:
        """Iterate over the pages that have parents."""
        return iter(self._parents)

    def __len__(self) -> int:
        """Return the number of pages that have parents."""
        return len(self._parents)


def build_hierarchy(
    documents: Sequence[Document],
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]],
    hubs: Mapping[Hub, Place],
    fields: Sequence[RelationField],
) -> Hierarchy:
    """Work out all relations of the published `documents`, which are in path order."""
    return _Builder(documents, hubs, fields).build(resolutions)


class _Builder:
    """Gathers edges, then orders them and reads the `up` graph."""

    def __init__(
        self, documents: Sequence[Document], hubs: Mapping[Hub, Place], fields: Sequence[RelationField]
    ) -> None:
        self._documents = documents
        self._hubs = hubs
        self._fields = tuple(field_key(relation.name) for relation in fields)
        inverses = {field_key(relation.name): field_key(relation.inverse) for relation in fields}
        self._inverses = {name: inverse for name, inverse in inverses.items() if inverse in inverses}
        self._hidden = {Node("note", doc.path) for doc in documents if not doc.listed}
        self._titles: dict[Node, Folded] = {Node("note", doc.path): fold(doc.title) for doc in documents}
        self._titles |= {Node("hub", hub.key): fold(hub.title) for hub in hubs}
        ordered = sorted(self._titles, key=lambda node: (self._titles[node], node.key, node.kind))
        self._ranks = {node: rank for rank, node in enumerate(ordered)}
        self._explicit: dict[Node, dict[str, dict[Node | str, Edge]]] = {}
        self._implied: dict[Node, dict[str, list[Node]]] = {}
        self._written_up: dict[tuple[Node, Node], Place] = {}
        self._written_down: dict[tuple[Node, Node], Place] = {}
        self._keys: dict[VaultPath, dict[tuple[str, int], list[Place]]] = {}
        self._problems: list[Diagnostic] = []

    def build(self, resolutions: Mapping[VaultPath, tuple[Resolution, ...]]) -> Hierarchy:
        for document in self._documents:
            for ref, resolution in zip(document.refs, resolutions[document.path], strict=True):
                if ref.relation in self._fields:
                    self._add(document, ref, resolution)
        self._imply()
        everything = {
            node: self._edges(node) for node in sorted(self._explicit.keys() | self._implied.keys())
        }
        parents = {
            node: tuple(edge.node for edge in edges[UP] if edge.node)
            for node, edges in everything.items()
            if UP in edges
        }
        parents = {node: above for node, above in parents.items() if above}
        relations = {node: self._shown(edges) for node, edges in everything.items()}
        parts = components(parents)
        found, cut = find_trails(parents, self._titles, parts)
        self._report_cycles(parts, parents)
        self._report_cut(cut, parents)
        self._report_hubs(relations)
        return Hierarchy(
            relations={node: edges for node, edges in relations.items() if edges},
            parents=parents,
            siblings=Siblings(parents, self._children(parents), self._ranks),
            trails=found,
            problems=tuple(self._problems),
        )

    def _add(self, document: Document, ref: Ref, resolution: Resolution) -> None:
        source = Node("note", document.path)
        written = self._explicit.setdefault(source, {}).setdefault(ref.relation, {})
        match resolution:
            case Found(node=target) if target == source:
                self._report(
                    ref.place,
                    "hierarchy-self",
                    f'"{one_line(document.path)}" names itself as "{ref.relation}"',
                )
            case Found(node=target):
                written.setdefault(target, Edge(target))
                self._remember(source, ref.relation, target, ref.place)
            case Missing():
                text = ref.display or " > ".join(filter(None, map(str.strip, ref.raw.split("#"))))
                written.setdefault(fold(ref.target.path), Edge(None, text))
            case Unpublished():
                pass  # the edge is dropped; resolving has reported it (PB-4)
            case FoundFile() | FoundPage() | LeftAlone():
                place = self._key_place(document, ref)
                self._report(place, "field-not-link", f'"{one_line(ref.raw)}" in "{ref.relation}" is no note')

    def _imply(self) -> None:
        """Give every explicit edge its inverse, unless that is written down too (HI-5)."""
        for source, written in self._explicit.items():
            for name, targets in written.items():
                inverse = self._inverses.get(name)
                if inverse is None or (source in self._hidden and inverse != UP):
                    continue
                for target in targets:
                    if isinstance(target, Node) and source not in self._explicit.get(target, {}).get(
                        inverse, {}
                    ):
                        self._implied.setdefault(target, {}).setdefault(inverse, []).append(source)

    def _remember(self, source: Node, name: str, target: Node, place: Place) -> None:
        """Remember where an `up` edge is written first, on either side of it."""
        if name == UP:
            self._written_up.setdefault((source, target), place)
        elif self._inverses.get(name) == UP:
            self._written_down.setdefault((target, source), place)

    def _place_of(self, child: Node, parent: Node) -> Place:
        edge = (child, parent)
        return self._written_up[edge] if edge in self._written_up else self._written_down[edge]

    def _edges(self, node: Node) -> dict[str, tuple[Edge, ...]]:
        """Return all edges of a page, explicit ones as written, then implied ones by title (HI-11)."""
        written, implied = self._explicit.get(node, {}), self._implied.get(node, {})
        edges = {}
        for name in self._fields:
            others = sorted(set(implied.get(name, ())), key=self._ranks.__getitem__)
            both = (*written.get(name, {}).values(), *(Edge(other, implied=True) for other in others))
            if both:
                edges[name] = both
        return edges

    def _shown(self, edges: Mapping[str, tuple[Edge, ...]]) -> dict[str, tuple[Edge, ...]]:
        """Leave hidden notes out of the relations that are listings."""
        shown = {
            name: tuple(edge for edge in row if edge.node not in self._hidden) if name in _NO_HIDDEN else row
            for name, row in edges.items()
        }
        return {name: row for name, row in shown.items() if row}

    def _children(self, parents: Mapping[Node, tuple[Node, ...]]) -> dict[Node, tuple[Node, ...]]:
        children: dict[Node, list[Node]] = {}
        for node in sorted(parents, key=self._ranks.__getitem__):
            if node not in self._hidden:
                for parent in parents[node]:
                    children.setdefault(parent, []).append(node)
        return {parent: tuple(nodes) for parent, nodes in children.items()}

    def _report_cycles(
        self, parts: Sequence[Sequence[Node]], parents: Mapping[Node, tuple[Node, ...]]
    ) -> None:
        for members in parts:
            if len(members) == 1:
                continue
            order = cycle_order(members, parents)
            inside = set(members)
            first = min(node for node in members if node.kind == "note")
            above = next(parent for parent in parents[first] if parent in inside)
            names = " -> ".join(one_line(node.key) for node in (*order, order[0]))
            self._report(
                self._place_of(first, above), "hierarchy-cycle", f"notes are above each other: {names}"
            )

    def _report_cut(self, cut: Sequence[Node], parents: Mapping[Node, tuple[Node, ...]]) -> None:
        for node in cut:
            place = min(self._place_of(node, parent) for parent in parents[node])
            if node.kind == "note" and place.path != node.key:
                place = Place(node.key, 1, 1)
            message = f"more than {TRAIL_LIMIT} trails lead to {one_line(node.key)}; the first are shown"
            self._report(place, "trails-cut", message)

    def _report_hubs(self, relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]) -> None:
        for hub, place in self._hubs.items():
            count = len(relations.get(Node("hub", hub.key), {}).get("down", ()))
            children = f"{count} child" if count == 1 else f"{count} children"
            message = f'no note is called "{one_line(hub.title)}": it gets a page of its own, with {children}'
            self._report(place, "hub-generated", message)

    def _key_place(self, document: Document, ref: Ref) -> Place:
        """Return the place of the key that `ref` is a value of (DG-3)."""
        if ref.kind is RefKind.PROPERTY:
            return document.meta.places.get(ref.relation, ref.place)
        if document.path not in self._keys:
            keys: dict[tuple[str, int], list[Place]] = {}
            for field in document.fields:
                keys.setdefault((field.key, field.place.line), []).append(field.place)
            self._keys[document.path] = keys
        on_line = self._keys[document.path].get((ref.relation, ref.place.line), [])
        at = bisect_right(on_line, ref.place)
        return on_line[at - 1] if at else ref.place

    def _report(self, place: Place, code: str, message: str) -> None:
        self._problems.append(Diagnostic(place, code, message))
