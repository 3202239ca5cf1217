"""Builds a site without Pelican if it would contribute nothing, since importing it takes longer than the rest of a small build.

That is the case for a site with our theme unchanged, no other plugin, and no settings except those that are listed
here. Every other site is built by Pelican; the output would be the same, byte for byte.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from garden import defaults
from garden.hosts.pelican.build import PelicanBuild
from garden.hosts.pelican.build_requests import OWN_CLOSE
from garden.hosts.settings.completion import FOLDERS, OF_THE_SITE, THEME_OVERRIDES
from garden.model.errors import AuthorError

STANDARD: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "SITENAME": "A Pelican Blog",
        "SITEURL": "",
        "DEFAULT_LANG": "en",
        "DEFAULT_CATEGORY": "misc",
        "DEFAULT_METADATA": {},
        "EXTRA_PATH_METADATA": {},
        "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
        "PATH_METADATA": "",
        "IGNORE_FILES": ["**/.*"],
        "TYPOGRIFY": False,
        "WITH_FUTURE_DATES": True,
    }
)
"""The settings of Pelican that may have any value here, because they have the same effect; with Pelican's defaults."""

_FREE: Final = frozenset(
    ("GARDEN", "AUTHOR", "DEFAULT_DATE", "PLUGIN_PATHS", *FOLDERS, *THEME_OVERRIDES, *OF_THE_SITE)
)
"""Settings that may have any value, because only our own code reads them, or `settings_without_pelican` checks them."""

# Settings that Pelican itself adds, and that a build needs.
_ADDED: Final[Mapping[str, Any]] = MappingProxyType(
    {"DELETE_OUTPUT_DIRECTORY": False, "JINJA_GLOBALS": {}, "TEMPLATE_PAGES": {}, OWN_CLOSE: True}
)


def settings_without_pelican(names: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the settings for a build without Pelican, None if Pelican may contribute to the site.

    `names` are the settings of a file, completed by `load_settings`.
    """
    is_ours = (
        all(_is_known(name, value) for name, value in names.items())
        # Templates of the author may use anything that Pelican provides.
        and not any(Path(folder).is_dir() for folder in names["THEME_TEMPLATES_OVERRIDES"])
    )
    if not is_ours:
        return None
    found = {**STANDARD, **names, **_ADDED}
    # Pelican gives both this form.
    return found | {
        "DEFAULT_LANG": found["DEFAULT_LANG"].lower(),
        "SITEURL": found["SITEURL"].removesuffix("/"),
    }


def _is_known(name: str, value: object) -> bool:
    """Say whether we know what a setting with this value does: any other has to be the same as in our defaults."""
    if name in STANDARD:
        return isinstance(value, type(STANDARD[name]))
    return name in _FREE or value == getattr(defaults, name, ...)


def build_without_pelican(settings: Mapping[str, Any]) -> None:
    """Build a site from what `settings_without_pelican` has returned.

    Raises SystemExit with 1 when there are errors in notes, or with one sentence when the site cannot be built.
    """
    try:
        build = PelicanBuild(settings)
        if not build.unchanged:
            _write(build)
        build.finish()
    except AuthorError as error:
        raise SystemExit(f"garden: {error}") from error


def _write(build: PelicanBuild) -> None:
    """Read the vault, and write the site with the theme, as a build in Pelican does."""
    from garden.hosts.pelican.templates.loading import ShippedTemplates
    from garden.hosts.pelican.templates.theme import Theme

    if sys.stderr.isatty():
        print("Building the site …", file=sys.stderr, flush=True)
    build.read()
    theme = Theme(build.theme, ShippedTemplates(build.theme, build.pelican), build.theme_version)
    build.write(theme, lambda: None)
