"""Notes whose links are a hierarchy: `BC-traverse-note-field`."""

from collections.abc import Iterator

from garden.linking.relation import Node
from garden.linking.sources.edges import SourceEdge, SourceNotes, SourceProperties, note_node
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.settings import EdgeSource

_FIELD = "BC-traverse-note-field"


def traverse_notes(
    notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]
) -> Iterator[SourceEdge]:
    """Yield a relation for each link that a depth-first walk follows from each note with `BC-traverse-note-field`.

    A note is visited once, from the note whose link the walk follows first. The walk follows the last link of a note first,
    as Breadcrumbs does, so the same notes are related as there.
    """
    links: dict[VaultPath, tuple[Node, ...]] = {}
    for document in notes.documents:
        if _FIELD not in document.meta.properties:
            continue
        properties = SourceProperties(document, notes.fields, problems)
        field = properties.field(_FIELD, source.field)
        if not field:
            continue
        start = note_node(document)
        seen: set[Node] = set()
        waiting: list[tuple[Node | None, Node]] = [(None, start)]
        while waiting:
            before, node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if before is not None:
                yield SourceEdge(before, field, node, properties.place(_FIELD))
            path = VaultPath(node.key)
            if path not in links:
                links[path] = _links(notes, path)
            waiting.extend((node, found) for found in links[path] if found not in seen)


def _links(notes: SourceNotes, path: VaultPath) -> tuple[Node, ...]:
    """Return the published notes that a note links to, each once, in text order."""
    ends = (notes.end(path, ref) for ref in notes.index.documents[path].refs)
    return tuple(dict.fromkeys(end for end in ends if isinstance(end, Node)))
