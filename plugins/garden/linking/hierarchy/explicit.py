"""Collecting explicit relations: typed links in notes, and relations from other sources (HI-2 … HI-8)."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from garden.linking.hierarchy.hubs import WantedParents
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import RelationFields
from garden.linking.relation import Edge, Hub, Node
from garden.linking.resolving.messages import one_line
from garden.linking.resolving.resolution import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Resolution,
    Unpublished,
)
from garden.linking.resolving.resolve import hub_name
from garden.linking.sources.edges import EdgeEnd, SourceEdge
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document, Ref, RefKind
from garden.model.settings import ParentPolicy


def typed_resolutions(
    document: Document, resolutions: Sequence[Resolution]
) -> Iterator[tuple[str, Resolution]]:
    """Yield the relation of each typed link of a note, with what it leads to."""
    for ref, resolution in zip(document.refs, resolutions, strict=True):
        if ref.relation:
            yield ref.relation, resolution


def facts_of_relations(document: Document) -> tuple[object, ...]:
    """Return what of a note the hierarchy depends on, except places and what its links lead to."""
    typed = [
        (ref.relation, ref.kind, ref.target, ref.raw, ref.display) for ref in document.refs if ref.relation
    ]
    order = document.meta.properties.get("order")
    return document.published, document.listed, fold(document.title), order, typed


class ExplicitRelations:
    """Collects the explicit edges of all notes.

    `edges[node][field]` are the edges in the order in which they are written, by target; the key of one without a target is
    the fold of its name. `labelled` are the parents of which only the name is shown.
    """

    def __init__(self, fields: RelationFields, parents: WantedParents, policies: ParentPolicies) -> None:
        """`parents` are the parents that have no note, `policies` say what is shown of them."""
        self.edges: dict[Node, dict[str, dict[Node | str, Edge]]] = {}
        self.labelled: dict[Node, dict[Node, None]] = {}
        self.problems: list[Diagnostic] = []
        self._fields = fields
        self._hubs: Mapping[Folded, Hub] = {hub.key: hub for hub in parents.hubs}
        self._labels = parents.labels
        self._policies = policies
        # Where the relation of a (child, parent) is first written: in the child, or in the parent
        self._in_child: dict[tuple[Node, Node], Place] = {}
        self._in_parent: dict[tuple[Node, Node], Place] = {}
        # The places of the inline fields of each note, by key and line
        self._keys: dict[VaultPath, dict[tuple[str, int], list[Place]]] = {}

    def add_document(self, document: Document, resolutions: Sequence[Resolution]) -> None:
        """Add the typed links of a note."""
        names = self._fields.directions
        for ref, resolution in zip(document.refs, resolutions, strict=True):
            if ref.relation in names:
                self._add(document, ref, resolution)

    def add_edge(self, edge: SourceEdge) -> None:
        """Add a relation from another source; one that is also a typed link keeps its place in the order."""
        target = self._node(edge.target)
        source = self._node(edge.source)
        if source is None or source.kind == "label" or target is None or source == target:
            return
        if target.kind == "label":
            self._add_label(source, edge.field, target.key)
            return
        if source.kind == "hub" and self._fields.directions[edge.field] not in ("up", "down"):
            return
        self._row(source, edge.field).setdefault(target, Edge(target))
        self._remember(source, edge.field, target, edge.place)

    def place_of(self, child: Node, parent: Node) -> Place:
        """Return the first place that says that one is the parent of the other; the beginning of the child if it is implied."""
        edge = (child, parent)
        return self._in_child.get(edge) or self._in_parent.get(edge) or Place(child.key, 1, 1)

    def _node(self, end: EdgeEnd) -> Node | None:
        """Return the node of one end of an edge; a note that does not exist only has one if it is a parent."""
        if isinstance(end, Node):
            return end
        key = fold(end)
        if key in self._hubs:
            return Node("hub", key)
        return Node("label", key) if key in self._labels else None

    def _row(self, source: Node, name: str) -> dict[Node | str, Edge]:
        """Return the edges of a page in one field, to which others can be added."""
        return self.edges.setdefault(source, {}).setdefault(name, {})

    def _add(self, document: Document, ref: Ref, resolution: Resolution) -> None:
        """Add the edge of a typed link, or report why there is none."""
        source = Node("note", document.path)
        match resolution:
            case Found(node=target) if target == source:
                message = f'"{one_line(document.path)}" names itself as "{ref.relation}"'
                self._report(ref.place, "hierarchy-self", message)
            case Found(node=target):
                self._row(source, ref.relation).setdefault(target, Edge(target))
                self._remember(source, ref.relation, target, ref.place)
            case Missing():
                self._add_missing(source, ref)
            case Unpublished():
                # There is no edge (and resolving has reported that, PB-4), unless the author wants the name to be shown.
                name = hub_name(ref)
                if (
                    ref.relation in self._fields.ups
                    and self._policies.of_unpublished(name) is ParentPolicy.LABEL
                ):
                    self._add_label(source, ref.relation, fold(name))
            case FoundFile() | FoundPage() | LeftAlone():
                place = self._key_place(document, ref)
                self._report(
                    place, "field-not-link", f'"{one_line(ref.raw)}" in "{ref.relation}" is not a note'
                )

    def _add_missing(self, source: Node, ref: Ref) -> None:
        """Add an edge to a name that nothing has: as a label, or as a text without a link, unless it is not shown at all."""
        name = hub_name(ref)
        policy = self._policies.of_missing(name) if ref.relation in self._fields.ups else ParentPolicy.PAGE
        if policy is ParentPolicy.LABEL and fold(name) in self._labels:
            self._add_label(source, ref.relation, fold(name))
        elif policy is not ParentPolicy.HIDE:
            # A chain `name#A#B` is shown as "name > A > B".
            text = ref.display or " > ".join(filter(None, map(str.strip, ref.raw.split("#"))))
            self._row(source, ref.relation).setdefault(fold(ref.target.path), Edge(None, text))

    def _add_label(self, source: Node, name: str, key: str) -> None:
        if key in self._labels:
            self._row(source, name).setdefault(key, Edge(None, self._labels[Folded(key)]))
            self.labelled.setdefault(source, {})[Node("label", key)] = None

    def _remember(self, source: Node, name: str, target: Node, place: Place) -> None:
        """Keep the place of an edge of the graph of parents, unless it is written at an earlier one."""
        if name in self._fields.ups:
            self._in_child.setdefault((source, target), place)
        elif self._fields.inverses.get(name) in self._fields.ups:
            self._in_parent.setdefault((target, source), place)

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
        self.problems.append(Diagnostic(place, code, message))
