"""The settings file, read and checked: Pelican's names and the `GARDEN` dictionary become Settings.

Owned here: which setting comes from which name, and what a wrong one is told. What
a setting means and its default stand in `model.settings`. The file is read without
Pelican, so that `garden check` and its like start quickly.
"""

import difflib
import runpy
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from garden.model.names import field_key
from garden.model.note import Status
from garden.model.settings import Reading, RelationField, Settings, SettingsError

FROM_PELICAN = {
    "site_name": "SITENAME",
    "author": "AUTHOR",
    "language": "DEFAULT_LANG",
    "timezone": "TIMEZONE",
    "site_url": "SITEURL",
}
"""The settings that Pelican has a name for, and that name."""

DERIVED = frozenset({"reading", "base"})
"""The settings that follow from others and cannot be written."""

_FOLDERS = {"PATH": "content", "OUTPUT_PATH": "output", "CACHE_PATH": ".cache/garden"}

CHOICES = {
    "default_status": tuple(status.value for status in Status),
    "link_text": ("as-typed", "title"),
}
"""The settings that know a few words only."""


def load_settings(conf: Path, overrides: Mapping[str, Any] | None = None) -> tuple[Settings, dict[str, Any]]:
    """Run the settings file and return its Settings and all its upper-case names.

    `overrides` replace names of the file. Folders are made absolute as Pelican does it, from the
    folder of the file. Raises SettingsError when the file is missing, cannot be
    run or holds a wrong setting.
    """
    if not conf.is_file():
        raise SettingsError(f"there is no settings file {conf}; name yours with --conf")
    try:
        names = runpy.run_path(str(conf))
    except Exception as error:
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise SettingsError(f"{conf}:{_line(error, conf)}: {type(error).__name__}: {reason}") from error
    found = {name: value for name, value in names.items() if name.isupper()} | dict(overrides or {})
    for name, default in _FOLDERS.items():
        found[name] = str((conf.parent / str(found.get(name) or default)).resolve())
    return settings_from(found), found


def settings_from(pelican: Mapping[str, Any]) -> Settings:
    """Return the Settings that Pelican's settings hold, defaults for what they leave out.

    Raises SettingsError for a name in `GARDEN` that does not exist and for a value of a wrong kind.
    """
    written = pelican.get("GARDEN", {})
    if not isinstance(written, Mapping):
        raise SettingsError(f"GARDEN must be a dictionary, not {_shown(written)}")
    values: dict[str, Any] = {name: _checked(name, value) for name, value in written.items()}
    values |= {
        name: _text(theirs, pelican[theirs])
        for name, theirs in FROM_PELICAN.items()
        if pelican.get(theirs) is not None
    }
    values["site_url"], values["base"] = _address(values.get("site_url", ""))
    reading = {field.name: values.pop(field.name) for field in fields(Reading) if field.name in values}
    if "relations" in reading:
        values["relations"] = reading["relations"]
        reading["relations"] = tuple(field_key(relation.name) for relation in values["relations"])
    return Settings(reading=Reading(**reading), **values)


def writable() -> tuple[str, ...]:
    """Return the names that `GARDEN` may hold, sorted."""
    names = {field.name for kind in (Settings, Reading) for field in fields(kind)}
    return tuple(sorted(names - DERIVED - FROM_PELICAN.keys()))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return «; did you mean "…"?» for a word close to a known one, else an empty text."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _checked(name: object, value: object) -> Any:
    setting = f'GARDEN["{name}"]'
    if name in FROM_PELICAN:
        raise SettingsError(f"{setting} is not known: set {FROM_PELICAN[str(name)]} instead")
    if name not in writable():
        raise SettingsError(f"{setting} is not known{did_you_mean(str(name), writable())}")
    if name in CHOICES and value not in CHOICES[str(name)]:
        known = ", ".join(f'"{choice}"' for choice in CHOICES[str(name)])
        raise SettingsError(f"{setting} must be one of {known}, not {_shown(value)}")
    # `relations` are in both; what an author writes is what Settings has.
    hints = get_type_hints(Reading) | get_type_hints(Settings)
    return _READERS[hints[str(name)]](setting, value)


def _text(setting: str, value: object) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{setting} must be a text, not {_shown(value)}")
    return value


def _truth(setting: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{setting} must be True or False, not {_shown(value)}")
    return value


def _count(setting: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SettingsError(f"{setting} must be a whole number from 0 on, not {_shown(value)}")
    return value


def _texts(setting: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingsError(f"{setting} must be a list of texts, not {_shown(value)}")
    return tuple(_text(f"each item of {setting}", item) for item in value)


def _relations(setting: str, value: object) -> tuple[RelationField, ...]:
    if not isinstance(value, list | tuple):
        raise SettingsError(f"{setting} must be a list of (name, label, opposite), not {_shown(value)}")
    relations = tuple(_relation(setting, item) for item in value)
    names = [field_key(relation.name) for relation in relations]
    for relation, name in zip(relations, names, strict=True):
        if names.count(name) > 1:
            raise SettingsError(f'{setting} has "{relation.name}" twice')
        if field_key(relation.inverse) not in names:
            raise SettingsError(
                f'{setting}: the opposite of "{relation.name}", "{relation.inverse}", is no relation itself'
                + did_you_mean(relation.inverse, names)
            )
    return relations


def _relation(setting: str, item: object) -> RelationField:
    if isinstance(item, RelationField):
        return item
    if not isinstance(item, Sequence) or isinstance(item, str) or len(item) != 3:
        raise SettingsError(f"{setting}: each relation is (name, label, opposite), not {_shown(item)}")
    name, label, inverse = (_text(f"each part of a relation in {setting}", part) for part in item)
    if not field_key(name):
        raise SettingsError(f"{setting}: {_shown(name)} is no name that a note can write")
    return RelationField(name, label, inverse)


def _address(written: str) -> tuple[str, str]:
    """Return the site's address and its path, both without a slash at the end."""
    address = written.rstrip("/")
    parts = urlsplit(address)
    if address and not (parts.scheme in ("http", "https") and parts.netloc):
        raise SettingsError(f'SITEURL must be a whole address such as "https://example.org", not "{written}"')
    if parts.query or parts.fragment:
        raise SettingsError(f'SITEURL must have no "?" and no "#": "{written}"')
    return address, parts.path


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _line(error: Exception, conf: Path) -> int:
    """Return the line of the settings file that an error comes from."""
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == str(conf)), 1)


_READERS: Mapping[object, Callable[[str, object], object]] = {
    str: _text,
    bool: _truth,
    int: _count,
    tuple[str, ...]: _texts,
    tuple[RelationField, ...]: _relations,
}
