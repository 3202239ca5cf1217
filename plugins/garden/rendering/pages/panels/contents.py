"""The table of contents of a note."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from garden.model.note import Heading
from garden.model.pages.panels import TocEntry


def table_of_contents(headings: Sequence[Heading]) -> tuple[TocEntry, ...]:
    """Return the note's own shown headings (AN-1) as a tree; a level that is skipped does not add an empty one."""
    return _nested([heading for heading in headings if heading.shown and not heading.nested])


def _nested(headings: Sequence[Heading]) -> tuple[TocEntry, ...]:
    """Return headings as a tree: each section is its first heading with the others below it."""
    return tuple(
        TocEntry(section[0].text, "#" + quote(section[0].anchor, safe=""), _nested(section[1:]))
        for section in _sections(headings)
    )


def _sections(headings: Sequence[Heading]) -> Iterator[Sequence[Heading]]:
    """Yield headings in sections: each begins with a heading that is not deeper than the first one of the section before."""
    start = 0
    for index, heading in enumerate(headings):
        if index > start and heading.level <= headings[start].level:
            yield headings[start:index]
            start = index
    if headings:
        yield headings[start:]
