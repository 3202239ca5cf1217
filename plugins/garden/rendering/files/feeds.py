"""Atom feeds: one of the whole site, one per category, one per branch (RFC 4287).

The text of an entry is filled once more with full addresses, since a feed
reader shows it elsewhere. No clock is asked: a feed is as new as its newest entry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from html import escape
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.names import Url, VaultPath
from garden.model.note import Date
from garden.model.pages import Artifact
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.body.hrefs import absolute
from garden.rendering.branch_reading import branch_notes
from garden.rendering.catalog import Catalog
from garden.rendering.pages.tags import category_feed

# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NEVER: Final = "1970-01-01T00:00:00Z"  # a feed without entries must have a date all the same


def feeds(catalog: Catalog, bodies: Bodies) -> Iterator[Artifact]:
    """Yield the feed of the site and the feed of each category, newest entries first."""
    entries = FeedWriter(catalog, bodies)
    settings = catalog.settings
    yield entries.feed(routes.FEED, settings.site_name, routes.HOME, catalog.listed)
    for key, category in catalog.snapshot.categories.items():
        if category.notes:
            title = f"{settings.site_name}: {category.name}"
            page = catalog.snapshot.category_addresses[key]
            yield entries.feed(category_feed(catalog, category), title, page, catalog.newest_first(category))


class FeedWriter:
    """Writes feeds; the entry of a note that is in several feeds is made once."""

    def __init__(self, catalog: Catalog, bodies: Bodies) -> None:
        self._library = catalog
        self._bodies = bodies
        settings = catalog.settings
        self._settings = replace(settings, base=settings.site_url.rstrip("/") or settings.base)
        self._zone = _zone(settings.timezone)
        self._made: dict[VaultPath, str] = {}

    def feed(self, url: Url, title: str, page: Url, notes: Iterable[VaultPath]) -> Artifact:
        """Return the feed at `url` that belongs to `page`; undated notes are left out (TI-5)."""
        settings = self._settings
        dated = [path for path in notes if self._library.document(path).meta.date]
        newest = dated[: settings.feed_items]
        updated = max(map(self._updated, newest), default=_NEVER)
        author = f"<author><name>{_text(settings.author or settings.site_name)}</name></author>"
        content = "\n".join(
            (
                '<?xml version="1.0" encoding="utf-8"?>',
                f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(settings.language)}">',
                f"<title>{_text(title)}</title>",
                f"<id>{_text(_id(absolute(settings, url)))}</id>",
                f'<link rel="self" href="{_text(absolute(settings, url))}"/>',
                f'<link rel="alternate" type="text/html" href="{_text(absolute(settings, page))}"/>',
                f"<updated>{updated}</updated>",
                author,
                *(self._entry(path) for path in newest),
                "</feed>\n",
            )
        )
        return Artifact(names.save_as(url), content.encode("utf-8", "replace"))

    def branch(self, node: Node) -> Artifact:
        """Return the feed of a branch of the hierarchy."""
        catalog = self._library
        position = catalog.positions
        notes = sorted(branch_notes(catalog, node), key=position.__getitem__)
        url = catalog.url(node)
        title = f"{catalog.settings.site_name}: {catalog.title(node)}"
        return self.feed(Url(routes.beside(url, routes.BRANCH_FEED)), title, url, notes)

    def _entry(self, path: VaultPath) -> str:
        made = self._made.get(path)
        if made is None:
            made = self._made[path] = self._new_entry(path)
        return made

    def _new_entry(self, path: VaultPath) -> str:
        catalog = self._library
        document = catalog.document(path)
        address = absolute(self._settings, catalog.url(Node("note", path)))
        body = fill(
            catalog.snapshot, self._bodies, path, self._settings, translations=catalog.translations
        ).html
        authors = (f"<author><name>{_text(name)}</name></author>" for name in document.meta.authors)
        terms = dict.fromkeys((document.meta.category, *(tag.name for tag in document.tags)))
        return "\n".join(
            (
                "<entry>",
                f"<title>{_text(document.title)}</title>",
                f"<id>{_text(_id(address))}</id>",
                f'<link rel="alternate" type="text/html" href="{_text(address)}"/>',
                f"<published>{self._stamp(document.meta.date)}</published>",
                f"<updated>{self._updated(path)}</updated>",
                *authors,
                *(f'<category term="{_text(term)}"/>' for term in terms if term),
                f"<summary>{_text(catalog.summary(Node('note', path)))}</summary>",
                f'<content type="html" xml:base="{_text(address)}">{_text(body)}</content>',
                "</entry>",
            )
        )

    def _updated(self, path: VaultPath) -> str:
        document = self._library.document(path)
        return self._stamp(document.meta.modified or document.meta.date)

    def _stamp(self, when: Date | None) -> str:
        """Return a date as feeds want it; one without a time is midnight at the site's place."""
        if when is None:
            return _NEVER
        moment = datetime.fromisoformat(when.iso)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            moment = moment.replace(tzinfo=UTC)  # the first or last day that there is
        return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _id(address: str) -> str:
    """Return an address as a feed's or entry's lasting name, which must be a full one."""
    return address if "://" in address else f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
