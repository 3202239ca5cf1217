"""Listings by tag, category and author, and their indexes (TG-4, TG-5)."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Final
from unicodedata import normalize
from urllib.parse import urlencode

from msgspec.structs import replace

from garden.linking.relation import Node, NoteGroup
from garden.model import names, routes
from garden.model.names import Folded, Url, VaultPath, fold
from garden.model.pages.entries import FeedLinks
from garden.model.pages.list_pages import CountedLink, IndexGroup, ListPage, TagsPage
from garden.rendering.body.hrefs import feed_links, tag_href
from garden.rendering.catalog import Catalog
from garden.rendering.pages.head import page_head
from garden.rendering.translations import LIST_TITLES

_GROUPED: Final = 60
"""The number of entries from which an index is grouped by letter."""

_FULLEST: Final = 24
"""How many of the largest entries such an index names at its beginning."""

_WEIGHTS: Final = (3, 8, 21)
"""The numbers of notes from which an entry has the next weight."""

_TOGETHER: Final = 12
"""The maximum number of other tags on a tag's page that narrow its notes."""

_MANY: Final = 100
"""The number of tags of a note from which it says nothing that it has both of two tags; counting all pairs would also take long."""


def tag_pages(catalog: Catalog) -> Iterator[ListPage]:
    """Yield a page for each tag that has one of its own; smaller tags are on the index (TG-5)."""
    snapshot = catalog.snapshot
    nested = _nested(snapshot.tags)
    notes_by_name = _notes_by_name(catalog)
    for key, entry in snapshot.tags.items():
        url = snapshot.tag_addresses.get(key)
        if url is not None and "#" not in url:
            below, note = tuple(nested.get(key, ())), notes_by_name.get(key)
            yield catalog.part(
                (entry, url, below, note), partial(_tag_page, catalog, entry, url, below, note)
            )


def _tag_page(
    catalog: Catalog, entry: NoteGroup, url: Url, nested: Iterable[NoteGroup], note: VaultPath | None
) -> ListPage:
    """Return the page of a tag, with the tags `nested` right below it, and the note that has its name."""
    below = [counted for inner in nested if (counted := _counted_tag(catalog, inner)).count]
    is_full = len(entry.notes) >= max(1, catalog.settings.tag_page_minimum)
    return ListPage(
        kind="tag",
        url=url,
        save_as=names.save_as(url),
        title=entry.name,
        head=page_head(catalog.settings, entry.name, url, indexable=is_full),
        count=len(entry.notes),
        cards=catalog.cards(catalog.newest_first(entry)),
        intro_html=_intro(catalog, note),
        nested=tuple(below),
        together=_together(catalog, entry),
    )


def tags_page(catalog: Catalog) -> TagsPage:
    """Return the index of all tags; the notes of tags without a page of their own are listed here."""
    counted = (_counted_tag(catalog, entry) for entry in catalog.snapshot.tags.values())
    # A tag that only hidden notes have is only listed if their pages link to it here (PB-2).
    shown = tuple(tag for tag in counted if tag.count or tag.anchor)
    return _index_page(catalog, "tags", routes.TAGS, shown)


def category_pages(catalog: Catalog) -> Iterator[ListPage]:
    """Yield a page for each category, with its feed."""
    snapshot = catalog.snapshot
    for key, entry in snapshot.categories.items():
        url = snapshot.category_addresses[key]
        feeds = feed_links(catalog.settings, routes.category_feed(url)) if entry.notes else None
        yield catalog.part((entry, url), partial(_group_page, catalog, "category", entry, url, feeds))


def categories_page(catalog: Catalog) -> TagsPage:
    """Return the index of all categories."""
    snapshot = catalog.snapshot
    entries = _counted(catalog, snapshot.categories, snapshot.category_addresses)
    return _index_page(catalog, "categories", routes.CATEGORIES, entries)


def author_pages(catalog: Catalog) -> Iterator[ListPage]:
    """Yield a page for each author."""
    snapshot = catalog.snapshot
    for key, entry in snapshot.authors.items():
        yield _group_page(catalog, "author", entry, snapshot.author_addresses[key])


def authors_page(catalog: Catalog) -> TagsPage:
    """Return the index of all authors."""
    snapshot = catalog.snapshot
    entries = _counted(catalog, snapshot.authors, snapshot.author_addresses)
    return _index_page(catalog, "authors", routes.AUTHORS, entries)


def _index_page(catalog: Catalog, kind: str, url: Url, entries: Sequence[CountedLink]) -> TagsPage:
    """Return an index; a long one is grouped by letter."""
    groups: dict[str, list[CountedLink]] = {}
    fullest: list[CountedLink] = []
    if len(entries) > _GROUPED:
        for entry in entries:
            groups.setdefault(_initial(entry.title), []).append(entry)
        # A tag of only one note is not worth beginning with. The sort is stable, so equal entries stay in order of name.
        fullest = sorted((entry for entry in entries if entry.count > 1), key=lambda entry: -entry.count)
    elif entries:
        groups[""] = list(entries)
    made = tuple(
        _group(initial, f"g:letter-{number}", groups[initial])
        for number, initial in enumerate(sorted(groups), 1)
    )
    title, save_as = catalog.gettext(LIST_TITLES[kind]), names.save_as(url)
    # An empty index is useless in a search engine.
    head = page_head(catalog.settings, title, url, indexable=bool(entries))
    return TagsPage(kind, url, save_as, title, head, len(entries), made, tuple(fullest[:_FULLEST]))


def _group(initial: str, anchor: str, entries: Iterable[CountedLink]) -> IndexGroup:
    """Return the entries of one letter; those with only one note, which lead to no other note, are separate."""
    several: list[CountedLink] = []
    single: list[CountedLink] = []
    for entry in entries:
        if entry.count > 1:
            several.append(replace(entry, weight=bisect_right(_WEIGHTS, entry.count) + 1))
        else:
            single.append(entry)
    return IndexGroup(initial, anchor, tuple(several), tuple(single))


def _initial(title: str) -> str:
    """Return the letter under which a name is listed, `#` for scripts whose letters have no case."""
    first = normalize("NFKD", title[:1]).upper()[:1]
    return first if first.lower() != first else "#"


def _counted_tag(catalog: Catalog, entry: NoteGroup) -> CountedLink:
    """Return a tag with the number of its notes, and with the notes themselves if it has no page of its own."""
    href = tag_href(catalog.snapshot, catalog.settings.base, entry.key)
    anchor = catalog.snapshot.tag_addresses[entry.key].partition("#")[2]
    cards = catalog.cards(catalog.newest_first(entry)) if anchor else ()
    return CountedLink(entry.name, href, len(entry.notes), anchor, cards)


def _together(catalog: Catalog, entry: NoteGroup) -> tuple[CountedLink, ...]:
    """Return the tags that some of a tag's notes have as well, the most frequent first; each links to the search for both."""
    # Other tags of the only note of a tag do not narrow anything.
    if not catalog.settings.search or len(entry.notes) == 1:
        return ()
    tags = catalog.snapshot.tags
    counts: Counter[Folded] = Counter()
    for path in entry.notes:
        known = catalog.tag_names(path)
        if len(known) < _MANY:
            counts.update(known)
    found = [
        (other, count)
        for other, count in counts.items()
        # Nested tags are listed elsewhere on the page; a tag that all notes have does not narrow anything.
        if other in tags and count < len(entry.notes) and not f"{other}/".startswith(f"{entry.key}/")
    ]
    search = names.href(catalog.settings.base, routes.SEARCH)
    return tuple(
        CountedLink(
            tags[other].name, f"{search}?{urlencode({'tag': (entry.name, tags[other].name)}, True)}", count
        )
        for other, count in sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_TOGETHER]
    )


def _nested(tags: Mapping[Folded, NoteGroup]) -> dict[Folded, list[NoteGroup]]:
    """Return the tags right below each tag: `a` has `a/b`, not `a/b/c`."""
    found: dict[Folded, list[NoteGroup]] = {}
    for key, entry in tags.items():
        above = Folded(key.rpartition("/")[0])
        if above in tags:
            found.setdefault(above, []).append(entry)
    return found


def _notes_by_name(catalog: Catalog) -> dict[Folded, VaultPath]:
    """Return the first listed note for each name that is also the name of a tag."""
    found: dict[Folded, VaultPath] = {}
    tags = catalog.snapshot.tags
    for path in sorted(catalog.listed):
        key = fold(names.stem(path))
        if key in tags:
            found.setdefault(key, path)
    return found


def _intro(catalog: Catalog, path: VaultPath | None) -> str:
    """Return the summary of the note with the name of a tag, and a link to it."""
    if path is None:
        return ""
    node = Node("note", path)
    link, summary = catalog.link(node), catalog.summary(node)
    text = f"<p>{escape(summary)}</p>" if summary else ""
    return f'{text}<p><a class="internal" href="{escape(link.href)}">{escape(link.title)}</a></p>'


def _group_page(
    catalog: Catalog, kind: str, entry: NoteGroup, url: Url, feeds: FeedLinks | None = None
) -> ListPage:
    """Return the page of a category or author."""
    head = page_head(catalog.settings, entry.name, url, indexable=bool(entry.notes))
    return ListPage(
        kind=kind,
        url=url,
        save_as=names.save_as(url),
        title=entry.name,
        head=replace(head, feeds=feeds),
        count=len(entry.notes),
        cards=catalog.cards(catalog.newest_first(entry)),
        feeds=feeds,
    )


def _counted(
    catalog: Catalog, entries: Mapping[Folded, NoteGroup], addresses: Mapping[Folded, Url]
) -> tuple[CountedLink, ...]:
    """Return the categories or authors with listed notes, each with the number of these."""
    base = catalog.settings.base
    return tuple(
        CountedLink(entry.name, names.href(base, addresses[key]), len(entry.notes))
        for key, entry in entries.items()
        if entry.notes
    )
