"""Relations by regular expressions: parents by the names of notes, and notes that collect matching paths."""

import re
from collections.abc import Iterator

from garden.linking.sources.edges import SourceEdge, SourceNotes, SourceProperties, note_node, related
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import field_key, stem
from garden.model.settings import EdgeSource

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def named_by_pattern(notes: SourceNotes, source: EdgeSource) -> Iterator[SourceEdge]:
    r"""Yield a relation from each note to the parent of the first pattern that its file name or title matches.

    The name of the parent may refer to groups of the pattern, as in `^(\w+) lecture` and `\1 lectures`.
    """
    field = field_key(source.field)
    patterns = [(re.compile(pattern), parent) for pattern, parent in source.patterns]
    for document in notes.documents:
        for pattern, parent in patterns:
            match = pattern.search(stem(document.path)) or pattern.search(document.title)
            if match:
                target = notes.named(match.expand(parent).strip())
                yield from related(note_node(document), field, [target or None], Place(document.path, 1, 1))
                break


def regex_notes(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield a relation from each note with `BC-regex-note-regex` to all notes whose path matches that expression.

    `BC-regex-note-flags` are flags among `i`, `m` and `s`; `BC-regex-note-field` names the relation.
    """
    for document in notes.documents:
        if "BC-regex-note-regex" not in document.meta.properties:
            continue
        properties = SourceProperties(document, notes.fields, problems)
        written = properties.text("BC-regex-note-regex")
        field = properties.field("BC-regex-note-field", source.field)
        if not written or not field:
            continue
        flags = sum(_FLAGS.get(flag, 0) for flag in sorted(set(properties.text("BC-regex-note-flags"))))
        try:
            pattern = re.compile(written, flags)
        except re.error as error:
            properties.report("BC-regex-note-regex", f"is not a regular expression: {error}")
            continue
        targets = (note_node(other) for other in notes.documents if pattern.search(other.path))
        yield from related(note_node(document), field, targets, properties.place("BC-regex-note-regex"))
