"""Dates and durations as values of queries: how authors write them, and arithmetic with them (VW-11).

Nothing here asks a clock or the machine's time zone: a time without a zone is in UTC.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import total_ordering
from typing import Final

from msgspec import Struct

_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"[ ]?(Z|[+-]\d{1,2}(?::?\d{2})?)?)?)?"
)
DAY: Final = 86_400_000
"""Milliseconds of a day."""

UNITS: Final = {
    "years": ("year", "years", "yr", "yrs"),
    "months": ("month", "months", "mo", "mos"),
    "weeks": ("week", "weeks", "wk", "wks", "w"),
    "days": ("day", "days", "d"),
    "hours": ("hour", "hours", "hr", "hrs", "h"),
    "minutes": ("minute", "minutes", "min", "mins", "m"),
    "seconds": ("second", "seconds", "sec", "secs", "s"),
}
"""What Dataview calls the units of a duration."""

MILLISECONDS: Final = {
    "weeks": 7 * DAY,
    "days": DAY,
    "hours": 3_600_000,
    "minutes": 60_000,
    "seconds": 1000,
    "milliseconds": 1,
}
"""Milliseconds of the units that always have the same length."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A date, or a date with a time if `timed`. Two are equal if they are the same instant."""

    at: datetime  # with a zone
    timed: bool = False

    def __eq__(self, other: object) -> bool:
        """Compare instants."""
        return isinstance(other, Moment) and self.at == other.at

    def __lt__(self, other: "Moment") -> bool:
        """Compare instants."""
        return self.at < other.at

    def __hash__(self) -> int:
        """Hash the instant."""
        return hash(self.at)

    @property
    def iso(self) -> str:
        """ISO text, as in a `datetime` attribute: without seconds if they are 0, and without a zone if it is UTC."""
        if not self.timed:
            return self.at.date().isoformat()
        text = self.at.replace(tzinfo=None).isoformat(timespec="seconds" if self.at.second else "minutes")
        offset = self.at.utcoffset()
        return text if not offset else self.at.isoformat(timespec="minutes")

    @property
    def milliseconds(self) -> float:
        """Milliseconds since 1970."""
        return (self.at - _EPOCH) / timedelta(milliseconds=1)

    def day(self) -> "Moment":
        """Return the date without its time."""
        return Moment(self.at.replace(hour=0, minute=0, second=0, microsecond=0))

    def plus(self, duration: "Duration", sign: int = 1) -> "Moment":
        """Return the moment that is later by a duration, or earlier if `sign` is -1. Raises OverflowError beyond year 9999.

        Whole months are added by the calendar, fractions of one as if it had 30 days.
        """
        months = duration.months * sign
        whole = int(months)
        at = _add_months(self.at, whole) + timedelta(
            days=duration.days * sign + (months - whole) * 30, milliseconds=duration.milliseconds * sign
        )
        return Moment(at, self.timed or at.time() != self.at.time())


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def from_milliseconds(number: float) -> Moment:
    """Return the moment that is `number` milliseconds after 1970. Raises OverflowError if it has no year of four digits."""
    return Moment(_EPOCH + timedelta(milliseconds=number), timed=True)


class Duration(Struct, frozen=True):
    """A length of time.

    Months, days and milliseconds are kept apart, since a month has no fixed length. `begin` and `end` are set if the
    duration is the difference of two moments; then its length is known exactly.
    """

    months: float = 0
    days: float = 0
    milliseconds: float = 0
    begin: datetime | None = None
    end: datetime | None = None

    @property
    def total(self) -> float:
        """The whole duration in milliseconds; without `begin` and `end`, a month has 30 days and a year 365."""
        if self.begin is not None and self.end is not None:
            return (self.end - self.begin) / timedelta(milliseconds=1)
        return self._plain_days * DAY + self.milliseconds

    @property
    def _plain_days(self) -> float:
        """Days without the milliseconds, with 30 for a month and 365 for a year."""
        years = int(self.months / 12)
        return years * 365 + (self.months - 12 * years) * 30 + self.days

    def unit(self, name: str) -> float:
        """Return the whole duration in one unit: `years`, `months`, … `milliseconds`."""
        if name in MILLISECONDS:
            return self.total / MILLISECONDS[name]
        if self.begin is not None and self.end is not None:
            months = _months_between(self.begin, self.end)
            return months / 12 if name == "years" else months
        days = self.total / DAY
        if self.days == 0 and self.milliseconds == 0:
            return self.months / 12 if name == "years" else self.months
        return days / 365 if name == "years" else days / 30

    def scaled(self, factor: float) -> "Duration":
        """Return the duration multiplied by a factor."""
        if self.begin is not None:
            return Duration(milliseconds=self.total * factor)
        return Duration(self.months * factor, self.days * factor, self.milliseconds * factor)

    def plus(self, other: "Duration", sign: int = 1) -> "Duration":
        """Return the sum, or the difference with a `sign` of -1."""
        return Duration(
            self.months + sign * other.months,
            self.days + sign * other.days,
            self.milliseconds + sign * other.milliseconds,
        )

    def pieces(self) -> dict[str, float]:
        """Return the duration split into units, the largest first, without those that are 0."""
        if self.total < 0:
            return {name: -count for name, count in self.scaled(-1).pieces().items()}
        months = int(self.months)
        days = self.days + (self.months - months) * 30
        rest = self.milliseconds + (days - int(days)) * DAY
        days = int(days) + int(rest // DAY)
        rest = round(rest % DAY, 3)
        years, months = divmod(months, 12)
        if self.begin is None:  # without a calendar, 365 days are a year and 30 days a month
            years, days = years + days // 365, days % 365
            months, days = months + days // 30, days % 30
            years, months = years + months // 12, months % 12
        found: dict[str, float] = {"years": years, "months": months, "weeks": days // 7, "days": days % 7}
        for name in ("hours", "minutes", "seconds"):
            found[name] = int(rest // MILLISECONDS[name])
            rest %= MILLISECONDS[name]
        found["milliseconds"] = rest
        return {name: count for name, count in found.items() if count}


def between(begin: Moment, end: Moment) -> Duration:
    """Return the time from `begin` to `end`, which may be negative: whole months by the calendar, then days and the rest."""
    first, last = (begin.at, end.at) if begin.at <= end.at else (end.at, begin.at)
    last = last.astimezone(first.tzinfo)
    months = (last.year - first.year) * 12 + last.month - first.month
    if _add_months(first, months) > last:
        months -= 1
    rest = last - _add_months(first, months)
    sign = 1 if begin.at <= end.at else -1
    milliseconds = rest.seconds * 1000 + rest.microseconds / 1000
    return Duration(sign * months, sign * rest.days, sign * milliseconds, begin.at, end.at)


def moment(text: str, *, needs_day: bool = False) -> Moment | None:
    """Return the date or date-time that `text` is, None for any other text. With `needs_day`, `2024-05` is not a date."""
    match = _ISO.fullmatch(text.strip())
    if match is None or (needs_day and match[3] is None):
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        at = datetime(
            int(year),
            int(month),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            micro,
            UTC,
        )
        if zone and zone != "Z":
            hours, _, minutes = zone[1:].partition(":")
            hours, minutes = (hours[:2], hours[2:]) if len(hours) > 2 else (hours, minutes)
            away = f"{zone[0]}{int(hours):02}:{int(minutes or 0):02}"
            at = datetime.fromisoformat(at.replace(tzinfo=None).isoformat() + away)
    except ValueError:
        return None
    return Moment(at, timed=hour is not None)


def _add_months(at: datetime, months: int) -> datetime:
    """Return the same day of a later month, or its last day if it is shorter. Raises OverflowError."""
    if not months:
        return at
    month = at.year * 12 + at.month - 1 + months
    year, month = divmod(month, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"there is no year {year}")
    return at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1]))


def _months_between(begin: datetime, end: datetime) -> float:
    """Return the whole months between two moments, and the rest as a fraction of the month that it is in."""
    if begin > end:
        return -_months_between(end, begin)
    whole = (end.year - begin.year) * 12 + end.month - begin.month
    if _add_months(begin, whole) > end:
        whole -= 1
    start, after = _add_months(begin, whole), _add_months(begin, whole + 1)
    return whole + (end - start) / (after - start)


_NAMES: Final = {name: unit for unit, names in UNITS.items() for name in names}
_DURATION: Final = re.compile(
    rf"(-?\d+(?:\.\d+)?)\s*({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?:\s*,\s*|\s*)", re.ASCII
)


def duration(text: str) -> Duration | None:
    """Return the duration that `text` is, such as `6hr 4min` (IF-5), None for any other text."""
    at = 0
    found = Duration()
    stripped = text.strip()
    while at < len(stripped):
        match = _DURATION.match(stripped, at)
        if match is None:
            return None
        found = found.plus(of_unit(_NAMES[match[2]], float(match[1])))
        at = match.end()
    return found if stripped and not stripped.endswith(",") else None


def of_unit(unit: str, count: float) -> Duration:
    """Return a duration of that many years, months, weeks … milliseconds."""
    if unit in ("years", "months"):
        return Duration(months=count * 12 if unit == "years" else count)
    if unit in ("weeks", "days"):
        return Duration(days=count * 7 if unit == "weeks" else count)
    return Duration(milliseconds=count * MILLISECONDS[unit])
