"""A catalog that loads from disk what follows from all notes, instead of computing it; `kept_vault` stores it there."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, cast

from msgspec.structs import replace

from garden.linking.incremental.changed_mapping import ChangedMapping
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.image import VaultImage
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Date, Document
from garden.model.pages.entries import Freshness, Link
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.reading_order import AdjacentPages
from garden.rendering.reading_paths import ReadingStep
from garden.rendering.related.related_notes import RelatedNotes
from garden.rendering.translations import Translations
from garden.vault.site import Site
from garden.vault.stored.kept_values import KeptMapping, NamedValue, OpenValues, changes_of, parted

# The names under which values are stored.
_LISTED: Final = "listed notes"
_BRANCHES: Final = "branches"
_PLACES: Final = "places"
_FOLDERS: Final = "folders"
_COUNT: Final = "count of places"
_ORDER: Final = "order"
_READING_PATHS: Final = "reading paths"
_RELATED: Final = "related notes "
_CHANGED_RELATED: Final = "changes of related notes"
_HEADS: Final = "heads of notes"
_FRESHNESS: Final = "freshness of notes"
_LINKS: Final = "links"
_SUMMARIES: Final = "summaries of notes"
_TAG_NAMES: Final = "tags of notes"
_REVISED: Final = "revised notes"

_PARTS_OF_BRANCHES: Final = ("counts", "depths", "places", "tops")
"""The mappings of a hierarchy that are stored in parts, since a page looks up only few pages in them."""

_HEAD: Final = ("title", "published", "listed", "previewed", "words")
"""The parts of a note that pages show or ask for of many other notes, besides the date: these are loaded for all notes."""


def catalog_values(catalog: Catalog) -> Iterator[NamedValue]:
    """Yield everything to keep of a catalog."""
    snapshot = catalog.snapshot
    freshness = ((node, catalog.freshness(node)) for node in snapshot.addresses)
    yield _LISTED, catalog.listed
    yield from _of_branches(_BRANCHES, catalog.branches)
    yield from _of_branches(_PLACES, catalog.places.shape)
    yield from parted(_FOLDERS, catalog.places.folder_urls)
    yield _COUNT, catalog.places.count
    yield from parted(_ORDER, catalog.order)
    yield from parted(_READING_PATHS, catalog.paths)
    yield from _of_related(catalog.related_notes)
    yield (
        _HEADS,
        {
            path: (tuple(getattr(document, name) for name in _HEAD), _date(document))
            for path, document in snapshot.documents.items()
        },
    )
    yield from parted(_SUMMARIES, {path: catalog.summary(Node("note", path)) for path in catalog.listed})
    yield from parted(_TAG_NAMES, {path: catalog.tag_names(path) for path in catalog.listed})
    yield _REVISED, catalog.revised
    yield _FRESHNESS, {node: found for node, found in freshness if found is not None}
    yield from parted(_LINKS, {node: catalog.link(node) for node in snapshot.addresses})


def _date(document: Document) -> tuple[Any, ...] | None:
    when = document.meta.date
    return None if when is None else (when.iso, when.year, when.month, when.day)


def _of_branches(name: str, branches: Branches) -> Iterator[NamedValue]:
    # Pages traverse nearly all branches, so the tree is stored as one value. Pickling stores an object once, wherever it
    # occurs, so all occurrences of a page are made the same object.
    same = {node: node for node in branches.children}
    children = {same[node]: tuple(map(same.__getitem__, found)) for node, found in branches.children.items()}
    above = {same[node]: same[parent] for node, parent in branches.above.items()}
    yield name, (branches.roots, branches.loose, children, above)
    for part in _PARTS_OF_BRANCHES:
        yield from parted(f"{name} {part}", getattr(branches, part))


def _of_related(related: RelatedNotes) -> Iterator[NamedValue]:
    indexes = vars(related)
    yield _RELATED, tuple(indexes)
    yield _CHANGED_RELATED, {}
    for name, index in indexes.items():
        yield from parted(_RELATED + name, index)


class _LightNote:
    """Looks like a Document, but has only those parts in memory that many pages ask for; for any other part the note is loaded."""

    __slots__ = ("_of", "date", "listed", "path", "previewed", "published", "title", "words")

    def __init__(
        self,
        path: VaultPath,
        head: tuple[object, ...],
        date: tuple[Any, ...] | None,
        of: Mapping[VaultPath, Document],
    ) -> None:
        self.path = path
        self.date = Date(*date) if date else None
        self.title, self.published, self.listed, self.previewed, self.words = head
        self._of = of

    @property
    def meta(self) -> "_LightMeta":
        """The note's front matter."""
        return _LightMeta(self)

    @property
    def whole(self) -> Document:
        """The note itself, which is loaded."""
        return self._of[self.path]

    def __getattr__(self, part: str) -> Any:
        return getattr(self.whole, part)


class _LightMeta:
    """The front matter of a note whose date is in memory."""

    __slots__ = ("_note",)

    def __init__(self, note: _LightNote) -> None:
        self._note = note

    @property
    def date(self) -> Date | None:
        """The date of the note."""
        return self._note.date

    def __getattr__(self, part: str) -> Any:
        return getattr(self._note.whole.meta, part)


class _LightNotes(Mapping[VaultPath, Document]):
    """The notes of a kept vault, of which most are never loaded as a whole; `changed` are those whose texts have changed."""

    def __init__(self, values: OpenValues, of: Mapping[VaultPath, Document], changed: set[VaultPath]) -> None:
        self._of = of
        self._heads: Mapping[VaultPath, tuple[tuple[object, ...], tuple[Any, ...] | None]] = values[_HEADS]
        self._changed = changed
        self._made: dict[VaultPath, Document] = {}

    def __getitem__(self, path: VaultPath) -> Document:
        if path in self._changed:
            return self._of[path]
        found = self._made.get(path)
        if found is None:
            note = _LightNote(path, *self._heads[path], self._of)
            found = self._made[path] = cast(Document, note)
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._heads

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._heads)

    def __len__(self) -> int:
        return len(self._heads)


class KeptCatalog(Catalog):
    """The catalog of a kept vault: what follows from links is loaded, not computed."""

    def __init__(
        self,
        values: OpenValues,
        site: Site,
        changed: tuple[set[VaultPath], set[VaultPath]],
        pictures: Mapping[VaultPath, VaultImage],
        translations: Translations,
    ) -> None:
        """Use the stored values for a `site`.

        `changed` has two sets: the notes whose texts have changed since the last build, and since the values were
        stored.
        """
        self._changed_now, changed_since = changed
        notes = _LightNotes(values, site.snapshot.documents, changed_since)
        super().__init__(replace(site.snapshot, documents=notes), site.settings, pictures, translations)
        self._values = values
        self._whole = site.snapshot
        self._changed_since = changed_since
        self._known_summaries: Mapping[VaultPath, str] = KeptMapping(values, _SUMMARIES)
        self._known_tags: Mapping[VaultPath, frozenset[Folded]] = KeptMapping(values, _TAG_NAMES)
        self._known_links: Mapping[Node, Link] = KeptMapping(values, _LINKS)
        self._known_freshness: Mapping[Node, Freshness] = values[_FRESHNESS]

    @property
    def whole(self) -> Snapshot:
        """The snapshot for code that reads the whole vault, unlike single pages."""
        return self._whole

    def link(self, node: Node) -> Link:
        """Return title and address of a page; see `Catalog`."""
        return self._known_links.get(node) or super().link(node)

    def language(self, node: Node) -> str:
        """Return the language of a page; see `Catalog`."""
        link = self._known_links.get(node)
        return super().language(node) if link is None else link.lang or self.settings.language

    def summary(self, node: Node) -> str:
        """Return one line about a page; see `Catalog`."""
        path = VaultPath(node.key)
        is_stored = node.kind == "note" and path not in self._changed_since
        known = self._known_summaries.get(path) if is_stored else None
        return super().summary(node) if known is None else known

    def tag_names(self, path: VaultPath) -> frozenset[Folded]:
        """Return the compared names of the tags that a note has itself."""
        known = self._known_tags.get(path)
        return super().tag_names(path) if known is None else known

    @cached_property
    def revised(self) -> tuple[VaultPath, ...]:
        """The notes that were modified after their date; see `Catalog`."""
        found: tuple[VaultPath, ...] = self._values[_REVISED]
        return found

    def freshness(self, node: Node) -> Freshness | None:
        """Return how finished a page is; see `Catalog`."""
        return self._known_freshness.get(node)

    @cached_property
    def listed(self) -> tuple[VaultPath, ...]:
        """Every listed note; see `Catalog`."""
        found: tuple[VaultPath, ...] = self._values[_LISTED]
        return found

    @cached_property
    def branches(self) -> Branches:
        """The hierarchy of all listed pages."""
        return _kept_branches(self._values, _BRANCHES)

    @cached_property
    def places(self) -> Places:
        """The places of the notes outside the hierarchy."""
        folders: Mapping[Node, Url] = KeptMapping(self._values, _FOLDERS)
        return Places(self._values[_COUNT], _kept_branches(self._values, _PLACES), folders)

    @cached_property
    def order(self) -> Mapping[Node, AdjacentPages]:
        """The pages before and after each page when all are read in order."""
        return KeptMapping(self._values, _ORDER)

    @property
    def related_notes(self) -> RelatedNotes:
        """Which notes are related, and why."""
        return self._related[0]

    @property
    def related_otherwise(self) -> frozenset[Node]:
        """The pages that may have other related notes than in the last build."""
        return self._related[1]

    def changed_values(self) -> dict[str, object]:
        """Return the values that have to be stored again, by name: what has changed in the indexes of related notes."""
        indexes = vars(self.related_notes).items()
        return {_CHANGED_RELATED: {name: changes_of(index) for name, index in indexes if changes_of(index)}}

    @cached_property
    def _related(self) -> tuple[RelatedNotes, frozenset[Node]]:
        """The related notes, and the pages that may now have others.

        Nothing is counted again: the parts of the object come from the cache, and only the notes that changed are exchanged.
        """
        indexes = self._values[_RELATED]
        changed = self._values[_CHANGED_RELATED]
        found = RelatedNotes.__new__(RelatedNotes)
        kept = {
            name: ChangedMapping(changed.get(name, {}), KeptMapping[Any, Any](self._values, _RELATED + name))
            for name in indexes
        }
        vars(found).update(kept)
        concerned: frozenset[Node] = frozenset()
        for path in sorted(self._changed_now):
            changes = found.changes(self.snapshot, path)
            concerned |= found.concerned(changes)
            found = found.with_changes(changes)
        return found, concerned

    @cached_property
    def paths(self) -> Mapping[Node, ReadingStep]:
        """The place of every listed page that is in a reading path."""
        return KeptMapping(self._values, _READING_PATHS)


def _kept_branches(values: OpenValues, name: str) -> Branches:
    roots, loose, children, above = values[name]
    parts: dict[str, Any] = {part: KeptMapping(values, f"{name} {part}") for part in _PARTS_OF_BRANCHES}
    return Branches(roots=roots, loose=loose, children=children, above=above, **parts)
