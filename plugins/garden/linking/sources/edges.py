"""The relations that a source yields, and the facts about the vault that sources use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from garden.linking.hierarchy.relation_fields import RelationFields
from garden.linking.relation import Node
from garden.linking.resolving.index import Index, IndexMatch
from garden.linking.resolving.resolve import hub_name, locate
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, field_key
from garden.model.note import Document, Ref

MOST_SIBLINGS = 60
"""The most notes below one parent that are related with each other; a longer list would not help readers."""

EdgeEnd = Node | str
"""One end of a relation: a published note, or the name of a note that does not exist."""


class SourceEdge(NamedTuple):
    """A relation: `source` has `target` in the relation `field` (a compared name)."""

    source: EdgeEnd
    field: str
    target: EdgeEnd
    place: Place


class SourceNotes(Struct, frozen=True):
    """The notes from which sources derive relations."""

    documents: Sequence[Document]  # published notes, in path order
    index: Index  # of all notes
    fields: RelationFields
    tags: Mapping[Folded, Sequence[VaultPath]]  # listed notes by tag, those with nested tags included (TG-4)

    def end(self, source: VaultPath, ref: Ref) -> EdgeEnd | None:
        """Return the note that a reference leads to, its name if there is none; None if it is not published (PB-4)."""
        match = locate(self.index, source, ref)
        return self.note(match) if match else self._respelled(hub_name(ref)) or None

    def named(self, name: str) -> EdgeEnd | None:
        """Return the note with a name, the name if there is none; None if it is not published."""
        match = self.index.anywhere(name) or self.index.alias(name)
        return self.note(match) if match else self._respelled(name)

    def _respelled(self, name: str) -> EdgeEnd | None:
        """Return the note that a name means in another spelling, as for typed links (PB-6), the name if there is none."""
        entry = self.index.spelled_alike(name)
        return self.note(IndexMatch(entry)) if entry else name

    def note(self, match: IndexMatch) -> Node | None:
        """Return the node of a note that was found, None if it is an attachment or not published."""
        found = self.index.pages.get(match.entry.path)
        return found.node if found else None


class SourceProperties:
    """The properties of a note that collects others, with the keys of Breadcrumbs."""

    def __init__(self, document: Document, fields: RelationFields, problems: list[Diagnostic]) -> None:
        """Read the properties of `document`; wrong values are added to `problems`."""
        self._document = document
        self._fields = fields
        self._problems = problems

    def text(self, key: str) -> str:
        """Return the value of a key that is a text, empty if the key is missing."""
        value = self._document.meta.properties.get(key)
        if value is None or value == "":
            return ""
        if not isinstance(value, str):
            self.report(key, "is not text")
            return ""
        return value.strip()

    def notes(self, key: str, notes: SourceNotes) -> frozenset[EdgeEnd]:
        """Return the notes that the links in the value of a key lead to."""
        meta = self._document.meta
        begin = meta.places.get(key.lower())
        if begin is None:
            return frozenset()
        # The links of a property are between its key and the next key.
        after = min((place for place in meta.places.values() if place > begin), default=None)
        refs = (ref for ref in meta.refs if begin <= ref.place and (after is None or ref.place < after))
        ends = (notes.end(self._document.path, ref) for ref in refs)
        return frozenset(end for end in ends if end is not None)

    def flag(self, key: str) -> bool:
        """Say whether a key is set to something true."""
        return bool(self._document.meta.properties.get(key))

    def field(self, key: str, default: str = "") -> str:
        """Return the compared name of the relation in the value of a key, or `default`; empty if there is no such relation."""
        written = self.text(key) or default
        name = field_key(written)
        if written and name not in self._fields.names:
            self.report(key, f'is not a relation: "{written}"')
            return ""
        return name

    def place(self, key: str) -> Place:
        """Return the place of a key."""
        return self._document.meta.places.get(key.lower(), Place(self._document.path, 1, 1))

    def report(self, key: str, what: str) -> None:
        """Report that the value of a key cannot be used."""
        self._problems.append(Diagnostic(self.place(key), "relation-source-invalid", f'"{key}" {what}'))


def lacking_parent(edge: SourceEdge, fields: RelationFields) -> str:
    """Return the name of the parent in an edge if no note has it, otherwise an empty text."""
    above = {"up": edge.target, "down": edge.source}.get(fields.directions[edge.field])
    return above if isinstance(above, str) else ""


def note_node(document: Document) -> Node:
    """Return the node of a note."""
    return Node("note", document.path)


def as_siblings(
    field: str, nodes: Sequence[Node], place: Place, problems: list[Diagnostic]
) -> Iterable[SourceEdge]:
    """Yield a relation from each of `nodes` to those after it, at most MOST_SIBLINGS of them; nothing if `field` is empty."""
    if not field:
        return
    if len(nodes) > MOST_SIBLINGS:
        message = (
            f'{len(nodes)} notes would be "{field}" of each other: only the first {MOST_SIBLINGS} are used'
        )
        problems.append(Diagnostic(place, "relations-cut", message))
    for at, node in enumerate(nodes[:MOST_SIBLINGS]):
        yield from related(node, field, nodes[at + 1 : MOST_SIBLINGS], place)


def related(
    source: EdgeEnd, field: str, targets: Iterable[EdgeEnd | None], place: Place
) -> Iterable[SourceEdge]:
    """Yield the same relation to several targets, without None and `source` itself."""
    for target in targets:
        if target is not None and target != source:
            yield SourceEdge(source, field, target, place)
