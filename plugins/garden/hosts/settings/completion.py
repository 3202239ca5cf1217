"""Completing a settings file with what it leaves out, and checking Pelican's settings before Pelican reads them.

Pelican answers a wrong setting with a traceback; here it is one sentence with what to do. A file with neither plugins nor a
theme is not of a Pelican project, and gets the settings of `garden.defaults`.
"""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from garden import defaults
from garden.hosts.settings.note_scope import is_own_theme
from garden.hosts.settings.setting_values import shown, texts
from garden.model.errors import SettingsError

PLUGIN_NAMES: Final = frozenset(("garden", "pelican.plugins.garden"))
"""The names of our plugin: in the repository, and when it is installed."""

THEME_OVERRIDES: Final = ("THEME_TEMPLATES_OVERRIDES", "THEME_CSS_OVERRIDES", "THEME_TRANSLATIONS_OVERRIDES")
"""Settings for the author's folders that replace parts of the theme; the first one is Pelican's, the others are ours."""

OF_THE_SITE: Final = frozenset(("PLUGINS", "CACHE_PATH", "THEME", "TIMEZONE", "TYPOGRIFY"))
"""Settings of `garden.defaults` that a file which names our theme does not get: it may want Pelican's values."""

FOLDERS: Final[Mapping[str, str]] = {
    "PATH": "content",
    "OUTPUT_PATH": "output",
    "CACHE_PATH": defaults.CACHE_PATH,
}
"""The settings that name one folder, with their defaults."""


def completed_settings(pelican_settings: Mapping[str, Any], conf: Path) -> dict[str, Any]:
    """Return the settings of the file `conf`, checked and completed; folders are made absolute. Raises SettingsError."""
    for name in (*FOLDERS, "THEME"):
        if not isinstance(pelican_settings.get(name) or "", str | Path):
            raise SettingsError(
                f"{name} must be a string, the path of a folder, not {shown(pelican_settings[name])}"
            )
    for name in (*THEME_OVERRIDES, "PLUGIN_PATHS"):
        if pelican_settings.get(name) is not None and not isinstance(pelican_settings[name], str):
            texts(name, pelican_settings[name])
    found = {"TIMEZONE": defaults.TIMEZONE, **pelican_settings} | {
        name: str(_absolute(pelican_settings.get(name) or default, conf).resolve())
        for name, default in FOLDERS.items()
    }
    theme, plugins = pelican_settings.get("THEME"), pelican_settings.get("PLUGINS")
    if theme:
        found["THEME"] = _theme(str(theme), conf)
    elif plugins is None:
        found["THEME"] = defaults.THEME
    if plugins is None and (not theme or is_own_theme(Path(found["THEME"])) or not _is_installed()):
        found["PLUGINS"] = defaults.PLUGINS
    if not isinstance(plugins, list | tuple | None):
        raise SettingsError(f'PLUGINS must be a list such as ["garden"], not {shown(plugins)}')
    if is_own_theme(Path(found.get("THEME") or "")):
        # The other defaults turn off the pages that Pelican would make itself.
        left = OF_THE_SITE if theme else frozenset()
        found = {name: getattr(defaults, name) for name in defaults.__all__ if name not in left} | found
    for name in THEME_OVERRIDES:
        if name in found:
            folders = [found[name]] if isinstance(found[name], str) else found[name]
            found[name] = [str(_absolute(folder, conf)) for folder in folders]
    return found


def names_plugin(pelican_settings: Mapping[str, Any]) -> bool:
    """Say whether a site uses our plugin; without the setting PLUGINS, Pelican uses every installed one."""
    plugins = pelican_settings.get("PLUGINS")
    return plugins is None or any(
        (plugin if isinstance(plugin, str) else getattr(plugin, "__name__", "")) in PLUGIN_NAMES
        for plugin in plugins
    )


def _theme(written: str, conf: Path) -> str:
    """Return the folder of a theme, or the name of one of Pelican's own themes. Raises SettingsError."""
    folder = _absolute(written, conf)
    if folder.is_dir():
        return str(folder)
    pelican = find_spec("pelican")
    shipped = [
        Path(place) / "themes" / written for place in (pelican and pelican.submodule_search_locations) or ()
    ]
    if not any(place.is_dir() for place in shipped):
        raise SettingsError(
            f'THEME is "{written}", but there is no folder {os.path.relpath(folder)}; '
            "correct the path, or leave THEME out to use Garden's own theme"
        )
    return written


def _is_installed() -> bool:
    """Say whether Pelican finds the plugin by itself, as it does once the package is installed."""
    try:
        return find_spec("pelican.plugins.garden") is not None
    except ImportError:
        return False


def _absolute(folder: str | Path, conf: Path) -> Path:
    return Path(os.path.abspath(conf.parent / Path(folder).expanduser()))  # noqa: PTH100 (links stay links, as for Pelican)
