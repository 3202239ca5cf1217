"""Formats dates, orders notes by them, and names languages and months."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from garden.model.languages import locale_of
from garden.model.names import VaultPath
from garden.model.note import Date, Document
from garden.model.pages.entries import DateView


def date_view(when: Date | None, language: str) -> DateView | None:
    """Return a date in the format of `language` (a BCP 47 tag)."""
    if when is None:
        return None
    return DateView(when.iso, _text(when.year, when.month, when.day, language), when.year)


def day_view(when: Date | None, language: str) -> DateView | None:
    """Return a date without its year and with an abbreviated month, for lists below the year."""
    if when is None:
        return None
    return DateView(when.iso, _day_text(when.year, when.month, when.day, language), when.year)


def revised_notes(
    documents: Mapping[VaultPath, Document], paths: Iterable[VaultPath]
) -> tuple[VaultPath, ...]:
    """Return those of some notes that were modified after their date, the latest first."""
    when: dict[VaultPath, str] = {}
    for path in paths:
        meta = documents[path].meta
        if meta.modified and (meta.date is None or meta.modified.iso[:10] > meta.date.iso[:10]):
            when[path] = meta.modified.iso
    return tuple(sorted(when, key=when.__getitem__, reverse=True))


@lru_cache(maxsize=64)
def language_name(language: str) -> str:
    """Return the name of a language in that language, or the tag itself if it is unknown."""
    locale = locale_of(language)
    return (locale.get_display_name() if locale else None) or language


@lru_cache(maxsize=1024)
def month_name(month: int, language: str) -> str:
    """Return the standalone name of a month (1 to 12), or its number if the language is unknown."""
    locale = locale_of(language)
    return str(locale.months["stand-alone"]["wide"][month]) if locale else f"{month:02}"


@lru_cache(maxsize=16384)
def _text(year: int, month: int, day: int, language: str) -> str:
    locale = locale_of(language)
    when = date(year, month, day)
    if locale is None:
        return when.isoformat()
    from babel.dates import format_date

    return format_date(when, "long", locale=locale)


@lru_cache(maxsize=16384)
def _day_text(year: int, month: int, day: int, language: str) -> str:
    locale = locale_of(language)
    when = date(year, month, day)
    if locale is None:
        return when.isoformat()[len("2000-") :]  # without the year
    from babel.dates import format_skeleton

    return format_skeleton("MMMd", when, locale=locale)
