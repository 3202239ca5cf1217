"""Diagnostics as text for people, and as JSON, GitHub annotations or SARIF for programs (DG-2)."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from garden.model.diagnostic import SEVERITIES, Diagnostic, Place, Severity

_NOTES_NAMED: Final = 20  # notes with one and the same problem that a build names one by one (DG-7)
_SARIF_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def report(
    diagnostics: Iterable[Diagnostic], style: str = "text", *, verbose: bool = False, folder: str = ""
) -> str:
    """Return diagnostics by place as `text`, `json`, `github` or `sarif`, ending in a line break if any.

    `info` is left out unless `verbose`. `folder` is put before paths for programs that want them
    from a repository's root on. Raises ValueError for an unknown style.
    """
    if style not in FORMATS:
        raise ValueError(f"unknown report format {style!r}; known are {', '.join(FORMATS)}")
    shown = sorted(found for found in set(diagnostics) if verbose or found.severity > Severity.INFO)
    return FORMATS[style](shown, f"{folder.strip('/')}/" if folder.strip("/") else "")


def condensed(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics by place, those that say one thing of many notes as one at the first place (DG-7)."""
    ordered = sorted(diagnostics)
    notes: dict[tuple[str, str], set[str]] = {}
    for found in ordered:
        notes.setdefault((found.code, found.message), set()).add(found.place.path)
    shown: list[Diagnostic] = []
    told: set[tuple[str, str]] = set()
    for found in ordered:
        key = (found.code, found.message)
        if len(notes[key]) <= _NOTES_NAMED:
            shown.append(found)
        elif key not in told:
            told.add(key)
            others = len(notes[key]) - 1
            shown.append(replace(found, message=f"{found.message}, here and in {others} other notes"))
    return shown


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the number of problems of each severity in words, worst first, empty for none."""
    counts = Counter(found.severity for found in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity.name.lower()}{'s' if counts[severity] > 1 else ''}"
        for severity in sorted(counts, reverse=True)
    )


def _text(diagnostics: Sequence[Diagnostic], _folder: str) -> str:
    lines = [str(found) for found in diagnostics]
    return "\n".join([*lines, summary(diagnostics) or "no problems"]) + "\n"


def _json(diagnostics: Sequence[Diagnostic], folder: str) -> str:
    found = [
        {
            **_place(diagnostic.place, folder),
            "severity": diagnostic.severity.name.lower(),
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "related": [_place(place, folder) for place in diagnostic.related],
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _place(place: Place, folder: str) -> dict[str, object]:
    return {"path": folder + place.path, "line": place.line, "column": place.column}


def _github(diagnostics: Sequence[Diagnostic], folder: str) -> str:
    return "".join(
        f"::{_GITHUB_COMMANDS[found.severity]} file={_github_property(folder + found.place.path)},"
        f"line={found.place.line},col={found.place.column},title={found.code}"
        f"::{_github_text(f'{found.message} ({found.help})' if found.help else found.message)}\n"
        for found in diagnostics
    )


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(diagnostics: Sequence[Diagnostic], folder: str) -> str:
    codes = sorted({found.code for found in diagnostics})
    driver = {"name": "garden", "rules": [_sarif_rule(code) for code in codes]}
    results = [_sarif_result(found, folder) for found in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(code: str) -> dict[str, object]:
    return {"id": code, "defaultConfiguration": {"level": _SARIF_LEVELS[SEVERITIES[code]]}}


def _sarif_result(found: Diagnostic, folder: str) -> dict[str, object]:
    text = f"{found.message} ({found.help})" if found.help else found.message
    result: dict[str, object] = {
        "ruleId": found.code,
        "level": _SARIF_LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_sarif_location(found.place, folder)],
    }
    if found.related:
        result["relatedLocations"] = [_sarif_location(place, folder) for place in found.related]
    return result


def _sarif_location(place: Place, folder: str) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(folder + place.path)},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }


FORMATS: Final[Mapping[str, Callable[[Sequence[Diagnostic], str], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
"""The formats of a report by name."""
