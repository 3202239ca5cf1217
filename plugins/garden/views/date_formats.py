"""Dates and durations as text, in the formats of Luxon (Dataview) and Moment.js (Bases), in the site's language.

A format is a text with tokens, such as `yyyy-MM-dd`; the first letter of a token says what it stands for, and its length
in which form. Text between quotation marks (Luxon) or brackets (Moment.js) is not a token.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from garden.model.languages import locale_of
from garden.model.views.moments import DAY, MILLISECONDS, Duration, Moment

# Quoted text, or a token of Luxon
_LUXON: Final = re.compile(
    r"'([^']*)'|(y{1,6}|L{1,5}|M{1,5}|d{1,4}|D{1,4}|o{1,3}|E{1,5}|c{1,5}|W{1,2}|k{1,4}|q{1,2}|H{1,2}|h{1,2}|m{1,2}"
    r"|s{1,2}|S{1,3}|u{1,3}|a|Z{1,5}|z|X|x|G{1,5}|T{1,4}|t{1,4}|f{1,4}|F{1,4})"
)
# Text in brackets, or a token of Moment.js
_MOMENT: Final = re.compile(
    r"\[([^\]]*)\]|(Mo|M{1,4}|Qo|Q|DDDo|Do|D{1,4}|do|d{1,4}|e|E|wo|w{1,2}|Wo|W{1,2}|Y{1,6}|g{2,4}|G{2,4}|A|a|H{1,2}"
    r"|h{1,2}|k{1,2}|m{1,2}|s{1,2}|S{1,9}|Z{1,2}|X|x|L{1,4}|l{1,4})"
)
# Quoted text, or a token of Luxon for durations, whose units follow in milliseconds, the largest first
_DURATION: Final = re.compile(r"'([^']*)'|(S+|s+|m+|h+|d+|w+|M+|y+)")
_DURATION_UNITS: Final = {
    "y": 365 * DAY,
    "M": 30 * DAY,
    "w": 7 * DAY,
    "d": DAY,
    "h": MILLISECONDS["hours"],
    "m": MILLISECONDS["minutes"],
    "s": MILLISECONDS["seconds"],
    "S": 1,
}


@lru_cache(maxsize=256)
def _name(kind: str, width: str, index: int, language: str) -> str:
    """Return the name of a month or of a day of the week."""
    locale = locale_of(language) or locale_of("en")
    assert locale is not None
    names = locale.months if kind == "month" else locale.days
    context = "format" if width != "narrow" else "stand-alone"
    return str(names[context][width][index])


def _hour12(at: datetime) -> int:
    return at.hour % 12 or 12


def _am_pm(at: datetime) -> str:
    return "AM" if at.hour < 12 else "PM"


def _offset(at: datetime, colon: str) -> str:
    """Return the offset from UTC, such as `+01:00`, with `colon` between hours and minutes."""
    minutes = int((at.utcoffset() or timedelta(0)).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{colon}{rest:02}"


def _padded(width: int, number: int) -> str:
    """Return a number with zeros before it, at least `width` digits long."""
    return f"{number:0{width}}"


def luxon(when: Moment, pattern: str, language: str) -> str:
    """Return a date in a format of Luxon; tokens that are not known are left as they are."""

    def piece(found: re.Match[str]) -> str:
        if found[2] is None:
            return found[1]
        letter, width = found[2][0], len(found[2])
        write = _LUXON_TOKENS.get(letter)
        return write(when.at, width, language) if write else found[2]

    return _LUXON.sub(piece, pattern)


def _luxon_year(at: datetime, width: int, language: str) -> str:
    del language
    return f"{at.year % 100:02}" if width == 2 else _padded(max(1, width), at.year)


def _luxon_month(at: datetime, width: int, language: str) -> str:
    widths = {3: "abbreviated", 4: "wide", 5: "narrow"}
    return _name("month", widths[width], at.month, language) if width > 2 else _padded(width, at.month)


def _luxon_weekday(at: datetime, width: int, language: str) -> str:
    widths = {3: "abbreviated", 4: "wide", 5: "narrow"}
    return _name("day", widths[width], at.weekday(), language) if width > 2 else str(at.isoweekday())


def _luxon_zone(at: datetime, width: int, language: str) -> str:
    """Return the offset from UTC in one of the forms `Z` to `ZZZ`, or the name of the zone."""
    del language
    if width == 1:  # as short as possible: `+1`, `+5:30`
        return re.sub(r"^([+-])0?(\d+)(?::00)?", r"\1\2", _offset(at, ":"))
    return _offset(at, ":" if width == 2 else "") if width < 4 else "UTC"


def _luxon_date(at: datetime, width: int, language: str) -> str:
    """Return a date in one of the local formats `D` to `DDDD`, in the order of American English."""
    if width == 1:
        return f"{at.month}/{at.day}/{at.year}"
    name = _luxon_month(at, 3 if width == 2 else 4, language)
    day = f"{_luxon_weekday(at, 4, language)}, " if width == 4 else ""
    return f"{day}{name} {at.day}, {at.year}"


def _luxon_time(at: datetime, width: int, language: str) -> str:
    """Return a time in one of the local formats `t` and `tt`."""
    del language
    seconds = f":{at.second:02}" if width > 1 else ""
    return f"{_hour12(at)}:{at.minute:02}{seconds} {_am_pm(at)}"


def _plain(make: Callable[[datetime], str]) -> Callable[[datetime, int, str], str]:
    """Return the function for a token whose text depends neither on its length nor on the language."""

    def piece(at: datetime, width: int, language: str) -> str:
        del width, language
        return make(at)

    return piece


_LUXON_TOKENS: Final[Mapping[str, Callable[[datetime, int, str], str]]] = {
    "y": _luxon_year,
    "L": _luxon_month,
    "M": _luxon_month,
    "d": lambda at, width, _: _padded(width, at.day),
    "D": _luxon_date,
    "o": lambda at, width, _: _padded(width, at.timetuple().tm_yday),
    "E": _luxon_weekday,
    "c": _luxon_weekday,
    "W": lambda at, width, _: _padded(width, at.isocalendar().week),
    "k": lambda at, width, _: str(at.isocalendar().year)[-2:] if width == 2 else str(at.isocalendar().year),
    "q": lambda at, width, _: _padded(width, (at.month + 2) // 3),
    "H": lambda at, width, _: _padded(width, at.hour),
    "h": lambda at, width, _: _padded(width, _hour12(at)),
    "m": lambda at, width, _: _padded(width, at.minute),
    "s": lambda at, width, _: _padded(width, at.second),
    "S": lambda at, width, _: _padded(width, at.microsecond // 1000),
    "u": _plain(lambda at: f"{at.microsecond:06}"[:3]),
    "a": _plain(_am_pm),
    "Z": _luxon_zone,
    "z": _plain(lambda at: at.tzname() or "UTC"),
    "X": _plain(lambda at: str(int(at.timestamp()))),
    "x": _plain(lambda at: str(int(at.timestamp() * 1000))),
    "G": _plain(lambda _: "AD"),
    "T": lambda at, width, _: f"{at.hour:02}:{at.minute:02}" + (f":{at.second:02}" if width > 1 else ""),
    "t": _luxon_time,
}


def moment_js(when: Moment, pattern: str, language: str) -> str:
    """Return a date in a format of Moment.js (BA-14)."""

    def piece(found: re.Match[str]) -> str:
        return found[1] if found[2] is None else _moment_piece(when.at, found[2], language)

    return _MOMENT.sub(piece, pattern)


def _ordinal(number: int, language: str) -> str:
    """Return a number as in `1st`; in other languages than English as in `1.`."""
    if not language.startswith("en"):
        return f"{number}."
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _moment_piece(at: datetime, written: str, language: str) -> str:  # noqa: C901, PLR0912 (a case for each letter)
    """Return what a token of Moment.js stands for; most letters mean the same as for Luxon."""
    week = at.isocalendar()
    letter, width = written[0], len(written)
    if written.endswith("o") and width > 1:
        numbers = {
            "M": at.month,
            "Q": (at.month + 2) // 3,
            "D": at.timetuple().tm_yday if written == "DDDo" else at.day,
            "d": at.isoweekday() % 7,
            "w": week.week,
            "W": week.week,
        }
        return _ordinal(numbers[letter], language)
    match letter:
        case "M":
            return _luxon_month(at, width, language)
        case "D":
            return _padded(width, at.day) if width < 3 else _day_of_year(at, width)
        case "d":
            if width == 1:
                return str(at.isoweekday() % 7)
            widths = {2: "short", 3: "abbreviated", 4: "wide"}
            return _name("day", widths[width], at.weekday(), language)
        case "E" | "e":
            return str(at.isoweekday() if letter == "E" else at.weekday())
        case "Y":
            if width == 2:
                return f"{at.year % 100:02}"
            return _padded(width, at.year) if width >= 4 else str(at.year)
        case "g" | "G":
            return f"{week.year % 100:02}" if width == 2 else f"{week.year:04}"
        case "w" | "W":
            return _padded(width, week.week)
        case "Z":
            return _offset(at, ":" if width == 1 else "")
        case "S":
            return f"{at.microsecond:06}".ljust(9, "0")[:width]
        case "A" | "a":
            return _am_pm(at) if letter == "A" else _am_pm(at).lower()
        case "Q":
            return str((at.month + 2) // 3)
        case "k":
            return _padded(width, at.hour or 24)
        case "L" | "l":
            return _moment_local(at, written, language)
        case _:
            return _LUXON_TOKENS[letter](at, width, language)


def _day_of_year(at: datetime, width: int) -> str:
    """Return the day of the year: of `DDD` without, of `DDDD` with leading zeros."""
    return _padded(1 if width == 3 else 3, at.timetuple().tm_yday)


def _moment_local(at: datetime, written: str, language: str) -> str:
    """Return a date in one of the local formats `L` to `LLLL` and `l` to `llll`, in the order of American English."""
    width = len(written)
    if width == 1:
        return f"{at.month:02}/{at.day:02}/{at.year}" if written == "L" else f"{at.month}/{at.day}/{at.year}"
    name = _luxon_month(at, 4 if written[0] == "L" else 3, language)
    text = f"{name} {at.day}, {at.year}"
    if width > 2:
        text += f" {_hour12(at)}:{at.minute:02} {_am_pm(at)}"
    return f"{_luxon_weekday(at, 4, language)}, {text}" if width == 4 else text


def duration_format(length: Duration, pattern: str) -> str:
    """Return a duration in a format of Luxon: it is divided among the units in the format, the largest first.

    The smallest unit takes what is left as well, without its fraction.
    """
    used = {found[2][0] for found in _DURATION.finditer(pattern) if found[2]}
    counts = dict.fromkeys(used, 0)  # by the letter of a unit
    sign = -1 if length.total < 0 else 1
    months, rest = 0.0, abs(length.total)  # `rest` is in milliseconds
    if length.begin is None:
        # A duration that does not lie between two dates has months of no certain length: they are divided among years and
        # months as they are, and count as 30 days only if the format has neither.
        months, rest = abs(length.months), abs(length.days * DAY + length.milliseconds)
    for letter, size in (("y", 12), ("M", 1)):
        if letter in used:
            counts[letter], months = int(months // size), months % size
    rest += months // 12 * _DURATION_UNITS["y"] + months % 12 * _DURATION_UNITS["M"]
    for letter, size in _DURATION_UNITS.items():
        if letter in used:
            counts[letter], rest = counts[letter] + int(rest // size), rest % size
    # The days may have added months to those of the duration.
    if "y" in used and "M" in used:
        counts["y"], counts["M"] = counts["y"] + counts["M"] // 12, counts["M"] % 12

    def piece(found: re.Match[str]) -> str:
        return found[1] if found[2] is None else _padded(len(found[2]), sign * counts[found[2][0]])

    return _DURATION.sub(piece, pattern)


_READ: Final = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "LL": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "L": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})",
    "d": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "hh": r"(?P<hour>\d{2})",
    "h": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "m": r"(?P<minute>\d{1,2})",
    "ss": r"(?P<second>\d{2})",
    "s": r"(?P<second>\d{1,2})",
    "a": r"(?P<half>[AaPp][Mm])",
}
"""The tokens of Luxon by which dates can be read, with the expression for each."""


def _month_names(width: int, language: str) -> list[str]:
    """Return the names of the months as tokens of this length write them: 3 for short ones, 4 for whole ones."""
    return [_luxon_month(datetime(2000, number, 1, tzinfo=UTC), width, language) for number in range(1, 13)]


def parsed_date(text: str, pattern: str, language: str) -> Moment | None:
    """Return the date that `text` is in a format of Luxon; None if it is not one, or if the format has an unknown token."""
    expression: list[str] = []
    at = 0
    for found in _LUXON.finditer(pattern):
        expression.append(re.escape(pattern[at : found.start()]))
        at = found.end()
        if found[2] is None:
            expression.append(re.escape(found[1]))
        elif found[2] in ("MMM", "MMMM", "LLL", "LLLL"):
            names = _month_names(len(found[2]), language)
            expression.append(f"(?P<name>{'|'.join(map(re.escape, names))})")
        elif found[2] in _READ:
            expression.append(_READ[found[2]])
        else:
            return None
    expression.append(re.escape(pattern[at:]))
    try:
        match = re.fullmatch("".join(expression), text.strip(), re.IGNORECASE)
    except re.error:  # a part of the date is in the format twice
        return None
    if match is None:
        return None
    pieces = match.groupdict()
    month = int(pieces.get("month") or 1)
    if pieces.get("name"):
        names = [*_month_names(3, language), *_month_names(4, language)]
        month = [name.lower() for name in names].index(pieces["name"].lower()) % 12 + 1
    year = int(pieces["year"]) if pieces.get("year") else 2000 + int(pieces.get("short") or 0)
    hour = int(pieces.get("hour") or 0)
    if pieces.get("half"):
        hour = hour % 12 + (12 if pieces["half"].lower() == "pm" else 0)
    try:
        when = datetime(
            year,
            month,
            int(pieces.get("day") or 1),
            hour,
            int(pieces.get("minute") or 0),
            int(pieces.get("second") or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return Moment(when, timed=bool(pieces.get("hour")))
