"""Problems that a note itself silences, each with the reason: the front-matter key `silence`.

silence:
  link-unresolved: these names are examples
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from garden.authoring.grading import graded, matches_any, unknown_patterns
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings

KEY: Final = "silence"

SELF_CODES: Final = ("silence-invalid", "silence-unused")
"""The ids of problems of silences themselves, which no note can silence."""


class Silence(NamedTuple):
    """An id that a note silences, or a pattern of ids, and the author's reason."""

    pattern: str
    reason: str
    place: Place


class Silenced(NamedTuple):
    """The problems that are left, and the number of those that notes have silenced."""

    problems: list[Diagnostic]
    hidden: int


def without_silenced(problems: Iterable[Diagnostic], documents: Mapping[VaultPath, Document]) -> Silenced:
    """Return the problems that no note silences, and those of the silences themselves.

    A silence without a reason, or for an id that does not exist, has no effect and is reported; one that silences nothing
    is reported as well.
    """
    about_silences: list[Diagnostic] = []
    silences: dict[str, list[Silence]] = {}
    for path, document in documents.items():
        found = list(silences_of(document))
        if found:
            about_silences += filter(None, map(_invalid, found))
            silences[path] = [silence for silence in found if _invalid(silence) is None]
    left: list[Diagnostic] = []
    used: set[Silence] = set()
    hidden = 0
    for problem in problems:
        matching = [
            silence
            for silence in silences.get(problem.place.path, ())
            if matches_any(problem.code, (silence.pattern,))
        ]
        if matching:
            used.update(matching)
            hidden += 1
        else:
            left.append(problem)
    about_silences += [
        Diagnostic(
            silence.place, "silence-unused", f'nothing in this note is reported as "{silence.pattern}"'
        )
        for of_note in silences.values()
        for silence in of_note
        if silence not in used
    ]
    return Silenced(sorted((*left, *about_silences)), hidden)


def reported_by_builds(
    problems: Iterable[Diagnostic], documents: Mapping[VaultPath, Document], settings: Settings
) -> list[Diagnostic]:
    """Return the problems that a build reports: graded by the settings, without those that notes silence.

    Problems of the silences themselves are left to `garden check`: since it finds more problems than a build, a build cannot
    know whether a silence is unused.
    """
    left = without_silenced(problems, documents).problems
    return list(graded((problem for problem in left if problem.code not in SELF_CODES), settings))


def silences_of(document: Document) -> Iterator[Silence]:
    """Yield what a note silences, written as a mapping or as a list of texts `id: reason`."""
    properties = {key.strip().lower(): value for key, value in document.meta.properties.items()}
    value = properties.get(KEY)
    place = document.meta.places.get(KEY, Place(document.path, 1, 1))
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, Mapping):
            yield from (Silence(str(code).strip(), _text(reason), place) for code, reason in item.items())
        elif item not in (None, ""):
            code, _, reason = str(item).partition(":")
            yield Silence(code.strip(), reason.strip(), place)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _invalid(silence: Silence) -> Diagnostic | None:
    """Return what is wrong with a silence, None if it is valid."""
    if matches_any(silence.pattern, SELF_CODES) or unknown_patterns((silence.pattern,)):
        message = f'"{silence.pattern}" is not the id of a problem that a note can silence'
        return Diagnostic(silence.place, "silence-invalid", message, "`garden explain` lists the ids")
    if not silence.reason:
        message = f'"{silence.pattern}" is not silenced, because there is no reason'
        hint = f"give a reason: `{silence.pattern}: the reason`"
        return Diagnostic(silence.place, "silence-invalid", message, hint)
    return None
