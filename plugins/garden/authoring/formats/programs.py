"""Reports for programs: JSON, and annotations for GitHub's workflows."""

import json
from collections.abc import Sequence
from typing import Final

from garden.authoring.fingerprints import fingerprinted
from garden.authoring.formats.context import ReportContext
from garden.model.diagnostic import Diagnostic, Place, Severity

_GITHUB_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_json(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a JSON list of all problems, each with everything that is known about it."""
    found = [
        {
            **_place(diagnostic.place, context),
            "severity": diagnostic.severity.name.lower(),
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "related": [_place(place, context) for place in diagnostic.related],
            "fingerprint": fingerprint,
        }
        for diagnostic, fingerprint in fingerprinted(diagnostics)
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_annotations(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a line for each problem, a workflow command by which GitHub shows the problem beside its line."""
    return "".join(
        f"::{_GITHUB_COMMANDS[found.severity]} file={_property(context.repository_path(found.place.path))},"
        f"line={found.place.line},col={found.place.column},title={found.code}"
        f"::{_text(found.full_message)}\n"
        for found in diagnostics
    )


def _place(place: Place, context: ReportContext) -> dict[str, object]:
    shown: dict[str, object] = {
        "path": context.path(place.path),
        "line": place.line,
        "column": place.column,
    }
    return shown | ({"within": place.within} if place.within else {})


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
