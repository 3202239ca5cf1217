"""Functions that check the value of a setting, one for each type of value.

Each takes the name of the setting for messages and the value that the author wrote, and raises SettingsError for a value of
another type.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from garden.model.errors import SettingsError


def text(setting: str, value: object) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise SettingsError(f"{setting} must be a string, not {shown(value)}")
    return value


def time_zone(setting: str, value: object) -> str:
    """Return the name of a time zone."""
    name = text(setting, value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f'{setting} must be the name of a time zone such as "Europe/Berlin", not {shown(name)}'
        ) from error
    return name


def boolean(setting: str, value: object) -> bool:
    """Return True or False."""
    if not isinstance(value, bool):
        raise SettingsError(f"{setting} must be True or False, not {shown(value)}")
    return value


def whole_number(setting: str, value: object) -> int:
    """Return a whole number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SettingsError(f"{setting} must be a whole number that is not negative, not {shown(value)}")
    return value


def listed_items(setting: str, value: object, kind: str) -> tuple[object, ...]:
    """Return the items of a list; `kind` says in the message what they should be."""
    if not isinstance(value, list | tuple):
        raise SettingsError(f"{setting} must be a list of {kind}, not {shown(value)}")
    return tuple(value)


def texts(setting: str, value: object) -> tuple[str, ...]:
    """Return a list of texts."""
    return tuple(text(f"each item of {setting}", item) for item in listed_items(setting, value, "strings"))


def choices(setting: str, value: object, known: Sequence[str]) -> tuple[str, ...]:
    """Return those of `known` that a list names, in their own order."""
    found = texts(setting, value)
    for word in found:
        if word not in known:
            raise SettingsError(f"{setting}: {shown(word)} is not known{did_you_mean(word, known)}")
    return tuple(word for word in known if word in found)


def pairs(setting: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return pairs of texts, written as a list of pairs or as a dictionary."""
    items = list(value.items()) if isinstance(value, Mapping) else value
    if not isinstance(items, list | tuple):
        raise SettingsError(f"{setting} must be a dictionary or a list of pairs, not {shown(value)}")
    found = []
    for item in items:
        if not isinstance(item, Sequence) or isinstance(item, str) or len(item) != 2:
            raise SettingsError(f"each item of {setting} must be a pair of strings, not {shown(item)}")
        first, second = (text(f"each part of {setting}", part) for part in item)
        found.append((first, second))
    return tuple(found)


def shown(value: object) -> str:
    """Return a value as it is quoted in messages."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` for a word that is similar to a known one, otherwise an empty text."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
