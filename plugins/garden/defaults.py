"""What every garden needs of Pelican's settings: `from garden.defaults import *` at the top of a settings file.

They are in the package, so that an update brings new ones and the settings file of a site says only what is
its own. Whatever that file sets after the import counts. Where a settings file has no such line, the plugin
itself uses them instead of Pelican's own defaults (`hosts/pelican/shipped_settings.py`).
"""

from pathlib import Path

_package = Path(__file__).resolve().parent


def _theme() -> Path:
    """Return the folder of the theme: in the package when it is installed, or else at the top of the repository."""
    installed = _package / "theme"
    return installed if installed.is_dir() else _package.parents[1] / "theme"


PLUGINS = ["garden"]
THEME = str(_theme())
# Your own templates, style sheets and texts, in addition to the theme's or in their place.
THEME_TEMPLATES_OVERRIDES = ["theme_overrides/templates"]
THEME_CSS_OVERRIDES = ["theme_overrides/css"]
THEME_TRANSLATIONS_OVERRIDES = ["theme_overrides/translations"]
CACHE_PATH = ".cache/garden"
TIMEZONE = "UTC"
TYPOGRIFY = True

# The plugin makes all pages, lists, feeds and attachments; Pelican itself makes none.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
ARTICLE_SAVE_AS = ""
PAGE_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
FEED_ATOM = None
FEED_RSS = None
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = None
CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = None
TAG_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = None

__all__ = [name for name in dir() if name.isupper()]
