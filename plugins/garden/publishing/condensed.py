"""Condenses a report: one line for many notes with the same problem (DG-7)."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic

_NOTES_NAMED: Final = 20
"""The maximum number of notes with the same problem that a build reports one by one (DG-7)."""


def condensed(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics by place; those with the same problem in many notes become one, at the first place (DG-7)."""
    ordered = sorted(diagnostics)
    notes: dict[tuple[str, str], set[str]] = {}
    for found in ordered:
        notes.setdefault((found.code, found.message), set()).add(found.place.path)
    shown: list[Diagnostic] = []
    summed_up: set[tuple[str, str]] = set()
    for found in ordered:
        key = (found.code, found.message)
        if len(notes[key]) <= _NOTES_NAMED:
            shown.append(found)
        elif key not in summed_up:
            summed_up.add(key)
            others = len(notes[key]) - 1
            shown.append(replace(found, message=f"{found.message}, here and in {others} other notes"))
    return shown
