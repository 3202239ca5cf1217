"""The settings that hold notes back or leave them out: ours, and those of Pelican with the same meaning.

Of Pelican's settings, `DEFAULT_METADATA["status"]`, `EXTRA_PATH_METADATA`, `FILENAME_METADATA` and `PATH_METADATA` give notes a
status; `IGNORE_FILES` and `ARTICLE_EXCLUDES` leave files out; `WITH_FUTURE_DATES` may hold back notes with a later date than
the day of the build; and `DEFAULT_DATE` is the date of notes without one.
"""

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from garden.hosts.settings.setting_values import boolean, pairs, shown, text, texts
from garden.model.errors import SettingsError
from garden.model.note import Status
from garden.reading.frontmatter.dates import parse_date

_STATUSES = tuple(status.value for status in Status)
_RESTRICTION = {"published": 0, "hidden": 1, "draft": 2}


def status_values(setting: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return pairs of a word of the author's own and the status that it means."""
    found = pairs(setting, value)
    for word, status in found:
        if status not in _STATUSES:
            known = ", ".join(f'"{status}"' for status in _STATUSES)
            raise SettingsError(f'{setting}: "{word}" must stand for one of {known}, not {shown(status)}')
    return found


def build_date(setting: str, value: object) -> str:
    """Return a date as ISO text, empty for none."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    written = text(setting, value)
    found = parse_date(written)
    if written and found is None:
        raise SettingsError(f"{setting} must be a day such as 2026-01-31, not {shown(value)}")
    return found.iso[:10] if found else ""


def line_breaks(setting: str, value: object) -> bool | None:
    """Return True or False, or None, which means that the vault's own setting decides."""
    return None if value is None else boolean(setting, value)


READERS = {
    "status_values": status_values,
    "build_date": build_date,
    "stale_before": build_date,
    "hard_line_breaks": line_breaks,
}
"""The settings of this module, each with the function that reads it."""


def gate_settings(pelican: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that follow from Pelican's settings and from `values`, those in `GARDEN`."""
    found: dict[str, Any] = {
        "default_status": _default_status(pelican, values.get("default_status", "published")),
        "ignored_files": tuple(_listed(pelican, "IGNORE_FILES")),
        "excluded_folders": _excluded(pelican),
        "path_statuses": _path_statuses(pelican),
        "path_patterns": _path_patterns(pelican),
        "default_date": _default_date(pelican.get("DEFAULT_DATE")),
        "build_date": "",
        "line_breaks_of_vault": values.get("hard_line_breaks") is None,
        "hard_line_breaks": bool(values.get("hard_line_breaks")),
    }
    if pelican.get("WITH_FUTURE_DATES") is False:
        found["build_date"] = values.get("build_date") or _today(str(pelican.get("TIMEZONE") or "UTC"))
    return found


def _default_status(pelican: Mapping[str, Any], own: str) -> str:
    """Return the status of notes without one: the more restrictive one of Pelican's and ours, if both are set."""
    written = _mapping(pelican, "DEFAULT_METADATA").get("status")
    if written is None:
        return own
    theirs = str(written).strip().lower()
    if theirs not in _STATUSES:
        theirs = Status.DRAFT.value  # as in a note (PB-1)
    return max(own, theirs, key=_RESTRICTION.__getitem__)


def _excluded(pelican: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders in ARTICLE_EXCLUDES that are not folders of pages."""
    pages = {str(folder).strip("/") for folder in _listed(pelican, "PAGE_PATHS")}
    folders = (folder.strip("/") for folder in _listed(pelican, "ARTICLE_EXCLUDES"))
    return tuple(folder for folder in folders if folder and folder not in pages)


def _path_statuses(pelican: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the paths with a status, the most specific last, as Pelican sorts them."""
    return tuple(
        (str(path).strip("/"), str(metadata["status"]))
        for path, metadata in sorted(_mapping(pelican, "EXTRA_PATH_METADATA").items())
        if isinstance(metadata, Mapping) and "status" in metadata
    )


def _path_patterns(pelican: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """Return the regular expressions with a group `status`, each with whether it is for the whole path or the stem."""
    found = []
    for name, whole in (("FILENAME_METADATA", False), ("PATH_METADATA", True)):
        written = pelican.get(name)
        if isinstance(written, str) and "<status>" in written.lower():
            try:
                re.compile(written)
            except re.error as error:
                raise SettingsError(f"{name} is not a regular expression: {error}") from error
            found.append((written, whole))
    return tuple(found)


def _default_date(value: object) -> str:
    """Return the date of notes without one; `fs`, which means the time of the file, gives none (TI-5)."""
    if value in (None, "", "fs"):
        return ""
    if isinstance(value, tuple | list):
        try:
            return datetime(*value).isoformat()  # noqa: DTZ001 (a date without a zone is in the site's, as in a note)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"DEFAULT_DATE: {error}") from error
    found = parse_date(value.isoformat() if isinstance(value, date) else text("DEFAULT_DATE", value))
    if found is None:
        raise SettingsError(f"DEFAULT_DATE must be a date such as 2026-01-31, not {shown(value)}")
    return found.iso


def _today(zone: str) -> str:
    """Return the day of the build: that of SOURCE_DATE_EPOCH if it is set, otherwise today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
        return moment.astimezone(ZoneInfo(zone)).date().isoformat()
    except (ValueError, OverflowError) as error:
        raise SettingsError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {shown(epoch)}") from error


def _mapping(pelican: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = pelican.get(name) or {}
    if not isinstance(value, Mapping):
        raise SettingsError(f"{name} must be a dictionary, not {shown(value)}")
    return value


def _listed(pelican: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return texts(name, pelican.get(name) or ())
