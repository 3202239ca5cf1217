"""Reports for people: `text` shows the line of the note with a mark under the place, `concise` does not (DG-2)."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from garden.authoring.formats.context import ReportContext
from garden.model.diagnostic import Diagnostic, Place

_LONGEST: Final = 100  # characters shown of a line, since a paragraph may be one line of a page's length
_BEFORE: Final = 40  # characters shown before the place, if the line is longer than that


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the number of problems of each severity in words, such as `1 error, 2 warnings`; empty for none."""
    counts = Counter(found.severity for found in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity.name.lower()}{'s' if counts[severity] > 1 else ''}"
        for severity in sorted(counts, reverse=True)
    )


def concise(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return one line for each problem, and a summary."""
    lines = [_line(found, context) for found in diagnostics]
    return "\n".join([*lines, summary(diagnostics) or "no problems"]) + "\n"


def with_excerpts(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return one line for each problem, followed by the line of the note that it is about, and a summary."""
    lines: list[str] = []
    shown: Place | None = None
    for found in diagnostics:
        lines.append(_line(found, context))
        # Several problems at one place show its line once.
        if found.place != shown:
            lines += excerpt(context.line(found.place), found.place.column)
        shown = found.place
    return "\n".join([*lines, summary(diagnostics) or "no problems"]) + "\n"


def _line(found: Diagnostic, context: ReportContext) -> str:
    return str(replace(found, place=found.place._replace(path=context.path(found.place.path))))


def excerpt(line: str, column: int) -> Iterator[str]:
    """Yield the part of a line around a column, and a mark below it."""
    if not line.strip():
        return
    at = min(column - 1, len(line))
    start = 0 if len(line) <= _LONGEST else max(0, min(at - _BEFORE, len(line) - _LONGEST))
    shown = _printable(line[start : start + _LONGEST])
    cut_off = "…" if start else ""
    more = "…" if start + _LONGEST < len(line) else ""
    yield f"    {cut_off}{shown}{more}"
    yield f"    {' ' * (len(cut_off) + _width(shown[: at - start]))}^"


def _printable(text: str) -> str:
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _width(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
