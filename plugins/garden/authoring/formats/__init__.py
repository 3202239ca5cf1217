"""Reports of diagnostics: as text for people, and as JSON, GitHub annotations or SARIF for programs (DG-2)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from garden.authoring.formats.context import ReportContext
from garden.authoring.formats.programs import as_annotations, as_json
from garden.authoring.formats.sarif import sarif
from garden.authoring.formats.text import concise, with_excerpts
from garden.model.diagnostic import Diagnostic

FORMATS: Final[Mapping[str, Callable[[Sequence[Diagnostic], ReportContext], str]]] = MappingProxyType(
    {"text": with_excerpts, "concise": concise, "json": as_json, "github": as_annotations, "sarif": sarif}
)
"""The formats of a report by name."""


def report(
    diagnostics: Iterable[Diagnostic], style: str = "text", context: ReportContext | None = None
) -> str:
    """Return a report of diagnostics in a format: each once, sorted by place.

    Raises ValueError for an unknown format.
    """
    if style not in FORMATS:
        raise ValueError(f"unknown report format {style!r}; known are {', '.join(FORMATS)}")
    return FORMATS[style](sorted(set(diagnostics)), context or ReportContext())


def statistics(diagnostics: Iterable[Diagnostic]) -> list[tuple[int, str, str]]:
    """Return the number, the id and the severity of each kind of problem, the most frequent first."""
    counts = Counter((found.code, found.severity) for found in set(diagnostics))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(count, code, severity.name.lower()) for (code, severity), count in ordered]
