"""Printing diagnostics: for people, for programs, for GitHub's annotations, for code scanners."""

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote

from garden.hosts.explanations import EXPLANATIONS
from garden.model.diagnostic import Diagnostic, Place, Severity

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

Report = Callable[[Sequence[Diagnostic], str], str]
"""Diagnostics and the vault's path in its repository (empty or ending with a slash) → what is printed."""


def summary(diagnostics: Sequence[Diagnostic], notes: int) -> str:
    """Return one sentence that counts the problems."""
    counts = [
        _counted(number, severity.name.lower())
        for severity in sorted(Severity, reverse=True)
        if (number := sum(problem.severity is severity for problem in diagnostics))
    ]
    return f"{', '.join(counts) or 'No problems'} in {_counted(notes, 'note')}."


def text(diagnostics: Sequence[Diagnostic], _root: str) -> str:
    """Return one line for each diagnostic (DG-2), paths as in the vault."""
    return "".join(f"{problem}\n" for problem in diagnostics)


def as_json(diagnostics: Sequence[Diagnostic], _root: str) -> str:
    """Return `{"diagnostics": […]}`, paths as in the vault."""
    rows = [
        _place(problem.place)
        | {
            "severity": problem.severity.name.lower(),
            "id": problem.code,
            "message": problem.message,
            "help": problem.help,
            "related": [_place(place) for place in problem.related],
        }
        for problem in diagnostics
    ]
    return json.dumps({"diagnostics": rows}, ensure_ascii=False, indent=2) + "\n"


def github(diagnostics: Sequence[Diagnostic], root: str) -> str:
    """Return workflow commands, which GitHub shows beside the lines of a change."""
    lines = []
    for problem in diagnostics:
        place = problem.place
        where = f"file={_property(root + place.path)},line={place.line},col={place.column}"
        message = f"{problem.message}\n{problem.help}".rstrip()
        lines.append(
            f"::{_GITHUB_LEVELS[problem.severity]} {where},title={problem.code}::{_escaped(message)}\n"
        )
    return "".join(lines)


def sarif(diagnostics: Sequence[Diagnostic], root: str) -> str:
    """Return a SARIF 2.1.0 log, which code scanners and editors read."""
    codes = sorted({problem.code for problem in diagnostics})
    run = {
        "tool": {
            "driver": {
                "name": "garden",
                "rules": [
                    {"id": code, "shortDescription": {"text": EXPLANATIONS[code].what}} for code in codes
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": problem.code,
                "level": _SARIF_LEVELS[problem.severity],
                "message": {"text": f"{problem.message}\n{problem.help}".rstrip()},
                "locations": [_location(problem.place, root)],
                "relatedLocations": [_location(place, root) for place in problem.related],
            }
            for problem in diagnostics
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


REPORTS: Mapping[str, Report] = MappingProxyType(
    {"text": text, "json": as_json, "github": github, "sarif": sarif}
)
"""Every format of `garden check` by its name."""


def _place(place: Place) -> dict[str, object]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _location(place: Place, root: str) -> dict[str, object]:
    region = {"startLine": place.line, "startColumn": place.column}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(root + place.path)}, "region": region}}


def _uri(path: str) -> str:
    return quote(path, safe="/~")


def _counted(number: int, noun: str) -> str:
    plural = noun if number == 1 or noun == "info" else f"{noun}s"
    return f"{number:,} {plural}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
