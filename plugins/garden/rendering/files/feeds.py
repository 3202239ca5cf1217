"""The feeds of the whole site, of each category and of each branch, in every format.

The text of an entry is filled again with absolute addresses, since feed readers show it elsewhere. The date of a feed
is that of its newest entry, independent of the clock.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from itertools import islice
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.feed import NEVER, Feed, FeedEntry
from garden.model.names import Url, VaultPath
from garden.model.note import Date
from garden.model.pages.page import Artifact
from garden.model.routes import FeedUrls
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.body.hrefs import absolute
from garden.rendering.branch_reading import branch_feed, branch_notes
from garden.rendering.catalog import Catalog
from garden.rendering.files.feed_formats import FORMATS
from garden.rendering.pictures import own_picture

_SCRIPT: Final = re.compile(r"<script\b")

# An expression that begins with white space would be tried at every space of a text, so the space is looked for afterwards.
_HANDLER: Final = re.compile(r"on(?<=\son)\w+\s*=")
"""An attribute with an event handler."""


def feeds(catalog: Catalog, bodies: Bodies) -> Iterator[Artifact]:
    """Yield the feeds of the site and of each category, newest entries first."""
    writer = FeedWriter(catalog, bodies)
    yield from writer.files(routes.FEEDS, catalog.settings.site_name, routes.HOME, catalog.listed)
    for key, category in catalog.snapshot.categories.items():
        if category.notes:
            title = f"{catalog.settings.site_name}: {category.name}"
            page = catalog.snapshot.category_addresses[key]
            notes = catalog.newest_first(category)
            yield from writer.files(routes.category_feed(page), title, page, notes)


class FeedWriter:
    """Writes feeds; the entry of a note that is in several feeds is made once."""

    def __init__(self, catalog: Catalog, bodies: Bodies) -> None:
        self._catalog = catalog
        self._bodies = bodies
        settings = catalog.settings
        self._settings = replace(settings, base=settings.site_url.rstrip("/") or settings.base)
        self._zone = _zone(settings.timezone)
        self._entries: dict[VaultPath, FeedEntry] = {}

    def files(self, urls: FeedUrls, title: str, page: Url, notes: Iterable[VaultPath]) -> Iterator[Artifact]:
        """Yield the feed that belongs to `page` in every format; undated notes are left out (TI-5)."""
        feed = self._feed(urls, title, page, notes)
        for url, form in zip(urls, FORMATS.values(), strict=True):
            made = form.write(replace(feed, address=absolute(self._settings, url)))
            yield Artifact(names.save_as(url), made)

    def branch(self, node: Node) -> tuple[Artifact, ...]:
        """Return the feed of a branch of the hierarchy in every format."""
        catalog = self._catalog
        notes = sorted(branch_notes(catalog, node), key=catalog.positions.__getitem__)
        title = f"{catalog.settings.site_name}: {catalog.title(node)}"
        return tuple(self.files(branch_feed(catalog, node), title, catalog.url(node), notes))

    def _feed(self, urls: FeedUrls, title: str, page: Url, notes: Iterable[VaultPath]) -> Feed:
        """Return a feed of those of the notes that have a date; they come in order, the newest first."""
        settings = self._settings
        dated = (
            path for path in notes if self._catalog.document(path).meta.date and not names.is_view_file(path)
        )
        return Feed(
            # The three formats are one feed, whose id is its address in Atom.
            id=_id(absolute(settings, urls.atom)),
            title=title,
            address="",
            page=absolute(settings, page),
            language=settings.language,
            author=settings.author or settings.site_name,
            description=settings.description,
            entries=tuple(map(self._entry, islice(dated, settings.feed_items))),
        )

    def _entry(self, path: VaultPath) -> FeedEntry:
        """Return the entry of a note."""
        made = self._entries.get(path)
        if made is None:
            made = self._entries[path] = self._new_entry(path)
        return made

    def _new_entry(self, path: VaultPath) -> FeedEntry:
        """Return the entry of a note. Its id is its first address, so that it is not new again after it has moved."""
        catalog = self._catalog
        node = Node("note", path)
        document = catalog.document(path)
        meta = document.meta
        address = absolute(self._settings, catalog.url(node))
        name = _id(absolute(self._settings, catalog.first_url(node)))
        terms = dict.fromkeys((meta.category, *(tag.name for tag in document.tags)))
        return FeedEntry(
            id=name,
            address=address,
            title=document.title,
            published=self._moment(meta.date),
            updated=self._moment(meta.modified or meta.date),
            html=self._html(path, name),
            summary=catalog.summary(node).replace("`", ""),
            language=catalog.language(node),
            authors=meta.authors,
            terms=tuple(filter(None, terms)),
            picture=own_picture(catalog, path),
        )

    def _html(self, path: VaultPath, name: str) -> str:
        """Return the text of a note for any other page, beside those of other notes."""
        # With a prefix, every address is complete, and ids are unique to the entry.
        prefix = f"f{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}:"
        snapshot, settings = self._catalog.snapshot, self._settings
        translations = self._catalog.translations
        filled = fill(snapshot, self._bodies, path, settings, prefix=prefix, translations=translations)
        return _without_scripts(filled.html)

    def _moment(self, when: Date | None) -> datetime:
        """Return a date in the form of feeds; one without a time is midnight in the site's time zone."""
        if when is None:
            return NEVER
        moment = datetime.fromisoformat(when.iso)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            moment = moment.replace(tzinfo=UTC)  # the first or last day that Python supports
        return moment.replace(microsecond=0)


def _may_be_active(html: str) -> bool:
    """Say whether a text in lower case may have active content, from HTML of the author; a quick test, as most have none."""
    return bool("javascript:" in html or _SCRIPT.search(html) or _HANDLER.search(html))


def _without_scripts(html: str) -> str:
    """Return a text without active content, for which feed readers may reject the whole entry."""
    if not _may_be_active(html.lower()):
        return html
    # Imported only here, since most notes have no such HTML.
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    if body is None:
        return ""
    for script in body.css("script"):
        script.decompose()
    for element in body.css("*"):
        for name, value in list(element.attributes.items()):
            is_script = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if is_script:
                del element.attrs[name]
    return "".join(node.html or "" for node in body.iter(include_text=True))


def _zone(name: str) -> tzinfo:
    """Return a time zone, UTC if the name is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _id(address: str) -> str:
    """Return the permanent id of a feed or an entry, which must be an absolute address."""
    return address if "://" in address else f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"
