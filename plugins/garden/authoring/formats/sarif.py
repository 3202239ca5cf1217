"""SARIF 2.1.0, the format in which GitHub and other services accept the findings of a check.

Paths are relative to the repository's root, as GitHub requires; each result has a fingerprint that does not change
with its line, so that a finding that has been dismissed stays dismissed.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from garden.authoring.fingerprints import fingerprinted
from garden.authoring.formats.context import HOMEPAGE, ReportContext
from garden.model.diagnostic import SEVERITIES, Diagnostic, Place, Severity
from garden.model.version import VERSION

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT: Final = "primaryLocationLineHash"
"""The only fingerprint that GitHub reads."""


def sarif(diagnostics: Sequence[Diagnostic], context: ReportContext) -> str:
    """Return a SARIF log with one run: the ids that were found, as rules, and the problems, as results."""
    codes = sorted({found.code for found in diagnostics})
    driver = {
        "name": "garden",
        "version": VERSION,
        "informationUri": HOMEPAGE,
        "rules": [_rule(code, context) for code in codes],
    }
    at = {code: index for index, code in enumerate(codes)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository"}}},
        "results": [
            _result(found, fingerprint, at, context) for found, fingerprint in fingerprinted(diagnostics)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, context: ReportContext) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "defaultConfiguration": {"level": _LEVELS[SEVERITIES[code]]},
        "helpUri": f"{HOMEPAGE}#{code}",
    }
    text = context.rules.get(code)
    if text:
        remedy = text.remedy[:1].upper() + text.remedy[1:]
        rule |= {
            "shortDescription": {"text": text.what},
            "fullDescription": {"text": f"{text.what} {text.result}"},
            "help": {
                "text": f"{text.what} {text.result} What to do: {text.remedy}",
                "markdown": f"{text.what} {text.result}\n\n**What to do:** {remedy}",
            },
        }
    return rule


def _result(
    found: Diagnostic, fingerprint: str, at: Mapping[str, int], context: ReportContext
) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": at[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": found.full_message},
        "locations": [_location(found.place, context)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [_location(place, context) for place in found.related]
    return result


def _location(place: Place, context: ReportContext) -> dict[str, object]:
    address = quote(context.repository_path(place.path), errors="surrogatepass")
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": address, "uriBaseId": _ROOT},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
    return location | ({"logicalLocations": [{"name": place.within}]} if place.within else {})
