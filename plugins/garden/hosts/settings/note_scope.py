"""Which files are notes in a Pelican project: all Markdown files, or those that Pelican would read as articles.

If the site has our theme, or if `ARTICLE_PATHS` is empty, every Markdown file is a note. In a project with another theme,
notes are the Markdown files that Pelican would read as articles; pages, and articles in other formats, stay Pelican's.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from garden.hosts.settings.setting_values import text, texts

OWNED: Final = ("ARTICLE_PATHS", "PAGE_PATHS")
"""Settings of Pelican that are made empty if every file is a note, whatever the settings file says."""

_ARTICLE_URL: Final = "{slug}.html"
"""Pelican's default for ARTICLE_URL, which with our theme counts as not set."""

_PELICAN_DEFAULTS: Final[Mapping[str, list[str]]] = {
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": ["pages"],
    "DIRECT_TEMPLATES": ["index", "tags", "categories", "authors", "archives"],
}


def is_own_theme(theme: Path) -> bool:
    """Say whether a theme has a template for notes, as ours does."""
    return (theme / "templates" / "note.html").is_file()


def scoped(pelican_settings: Mapping[str, Any], conf: Path) -> dict[str, Any]:
    """Return the settings of the file `conf`, with those defaults of Pelican that decide which files are notes.

    If the file has neither a theme nor plugins, it is not of a Pelican project, and no defaults are added.
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
    """Return our settings about the folders of notes and of Pelican's pages, and about the addresses of notes.

    In a project with articles of Pelican's own, a note has the address that it would have as an article.
    """
    address = str(pelican.get("ARTICLE_URL") or _ARTICLE_URL)
    found: dict[str, Any] = {
        "note_url": "" if address == _ARTICLE_URL else address,
        # This is only used for addresses with that pattern.
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
