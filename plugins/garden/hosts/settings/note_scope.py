"""Which files are notes in a Pelican project: all of the folder of notes, or what Pelican would read as articles.

Where the site has garden's own theme, or `ARTICLE_PATHS` is empty, every Markdown file is a note. In a project with a theme of
another kind, notes are the Markdown files that Pelican would read as articles; its pages, and articles of other
formats, stay with Pelican.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from garden.hosts.settings.setting_values import text, texts

OWNED: Final = ("ARTICLE_PATHS", "PAGE_PATHS")
"""Settings of Pelican that are empty where garden reads everything, whatever a settings file says."""

_ARTICLE_URL: Final = "{slug}.html"
"""Pelican's default, which among our own pages counts as not set."""

_PELICAN_DEFAULTS: Final[Mapping[str, list[str]]] = {
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "DIRECT_TEMPLATES": ["index", "tags", "categories", "authors", "archives"],
}


def is_own_theme(theme: Path) -> bool:
    """Say whether a theme knows notes, as garden's own does."""
    return (theme / "templates" / "note.html").is_file()


def scoped(pelican_settings: Mapping[str, Any], conf: Path) -> dict[str, Any]:
    """Return Pelican's names, read from the settings file `conf` without Pelican, with what Pelican would add about notes.

    A file that names neither theme nor plugins is not that of a Pelican project.
    """
    theme = pelican_settings.get("THEME")
    if theme and is_own_theme(conf.parent / Path(str(theme)).expanduser()):
        return {**pelican_settings, **{name: [] for name in OWNED if name in pelican_settings}}
    return (
        {**_PELICAN_DEFAULTS, **pelican_settings}
        if theme or pelican_settings.get("PLUGINS")
        else dict(pelican_settings)
    )


def scope_settings(pelican: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of this module's subject: what holds notes, which folders are Pelican's, where notes are shown.

    Among Pelican's own articles a note has the address that it would have as one of them.
    """
    address = str(pelican.get("ARTICLE_URL") or _ARTICLE_URL)
    found: dict[str, Any] = {
        "note_url": "" if address == _ARTICLE_URL else address,
        # It counts for the addresses of that pattern alone.
        "slug_source": "basename" if pelican.get("SLUGIFY_SOURCE") == "basename" else "title",
    }
    if pelican.get("DEFAULT_CATEGORY"):
        found["default_category"] = text("DEFAULT_CATEGORY", pelican["DEFAULT_CATEGORY"])
    articles = [folder.strip("/") for folder in _listed(pelican, "ARTICLE_PATHS")]
    if not articles:
        return found
    pages = tuple(filter(None, (folder.strip("/") for folder in _listed(pelican, "PAGE_PATHS"))))
    return found | {
        "note_folders": () if "" in articles else tuple(articles),
        "page_folders": pages,
        "among_articles": True,
        "reserved_addresses": tuple(
            str(pelican.get(f"{template.upper()}_SAVE_AS") or f"{template}.html")
            for template in _listed(pelican, "DIRECT_TEMPLATES")
        ),
        "note_url": str(pelican.get("ARTICLE_SAVE_AS") or address),
    }


def _listed(pelican: Mapping[str, Any], name: str) -> tuple[str, ...]:
    written = pelican.get(name) or ()
    return texts(name, [written] if isinstance(written, str) else written)
