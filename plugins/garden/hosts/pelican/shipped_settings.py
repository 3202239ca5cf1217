"""The settings that a garden needs, in the place of Pelican's own defaults.

A settings file that begins with `from garden.defaults import *` has them already. One that only names the plugin,
such as an existing `pelicanconf.py`, gets them here, before anything is read: otherwise Pelican would read the notes a
second time and write a page for each draft.
"""

from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG

from garden import defaults

_OWNED = ("ARTICLE_PATHS", "PAGE_PATHS")
"""What the plugin reads itself, whatever a settings file says."""

_OF_THE_SITE = frozenset({"PLUGINS", "CACHE_PATH", "THEME", "TIMEZONE", "TYPOGRIFY"})
"""Settings with another rule, or whose value in Pelican may well be wanted."""


def supply_settings(pelican: Pelican) -> None:
    """Replace Pelican's defaults by ours in the settings of a run that has not begun."""
    settings = pelican.settings
    # Pelican leaves the folders of pages out of the articles; here a note is a note, wherever it lies.
    settings["ARTICLE_EXCLUDES"] = [
        folder for folder in settings["ARTICLE_EXCLUDES"] if folder not in settings["PAGE_PATHS"]
    ]
    for name in _OWNED:
        settings[name] = []
    if settings["THEME"] == DEFAULT_CONFIG["THEME"]:
        settings["THEME"] = pelican.theme = defaults.THEME
    if (Path(settings["THEME"]) / "templates" / "note.html").is_file():
        settings.update(_missing(settings))


def _missing(settings: dict[str, Any]) -> dict[str, Any]:
    """Return ours of the settings that are as Pelican has them when nobody sets them."""
    return {
        name: getattr(defaults, name)
        for name in defaults.__all__
        if name not in _OF_THE_SITE and settings.get(name) == DEFAULT_CONFIG.get(name)
    }
