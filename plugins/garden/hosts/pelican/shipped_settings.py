"""Replaces Pelican's defaults by ours for sites with our theme.

A settings file that begins with `from garden.defaults import *` has these already; one that only names our theme gets
them here, before anything is read. In a project with a foreign theme nothing is changed: Pelican writes its pages,
lists and feeds.
"""

from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG

from garden import defaults
from garden.hosts.settings.completion import OF_THE_SITE
from garden.hosts.settings.note_scope import OWNED, is_own_theme


def supply_settings(pelican: Pelican) -> None:
    """Replace Pelican's defaults by ours in the settings of a run that has not begun."""
    settings = pelican.settings
    if settings["CACHE_PATH"] == DEFAULT_CONFIG["CACHE_PATH"]:
        settings["CACHE_PATH"] = defaults.CACHE_PATH
    if not is_own_theme(Path(settings["THEME"])):
        return
    # By default, Pelican excludes the folders of pages from the articles; here notes may be in any folder.
    settings["ARTICLE_EXCLUDES"] = [
        folder for folder in settings["ARTICLE_EXCLUDES"] if folder not in settings["PAGE_PATHS"]
    ]
    for name in OWNED:
        settings[name] = []
    settings.update(_missing(settings))


def _missing(settings: dict[str, Any]) -> dict[str, Any]:
    """Return our values for the settings that still have Pelican's defaults."""
    return {
        name: getattr(defaults, name)
        for name in defaults.__all__
        if name not in OF_THE_SITE and settings.get(name) == DEFAULT_CONFIG.get(name)
    }
