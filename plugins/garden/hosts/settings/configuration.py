"""Reading the settings file: Pelican's settings and the dictionary `GARDEN` become a Settings object.

Owned here: where each setting comes from, and the messages for wrong values. The meaning of a setting and its default are in
`model.settings`. The file is read without Pelican, so that commands such as `garden check` start quickly.
"""

import os
import runpy
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from garden.hosts.settings import gate_settings, grade_settings, relation_settings
from garden.hosts.settings.completion import completed_settings
from garden.hosts.settings.note_scope import scope_settings, scoped
from garden.hosts.settings.setting_values import (
    boolean,
    choices,
    did_you_mean,
    pairs,
    shown,
    text,
    texts,
    time_zone,
    whole_number,
)
from garden.model.errors import SettingsError
from garden.model.names import field_key
from garden.model.note import Status
from garden.model.settings import CONSTRUCTS, VIEW_KINDS, ReadingSettings, Settings, field_groups

__all__ = ["did_you_mean", "garden_setting_names", "load_settings", "settings_from"]

FROM_PELICAN = {
    "site_name": "SITENAME",
    "author": "AUTHOR",
    "language": "DEFAULT_LANG",
    "timezone": "TIMEZONE",
    "site_url": "SITEURL",
}
"""Our settings that are taken from settings of Pelican, with the names of these."""

DERIVED = frozenset(
    {
        "reading",
        "base",
        "outlines",
        "field_groups",
        "math_preamble",
        "excluded_folders",
        "ignored_files",
        "note_folders",
        "page_folders",
        "note_url",
        "reserved_addresses",
        "among_articles",
        "slug_source",
        "default_category",
        "path_statuses",
        "typography",
        "path_patterns",
        "default_date",
        "line_breaks_of_vault",
        "translation_url",
        "site_language",
        "preview",
    }
)
"""Settings that follow from others and cannot be in `GARDEN`."""

_PELICAN_TRANSLATION_URL = "{slug}-{lang}.html"

PREVIEW_FOLDER = "GARDEN_PREVIEW_FOLDER"
"""The setting by which `garden serve` tells a build that its output folder is a preview."""

FORMATS = {
    "ipynb": "garden.reading.formats.notebook:notebook_text",
    "rst": "garden.hosts.pelican.other_formats:pelican_text",
    "html": "garden.hosts.pelican.other_formats:pelican_text",
}
"""The formats of notes besides Markdown, each with the function that reads it."""

CHOICES = {
    "default_status": tuple(status.value for status in Status),
    "link_text": ("as-typed", "title"),
    "child_order": ("title", "reading"),
    "git_dates": ("off", "missing", "preferred"),
    "hub_title_case": ("as-written", "sentence", "title"),
}
"""The settings that accept only a few words."""

_REPLACED = {
    "THEME_WORDS_OVERRIDES": "THEME_TRANSLATIONS_OVERRIDES, and each words/xx.json a file"
    " translations/xx/LC_MESSAGES/messages.po: `garden docs theming`",
}
"""Settings of earlier versions, and what has replaced them."""


def load_settings(conf: Path, overrides: Mapping[str, Any] | None = None) -> tuple[Settings, dict[str, Any]]:
    """Run the settings file and return the Settings, and all settings of Pelican by name, completed.

    `overrides` replace settings of the file. Raises SettingsError if the file is missing, cannot be run or has a wrong setting.
    """
    found = scoped(completed_settings(run_settings_file(conf) | dict(overrides or {}), conf), conf)
    return settings_from(found), found


def run_settings_file(conf: Path) -> dict[str, Any]:
    """Run a settings file and return its settings, which are its upper-case names.

    Modules beside the file that it imports, as a `publishconf.py` does, are imported again by the next call, since they may
    have changed, and another folder may have modules of the same name. Raises SettingsError if the file is missing or cannot
    be run.
    """
    known = frozenset(sys.modules)
    try:
        names = runpy.run_path(str(conf))
    except (Exception, SystemExit) as error:
        if not conf.is_file():
            raise SettingsError(
                f"there is no settings file {conf}; start a site with `garden init`, or name your file with --conf"
            ) from error
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise SettingsError(f"{conf}:{_line(error, conf)}: {type(error).__name__}: {reason}") from error
    finally:
        for name in sys.modules.keys() - known:
            if Path(getattr(sys.modules[name], "__file__", None) or "/").parent == conf.absolute().parent:
                del sys.modules[name]
    return {name: value for name, value in names.items() if name.isupper()}


def settings_from(pelican: Mapping[str, Any]) -> Settings:
    """Return the Settings that follow from Pelican's settings, with defaults for what these leave out.

    Raises SettingsError for a name in `GARDEN` that does not exist, and for a wrong value.
    """
    for old, new in _REPLACED.items():
        if old in pelican:
            raise SettingsError(f"{old} is now {new}")
    written = pelican.get("GARDEN", {})
    if not isinstance(written, Mapping):
        raise SettingsError(f"GARDEN must be a dictionary, not {shown(written)}")
    values: dict[str, Any] = {name: _checked(name, value) for name, value in written.items()}
    values |= {
        name: text(theirs, pelican[theirs])
        for name, theirs in FROM_PELICAN.items()
        if pelican.get(theirs) is not None
    }
    if "timezone" in values:
        time_zone("TIMEZONE", values["timezone"])
    values |= gate_settings.gate_settings(pelican, values)
    values |= scope_settings(pelican)
    values["translation_url"] = _translation_url(pelican)
    values["site_url"], values["base"] = site_address("SITEURL", values.get("site_url", ""))
    reading = {name: values.pop(name) for name in ReadingSettings.__struct_fields__ if name in values}
    reading["typography"] = boolean("TYPOGRIFY", pelican.get("TYPOGRIFY") or False)
    if any(source.name == "list-notes" for source in values.get("edge_sources", ())):
        reading["outlines"] = True
    if "relations" in reading:
        values["relations"] = reading["relations"]
        reading["relations"] = tuple(field_key(relation.name) for relation in values["relations"])
        reading["field_groups"] = field_groups(values["relations"])
    if "language" in values:
        reading["site_language"] = values["language"]
    return Settings(reading=ReadingSettings(**reading), **values)


def _translation_url(pelican: Mapping[str, Any]) -> str:
    """Return the pattern for addresses of translations if the author has set one (TI-7), empty for Pelican's default.

    If Pelican runs the build, its default is among the settings; that is for addresses that end in `.html`.
    """
    written = pelican.get("ARTICLE_LANG_URL") or ""
    return "" if written == _PELICAN_TRANSLATION_URL else text("ARTICLE_LANG_URL", written)


def is_preview(pelican: Mapping[str, Any]) -> bool:
    """Say whether a build shows drafts (PB-8).

    It does if its output folder is the one that `garden serve` names in the setting PREVIEW_FOLDER. So no setting in a
    settings file can make drafts public.
    """
    folder = pelican.get(PREVIEW_FOLDER)
    return bool(folder) and os.path.realpath(str(folder)) == os.path.realpath(pelican["OUTPUT_PATH"])


def garden_setting_names() -> tuple[str, ...]:
    """Return the names that may be in `GARDEN`, sorted."""
    names = {*Settings.__struct_fields__, *ReadingSettings.__struct_fields__}
    return tuple(sorted(names - DERIVED - FROM_PELICAN.keys()))


def _checked(name: object, value: object) -> Any:
    """Return the value of a setting in the form in which the site uses it. Raises SettingsError."""
    setting = f'GARDEN["{name}"]'
    if name in FROM_PELICAN:
        raise SettingsError(f"{setting} is not known: set {FROM_PELICAN[str(name)]} instead")
    if name not in garden_setting_names():
        raise SettingsError(f"{setting} is not known{did_you_mean(str(name), garden_setting_names())}")
    if name in CHOICES and value not in CHOICES[str(name)]:
        known = ", ".join(f'"{choice}"' for choice in CHOICES[str(name)])
        raise SettingsError(f"{setting} must be one of {known}, not {shown(value)}")
    if name == "formats":
        return tuple((ending, FORMATS[ending]) for ending in choices(setting, value, tuple(FORMATS)))
    if name == "constructs":
        return choices(setting, value, CONSTRUCTS)
    if name == "views":
        return choices(setting, value, VIEW_KINDS)
    special = relation_settings.READERS | gate_settings.READERS | grade_settings.READERS
    reader = special.get(str(name)) or _READERS[_hints()[str(name)]]
    return reader(setting, value)


@cache
def _hints() -> Mapping[str, object]:
    """Return the type of every setting; `relations` are in both classes, and authors write those of Settings."""
    return get_type_hints(ReadingSettings) | get_type_hints(Settings)


def site_address(setting: str, written: str) -> tuple[str, str]:
    """Return the address of a site and its path, both without a slash at the end. Raises SettingsError if it is incomplete."""
    address = written.rstrip("/")
    parts = urlsplit(address)
    if address and not (parts.scheme in ("http", "https") and parts.netloc):
        raise SettingsError(
            f'{setting} must be a full address such as "https://example.org", not "{written}"'
        )
    if parts.query or parts.fragment:
        raise SettingsError(f'{setting} must have no "?" and no "#": "{written}"')
    return address, parts.path


def _line(error: BaseException, conf: Path) -> int:
    """Return the line of the settings file that an error comes from."""
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == str(conf)), 1)


_READERS: Mapping[object, Callable[[str, object], object]] = {
    str: text,
    bool: boolean,
    int: whole_number,
    tuple[str, ...]: texts,
    tuple[tuple[str, str], ...]: pairs,
}
