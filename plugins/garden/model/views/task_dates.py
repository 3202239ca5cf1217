"""Dates in queries of tasks (TQ-1): a day or a range of days, absolute or relative to today."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

DateRange = tuple[date, date]
"""The first and the last day, both included."""

# Two dates; a year, or a week, quarter or month of it; a number of units away from today; a weekday; a period.
_PAIR: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(\d{4}-\d{2}-\d{2}))?")
_NUMBERED: Final = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q([1-4])|(\d{2})))?", re.IGNORECASE)
_AWAY: Final = re.compile(
    r"(in\s+)?(an?|one|\d{1,4})\s+(day|week|month|year)s?(\s+ago|\s+from\s+now)?", re.IGNORECASE
)
_WEEKDAY: Final = re.compile(
    r"(?:(last|this|next)\s+)?(mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE
)
_PERIOD: Final = re.compile(r"(last|this|next)\s+(week|month|quarter|year)", re.IGNORECASE)
_WORDS: Final = {"today": 0, "tomorrow": 1, "yesterday": -1}
_DAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


def date_range(text: str, today: date) -> tuple[DateRange, bool] | None:
    """Return the days that a text means, and whether they are relative to `today`; None for any other text."""
    written = " ".join(text.split()).lower()
    try:
        fixed = _fixed(written)
        if fixed:
            return fixed, False
        found = _relative(written, today)
    except (ValueError, OverflowError):
        return None
    return (found, True) if found else None


def _fixed(text: str) -> DateRange | None:
    """Return the days of `2024-05-01 2024-05-09`, `2024-W18`, `2024-Q2`, `2024-05` and `2024`. Raises ValueError."""
    pair = _PAIR.fullmatch(text)
    if pair:
        first = date.fromisoformat(pair[1])
        last = date.fromisoformat(pair[2]) if pair[2] else first
        return min(first, last), max(first, last)
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None:
        return None
    year, week, quarter, month = numbered.groups()
    if week:
        first = date.fromisocalendar(int(year), int(week), 1)
        return first, first + timedelta(days=6)
    if quarter:
        return _months(int(year), int(quarter) * 3 - 2, 3)
    return _months(int(year), int(month), 1) if month else _months(int(year), 1, 12)


def _months(year: int, month: int, count: int) -> DateRange:
    """Return the days of `count` months from `month` on, which may be below 1 or above 12: then it is in another year."""
    first = year * 12 + month - 1
    last = first + count - 1
    end_year, end_month = last // 12, last % 12 + 1
    return date(first // 12, first % 12 + 1, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def _relative(text: str, today: date) -> DateRange | None:
    """Return the days of `tomorrow`, `in 2 weeks`, `3 days ago`, `next monday`, `last month`. Raises OverflowError."""
    if text in _WORDS:
        day = today + timedelta(days=_WORDS[text])
        return day, day
    away = _AWAY.fullmatch(text)
    # Either "in" before or "ago" after, but not both.
    if away and bool(away[1]) is not bool(away[4]):
        sign = -1 if away[4] and away[4].strip() == "ago" else 1
        day = _moved(today, sign * (int(away[2]) if away[2].isdigit() else 1), away[3])
        return day, day
    weekday = _WEEKDAY.fullmatch(text)
    if weekday:
        return _weekday(weekday[1] or "", _DAYS.index(weekday[2]), today)
    period = _PERIOD.fullmatch(text)
    return _period({"last": -1, "this": 0, "next": 1}[period[1]], period[2], today) if period else None


def _moved(day: date, count: int, unit: str) -> date:
    """Return a day that is some days, weeks, months or years later; the last day of a month that is too short."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _weekday(which: str, number: int, today: date) -> DateRange:
    """Return a weekday (0 is Monday): the last one before today, the next one after it, or that of the present week."""
    monday = today - timedelta(days=today.weekday())
    if which == "last":
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    elif which == "next":
        day = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    else:
        day = monday + timedelta(days=number)
    return day, day


def _period(step: int, unit: str, today: date) -> DateRange:
    """Return the days of the week, month, quarter or year that is `step` ones after the present one."""
    match unit:
        case "week":
            first = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
            return first, first + timedelta(days=6)
        case "month":
            return _months(today.year, today.month + step, 1)
        case "quarter":
            return _months(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * step, 3)
        case _:
            return _months(today.year + step, 1, 12)
