"""Problems that a note itself silences, each with the reason: the front-matter key `silence`.

silence:
link-unresolved: these names are meant to be empty
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from garden.authoring.grading import fits, graded, unknown_patterns
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings

KEY: Final = "silence"

SELF_CODES: Final = ("silence-invalid", "silence-unused")
"""What is said about silences themselves, which no note can silence."""


class Silence(NamedTuple):
    """The ids that a note silences, or a pattern for them, and the author's reason."""

    pattern: str
    reason: str
    place: Place


class Silenced(NamedTuple):
    """The problems that are left, and how many problems notes have silenced."""

    problems: list[Diagnostic]
    hidden: int


def without_silenced(problems: Iterable[Diagnostic], documents: Mapping[VaultPath, Document]) -> Silenced:
    """Return the problems that no note silences, and those of the silences themselves.

    A silence without a reason, or for an id that does not exist, is reported and has no effect; so is one that is no longer needed.
    """
    told: list[Diagnostic] = []
    silences: dict[str, list[Silence]] = {}
    for path, document in documents.items():
        found = list(silences_of(document))
        if found:
            told += filter(None, map(_invalid, found))
            silences[path] = [silence for silence in found if _invalid(silence) is None]
    left: list[Diagnostic] = []
    used: set[Silence] = set()
    hidden = 0
    for problem in problems:
        fitting = [one for one in silences.get(problem.place.path, ()) if fits(problem.code, (one.pattern,))]
        if fitting:
            used.update(fitting)
            hidden += 1
        else:
            left.append(problem)
    told += [
        Diagnostic(one.place, "silence-unused", f'nothing in this note is reported as "{one.pattern}"')
        for several in silences.values()
        for one in several
        if one not in used
    ]
    return Silenced(sorted((*left, *told)), hidden)


def reported_by_builds(
    problems: Iterable[Diagnostic], documents: Mapping[VaultPath, Document], settings: Settings
) -> list[Diagnostic]:
    """Return the problems that a build reports: graded by the settings, without what notes silence.

    A build does not know whether a silence is needed, since some problems are found by checks alone.
    """
    left = without_silenced(problems, documents).problems
    return list(graded((problem for problem in left if problem.code not in SELF_CODES), settings))


def silences_of(document: Document) -> Iterator[Silence]:
    """Yield what a note silences, written as a mapping, or as texts `id: reason`."""
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
    """Return what is wrong with a silence, None for nothing."""
    if fits(silence.pattern, SELF_CODES) or unknown_patterns((silence.pattern,)):
        message = f'"{silence.pattern}" is not the id of a problem that a note can silence'
        return Diagnostic(silence.place, "silence-invalid", message, "`garden explain` lists the ids")
    if not silence.reason:
        message = f'"{silence.pattern}" is not silenced, because there is no reason'
        hint = f"give a reason: `{silence.pattern}: the reason`"
        return Diagnostic(silence.place, "silence-invalid", message, hint)
    return None
