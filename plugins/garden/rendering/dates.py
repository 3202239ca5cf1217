"""Dates, reading directions and names of languages."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from garden.model.note import Date
from garden.model.pages import DateView

if TYPE_CHECKING:
    from babel import Locale


def date_view(when: Date | None, language: str) -> DateView | None:
    """Return a date as readers of `language` (a BCP 47 tag) write it."""
    if when is None:
        return None
    return DateView(when.iso, _text(when.year, when.month, when.day, language), when.year)


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """Return the direction in which `language` is written: `ltr` or `rtl`; an unknown language counts as `ltr`.

    The script decides: the one that the tag names, else the usual one of the language in its region.
    """
    from babel.core import get_global, parse_locale

    try:
        name, territory, script, *_ = parse_locale(language.replace("_", "-"), sep="-")
    except ValueError:
        return "ltr"
    if not script:
        usual = get_global("likely_subtags")
        script = (usual.get(f"{name}_{territory}") or usual.get(name, "")).partition("_")[2].partition("_")[0]
    locale = (_locale(f"und-{script}") if script else None) or _locale(language)
    return locale.text_direction if locale else "ltr"


@lru_cache(maxsize=64)
def language_name(language: str) -> str:
    """Return what a language is called by those who speak it, the tag itself when it is unknown."""
    locale = _locale(language)
    return (locale.get_display_name() if locale else None) or language


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
