"""Dates relative to today, which are written as words (DV-14): `tomorrow`, `sow` (start of week) and so on."""

from datetime import datetime, timedelta

from garden.model.views.moments import Moment

_LONG = {"start-of-": "so", "end-of-": "eo"}


def relative_date(word: str, now: Moment | None) -> Moment | None:
    """Return the date that a word means, None if `now` is not known (VW-9)."""
    if now is None:
        return None
    for long, short in _LONG.items():
        if word.startswith(long):
            word = short + word.removeprefix(long)[0]
    if word == "now":
        return Moment(now.at, timed=True)
    today = now.day()
    match word:
        case "today":
            return today
        case "yesterday":
            return Moment(today.at - timedelta(days=1))
        case "tomorrow":
            return Moment(today.at + timedelta(days=1))
    start, after = _period(word[-1], today.at)
    return Moment(start) if word.startswith("so") else Moment(after - timedelta(milliseconds=1), timed=True)


def _period(unit: str, day: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the week, month or year of a day, and that of the next one."""
    match unit:
        case "w":
            start = day - timedelta(days=day.weekday())
            return start, start + timedelta(days=7)
        case "m":
            start = day.replace(day=1)
            in_next_month = start + timedelta(days=32)
            return start, in_next_month.replace(day=1)
        case _:
            start = day.replace(month=1, day=1)
            return start, start.replace(year=start.year + 1)
