"""The addresses of a site made by Pelican, computed from the patterns in its settings, for `garden migrate` (PB-6)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from garden.linking.addresses.address_pattern import name_slug, pattern_address
from garden.linking.relation import NoteGroup
from garden.linking.snapshot import Snapshot
from garden.model.ledger import LineKey, LineKind
from garden.model.routes import ARCHIVE, AUTHORS, CATEGORIES, FEEDS, TAGS
from garden.model.settings import Settings

_GAP: Final = re.compile(r"\{[^{}]*\}")
_LISTS: Final = (
    (("TAG_URL", "TAG_SAVE_AS"), "tag/{slug}.html", TAGS),
    (("CATEGORY_URL", "CATEGORY_SAVE_AS"), "category/{slug}.html", CATEGORIES),
    (("AUTHOR_URL", "AUTHOR_SAVE_AS"), "author/{slug}.html", AUTHORS),
    (("YEAR_ARCHIVE_SAVE_AS", "YEAR_ARCHIVE_URL", "MONTH_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_URL"), "", ARCHIVE),
    (("DAY_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_URL"), "", ARCHIVE),
    (("CATEGORY_FEED_ATOM", "TAG_FEED_ATOM", "AUTHOR_FEED_ATOM", "TRANSLATION_FEED_ATOM"), "", FEEDS.atom),
    (("CATEGORY_FEED_RSS", "TAG_FEED_RSS", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_RSS"), "", FEEDS.rss),
)
"""Settings with patterns for addresses of lists, their default, and our page that corresponds to such a list."""

_TEMPLATES: Final = ("index", "tags", "categories", "authors", "archives")
"""The default of `DIRECT_TEMPLATES`, Pelican's templates of lists."""

_ARTICLE: Final = "{slug}.html"
_TRANSLATION: Final = "{slug}-{lang}.html"


def pelican_addresses(
    snapshot: Snapshot, settings: Settings, old: Mapping[str, Any]
) -> Iterator[tuple[str, LineKey]]:
    """Yield each address of a note, tag, category or author on the old site, with the present page; `old` are its settings."""
    source = "basename" if old.get("SLUGIFY_SOURCE") == "basename" else "title"
    pages = tuple(f"{str(path).strip('/')}/" for path in old.get("PAGE_PATHS", ("pages",)))
    default = str(old.get("DEFAULT_LANG") or "en").lower()
    for path, document in snapshot.documents.items():
        if not document.published:
            continue
        kind = "PAGE" if path.startswith(pages) else "ARTICLE"
        plain = "pages/{slug}.html" if kind == "PAGE" else _ARTICLE
        if (document.meta.lang or default).lower() != default:
            kind, plain = f"{kind}_LANG", plain.replace(_ARTICLE, _TRANSLATION)
        for pattern in _patterns(old, kind, plain):
            written = pattern_address(document, replace(settings, note_url=pattern, slug_source=source))
            if written:
                yield written, LineKey("note", path)
    yield from _groups(old, "TAG", "tag", snapshot.tags)
    yield from _groups(old, "CATEGORY", "category", snapshot.categories)
    yield from _groups(old, "AUTHOR", "author", snapshot.authors)


def other_addresses(old: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of lists and feeds of the whole old site."""
    yield from (_save_as(old, template) for template in old.get("DIRECT_TEMPLATES", _TEMPLATES))
    feeds = {"FEED_ALL_ATOM": "feeds/all.atom.xml"} | {
        name: old[name] for name in ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS") if name in old
    }
    yield from (str(address) for address in feeds.values() if address)


def list_patterns(old: Mapping[str, Any]) -> Iterator[tuple[re.Pattern[str], LineKey]]:
    """Yield regular expressions for addresses of lists, each with the page that replaces them.

    They match addresses that cannot be computed one by one: of tags without notes, further pages of a list, archives of a
    month, and feeds of single tags and categories. A list by a template of the old theme is replaced by the archive.
    """
    for names, plain, page in _LISTS:
        for name in names:
            written = str(old.get(name) or plain)
            if written:
                yield _pattern(written), LineKey("page", page)
    for template in old.get("DIRECT_TEMPLATES", ()):
        if template not in _TEMPLATES:
            yield _pattern(_save_as(old, template)), LineKey("page", ARCHIVE)


def _save_as(old: Mapping[str, Any], template: object) -> str:
    """Return the address of the list that one of Pelican's direct templates makes."""
    return str(old.get(f"{str(template).upper()}_SAVE_AS") or f"{template}.html")


def _pattern(written: str) -> re.Pattern[str]:
    """Return a regular expression for addresses with a pattern of Pelican; further pages have a number before the ending."""
    plain = written.strip("/").removesuffix("index.html").rstrip("/")
    parts = [re.escape(part) for part in _GAP.split(plain)]
    stem, dot, ending = "[^/]+".join(parts).rpartition(r"\.")
    # Without a dot, `rpartition` leaves everything in `ending`.
    body = f"{stem}\\d*{dot}{ending}" if dot else f"{ending}(?:/page/\\d+|/?index\\d*\\.html)?"
    return re.compile(rf"{body}/?\Z", re.IGNORECASE)


def _groups(
    old: Mapping[str, Any], name: str, kind: LineKind, entries: Mapping[Any, NoteGroup]
) -> Iterator[tuple[str, LineKey]]:
    """Yield the addresses of the pages of tags, categories or authors on the old site; `name` begins Pelican's settings."""
    for key, entry in entries.items():
        for pattern in _patterns(old, name, f"{kind}/{{slug}}.html"):
            try:
                yield pattern.format(slug=name_slug(entry.name)), LineKey(kind, key)
            except (KeyError, IndexError, ValueError):
                continue


def _patterns(old: Mapping[str, Any], kind: str, plain: str) -> list[str]:
    """Return the patterns of the addresses and of the files of a kind of pages on the old site."""
    found = [str(old.get(f"{kind}_{name}") or plain) for name in ("URL", "SAVE_AS")]
    return list(dict.fromkeys(found))
