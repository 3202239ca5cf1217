"""Notes whose lists are a hierarchy: an item is the parent of the items nested in it, and their order is the reading order."""

import sys
from collections.abc import Iterator
from typing import Final

from garden.linking.sources.edges import EdgeEnd, SourceEdge, SourceNotes, SourceProperties, note_node
from garden.model.diagnostic import Diagnostic
from garden.model.names import field_key, heading_key
from garden.model.note import Document
from garden.model.settings import EdgeSource

LIST_NOTE: Final = "BC-list-note-field"
"""The property by which a note says that its list is a hierarchy."""


def list_notes(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield the relations of notes with `BC-list-note-field`.

    The key `BC-list-note-field` names the relation from an item to the items nested in it, and from the note itself to the
    items at the top, unless `BC-list-note-exclude-index` is true. A relation before the link of an item, as in
    `- child [[b]]`, is used instead. `BC-list-note-neighbour-field` names the relation to the next item on the same level.
    `BC-list-note-section` is the heading of the section with the lists. `BC-list-note-exclude` has links to notes that are
    left out; in earlier versions of Breadcrumbs, true had the meaning of `BC-list-note-exclude-index`.
    """
    for document in notes.documents:
        if LIST_NOTE not in document.meta.properties:
            continue
        properties = SourceProperties(document, notes.fields, problems)
        field = properties.field(LIST_NOTE)
        if field:
            yield from _ListNote(notes, document, properties, field).edges(
                properties.field("BC-list-note-neighbour-field", source.next_field)
            )


class _ListNote:
    """One list note: the items of its lists, and the notes that these link to."""

    def __init__(
        self, notes: SourceNotes, document: Document, properties: SourceProperties, field: str
    ) -> None:
        self._notes = notes
        self._document = document
        self._field = field
        self._includes_itself = not (
            properties.flag("BC-list-note-exclude-index")
            or document.meta.properties.get("BC-list-note-exclude") is True
        )
        self._excluded = properties.notes("BC-list-note-exclude", notes)
        section = _section(document, properties)
        # What each item of `Document.outline` links to, None for an item without a link or outside the section
        self._ends: list[EdgeEnd | None] = [
            notes.end(document.path, document.refs[item.ref])
            if item.ref >= 0 and document.refs[item.ref].place.line in section
            else None
            for item in document.outline
        ]

    def edges(self, neighbour: str) -> Iterator[SourceEdge]:
        """Yield the relations; `neighbour` is that to the next item, empty for none."""
        last: dict[int, int] = {}  # the last item so far in each list, by the item that the list is nested in
        for at, item in enumerate(self._document.outline):
            end = self._ends[at]
            if end is None:
                continue
            place = self._document.refs[item.ref].place
            above = self._above(item.parent)
            if end in self._excluded:
                continue
            if above is not None and above != end:
                yield SourceEdge(above, self._relation(item.label), end, place)
            # A neighbour is the next item of the same list, even if it is another kind of list.
            before = self._ends[last[item.parent]] if item.parent in last else None
            if neighbour and before is not None and before != end:
                yield SourceEdge(before, neighbour, end, place)
            last[item.parent] = at

    def _above(self, parent: int) -> EdgeEnd | None:
        """Return the parent of an item: the end of the item around it; at the top, the note itself if it is included."""
        if parent >= 0:
            return self._ends[parent]
        return note_node(self._document) if self._includes_itself else None

    def _relation(self, label: str) -> str:
        """Return the relation that the text before the link of an item names, or else that of the whole list note."""
        name = field_key(label)
        return name if name in self._notes.fields.names else self._field


def _section(document: Document, properties: SourceProperties) -> range:
    """Return the lines of the section that the note names, all lines if it names none."""
    wanted = heading_key(properties.text("BC-list-note-section"))
    if not wanted:
        return range(1, sys.maxsize)
    begin = next((heading for heading in document.headings if heading.key == wanted), None)
    if begin is None:
        properties.report("BC-list-note-section", "is not a heading of this note")
        return range(0)
    after = (
        heading.place.line
        for heading in document.headings
        if heading.place > begin.place and heading.level <= begin.level
    )
    return range(begin.place.line, next(after, sys.maxsize))
