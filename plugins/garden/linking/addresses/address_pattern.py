"""The address of a note by the pattern of the settings, such as `{date:%Y}/{slug}.html` (TI-3).

The pattern is Pelican's `ARTICLE_URL`, so that a note keeps the address that it had as an article.
"""

import re
import unicodedata
from datetime import datetime
from typing import Final

from unidecode import unidecode

from garden.model.names import slug, stem
from garden.model.note import Document
from garden.model.settings import Settings

_TAG: Final = re.compile(r"<[^>]*>")
_DROPPED: Final = re.compile(r"[^\w\s-]")
_GAP: Final = re.compile(r"[-\s]+")


def pattern_address(document: Document, settings: Settings) -> str:
    """Return the address of a note by the pattern; empty if there is no pattern, or the note lacks a value for it."""
    if not settings.note_url:
        return ""
    meta = document.meta
    values: dict[str, object] = {
        "slug": pattern_slug(document, settings),
        "lang": meta.lang or settings.language,
        "category": name_slug(meta.category or settings.default_category),
        "author": name_slug(meta.authors[0] if meta.authors else settings.author),
    }
    if meta.date:
        values["date"] = datetime.fromisoformat(meta.date.iso)
    try:
        return settings.note_url.format(**values) if values["slug"] else ""
    except (KeyError, IndexError, ValueError, AttributeError):
        return ""  # the pattern has a placeholder that the note has no value for


def pattern_slug(document: Document, settings: Settings) -> str:
    """Return the value of `{slug}`: the slug of the note, or else the one that Pelican makes of its title or file name."""
    return document.meta.slug or name_slug(
        document.title if settings.slug_source == "title" else stem(document.path)
    )


def name_slug(name: str) -> str:
    """Return a name as Pelican writes it in addresses: ASCII, lower case, dashes between words."""
    plain = unidecode(unicodedata.normalize("NFKC", _TAG.sub("", name)))
    return slug(_GAP.sub("-", _DROPPED.sub("", plain).strip()).lower())
