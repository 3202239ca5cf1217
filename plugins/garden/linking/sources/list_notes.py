"""Notes whose lists are a hierarchy: nesting says what belongs to what, and the order is the author's."""

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

    An item is related to the items nested in it, the note itself to those at the top, unless
    `BC-list-note-exclude-index` is set. `BC-list-note-neighbour-field` relates an item to the next
    one on its level. A relation before an item's link, as in `- child [[b]]`, replaces the note's.
    `BC-list-note-section` names the heading whose section holds the list, `BC-list-note-exclude`
    notes to which no item leads; once it was called what `BC-list-note-exclude-index` is now.
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
    """The items of one list note with what they lead to."""

    def __init__(
        self, notes: SourceNotes, document: Document, properties: SourceProperties, field: str
    ) -> None:
        self._notes = notes
        self._document = document
        self._field = field
        self._whole = not (
            properties.flag("BC-list-note-exclude-index")
            or document.meta.properties.get("BC-list-note-exclude") is True
        )
        self._without = properties.notes("BC-list-note-exclude", notes)
        section = _section(document, properties)
        self._ends: list[EdgeEnd | None] = [
            notes.end(document.path, document.refs[item.ref])
            if item.ref >= 0 and document.refs[item.ref].place.line in section
            else None
            for item in document.outline
        ]

    def edges(self, neighbour: str) -> Iterator[SourceEdge]:
        last: dict[int, int] = {}
        for at, item in enumerate(self._document.outline):
            end = self._ends[at]
            if end is None:
                continue
            place = self._document.refs[item.ref].place
            above = self._above(item.parent)
            if end in self._without:
                continue
            if above is not None and above != end:
                yield SourceEdge(above, self._relation(item.label), end, place)
            # A neighbour is the next item of the same list, even if it is another kind of list.
            before = self._ends[last[item.parent]] if item.parent in last else None
            if neighbour and before is not None and before != end:
                yield SourceEdge(before, neighbour, end, place)
            last[item.parent] = at

    def _above(self, parent: int) -> EdgeEnd | None:
        if parent >= 0:
            return self._ends[parent]
        return note_node(self._document) if self._whole else None

    def _relation(self, label: str) -> str:
        name = field_key(label)
        return name if name in self._notes.fields.names else self._field


def _section(document: Document, properties: SourceProperties) -> range:
    """Return the lines of the section that the note names, all lines when it names none."""
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
