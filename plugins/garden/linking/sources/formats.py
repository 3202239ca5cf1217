"""Formats of the names of dated notes, such as `yyyy-MM-dd` and `kkkk-'W'WW`.

The tokens are those of Luxon, which Breadcrumbs uses, and of Moment.js, which Obsidian uses, as far as they stand for
numbers.
"""

import re
from datetime import date
from enum import Enum
from typing import NamedTuple


class Period(Enum):
    """The kinds of periods, the shortest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class DateFormatError(ValueError):
    """A format that cannot be read; the text says why."""


class DateFormat(NamedTuple):
    """A compiled format: the regular expression that the names of notes about one kind of period match."""

    period: Period
    pattern: re.Pattern[str]

    def read(self, name: str) -> date | None:
        """Return the first day of the period that `name` stands for, None if it does not have this format."""
        match = self.pattern.fullmatch(name)
        if match is None:
            return None
        numbers = {key: int(value) for key, value in match.groupdict().items()}
        try:
            if self.period is Period.WEEK:
                return date.fromisocalendar(numbers["week_year"], numbers["week"], 1)
            # A quarter begins with its first month
            month = numbers.get("month", 3 * numbers.get("quarter", 1) - 2)
            return date(numbers["year"], month, numbers.get("day", 1))
        except ValueError:
            return None


# The part of a date that each token stands for, and its digits
_TOKENS = {
    "yyyy": ("year", r"\d{4}"),
    "YYYY": ("year", r"\d{4}"),
    "kkkk": ("week_year", r"\d{4}"),
    "GGGG": ("week_year", r"\d{4}"),
    "MM": ("month", r"\d{2}"),
    "M": ("month", r"\d{1,2}"),
    "dd": ("day", r"\d{2}"),
    "DD": ("day", r"\d{2}"),
    "d": ("day", r"\d{1,2}"),
    "D": ("day", r"\d{1,2}"),
    "WW": ("week", r"\d{2}"),
    "W": ("week", r"\d{1,2}"),
    "q": ("quarter", r"[1-4]"),
    "Q": ("quarter", r"[1-4]"),
}
# Quoted text, as in Luxon or as in Moment.js; a token, which is one letter repeated; any other character
_PIECE = re.compile(r"'([^']*)'|\[([^\]]*)\]|([A-Za-z])\3*|(.)", re.DOTALL)
_NEEDED = {
    Period.DAY: {"year", "month", "day"},
    Period.WEEK: {"week_year", "week"},
    Period.MONTH: {"year", "month"},
    Period.QUARTER: {"year", "quarter"},
    Period.YEAR: {"year"},
}


def compile_format(period: Period, written: str) -> DateFormat:
    """Return a compiled format. Raises DateFormatError if a token is not known or the tokens do not determine the period."""
    pattern: list[str] = []
    named: list[str] = []
    for match in _PIECE.finditer(written):
        if match[3]:
            token = _TOKENS.get(match[0])
            if token is None:
                raise DateFormatError(f'"{match[0]}" in the format "{written}" is not known')
            name, digits = token
            if name == "year" and period is Period.WEEK:
                name = "week_year"
            named.append(name)
            # A part that is in the format twice must have the same digits twice.
            pattern.append(f"(?P<{name}>{digits})" if named.count(name) == 1 else f"(?P={name})")
        else:
            pattern.append(re.escape(match[1] or match[2] or match[4] or ""))
    if set(named) != _NEEDED[period]:
        needed = ", ".join(sorted(_NEEDED[period]))
        raise DateFormatError(
            f'the format "{written}" of a {period.value} must contain exactly these: {needed}'
        )
    return DateFormat(period, re.compile("".join(pattern)))
