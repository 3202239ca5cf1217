"""Sources of relations besides typed links; each is off unless the settings turn it on."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from garden.linking.relation import Node
from garden.linking.sources.edges import SourceEdge, SourceNotes
from garden.model.diagnostic import Diagnostic
from garden.model.settings import EdgeSource


class CollectedEdges(NamedTuple):
    """The relations of all sources, and the positions of notes in list notes, for the reading order."""

    edges: tuple[SourceEdge, ...] = ()
    listed: Mapping[Node, int] = {}
    problems: tuple[Diagnostic, ...] = ()


def collect_edges(notes: SourceNotes, sources: tuple[EdgeSource, ...]) -> CollectedEdges:
    """Return the relations of the `sources`, in their order, those of each source in path order; each relation once."""
    problems: list[Diagnostic] = []
    edges: dict[tuple[object, str, object], SourceEdge] = {}
    listed: dict[Node, int] = {}
    for source in sources:
        for edge in _edges(notes, source, problems):
            if edge.field not in notes.fields.names:
                continue
            edges.setdefault(edge[:3], edge)
            if source.name == "list-notes" and isinstance(edge.target, Node):
                listed.setdefault(edge.target, len(listed))
    return CollectedEdges(tuple(edges.values()), listed, tuple(problems))


def _edges(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield the relations of one source."""
    # Imported on demand, since most sites use none of them.
    from garden.linking.sources import (
        date_notes,
        folders,
        list_notes,
        names,
        patterns,
        tag_notes,
        traversals,
    )

    match source.name:
        case "folder-names":
            yield from folders.folder_names(notes, source)
        case "folder-notes":
            yield from folders.folder_notes(notes, source, problems)
        case "tag-notes":
            yield from tag_notes.tag_notes(notes, source, problems)
        case "list-notes":
            yield from list_notes.list_notes(notes, source, problems)
        case "regex-notes":
            yield from patterns.named_by_pattern(notes, source)
            yield from patterns.regex_notes(notes, source, problems)
        case "dendron-names":
            yield from names.dendron_names(notes, source, problems)
        case "johnny-decimal":
            yield from names.johnny_decimal(notes, source, problems)
        case "date-notes":
            yield from date_notes.date_notes(notes, source)
        case "traverse-notes":
            yield from traversals.traverse_notes(notes, source, problems)
