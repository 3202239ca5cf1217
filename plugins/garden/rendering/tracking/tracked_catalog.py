"""A catalog that records questions (see `questions`; `comparison` puts them to two catalogs)."""

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.pages.entries import Card, Freshness, Link, Related
from garden.rendering.body.fill import Bodies
from garden.rendering.branches import Branches, BranchPlace
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.reading_order import AdjacentPages
from garden.rendering.reading_paths import ReadingStep
from garden.rendering.related_notes import RelatedNotes
from garden.rendering.tracking.questions import Tracker

Key = TypeVar("Key")
Value = TypeVar("Value")

KEYS_OF: Final = "keys of "
PAGES_OF: Final = "pages of "
PART_OF_NOTE: Final = "note "
INDEX_OF_RELATED: Final = "related notes "
FACT_OF_ALL: Final = "fact"

PARTS_OF_SNAPSHOT: Final = (
    "documents",
    "resolutions",
    "relations",
    "siblings",
    "hubs",
    "backlinks",
    "tags",
    "addresses",
    "tag_addresses",
    "files",
    "parents",
    "trails",
    "categories",
    "authors",
    "category_addresses",
    "author_addresses",
    "children",
    "labels",
    "translations",
)
PARTS_OF_BRANCHES: Final = ("children", "above", "counts", "depths", "places", "tops")


class _TrackedMapping(Mapping[Key, Value]):
    """A mapping that records which entries are asked for."""

    __slots__ = ("_keys", "_note", "_numbers", "_of")

    def __init__(self, subject: str, of: Mapping[Key, Value], tracker: Tracker) -> None:
        self._of = of
        self._numbers = tracker.numbers(subject)
        self._keys = tracker.numbers(KEYS_OF + subject)
        self._note = tracker.note

    def __getitem__(self, key: Key) -> Value:
        self._note(self._numbers[key])
        return self._of[key]

    def get(self, key: Key, default: Any = None) -> Any:
        self._note(self._numbers[key])
        return self._of.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(self._numbers[key])
        return key in self._of

    def __iter__(self) -> Iterator[Key]:
        self._note(self._keys[None])
        return iter(self._of)

    def __len__(self) -> int:
        self._note(self._keys[None])
        return len(self._of)


class _TrackedNote:
    """A Document that records which of its parts are read."""

    __slots__ = ("_of", "_tracker")

    def __init__(self, of: Document, tracker: Tracker) -> None:
        self._of = of
        self._tracker = tracker

    def __getattr__(self, part: str) -> Any:
        self._tracker.ask(PART_OF_NOTE + part, self._of.path)
        return getattr(self._of, part)


class _TrackedNotes(Mapping[VaultPath, Document]):
    """All Documents: which ones exist is one question, what each of them says are others."""

    __slots__ = ("_notes", "_of", "_snapshot", "_tracker")

    def __init__(self, snapshot: Snapshot, tracker: Tracker) -> None:
        self._snapshot = snapshot
        self._of = of = snapshot.documents
        self._tracker = tracker
        self._notes = {path: cast(Document, _TrackedNote(note, tracker)) for path, note in of.items()}

    def __getitem__(self, path: VaultPath) -> Document:
        self._tracker.ask("documents", path)
        return self._notes[path]

    def whole_snapshot(self, facts: frozenset[str]) -> Snapshot:
        """Return the snapshot itself for a caller that depends only on some facts (see `untracked`)."""
        for fact in facts:
            self._tracker.ask(FACT_OF_ALL, fact)
        return self._snapshot

    def __contains__(self, path: object) -> bool:
        self._tracker.ask("documents", path)
        return path in self._of

    def __iter__(self) -> Iterator[VaultPath]:
        self._tracker.ask(KEYS_OF + "documents", None)
        return iter(self._of)

    def __len__(self) -> int:
        self._tracker.ask(KEYS_OF + "documents", None)
        return len(self._of)


class _TrackedBranches(Branches):
    """The hierarchy, its mappings tracked, and its tuples as a whole."""

    __slots__ = ("_plain", "_subject", "_tracker")
    _subject: str
    _plain: Branches
    _tracker: Tracker

    def __init__(self, subject: str, plain: Branches, tracker: Tracker) -> None:
        for name in PARTS_OF_BRANCHES:
            tracked = _TrackedMapping(f"{subject}.{name}", getattr(plain, name), tracker)
            object.__setattr__(self, name, tracked)
        object.__setattr__(self, "_subject", subject)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_tracker", tracker)

    def pages(self, node: Node) -> tuple[BranchPlace, ...]:
        self._tracker.ask(PAGES_OF + self._subject, node)
        return self._plain.pages(node)

    @property
    def roots(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "roots")
        return self._plain.roots

    @property
    def loose(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "loose")
        return self._plain.loose


class _TrackedPlaces(Places):
    """The places of notes outside the hierarchy; their number is a separate question."""

    __slots__ = ("_plain", "_tracker")
    _plain: Places
    _tracker: Tracker

    def __init__(self, plain: Places, tracker: Tracker) -> None:
        object.__setattr__(self, "shape", _TrackedBranches("places", plain.shape, tracker))
        urls = _TrackedMapping("places.folder_urls", plain.folder_urls, tracker)
        object.__setattr__(self, "folder_urls", urls)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_tracker", tracker)

    @property
    def count(self) -> int:
        self._tracker.ask("count of places", None)
        return self._plain.count


def _tracked_related(plain: RelatedNotes, tracker: Tracker) -> RelatedNotes:
    """Return the same indexes, tracked; everything that is not an index is one question."""
    tracked = copy(plain)
    for name, value in vars(plain).items():
        if isinstance(value, dict):
            vars(tracked)[name] = _TrackedMapping(f"{INDEX_OF_RELATED}{name}", value, tracker)
    return tracked


class TrackedCatalog(Catalog):
    """A catalog that records what it is asked; it wraps the catalog `plain`."""

    def __init__(self, plain: Catalog, tracker: Tracker) -> None:
        """Track every question to `plain`."""
        super().__init__(
            _tracked_snapshot(plain.snapshot, tracker),
            plain.settings,
            _TrackedMapping("pictures", plain.pictures, tracker),
            plain.translations,
        )
        self.plain = plain
        self._tracker = tracker

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return the function that gives the bodies of notes, tracked."""

        def body(path: VaultPath) -> Body:
            # A body follows from the bytes of its file.
            self._tracker.ask(PART_OF_NOTE + "sha", path)
            return bodies(path)

        return body

    @property
    def listed(self) -> tuple[VaultPath, ...]:
        """Every listed note; see `Catalog`."""
        self._tracker.ask("catalog", "listed")
        return self.plain.listed

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every page that may be listed; see `Catalog`."""
        self._tracker.ask("catalog", "nodes")
        return self.plain.nodes

    @cached_property
    def branches(self) -> Branches:
        """The hierarchy of all listed pages."""
        return _TrackedBranches("branches", self.plain.branches, self._tracker)

    @cached_property
    def places(self) -> Places:
        """The places of the notes outside the hierarchy."""
        return _TrackedPlaces(self.plain.places, self._tracker)

    @cached_property
    def order(self) -> Mapping[Node, AdjacentPages]:
        """What comes before and after each page when all are read in order."""
        return _TrackedMapping("order", self.plain.order, self._tracker)

    @property
    def related_notes(self) -> RelatedNotes:
        """Which notes are related, and why."""
        self._tracker.ask("limits of related notes", None)
        return self._related

    @cached_property
    def _related(self) -> RelatedNotes:
        return _tracked_related(self.plain.related_notes, self._tracker)

    @property
    def most_cited(self) -> tuple[VaultPath, ...]:
        """The notes that others link to; see `Catalog`."""
        self._tracker.ask("catalog", "most_cited")
        return self.plain.most_cited

    @cached_property
    def paths(self) -> Mapping[Node, ReadingStep]:
        """The place of every listed page that is in a reading path."""
        return _TrackedMapping("paths", self.plain.paths, self._tracker)

    @cached_property
    def positions(self) -> Mapping[VaultPath, int]:
        """The place of every listed note in the order of listings."""
        return _TrackedMapping("positions", self.plain.positions, self._tracker)

    def title(self, node: Node) -> str:
        """Return the title of a page, or of a parent that has only a name."""
        self._tracker.ask("title", node)
        return self.plain.title(node)

    def title_order(self, node: Node) -> tuple[str, str]:
        """Return the key that orders pages in a list."""
        self._tracker.ask("title", node)
        return self.plain.title_order(node)

    def freshness(self, node: Node) -> Freshness | None:
        """Return how finished a page is, None if its author does not say."""
        self._tracker.ask("freshness", node)
        return self.plain.freshness(node)

    def summary(self, node: Node) -> str:
        """Return one line about a page: its summary, or else its first words."""
        self._tracker.ask("summary", node)
        return self.plain.summary(node)

    def link(self, node: Node) -> Link:
        """Return title and address of a page."""
        self._tracker.ask("link", node)
        return self.plain.link(node)

    def card(self, path: VaultPath) -> Card:
        """Return a note as a listing shows it."""
        self._tracker.ask("card", path)
        return self.plain.card(path)

    def mention(self, node: Node) -> Related:
        """Return a page as a long list of relations shows it: only its title."""
        self._tracker.ask("mention", node)
        return self.plain.mention(node)


def _tracked_snapshot(snapshot: Snapshot, tracker: Tracker) -> Snapshot:
    """Return a snapshot that records what it is asked.

    Its `home` is not tracked: whoever compares two snapshots has to compare it, since a change concerns every page.
    """
    tracked: dict[str, Any] = {
        name: _TrackedMapping(name, getattr(snapshot, name), tracker)
        for name in PARTS_OF_SNAPSHOT
        if name != "documents"
    }
    tracked["documents"] = _TrackedNotes(snapshot, tracker)
    tracked["ledger"] = replace(
        snapshot.ledger, lines=_TrackedMapping("ledger", snapshot.ledger.lines, tracker)
    )
    return replace(snapshot, **tracked)
