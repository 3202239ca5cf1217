"""Finding the pages that correspond to the addresses of a former site (PB-6).

Addresses are matched by their usual forms: the name of a note below folders of dates, a tag, a category, a list or a feed.
An address only has a match if it can mean no other page; otherwise the nearest page is proposed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from garden.linking.relation import Node
from garden.linking.resolving.near_names import NearNames
from garden.linking.snapshot import Snapshot
from garden.model import routes
from garden.model.ledger import LineKey, LineKind
from garden.model.names import Folded, Url, own_folder, slug, stem, without_ending

_ENDING: Final = re.compile(r"\.(?:html?|php|aspx?|md)\Z", re.IGNORECASE)
_DATE: Final = re.compile(r"\A\d{4}-\d{1,2}-\d{1,2}[-_\s]+")
_NUMBERS: Final = re.compile(r"(?:\d{4}|\d{1,2})(?:/\d{1,2}){0,2}\Z")
_LATER_PAGE: Final = re.compile(r"(?:\A|/)(?:page/?\d+|index\d+)\Z")
_NO_WORD: Final = re.compile(r"[^\w\s-]+")
_BETWEEN: Final = re.compile(r"[-_\s]+")

_LISTS: Final = MappingProxyType(
    {
        "": routes.HOME,
        "index": routes.HOME,
        "archive": routes.ARCHIVE,
        "archives": routes.ARCHIVE,
        "tags": routes.TAGS,
        "tag": routes.TAGS,
        "categories": routes.CATEGORIES,
        "category": routes.CATEGORIES,
        "authors": routes.AUTHORS,
        "author": routes.AUTHORS,
        "search": routes.SEARCH,
    }
)
"""The usual addresses of lists, without their endings, and our pages that correspond to them."""

_GROUPS: Final[Mapping[str, LineKind]] = MappingProxyType(
    {
        "tag": "tag",
        "tags": "tag",
        "category": "category",
        "categories": "category",
        "author": "author",
        "authors": "author",
    }
)
"""The usual folders of tags, categories and authors."""

_FEEDS: Final = re.compile(
    r"(?:.*/)?(?:feed|feeds|rss|atom)(?:/.*)?\Z|(?:.*/)?(?:feed|rss|atom|index)\.(?:xml|rss|atom|json)\Z|.*\.(?:atom|rss)(?:\.xml)?\Z"
)


class Match(NamedTuple):
    """The page that corresponds to an address, None if that is not certain; then `near` is the address of a likely one."""

    page: LineKey | None
    near: str = ""


class FormerSite:
    """Finds pages of the present site by addresses of a former one."""

    def __init__(self, snapshot: Snapshot) -> None:
        """`snapshot` is the present site."""
        self._snapshot = snapshot
        self._addresses: dict[LineKey, Url] = {}
        # Notes and hubs by all plain names that may mean them, each with its path.
        self._pages: dict[str, dict[LineKey, str]] = {}
        # The same for tags, categories and authors
        self._groups: dict[LineKind, dict[str, dict[LineKey, str]]] = {}
        for path, document in snapshot.documents.items():
            meta, key = document.meta, LineKey("note", path)
            url = snapshot.addresses.get(Node("note", path))
            names = [stem(own_folder(path) or path), meta.slug, meta.permalink, document.title, *meta.aliases]
            self._add(self._pages, key, url, names)
        for hub in snapshot.hubs.values():
            url = snapshot.addresses[Node("hub", hub.key)]
            self._add(self._pages, LineKey("hub", hub.key), url, [hub.title, hub.written])
        self._add_groups("tag", snapshot.tags, snapshot.tag_addresses)
        self._add_groups("category", snapshot.categories, snapshot.category_addresses)
        self._add_groups("author", snapshot.authors, snapshot.author_addresses)

    def match(self, old: Url) -> Match:
        """Return the page that corresponds to the address `old`."""
        path = _ENDING.sub("", old.rstrip("/"))
        path = _LATER_PAGE.sub("", path.removesuffix("/index"))
        if path.casefold() in _LISTS:
            return Match(LineKey("page", _LISTS[path.casefold()]))
        if _FEEDS.match(old.rstrip("/").casefold()):
            return Match(LineKey("page", routes.FEEDS.atom))
        if _NUMBERS.match(path):
            return Match(LineKey("page", routes.ARCHIVE))
        top, _, below = path.partition("/")
        kind = _GROUPS.get(top.casefold())
        if kind and below:
            return self._match(self._groups[kind], _plain_path(below), below)
        return self._match(self._pages, _plain(_DATE.sub("", path.rpartition("/")[2])), path)

    def _match(self, pages: Mapping[str, Mapping[LineKey, str]], name: str, path: str) -> Match:
        """Return the page among `pages` with the plain `name`; `path` is that of the address."""
        found = dict(pages.get(name, {}))
        if len(found) > 1:
            # Of notes with the same name, the one is meant that has the most folders in common with the address.
            alike = {key: _common_end(path, where) for key, where in found.items()}
            most = max(alike.values())
            if most > 1:
                found = {key: where for key, where in found.items() if alike[key] == most}
        # An unpublished note with that name may be meant, to which there must be no redirect (PB-3).
        published = [key for key in found if key in self._addresses]
        if published and len(found) == 1:
            return Match(published[0])
        near = published or [
            key for key in pages.get(self._nearest(pages, name), {}) if key in self._addresses
        ]
        return Match(None, f"/{self._addresses[near[0]]}" if near else "")

    def _nearest(self, pages: Mapping[str, Mapping[LineKey, str]], name: str) -> str:
        """Return the plain name among `pages` that is most similar to one."""
        known = self._near.get(id(pages))
        if known is None:
            known = self._near[id(pages)] = NearNames((each, "") for each in pages)
        return known.nearest(name)

    @cached_property
    def _near(self) -> dict[int, NearNames]:
        """The names in each of the indexes above, by `id()`, for finding near ones; computed on demand."""
        return {}

    def _add_groups(self, kind: LineKind, names: Iterable[Folded], addresses: Mapping[Folded, Url]) -> None:
        """Index the pages of tags, categories or authors by their plain names."""
        pages = self._groups.setdefault(kind, {})
        for name in names:
            key = LineKey(kind, name)
            self._addresses[key] = addresses[name]
            for plain in {_plain_path(name), _plain_path(addresses[name].partition("/")[2])}:
                pages.setdefault(plain, {})[key] = name

    def _add(
        self, pages: dict[str, dict[LineKey, str]], key: LineKey, url: Url | None, names: Iterable[str]
    ) -> None:
        """Index a page by its names and its address; `url` is None for a note that is not published."""
        if url is not None:
            self._addresses[key] = url
            names = [*names, _ENDING.sub("", url.rstrip("/")).rpartition("/")[2]]
        # Most programs drop the punctuation of a title; ours replaces it by a hyphen.
        forms = [form for name in names for form in (name, slug(name).rpartition("/")[2])]
        plain = {_plain(form) for name in forms for form in (name, _DATE.sub("", name))}
        where = _ENDING.sub("", (url or "").rstrip("/")) if key.kind == "hub" else without_ending(key.name)
        for name in plain - {""}:
            pages.setdefault(name, {})[key] = where


def _plain(name: str) -> str:
    """Return a name as in addresses of blogs: in lower case, without accents and punctuation, with hyphens for spaces."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return _BETWEEN.sub("-", _NO_WORD.sub("", bare.casefold())).strip("-")


def _plain_path(path: str) -> str:
    """Return a path whose components are plain names."""
    return "/".join(filter(None, map(_plain, path.split("/"))))


def _common_end(one: str, other: str) -> int:
    """Return how many components two paths have in common, counted from their ends."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    count = 0
    for left, right in pairs:
        if _plain(_DATE.sub("", left)) != _plain(_DATE.sub("", right)):
            break
        count += 1
    return count
