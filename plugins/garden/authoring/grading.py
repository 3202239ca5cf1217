"""Grading: which problems are reported, and how serious each of them is (DG-6).

An id has a severity of its own; the settings for the whole vault may change it, those for a path may change that, and the
options of a command decide what is shown. What a note silences itself is in `silences`.
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
"""The severities by their names in the settings; None for what is not reported."""


class ReportFilter(Struct, frozen=True):
    """Which problems a command shows: patterns of ids to `select` (none for all) and to `ignore`.

    What `select` names is shown whatever its severity; otherwise infos are only shown if the command is `verbose`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    verbose: bool = False

    def shows(self, problem: Diagnostic) -> bool:
        """Say whether to show a problem, which has its final severity."""
        if matches_any(problem.code, self.ignore):
            return False
        if self.select:
            return matches_any(problem.code, self.select)
        return self.verbose or problem.severity > Severity.INFO


def graded(problems: Iterable[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """Yield the problems with the severities that the settings give them, without those that the settings turn off."""
    if not settings.severities and not settings.path_severities:
        yield from problems
        return
    for problem in problems:
        grade = _grade(problem, settings)
        if grade == OFF:
            continue
        yield replace(problem, grade=GRADES[grade]) if grade else problem


def matches_any(code: str, patterns: Collection[str]) -> bool:
    """Say whether an id matches one of these ids or patterns, such as `note-*`."""
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def unknown_patterns(patterns: Iterable[str]) -> list[str]:
    """Return the patterns that match no id."""
    return [pattern for pattern in patterns if not any(fnmatchcase(code, pattern) for code in SEVERITIES)]


def _grade(problem: Diagnostic, settings: Settings) -> str:
    """Return the severity that the settings give a problem, or OFF; empty if they give none."""
    found = _last_match(problem.code, settings.severities)
    for pattern, grades in settings.path_severities:
        if _path_expression(pattern).match(problem.place.path):
            found = _last_match(problem.code, grades) or found
    return found


def _last_match(code: str, grades: Grades) -> str:
    """Return the grade of the last pattern that an id matches, so that later settings override earlier ones."""
    found = ""
    for pattern, grade in grades:
        if fnmatchcase(code, pattern):
            found = grade
    return found


@lru_cache(maxsize=256)
def _path_expression(pattern: str) -> re.Pattern[str]:
    """Return a regular expression for the paths that a pattern means: a file, or everything in a folder, as in `ignore`."""
    pattern = pattern.strip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    return re.compile(f"{anywhere}(?:{translate(pattern)}|{translate(pattern + '/*')})")
