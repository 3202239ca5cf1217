"""Reads Obsidian's settings in the vault (HC-1): folders of templates, excluded files, and whether line breaks are strict.

A missing file excludes nothing. If a file cannot be read, it is not known what it excludes, which is an error.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import fold
from garden.model.settings import Settings
from garden.vault.breadcrumbs.values import json_list, json_object, json_text

APP = ".obsidian/app.json"
PUBLISH = ".obsidian/publish.json"
TEMPLATES = ".obsidian/templates.json"
TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"
FILES = (APP, PUBLISH, TEMPLATES, TEMPLATER)
"""The settings files that are read, from the vault's root."""


class ObsidianSettings(Struct, frozen=True):
    """Obsidian's settings; folders and filters are as written there.

    Nothing that matches `excluded` is published, not even an attachment; `filters` and `templates` only exclude notes.
    """

    templates: tuple[str, ...] = ()  # folders
    filters: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    strict_line_breaks: bool | None = None  # None if the vault does not say
    problems: tuple[Diagnostic, ...] = ()


NO_SETTINGS = ObsidianSettings()
"""The settings of a vault without settings of Obsidian."""


def read_obsidian(root: Path) -> ObsidianSettings:
    """Read the settings of the vault at `root`."""
    reader = _Reader(root)
    app, publish = reader.file(APP), reader.file(PUBLISH)
    templates, templater = reader.file(TEMPLATES), reader.file(TEMPLATER)
    strict = app.get("strictLineBreaks")
    folders = (
        reader.folder(TEMPLATES, templates, "folder"),
        reader.folder(TEMPLATER, templater, "templates_folder"),
    )
    return ObsidianSettings(
        templates=tuple(filter(None, folders)),
        filters=reader.texts(APP, app, "userIgnoreFilters"),
        excluded=reader.texts(PUBLISH, publish, "excluded"),
        strict_line_breaks=strict if isinstance(strict, bool) else None,
        problems=tuple(reader.problems),
    )


def with_line_breaks(settings: Settings, obsidian: ObsidianSettings) -> Settings:
    """Return `settings` with Obsidian's setting for line breaks, unless the author has set it."""
    if obsidian.strict_line_breaks is None or not settings.line_breaks_of_vault:
        return settings
    reading = replace(settings.reading, hard_line_breaks=not obsidian.strict_line_breaks)
    return replace(settings, reading=reading)


class Exclusions:
    """Decides whether Obsidian's settings leave out a path, and why."""

    def __init__(self, obsidian: ObsidianSettings, folders: tuple[str, ...] = ()) -> None:
        """Use Obsidian's settings, and the `folders` that Pelican's settings exclude from its articles."""
        self.problems: list[Diagnostic] = []
        self._templates = [_below(folder) for folder in obsidian.templates]
        self._folders = [_below(folder) for folder in folders]
        self._excluded = [_below(folder) for folder in obsidian.excluded if folder.strip("/")]
        self._filters = [test for test in map(self._filter, obsidian.filters) if test]
        self._leaves_out_notes = any((self._templates, self._folders, self._excluded, self._filters))

    def of_note(self, path: str) -> str:
        """Return the reason why a note is left out, empty if it is not."""
        if not self._leaves_out_notes:
            return ""
        if any(test(path) for test in self._templates):
            return "it is in the folder of templates"
        if any(test(path) for test in self._excluded):
            return f"`excluded` in {PUBLISH} names it"
        if any(test(path) for test in self._filters):
            return f"`userIgnoreFilters` in {APP} matches it"
        return "ARTICLE_EXCLUDES names its folder" if any(test(path) for test in self._folders) else ""

    def leaves_out(self, path: str) -> bool:
        """Say whether an attachment must not be published."""
        return any(test(path) for test in self._excluded)

    def _filter(self, written: str) -> Callable[[str], bool] | None:
        """Parse a filter as Obsidian does: `/a regular expression/`, or the beginning of a path."""
        if not (len(written) > 2 and written.startswith("/") and written.endswith("/")):
            start = fold(written.lstrip("/"))
            return (lambda path: fold(path).startswith(start)) if start else None
        try:
            # Named groups are `(?<name>…)` in JavaScript; what looks behind, `(?<=…)` and `(?<!…)`, is the same in Python.
            pattern = re.compile(
                written[1:-1].replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
            )
        except re.error as error:
            self.problems.append(_problem(APP, f"the filter {written} cannot be read: {error}"))
            return None
        return lambda path: pattern.search(path) is not None


class _Reader:
    """Reads the files and collects problems with them."""

    def __init__(self, root: Path) -> None:
        self.problems: list[Diagnostic] = []
        self._root = root

    def file(self, name: str) -> Mapping[str, Any]:
        """Return the content of a file; nothing if it is missing or cannot be read."""
        try:
            return json_object(json.loads((self._root / name).read_text(encoding="utf-8-sig")))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self.problems.append(_problem(name, f"this file cannot be read: {error}"))
            return {}

    def folder(self, name: str, data: Mapping[str, Any], key: str) -> str:
        """Return a folder that a file names, without slashes around it."""
        try:
            return json_text(data.get(key)).strip().strip("/")
        except ValueError as error:
            self.problems.append(_problem(name, f"`{key}`: {error}"))
            return ""

    def texts(self, name: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Return the texts that a file lists."""
        try:
            return tuple(
                filter(
                    None,
                    (
                        json_text(item).strip()
                        for item in json_list([] if data.get(key) is None else data[key])
                    ),
                )
            )
        except ValueError as error:
            self.problems.append(_problem(name, f"`{key}`: {error}"))
            return ()


def _below(folder: str) -> Callable[[str], bool]:
    """Return a test for a folder itself and everything below it; case is ignored, since some file systems ignore it."""
    wanted = fold(folder.strip("/").removeprefix("./"))
    return lambda path: (own := fold(path)) == wanted or own.startswith(wanted + "/")


def _problem(name: str, message: str) -> Diagnostic:
    return Diagnostic(
        Place(name, 1, 1),
        "vault-settings-unreadable",
        f"{message}; so nothing is left out because of it",
        "name the folders in the setting `ignore` until then",
    )
