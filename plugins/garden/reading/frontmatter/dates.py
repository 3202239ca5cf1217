"""Parses ISO dates as authors write them (FM-10, FM-15, TI-5)."""

import re
from datetime import UTC, datetime

from garden.model.note import Date

_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"(?P<minutes>[0-9]{2}:[0-9]{2})(?::(?P<seconds>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
_ZONE = r"(?P<zone>Z|(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<rest>[0-9]{2}))?)"
_ISO = re.compile(f"{_DATE}(?:[T ]{_TIME}(?: ?{_ZONE})?)?")
_EPOCH = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
_LEADING = re.compile(f"{_DATE}(?![0-9])")


def parse_date(text: str) -> Date | None:
    """Return the date or time that `text` is in ISO format (FM-10), None for anything else.

    A whole number of 10 or 13 digits is seconds or milliseconds since 1970 (FM-15). Seconds and time zone may be
    missing; fractions of a second are dropped.
    """
    written = text.strip()
    if _EPOCH.fullmatch(written):
        seconds = int(written[:10])  # of thirteen digits the last three are milliseconds
        return _checked(datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    match = _ISO.fullmatch(written)
    if match is None:
        return None
    iso = match["date"]
    if match["minutes"]:
        iso += f"T{match['minutes']}:{match['seconds'] or '00'}"
    if match["sign"]:
        iso += f"{match['sign']}{match['hours']}:{match['rest'] or '00'}"
    elif match["zone"]:
        iso += "Z"
    return _checked(iso)


def stem_date(stem: str) -> Date | None:
    """Return the date at the beginning of a file's stem (TI-5), None if there is none."""
    match = _LEADING.match(stem)
    return _checked(match["date"]) if match else None


def _checked(iso: str) -> Date | None:
    """Return a text in ISO format as a date, None if there is no such day or time."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return Date(iso, moment.year, moment.month, moment.day)
