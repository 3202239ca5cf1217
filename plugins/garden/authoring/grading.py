"""Grading: which problems are reported, and how serious each of them is (DG-6).

The last of these that mentions an id counts: the id's own severity, the settings for the whole vault, those for a path,
and the options of a command. A note that silences a problem is in `silences`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase, translate
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import SEVERITIES, Diagnostic, Severity
from garden.model.settings import Grades, Settings

OFF: Final = "off"
"""The word for problems that the author does not want to see."""

GRADES: Final[Mapping[str, Severity | None]] = MappingProxyType(
    {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, OFF: None}
)
"""The words that settings have for severities."""


class ReportFilter(Struct, frozen=True):
    """The choice of a command: patterns of ids to show (all if there are none), and of ids to leave out. An id in `select` is shown whatever its severity; `verbose` shows every info."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    verbose: bool = False

    def shows(self, problem: Diagnostic) -> bool:
        """Say whether a problem with its final severity is to be shown."""
        if fits(problem.code, self.ignore):
            return False
        if self.select:
            return fits(problem.code, self.select)
        return self.verbose or problem.severity > Severity.INFO


def graded(problems: Iterable[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """Yield the problems with the severities that the settings give them, without those that are off."""
    if not settings.severities and not settings.path_severities:
        yield from problems
        return
    for problem in problems:
        grade = _grade(problem, settings)
        if grade == OFF:
            continue
        yield replace(problem, grade=GRADES[grade]) if grade else problem


def fits(code: str, patterns: Collection[str]) -> bool:
    """Say whether an id is one of these ids or fits one of these patterns, such as `note-*`."""
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def unknown_patterns(patterns: Iterable[str]) -> list[str]:
    """Return the patterns that no id fits."""
    return [pattern for pattern in patterns if not any(fnmatchcase(code, pattern) for code in SEVERITIES)]


def _grade(problem: Diagnostic, settings: Settings) -> str:
    """Return the severity that the settings give a problem, empty if they give none."""
    found = _last_word(problem.code, settings.severities)
    for pattern, grades in settings.path_severities:
        if _path_form(pattern).match(problem.place.path):
            found = _last_word(problem.code, grades) or found
    return found


def _last_word(code: str, grades: Grades) -> str:
    found = ""
    for pattern, grade in grades:
        if fnmatchcase(code, pattern):
            found = grade
    return found


@lru_cache(maxsize=256)
def _path_form(pattern: str) -> re.Pattern[str]:
    """Return the form of the paths that a pattern means: a file, or everything in a folder, as in `ignore`."""
    pattern = pattern.strip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    return re.compile(f"{anywhere}(?:{translate(pattern)}|{translate(pattern + '/*')})")
