"""Dates and reading directions in a site's language."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from garden.model.note import Date
from garden.model.pages import DateView

if TYPE_CHECKING:
    from babel import Locale

_RIGHT_TO_LEFT = frozenset(("ar", "he", "fa", "ur"))


def date_view(when: Date | None, language: str) -> DateView | None:
    """Return a date as readers of `language` (a BCP 47 tag) write it."""
    if when is None:
        return None
    return DateView(when.iso, _text(when.year, when.month, when.day, language), when.year)


def direction(language: str) -> str:
    """Return the direction in which `language` is written: `ltr` or `rtl`."""
    return "rtl" if language.lower().replace("_", "-").split("-")[0] in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1024)
def month_name(month: int, language: str) -> str:
    """Return the name of a month (1 to 12) standing alone, its number when the language is unknown."""
    locale = _locale(language)
    return str(locale.months["stand-alone"]["wide"][month]) if locale else f"{month:02}"


@lru_cache(maxsize=16384)
def _text(year: int, month: int, day: int, language: str) -> str:
    locale = _locale(language)
    when = date(year, month, day)
    if locale is None:
        return when.isoformat()
    from babel.dates import format_date

    return format_date(when, "long", locale=locale)


@lru_cache(maxsize=64)
def _locale(language: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
