"""A catalog whose answers to questions of many pages are loaded from disk, where `kept_vault` stores a linked vault."""

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

_OF_BRANCHES: Final = ("counts", "depths", "places", "tops")

_HEAD: Final = ("title", "published", "listed", "previewed", "words")
"""What pages ask about many notes, besides their dates."""


def catalog_values(catalog: Catalog) -> Iterator[NamedValue]:
    """Yield everything to keep of a catalog."""
    snapshot = catalog.snapshot
    grown = ((node, catalog.freshness(node)) for node in snapshot.addresses)
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
    yield _FRESHNESS, {node: how for node, how in grown if how is not None}
    yield from parted(_LINKS, {node: catalog.link(node) for node in snapshot.addresses})


def _date(document: Document) -> tuple[Any, ...] | None:
    when = document.meta.date
    return None if when is None else (when.iso, when.year, when.month, when.day)


def _of_branches(name: str, branches: Branches) -> Iterator[NamedValue]:
    # Nearly all branches are traversed, so the tree is stored as one value, in which each page occurs once.
    once = {node: node for node in branches.children}
    children = {once[node]: tuple(map(once.__getitem__, found)) for node, found in branches.children.items()}
    above = {once[node]: once[parent] for node, parent in branches.above.items()}
    yield name, (branches.roots, branches.loose, children, above)
    for part in _OF_BRANCHES:
        yield from parted(f"{name} {part}", getattr(branches, part))


def _of_related(related: RelatedNotes) -> Iterator[NamedValue]:
    indexes = vars(related)
    yield _RELATED, tuple(indexes)
    yield _CHANGED_RELATED, {}
    for name, index in indexes.items():
        yield from parted(_RELATED + name, index)


class _KeptNote:
    """A note with the parts in memory that many pages ask for; for anything else the whole note is loaded."""

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
    def meta(self) -> "_KeptMeta":
        """The note's front matter."""
        return _KeptMeta(self)

    @property
    def whole(self) -> Document:
        """The note itself."""
        return self._of[self.path]

    def __getattr__(self, part: str) -> Any:
        return getattr(self.whole, part)


class _KeptMeta:
    """The front matter of a note whose date is in memory."""

    __slots__ = ("_note",)

    def __init__(self, note: _KeptNote) -> None:
        self._note = note

    @property
    def date(self) -> Date | None:
        """The date of the note."""
        return self._note.date

    def __getattr__(self, part: str) -> Any:
        return getattr(self._note.whole.meta, part)


class _NotesAtHand(Mapping[VaultPath, Document]):
    """The notes of a kept vault for pages; `changed` are those whose texts have changed."""

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
            note = _KeptNote(path, *self._heads[path], self._of)
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
        self._new, since = changed
        notes = _NotesAtHand(values, site.snapshot.documents, since)
        super().__init__(replace(site.snapshot, documents=notes), site.settings, pictures, translations)
        self._values = values
        self._whole = site.snapshot
        self._since = since
        self._known_summaries: Mapping[VaultPath, str] = KeptMapping(values, _SUMMARIES)
        self._known_tags: Mapping[VaultPath, frozenset[Folded]] = KeptMapping(values, _TAG_NAMES)
        self._known_links: Mapping[Node, Link] = KeptMapping(values, _LINKS)
        self._grown: Mapping[Node, Freshness] = values[_FRESHNESS]

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
        known = None if node.kind != "note" or path in self._since else self._known_summaries.get(path)
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
        return self._grown.get(node)

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
        """The pages to which others may be related in another way than in the last build."""
        return self._related[1]

    def changed_values(self) -> dict[str, object]:
        """Return the values that have changed and have to be stored again."""
        indexes = vars(self.related_notes).items()
        return {_CHANGED_RELATED: {name: changes_of(index) for name, index in indexes if changes_of(index)}}

    @cached_property
    def _related(self) -> tuple[RelatedNotes, frozenset[Node]]:
        indexes = self._values[_RELATED]
        changed = self._values[_CHANGED_RELATED]
        found = RelatedNotes.__new__(RelatedNotes)
        kept = {
            name: ChangedMapping(changed.get(name, {}), KeptMapping[Any, Any](self._values, _RELATED + name))
            for name in indexes
        }
        vars(found).update(kept)
        concerned: frozenset[Node] = frozenset()
        for path in sorted(self._new):
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
    parts: dict[str, Any] = {part: KeptMapping(values, f"{name} {part}") for part in _OF_BRANCHES}
    return Branches(roots=roots, loose=loose, children=children, above=above, **parts)
