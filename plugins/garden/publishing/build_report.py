"""The report at the end of a build: its lines, each with the kinds of builds that print it (DG-2, DG-7).

They are stored with the output, because a build with nothing to do prints them again.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic, Severity
from garden.publishing.condensed import condensed


class Audience(Enum):
    """The builds that print a line; the value is the stored form."""

    EVERYONE = "everyone"
    VERBOSE = "verbose"
    BRIEF = "brief"


class ReportLine(NamedTuple):
    """One line of a report."""

    text: str
    audience: Audience = Audience.EVERYONE


def report_lines(problems: Iterable[Diagnostic]) -> list[ReportLine]:
    """Return the lines for problems, by place; a brief build has one line for a problem that many notes have."""
    every = set(problems)
    brief = {problem for problem in condensed(every) if problem.severity is not Severity.INFO}
    return [
        ReportLine(str(problem), _audience(is_brief=problem in brief, is_verbose=problem in every))
        for problem in sorted(every | brief)
    ]


def printed(lines: Iterable[ReportLine], *, verbose: bool) -> list[str]:
    """Return the texts of the lines that a verbose or a brief build prints."""
    left_out = Audience.BRIEF if verbose else Audience.VERBOSE
    return [line.text for line in lines if line.audience is not left_out]


def _audience(*, is_brief: bool, is_verbose: bool) -> Audience:
    if is_brief and is_verbose:
        return Audience.EVERYONE
    return Audience.BRIEF if is_brief else Audience.VERBOSE
