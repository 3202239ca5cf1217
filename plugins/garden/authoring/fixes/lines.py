"""Corrections within one line: a missing colon, a bracket too many, a date in another notation."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from garden.authoring.fixes.note_text import Edit, NoteText
from garden.model.diagnostic import Diagnostic
from garden.reading.frontmatter.dates import parse_date

_COLON: Final = re.compile(r"[^:\r\n]*:(?!:)")
_BRACKETS: Final = re.compile(r"\[{3,}|\]{3,}")
# A field whose value consists only of links, once the superfluous brackets are removed.
_ONLY_LINKS: Final = re.compile(r"[^:\[\]]*::?[\s\"'*_\[-]*(?:\[\[[^\[\]]+\]\][\s\",;'\])]*)+\Z")
_DATE_LINE: Final = re.compile(
    r"[^:\r\n]+:[ \t]*([\"']?)(?P<date>(?P<year>\d{4})(?P<sign>[-/.]?)(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2}))"
    r"(?P<time>[T ]+\d{2}:\d{2}(?::\d{2})?)?\1[ \t]*(?:#[^\r\n]*)?\Z"
)


def fix_single_colon(problem: Diagnostic, note: NoteText) -> Iterator[Edit]:
    """Write the second colon of a relation."""
    found = _COLON.match(note.text, note.offset(problem.place))
    if found:
        yield Edit(found.end(), found.end(), ":")


def fix_brackets(problem: Diagnostic, note: NoteText) -> Iterator[Edit]:
    """Remove the third bracket of links in a relation, if its value then consists only of links."""
    start = note.offset(problem.place)
    end = note.line_end(start)
    if not _ONLY_LINKS.match(_BRACKETS.sub(_two, note.text[start:end])):
        return
    for found in _BRACKETS.finditer(note.text, start, end):
        yield Edit(found.start(), found.end(), _two(found))


def fix_date(problem: Diagnostic, note: NoteText) -> Iterator[Edit]:
    """Write a date in ISO form, if it has year, month and day in this order; any other order is ambiguous."""
    start = note.offset(problem.place)
    found = _DATE_LINE.match(note.text[start : note.line_end(start)])
    if not found or (not found["sign"] and len(found["date"]) != 8):
        return
    new = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    if parse_date(new):
        yield Edit(start + found.start("date"), start + found.end("date"), new)


def _two(found: re.Match[str]) -> str:
    return found[0][:2]


LINE_FIXES: Final[Mapping[str, Callable[[Diagnostic, NoteText], Iterator[Edit]]]] = MappingProxyType(
    {"single-colon": fix_single_colon, "field-trailing-text": fix_brackets, "date-invalid": fix_date}
)
"""The function that corrects the line of a problem, by id."""
