"""Listings by tag, category and author, and their indexes (TG-4, TG-5)."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final
from unicodedata import normalize

from garden.linking.answers import Node, TagEntry
from garden.model import names
from garden.model.list_pages import Counted, IndexGroup, ListPage, TagsPage
from garden.model.names import Folded, Url, VaultPath, fold
from garden.rendering.body.hrefs import tag_href
from garden.rendering.catalog import Library

TAGS_URL: Final = Url("tags/")
CATEGORIES_URL: Final = Url("categories/")
AUTHORS_URL: Final = Url("authors/")

_GROUPED: Final = 60
"""Entries of an index from which it is grouped by letter."""

_FULLEST: Final = 24
"""Entries named at the beginning of such an index."""


def tag_pages(library: Library) -> Iterator[ListPage]:
    """Yield a page for each tag that has one of its own; smaller tags are on the index (TG-5)."""
    snapshot = library.snapshot
    nested = _nested(snapshot.tags)
    notes_by_name = _notes_by_name(library)
    for key, entry in snapshot.tags.items():
        url = snapshot.tag_addresses.get(key)
        if url is None or "#" in url:
            continue
        below = [counted for inner in nested.get(key, ()) if (counted := _counted_tag(library, inner)).count]
        yield ListPage(
            kind="tag",
            url=url,
            save_as=names.save_as(url),
            title=entry.name,
            cards=library.cards(library.newest_first(entry)),
            intro_html=_intro(library, notes_by_name.get(key)),
            nested=tuple(below),
            indexable=len(entry.notes) >= max(1, library.settings.tag_page_minimum),
        )


def tags_page(library: Library) -> TagsPage:
    """Return the index of all tags; those without a page of their own list their notes right here."""
    counted = (_counted_tag(library, entry) for entry in library.snapshot.tags.values())
    # A tag that only hidden notes have is named only where their own pages need its place (PB-2).
    shown = tuple(tag for tag in counted if tag.count or tag.anchor)
    return _index_page(library, "tags", TAGS_URL, shown)


def category_pages(library: Library) -> Iterator[ListPage]:
    """Yield a page for each category, with its feed."""
    snapshot = library.snapshot
    base = library.settings.base
    for key, entry in snapshot.categories.items():
        feed = names.href(base, category_feed(library, entry)) if entry.notes else ""
        yield _group_page(library, "category", entry, snapshot.category_addresses[key], feed)


def categories_page(library: Library) -> TagsPage:
    """Return the index of all categories."""
    snapshot = library.snapshot
    entries = _counted(library, snapshot.categories, snapshot.category_addresses)
    return _index_page(library, "categories", CATEGORIES_URL, entries)


def author_pages(library: Library) -> Iterator[ListPage]:
    """Yield a page for each author."""
    snapshot = library.snapshot
    for key, entry in snapshot.authors.items():
        yield _group_page(library, "author", entry, snapshot.author_addresses[key])


def authors_page(library: Library) -> TagsPage:
    """Return the index of all authors."""
    snapshot = library.snapshot
    entries = _counted(library, snapshot.authors, snapshot.author_addresses)
    return _index_page(library, "authors", AUTHORS_URL, entries)


def category_feed(library: Library, entry: TagEntry) -> Url:
    """Return the address of a category's feed, which must not be that of the whole site."""
    name = library.snapshot.category_addresses[entry.key].removeprefix("category/").rstrip("/")
    return Url(f"feeds/{'category/all' if name == 'all' else name}.atom.xml")


def _index_page(library: Library, kind: str, url: Url, entries: Sequence[Counted]) -> TagsPage:
    """Return an index; one that is too long to look through is grouped by letter."""
    groups: dict[str, list[Counted]] = {}
    fullest: list[Counted] = []
    if len(entries) > _GROUPED:
        for entry in entries:
            groups.setdefault(_initial(entry.title), []).append(entry)
        # A tag that one note has is no help to begin with. The sort is stable: equals stay by name.
        fullest = sorted((entry for entry in entries if entry.count > 1), key=lambda entry: -entry.count)
    elif entries:
        groups[""] = list(entries)
    made = tuple(
        IndexGroup(initial, f"g:letter-{number}", tuple(groups[initial]))
        for number, initial in enumerate(sorted(groups), 1)
    )
    title, save_as = library.word(kind), names.save_as(url)
    return TagsPage(kind, url, save_as, title, len(entries), made, tuple(fullest[:_FULLEST]))


def _initial(title: str) -> str:
    """Return the letter under which a name is looked for, `#` for scripts whose letters have no case."""
    first = normalize("NFKD", title[:1]).upper()[:1]
    return first if first.lower() != first else "#"


def _counted_tag(library: Library, entry: TagEntry) -> Counted:
    href = tag_href(library.snapshot, library.settings.base, entry.key)
    anchor = library.snapshot.tag_addresses[entry.key].partition("#")[2]
    cards = library.cards(library.newest_first(entry)) if anchor else ()
    return Counted(entry.name, href, len(entry.notes), anchor, cards)


def _nested(tags: Mapping[Folded, TagEntry]) -> dict[Folded, list[TagEntry]]:
    """Return the tags right below each tag: `a` holds `a/b`, not `a/b/c`."""
    found: dict[Folded, list[TagEntry]] = {}
    for key, entry in tags.items():
        above = Folded(key.rpartition("/")[0])
        if above in tags:
            found.setdefault(above, []).append(entry)
    return found


def _notes_by_name(library: Library) -> dict[Folded, VaultPath]:
    """Return the first listed note of each name that is also a tag's."""
    found: dict[Folded, VaultPath] = {}
    tags = library.snapshot.tags
    for path in sorted(library.listed):
        key = fold(names.stem(path))
        if key in tags:
            found.setdefault(key, path)
    return found


def _intro(library: Library, path: VaultPath | None) -> str:
    """Return what the note of a tag's name says in short, with a link to it."""
    if path is None:
        return ""
    node = Node("note", path)
    link, summary = library.link(node), library.summary(node)
    text = f"<p>{escape(summary)}</p>" if summary else ""
    return f'{text}<p><a class="internal" href="{escape(link.href)}">{escape(link.title)}</a></p>'


def _group_page(library: Library, kind: str, entry: TagEntry, url: Url, feed: str = "") -> ListPage:
    return ListPage(
        kind=kind,
        url=url,
        save_as=names.save_as(url),
        title=entry.name,
        cards=library.cards(library.newest_first(entry)),
        feed=feed,
        indexable=bool(entry.notes),
    )


def _counted(
    library: Library, entries: Mapping[Folded, TagEntry], addresses: Mapping[Folded, Url]
) -> tuple[Counted, ...]:
    base = library.settings.base
    return tuple(
        Counted(entry.name, names.href(base, addresses[key]), len(entry.notes))
        for key, entry in entries.items()
        if entry.notes
    )
