"""Building the hierarchy: all relations between pages, and what follows from them (HI).

Relations that are written in notes are explicit; others are implied by them. The relations to parents are a graph, from
which trails, siblings and cycles follow.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from garden.linking.hierarchy.cycles import cycle_order, strong_components
from garden.linking.hierarchy.explicit import ExplicitRelations
from garden.linking.hierarchy.hubs import WantedParents
from garden.linking.hierarchy.implied import Implied, closure, imply_inverses
from garden.linking.hierarchy.order import Order, ReadingOrder, TitleOrder
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import fields_of
from garden.linking.hierarchy.siblings import Siblings
from garden.linking.hierarchy.trails import TRAIL_LIMIT, find_trails
from garden.linking.incremental.vault_changes import same_where_equal
from garden.linking.relation import Edge, Node, TrailNodes
from garden.linking.resolving.messages import one_line
from garden.linking.resolving.resolution import Resolution
from garden.linking.sources import CollectedEdges
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document
from garden.model.settings import Settings

_LISTINGS = ("down", "next", "prev")
"""Directions that are lists of notes: hidden notes are not in them, even if a relation to one is written down (PB-2)."""

_NOTHING = CollectedEdges()


class Hierarchy(Struct, frozen=True):
    """All relations of all pages; the mappings are described at `Snapshot`, which has the same."""

    relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    parents: Mapping[Node, tuple[Node, ...]]  # those of hidden notes as well
    children: Mapping[Node, tuple[Node, ...]]
    siblings: Siblings
    trails: Mapping[Node, tuple[TrailNodes, ...]]
    problems: tuple[Diagnostic, ...]

    def like(self, former: "Hierarchy") -> "Hierarchy":
        """Return the same relations, those that are equal to former ones being the very same objects."""
        parents, children, trails = (
            same_where_equal(getattr(former, name), getattr(self, name))
            for name in ("parents", "children", "trails")
        )
        relations = same_where_equal(former.relations, self.relations)
        return replace(
            self,
            relations=relations,
            parents=parents,
            children=children,
            trails=trails,
            siblings=self.siblings.like(former.siblings, parents),
        )


def build_hierarchy(
    documents: Sequence[Document],
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]],
    wanted: WantedParents,
    settings: Settings,
    collected: CollectedEdges = _NOTHING,
) -> Hierarchy:
    """Return the hierarchy of the published `documents`, which are in path order.

    `wanted` are the parents without a note, `collected` the relations from sources other than typed links.
    """
    return _HierarchyBuilder(documents, wanted, settings, collected).build(resolutions)


class _HierarchyBuilder:
    """Builds one Hierarchy; `build` does it step by step."""

    def __init__(
        self,
        documents: Sequence[Document],
        wanted: WantedParents,
        settings: Settings,
        collected: CollectedEdges,
    ) -> None:
        self._documents = documents
        self._wanted = wanted
        self._settings = settings
        self._collected = collected
        self._fields = fields_of(settings.relations)
        self._hidden = {Node("note", doc.path) for doc in documents if not doc.listed}
        self._titles: dict[Node, Folded] = {Node("note", doc.path): fold(doc.title) for doc in documents}
        self._titles |= {Node("hub", hub.key): fold(hub.title) for hub in wanted.hubs}
        self._titles |= {Node("label", key): fold(title) for key, title in wanted.labels.items()}
        self._explicit = ExplicitRelations(self._fields, wanted, ParentPolicies(settings))
        self._problems: list[Diagnostic] = []

    def build(self, resolutions: Mapping[VaultPath, tuple[Resolution, ...]]) -> Hierarchy:
        """Return the hierarchy; `resolutions` are what the references of the notes lead to."""
        # The order of these steps matters. Rules use all explicit edges, so these are collected first. Implied edges are
        # sorted, so the order is determined before that. The graph of parents is derived from all edges before hidden notes
        # are removed from lists, since the trails of hidden notes need it. Hubs are completed last: their children are the
        # notes that name them as parents, even if those lists do not show them.
        for document in self._documents:
            self._explicit.add_document(document, resolutions[document.path])
        for edge in self._collected.edges:
            self._explicit.add_edge(edge)
        implied = self._implied()
        self._order = self._reading_order(implied)
        explicit = self._explicit.edges
        everything = {node: self._edges(node, implied) for node in sorted(explicit.keys() | implied.keys())}
        parents = self._parents(everything)
        below = self._below(parents)
        relations = {node: self._shown(edges) for node, edges in everything.items()}
        self._complete_hubs(relations, below)
        components = strong_components(parents)
        found, cut = find_trails(parents, self._titles, components)
        self._report_cycles(components, parents)
        self._report_cut(cut, parents)
        self._report_hubs(relations)
        return Hierarchy(
            relations={node: edges for node, edges in relations.items() if edges},
            parents=parents,
            children=self._children(relations, below),
            siblings=Siblings(parents, below, self._order),
            trails=found,
            problems=(*self._explicit.problems, *self._problems),
        )

    def _implied(self) -> Implied:
        """Return what the explicit edges imply: their inverses, and with rules in the settings what these give."""
        if not self._settings.implied_relations:
            return imply_inverses(self._explicit.edges, self._fields, self._hidden)
        rules = self._settings.implied_relations
        implied, problems = closure(self._explicit.edges, self._fields, rules, self._hidden)
        self._problems += problems
        return implied

    def _reading_order(self, implied: Implied) -> Order:
        """Return the order that the settings ask for; for that of reading, find the next note of each."""
        by_title = TitleOrder(self._titles)
        if self._settings.child_order == "title":
            return by_title
        following: dict[Node, Node] = {}
        for name in self._fields.of("next"):
            for node, rows in self._explicit.edges.items():
                for target in rows.get(name, ()):
                    if isinstance(target, Node):
                        following.setdefault(node, target)
            for node, names in implied.items():
                for target in by_title.sort(names.get(name, ())):
                    following.setdefault(node, target)
        return ReadingOrder(self._titles, self._documents, self._collected.listed, following)

    def _edges(self, node: Node, implied: Implied) -> dict[str, tuple[Edge, ...]]:
        """Return all edges of a page, explicit ones as written, then implied ones in order (HI-11)."""
        explicit, others = self._explicit.edges.get(node, {}), implied.get(node, {})
        edges = {}
        for name in self._fields.names:
            row = tuple(explicit[name].values()) if name in explicit else ()
            if name in others:
                row += tuple(Edge(other, implied=True) for other in self._order.sort(others[name]))
            if row:
                edges[name] = row
        return edges

    def _parents(
        self, everything: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    ) -> dict[Node, tuple[Node, ...]]:
        """Return the graph of parents: the edges of all fields with the direction `up`."""
        ups = self._fields.of("up")
        parents: dict[Node, tuple[Node, ...]] = {}
        for node, edges in everything.items():
            rows = [edges[name] for name in ups if name in edges]
            if rows:
                above = dict.fromkeys(edge.node for row in rows for edge in row if edge.node)
                above |= self._explicit.labelled.get(node, {})
                if above:
                    parents[node] = tuple(above)
        return parents

    def _shown(self, edges: Mapping[str, tuple[Edge, ...]]) -> dict[str, tuple[Edge, ...]]:
        """Return edges without those to hidden notes in relations that are lists."""
        directions = self._fields.directions
        shown = {
            name: tuple(edge for edge in row if edge.node not in self._hidden)
            if directions[name] in _LISTINGS
            else row
            for name, row in edges.items()
        }
        return {name: row for name, row in shown.items() if row}

    def _below(self, parents: Mapping[Node, tuple[Node, ...]]) -> dict[Node, tuple[Node, ...]]:
        """Return the listed notes below each parent, in order."""
        below: dict[Node, list[Node]] = {}
        for node in sorted(parents):
            if node not in self._hidden:
                for parent in parents[node]:
                    below.setdefault(parent, []).append(node)
        return {parent: tuple(self._order.sort(nodes)) for parent, nodes in below.items()}

    def _complete_hubs(
        self, relations: dict[Node, dict[str, tuple[Edge, ...]]], below: Mapping[Node, tuple[Node, ...]]
    ) -> None:
        """Make every hub list its children, even if the relation to the parent has no inverse (HI-9)."""
        downs = self._fields.of("down")
        for hub in self._wanted.hubs:
            node = Node("hub", hub.key)
            own = relations.setdefault(node, {})
            shown = {edge.node for name in downs for edge in own.get(name, ())}
            missing = [child for child in below.get(node, ()) if child not in shown]
            if missing and downs:
                own[downs[0]] = (*own.get(downs[0], ()), *(Edge(child, implied=True) for child in missing))

    def _children(
        self,
        relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]],
        below: Mapping[Node, tuple[Node, ...]],
    ) -> dict[Node, tuple[Node, ...]]:
        """Return the listed children of each page in display order, from all fields of that direction."""
        downs = self._fields.of("down")
        children: dict[Node, tuple[Node, ...]] = {}
        for node, edges in relations.items():
            found = dict.fromkeys(edge.node for name in downs for edge in edges.get(name, ()) if edge.node)
            found.update(dict.fromkeys(below.get(node, ())))
            if found:
                children[node] = tuple(found)
        return children

    def _report_cycles(
        self, components: Sequence[Sequence[Node]], parents: Mapping[Node, tuple[Node, ...]]
    ) -> None:
        """Report each cycle where its first note, or its first hub if it has no note, gets a parent that is in the cycle (HI-7)."""
        for members in components:
            if len(members) == 1:
                continue
            order = cycle_order(members, parents)
            inside = set(members)
            # A list note can say that two names without a note are below each other: such a cycle has only hubs.
            first = min(members, key=lambda node: (node.kind != "note", node))
            above = next(parent for parent in parents[first] if parent in inside)
            names = " -> ".join(one_line(node.key) for node in (*order, order[0]))
            place = self._explicit.place_of(first, above)
            self._report(place, "hierarchy-cycle", f"notes are their own ancestors: {names}")

    def _report_cut(self, cut: Sequence[Node], parents: Mapping[Node, tuple[Node, ...]]) -> None:
        """Report pages with more trails than are shown, at the place of their first parent if that is in the note itself."""
        for node in cut:
            place = min(self._explicit.place_of(node, parent) for parent in parents[node])
            if node.kind == "note" and place.path != node.key:
                place = Place(node.key, 1, 1)
            message = f"more than {TRAIL_LIMIT} trails lead to {one_line(node.key)}; the first are shown"
            self._report(place, "trails-cut", message)

    def _report_hubs(self, relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]) -> None:
        """Report each hub with the number of its children, since its name may be a mistake (HI-9)."""
        downs = self._fields.of("down")
        for hub, place in self._wanted.hubs.items():
            rows = relations.get(Node("hub", hub.key), {})
            count = sum(len(rows.get(name, ())) for name in downs)
            children = f"{count} child" if count == 1 else f"{count} children"
            name = one_line(hub.written or hub.title)
            shown = f', titled "{one_line(hub.title)}"' if hub.written else ""
            message = f'no note is called "{name}": it gets a page of its own with {children}{shown}'
            self._report(place, "hub-generated", message)

    def _report(self, place: Place, code: str, message: str) -> None:
        self._problems.append(Diagnostic(place, code, message))
