"""Notes that collect a tag: `BC-tag-note-tag`."""

from collections.abc import Iterator

from garden.linking.sources.edges import (
    SourceEdge,
    SourceNotes,
    SourceProperties,
    as_siblings,
    note_node,
    related,
)
from garden.model.diagnostic import Diagnostic
from garden.model.names import fold
from garden.model.settings import EdgeSource


def tag_notes(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield a relation from each note with `BC-tag-note-tag` to every listed note with that tag or one nested in it.

    `BC-tag-note-exact` leaves out nested tags, `BC-tag-note-field` names the relation, `BC-tag-note-sibling-field` the
    relation between the tagged notes.
    """
    for document in notes.documents:
        if "BC-tag-note-tag" not in document.meta.properties:
            continue
        properties = SourceProperties(document, notes.fields, problems)
        tag = fold(properties.text("BC-tag-note-tag").removeprefix("#"))
        field = properties.field("BC-tag-note-field", source.field)
        if not tag or not field:
            continue
        found = notes.tags.get(tag, ())
        if properties.flag("BC-tag-note-exact"):
            found = [
                path
                for path in found
                if any(fold(own.name) == tag for own in notes.index.documents[path].tags)
            ]
        place = properties.place("BC-tag-note-tag")
        targets = [notes.index.pages[path].node for path in found]
        yield from related(note_node(document), field, targets, place)
        siblings = properties.field("BC-tag-note-sibling-field", source.sibling_field)
        yield from as_siblings(siblings, targets, place, problems)
