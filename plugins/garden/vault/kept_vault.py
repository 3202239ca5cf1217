"""A linked vault kept on disk from one build to the next.

Linking takes time that grows with the vault, while an author has changed a sentence. What linking has found out is
kept, each mapping for itself, and read when a page asks for it. It is of use as long as nothing has changed that linking
looks at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from garden.linking.relation import Node
from garden.linking.resolution import Resolution
from garden.linking.sentences import CitedParts, find_cited_parts
from garden.linking.snapshot import Snapshot
from garden.model.image import VaultImage
from garden.model.ledger import ledger_of
from garden.model.names import VaultPath
from garden.model.note import Date, Document, Ref
from garden.model.pages.entries import Freshness
from garden.model.settings import Settings
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.reading_order import Step
from garden.rendering.reading_paths import ReadingStep
from garden.rendering.related_notes import RelatedNotes
from garden.rendering.translations import Translations
from garden.vault.cache import Cache
from garden.vault.kept_values import OpenValues
from garden.vault.scan import VaultFiles
from garden.vault.site import Site, kept_site, read_site

Key = TypeVar("Key")
Value = TypeVar("Value")

_MAPPINGS: Final = tuple(
    "resolutions relations siblings hubs backlinks tags addresses tag_addresses files parents trails categories "
    "authors category_addresses author_addresses children labels translations".split()
)
_AT_ONCE: Final = ("diagnostics", "home", "redirects")
"""The parts of a snapshot that are not mappings, besides the ledger."""

_OF_CATALOG: Final = ("branches", "places", "order", "related_notes", "paths", "listed")

_SNAPSHOT: Final = "snapshot "
_CATALOG: Final = "catalog "
_FEW: Final = "snapshot"
_LEDGER: Final = "ledger"
_PATHS: Final = "paths of notes"
_HEADS: Final = "heads of notes"
_FRESHNESS: Final = "freshness of notes"
_SETTLED: Final = "notes in other words"
_CHANGED: Final = "changed notes"
_CITED_PARTS: Final = "cited parts of notes"
_LINKS: Final = "links"

_HEAD: Final = ("title", "published", "listed", "previewed", "words")
"""What pages ask of many notes, besides their dates."""


def can_be_kept(site: Site) -> bool:
    """Say whether a changed text can leave the links of a vault as they are: not where tags are merged."""
    return not site.settings.tag_aliases


def linked_values(site: Site, catalog: Catalog) -> dict[str, object]:
    """Return all that is to be kept of a linked vault, by name."""
    snapshot = site.snapshot
    documents = snapshot.documents
    found: dict[str, object] = {_SNAPSHOT + name: getattr(snapshot, name) for name in _MAPPINGS}
    found |= {_CATALOG + name: getattr(catalog, name) for name in _OF_CATALOG}
    found[_FEW] = _few(snapshot)
    # Pages ask it for first addresses alone.
    found[_LEDGER] = tuple(line for line in snapshot.ledger.lines.values() if line.first is not None)
    found[_PATHS] = tuple(documents)
    found[_HEADS] = {
        path: (tuple(getattr(document, name) for name in _HEAD), document.meta.date)
        for path, document in documents.items()
    }
    grown = ((node, catalog.freshness(node)) for node in snapshot.addresses)
    found[_FRESHNESS] = {node: how for node, how in grown if how is not None}
    found[_SETTLED] = {
        path: parts for path, document in documents.items() if (parts := _settled(site.read[path], document))
    }
    found[_CHANGED] = {}
    found[_CITED_PARTS] = find_cited_parts(snapshot)
    found[_LINKS] = {node: catalog.link(node) for node in snapshot.addresses}
    return found


def changed_values(site: Site, paths: Iterable[VaultPath], values: OpenValues) -> dict[str, object]:
    """Return what is to be kept when some notes of a kept vault have got other texts, or other answers."""
    snapshot = site.snapshot
    changed = {
        path: (_settled(site.read[path], snapshot.documents[path]), snapshot.resolutions[path])
        for path in paths
    }
    return {_CHANGED: {**values[_CHANGED], **changed}, _FEW: _few(snapshot)}


def _few(snapshot: Snapshot) -> tuple[object, ...]:
    return tuple(getattr(snapshot, name) for name in _AT_ONCE)


def _settled(read: Document, linked: Document) -> dict[str, object]:
    """Return the parts in which a note of the linked vault is not what it says of itself."""
    if read is linked:
        return {}
    return {
        field.name: new
        for field in fields(Document)
        if (new := getattr(linked, field.name)) is not getattr(read, field.name)
    }


class KeptVault:
    """A vault that has been linked by an earlier build."""

    def __init__(self, values: OpenValues) -> None:
        """Take what `linked_values` has given."""
        self._values = values
        self._files: VaultFiles | None = None
        # Notes whose texts have changed since the vault was linked, each with its settled parts and its answers.
        self._changed: Mapping[VaultPath, tuple[dict[str, object], tuple[Resolution, ...]]] = values[_CHANGED]

    @cached_property
    def cited_parts(self) -> CitedParts:
        """The notes with parts that others lead to."""
        found: CitedParts = self._values[_CITED_PARTS]
        return found

    def site(self, files: VaultFiles, settings: Settings, store: Cache) -> Site:
        """Return the vault of the same files as it was linked. Raises KeptLostError, now or as soon as something is missing."""
        values = self._values
        self._files = files

        def snapshot(read: Mapping[VaultPath, Document]) -> Snapshot:
            parts: dict[str, Any] = {name: _Later(values, _SNAPSHOT + name) for name in _MAPPINGS}
            parts |= zip(_AT_ONCE, values[_FEW], strict=True)
            parts["ledger"] = ledger_of(values[_LEDGER])
            answers = {path: answers for path, (_, answers) in self._changed.items()}
            if answers:
                parts["resolutions"] = _Changed(answers, parts["resolutions"])
            linked = _LinkedNotes(
                values, read, {path: settled for path, (settled, _) in self._changed.items()}
            )
            return Snapshot(documents=linked, locate=_Locator(files, settings, store), **parts)

        return kept_site(files, settings, store, snapshot)

    def catalog(
        self, site: Site, pictures: Mapping[VaultPath, VaultImage], translations: Translations
    ) -> Catalog:
        """Return the catalog of a site that `site` has given, or of the same with other texts."""
        files = self._files
        assert files is not None, "a catalog is of a site"
        changed = {path for path, sha in site.files.notes.items() if files.notes[path] != sha}
        return KeptCatalog(self._values, site, changed | self._changed.keys(), pictures, translations)


class _Later(Mapping[Key, Value]):
    """A kept mapping, read when something is asked of it."""

    def __init__(self, values: OpenValues, name: str) -> None:
        self._values = values
        self._name = name

    @cached_property
    def _all(self) -> Mapping[Key, Value]:
        found: Mapping[Key, Value] = self._values[self._name]
        return found

    def __getitem__(self, key: Key) -> Value:
        return self._all[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class _Changed(Mapping[Key, Value]):
    """A mapping with other values of some of its keys."""

    def __init__(self, changed: Mapping[Key, Value], of: Mapping[Key, Value]) -> None:
        self._changed = changed
        self._of = of

    def __getitem__(self, key: Key) -> Value:
        return self._changed[key] if key in self._changed else self._of[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _LinkedNotes(Mapping[VaultPath, Document]):
    """The notes of a kept vault, put together when they are asked for."""

    def __init__(
        self,
        values: OpenValues,
        read: Mapping[VaultPath, Document],
        changed: Mapping[VaultPath, dict[str, object]],
    ) -> None:
        self._values = values
        self._read = read
        self._changed = changed
        self._made: dict[VaultPath, Document] = {}

    @cached_property
    def _paths(self) -> Mapping[VaultPath, None]:
        return dict.fromkeys(self._values[_PATHS])

    @cached_property
    def _settled(self) -> Mapping[VaultPath, dict[str, object]]:
        return {**self._values[_SETTLED], **self._changed}

    def __getitem__(self, path: VaultPath) -> Document:
        found = self._made.get(path)
        if found is None:
            if path not in self._paths:
                raise KeyError(path)
            settled: dict[str, Any] = self._settled.get(path, {})
            found = self._made[path] = replace(self._read[path], **settled)
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class _Locator:
    """Answers for references that no note has: the vault is linked when the first one is to be answered."""

    def __init__(self, files: VaultFiles, settings: Settings, store: Cache) -> None:
        self._files = files
        self._settings = settings
        self._store = store

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        return self._snapshot.locate(source, ref)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return read_site(self._files, self._settings, self._store).snapshot


class _KeptNote:
    """A note of which what many pages ask for is at hand; for the rest the whole note is fetched."""

    __slots__ = ("_head", "_of", "date", "path")

    def __init__(
        self, path: VaultPath, head: tuple[object, ...], date: Date | None, of: Mapping[VaultPath, Document]
    ) -> None:
        self.path = path
        self.date = date
        self._head = head
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
        return self._head[_HEAD.index(part)] if part in _HEAD else getattr(self.whole, part)


class _KeptMeta:
    """The front matter of a note of which the date is at hand."""

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
    """The notes of a kept vault for pages; `changed` are those whose texts are not what they were."""

    def __init__(self, values: OpenValues, of: Mapping[VaultPath, Document], changed: set[VaultPath]) -> None:
        self._of = of
        self._heads: Mapping[VaultPath, tuple[tuple[object, ...], Date | None]] = values[_HEADS]
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
    """The catalog of a kept vault: what follows from links is read, not worked out."""

    def __init__(
        self,
        values: OpenValues,
        site: Site,
        changed: set[VaultPath],
        pictures: Mapping[VaultPath, VaultImage],
        translations: Translations,
    ) -> None:
        """Take a `site` of kept values; `changed` are the notes whose texts are not what they were."""
        notes = _NotesAtHand(values, site.snapshot.documents, changed)
        super().__init__(replace(site.snapshot, documents=notes), site.settings, pictures, translations)
        self._values = values
        self._whole = site.snapshot
        self._links = values[_LINKS]
        self._grown: Mapping[Node, Freshness] = values[_FRESHNESS]

    @property
    def whole(self) -> Snapshot:
        """The snapshot for who reads the whole vault, and not what single pages ask for."""
        return self._whole

    def language(self, node: Node) -> str:
        """Return the language of a page; see `Catalog`."""
        link = self._links.get(node)
        return super().language(node) if link is None else link.lang or self.settings.language

    def freshness(self, node: Node) -> Freshness | None:
        """Return how far a page has grown; see `Catalog`."""
        return self._grown.get(node)

    @cached_property
    def listed(self) -> tuple[VaultPath, ...]:
        """Every listed note; see `Catalog`."""
        found: tuple[VaultPath, ...] = self._values[_CATALOG + "listed"]
        return found

    @cached_property
    def branches(self) -> Branches:
        """The hierarchy of all listed pages."""
        found: Branches = self._values[_CATALOG + "branches"]
        return found

    @cached_property
    def places(self) -> Places:
        """The places of the notes outside the hierarchy."""
        found: Places = self._values[_CATALOG + "places"]
        return found

    @cached_property
    def order(self) -> Mapping[Node, Step]:
        """What comes before and after each page when all are read in order."""
        found: Mapping[Node, Step] = self._values[_CATALOG + "order"]
        return found

    @cached_property
    def related_notes(self) -> RelatedNotes:
        """Which notes are akin, and why."""
        found: RelatedNotes = self._values[_CATALOG + "related_notes"]
        return found

    @cached_property
    def paths(self) -> Mapping[Node, ReadingStep]:
        """The place of every listed page that is in a reading path."""
        found: Mapping[Node, ReadingStep] = self._values[_CATALOG + "paths"]
        return found
