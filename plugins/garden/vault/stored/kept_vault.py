"""A linked vault kept on disk from one build to the next.

Linking takes time that grows with the vault, even if an author has changed only a sentence. So its results are kept,
each mapping by itself, and read when a page asks for them. They are valid as long as nothing that linking depends on has
changed. If only texts have changed, the same file stays: what is new is stored beside the old values, for a few notes.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from msgspec.structs import replace

from garden.linking.hierarchy.order import Order
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import fields_of
from garden.linking.hierarchy.siblings import Siblings
from garden.linking.incremental.changed_mapping import ChangedMapping
from garden.linking.incremental.changed_text import CitedParts, find_cited_parts, with_cited_parts
from garden.linking.locator import LinkedLocator, Locator
from garden.linking.relation import Node
from garden.linking.resolving.index import Index
from garden.linking.resolving.resolution import Resolution
from garden.linking.resolving.resolve import GeneratedPages
from garden.linking.snapshot import Snapshot
from garden.model.image import VaultImage
from garden.model.ledger import ledger_of
from garden.model.names import VaultPath
from garden.model.note import Document, Ref
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.translations import Translations
from garden.vault.scan import VaultFiles
from garden.vault.site import Site, with_vault_settings
from garden.vault.stored.cache import Cache
from garden.vault.stored.kept_catalog import KeptCatalog, catalog_values
from garden.vault.stored.kept_values import KeptMapping, NamedValue, OpenValues, changes_of, parted
from garden.vault.stored.stored_notes import kept_site

Key = TypeVar("Key")
Value = TypeVar("Value")

_MAPPINGS: Final = tuple(
    "resolutions relations hubs backlinks tags addresses tag_addresses files parents trails categories "
    "authors category_addresses author_addresses children labels translations sizes".split()
)
_NOT_MAPPINGS: Final = ("diagnostics", "home", "redirects")
"""The parts of a snapshot that are not mappings, besides the ledger."""

# The names under which values are stored.
_UNMAPPED: Final = "snapshot"
_SIBLINGS: Final = "children of siblings"
_SIBLING_ORDER: Final = "order of siblings"
_LEDGER: Final = "ledger"
_PATHS: Final = "paths of notes"
_LINKED_PARTS: Final = "parts that linking has changed"
_CHANGED: Final = "changed notes"
_CITED_PARTS: Final = "cited parts of notes"
_INDEX: Final = "index of names "
_RESPELLED: Final = "parents in another spelling"
_BACKLINKS: Final = "changed backlinks"


def can_be_kept(site: Site) -> bool:
    """Say whether the links of a vault can stay as they are when a text changes: not if the settings merge tags."""
    return not site.settings.tag_aliases


def linked_values(site: Site, catalog: Catalog) -> Iterator[NamedValue]:
    """Yield everything to keep of a linked vault."""
    snapshot = site.snapshot
    documents = snapshot.documents
    yield _UNMAPPED, _unmapped(snapshot)
    yield _PATHS, tuple(documents)
    yield _CHANGED, {}
    yield _BACKLINKS, {}
    for name in _MAPPINGS:
        yield from parted(name, getattr(snapshot, name))
    yield from _of_siblings(snapshot)
    yield from catalog_values(catalog)
    # Pages ask it only for first addresses.
    yield _LEDGER, tuple(line for line in snapshot.ledger.lines.values() if line.first is not None)
    yield _CITED_PARTS, find_cited_parts(snapshot)
    yield from _of_locator(snapshot.locate)
    linked_parts = ((path, _linked_parts(site.read[path], document)) for path, document in documents.items())
    yield _LINKED_PARTS, {path: parts for path, parts in linked_parts if parts}


def _of_siblings(snapshot: Snapshot) -> Iterator[NamedValue]:
    siblings = snapshot.siblings
    assert isinstance(siblings, Siblings), "they are worked out when they are asked for"
    yield from parted(_SIBLINGS, siblings.children)
    yield _SIBLING_ORDER, siblings.order


def _of_locator(locate: Locator) -> Iterator[NamedValue]:
    assert isinstance(locate, LinkedLocator), "the vault has been linked"
    yield _RESPELLED, locate.generated.respelled
    for name, table in locate.index.tables.items():
        yield from parted(_INDEX + name, table)


def changed_values(
    site: Site, paths: Iterable[VaultPath], values: OpenValues, catalog: KeptCatalog
) -> dict[str, object]:
    """Return what to keep after the texts, or the resolutions, of some notes of a kept vault have changed."""
    snapshot = site.snapshot
    cited = before = values[_CITED_PARTS]
    for path in paths:
        cited = with_cited_parts(cited, path, snapshot.resolutions[path])
    changed = {
        path: (_linked_parts(site.read[path], snapshot.documents[path]), snapshot.resolutions[path])
        for path in paths
    }
    return {
        _CHANGED: {**values[_CHANGED], **changed},
        _UNMAPPED: _unmapped(snapshot),
        _BACKLINKS: changes_of(snapshot.backlinks),
        **({} if cited is before else {_CITED_PARTS: cited}),
        **catalog.changed_values(),
    }


def _unmapped(snapshot: Snapshot) -> tuple[object, ...]:
    """Return the parts of a snapshot that are not mappings, which are few and small."""
    return tuple(getattr(snapshot, name) for name in _NOT_MAPPINGS)


def _linked_parts(read: Document, linked: Document) -> dict[str, object]:
    """Return the parts of a note that linking has changed, by name; equal parts are the very same object."""
    if read is linked:
        return {}
    return {
        name: new
        for name in Document.__struct_fields__
        if (new := getattr(linked, name)) is not getattr(read, name)
    }


class KeptVault:
    """A vault that has been linked by an earlier build."""

    def __init__(self, values: OpenValues) -> None:
        """Take the values that `linked_values` has returned."""
        self._values = values
        self._files: VaultFiles | None = None
        # Notes whose texts have changed since the vault was linked, each with its linked parts and its resolutions.
        self._changed: Mapping[VaultPath, tuple[dict[str, object], tuple[Resolution, ...]]] = values[_CHANGED]

    @cached_property
    def cited_parts(self) -> CitedParts:
        """The notes with headings or blocks that other notes refer to."""
        found: CitedParts = self._values[_CITED_PARTS]
        return found

    def changed_notes(self, notes: Mapping[VaultPath, str], site: Site) -> list[VaultPath]:
        """Return the notes that exist before and after, but may differ in `site`: in the file, or in what linking has changed.

        `notes` are the hashes of the notes that were linked.
        """
        before = self._values[_LINKED_PARTS]
        linked = frozenset(self._values[_PATHS])
        return [
            path
            for path, document in site.snapshot.documents.items()
            if path in linked
            and (
                document.sha != notes[path]
                or before.get(path, {}) != _linked_parts(site.read[path], document)
            )
        ]

    def site(self, files: VaultFiles, settings: Settings, store: Cache) -> Site:
        """Return the vault as it was linked, if `files` are the same. Raises KeptLostError, now or when a value is asked for."""
        values = self._values
        self._files = files
        all_settings, _ = with_vault_settings(settings, files)

        def snapshot(read: Mapping[VaultPath, Document]) -> Snapshot:
            parts: dict[str, Any] = {name: KeptMapping(values, name) for name in _MAPPINGS}
            parts["siblings"] = Siblings(
                parts["parents"], KeptMapping(values, _SIBLINGS), cast(Order, _KeptOrder(values))
            )
            parts |= zip(_NOT_MAPPINGS, values[_UNMAPPED], strict=True)
            parts["ledger"] = ledger_of(values[_LEDGER])
            answers = {path: answers for path, (_, answers) in self._changed.items()}
            if answers:
                parts["resolutions"] = ChangedMapping(answers, parts["resolutions"])
            parts["backlinks"] = ChangedMapping(values[_BACKLINKS], parts["backlinks"])
            linked = _LinkedNotes(
                values, read, {path: linked_parts for path, (linked_parts, _) in self._changed.items()}
            )
            return Snapshot(
                documents=linked, locate=_KeptLocator(values, linked, all_settings, parts), **parts
            )

        return kept_site(files, settings, store, snapshot)

    def catalog(
        self, site: Site, pictures: Mapping[VaultPath, VaultImage], translations: Translations
    ) -> Catalog:
        """Return the catalog of a site that the method `site` has returned, or of one that differs from it in texts only."""
        files = self._files
        assert files is not None, "`site` is called first"
        new = {path for path, sha in site.files.notes.items() if files.notes[path] != sha}
        return KeptCatalog(self._values, site, (new, new | self._changed.keys()), pictures, translations)


class _KeptOrder:
    """The order of siblings, which is read only when it is needed: for pages with several parents."""

    def __init__(self, values: OpenValues) -> None:
        self._values = values

    @cached_property
    def _order(self) -> Order:
        found: Order = self._values[_SIBLING_ORDER]
        return found

    def sort(self, nodes: Iterable[Node]) -> list[Node]:
        """Return `nodes` in order, each once."""
        return self._order.sort(nodes)


class _LinkedNotes(Mapping[VaultPath, Document]):
    """The notes of a kept vault, each put together when it is asked for: as it was read, with the parts that linking has changed."""

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
    def _linked_parts(self) -> Mapping[VaultPath, dict[str, object]]:
        return {**self._values[_LINKED_PARTS], **self._changed}

    def __getitem__(self, path: VaultPath) -> Document:
        found = self._made.get(path)
        if found is None:
            if path not in self._paths:
                raise KeyError(path)
            linked_parts: dict[str, Any] = self._linked_parts.get(path, {})
            found = self._made[path] = replace(self._read[path], **linked_parts)
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class _KeptLocator(Locator):
    """Resolves references by the names of a kept vault, which are loaded when the first reference has to be resolved."""

    def __init__(
        self,
        values: OpenValues,
        documents: Mapping[VaultPath, Document],
        settings: Settings,
        parts: Mapping[str, Any],
    ) -> None:
        self._values = values
        self._documents = documents
        self._settings = settings
        self._parts = parts  # those of the snapshot

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        return self._linked(source, ref)

    def unreported(self, source: VaultPath, ref: Ref) -> Resolution | None:
        return self._linked.unreported(source, ref)

    def among(self, documents: Mapping[VaultPath, Document]) -> Locator:
        return _KeptLocator(self._values, documents, self._settings, self._parts)

    @cached_property
    def _linked(self) -> LinkedLocator:
        """How links are resolved in the vault as it was linked, with all tables loaded on demand."""
        names = Index({}, ()).tables  # an empty index has tables of the same names
        index = {name: KeptMapping[Any, Any](self._values, _INDEX + name) for name in names}
        pages = {kind: self._parts[f"{kind}_addresses"] for kind in ("tag", "category", "author")}
        generated = GeneratedPages(
            hubs=self._parts["hubs"],
            pages=pages,
            respelled=self._values[_RESPELLED],
            ups=fields_of(self._settings.relations).ups,
            policies=ParentPolicies(self._settings),
        )
        return LinkedLocator(Index.of_tables(self._documents, index), generated)
