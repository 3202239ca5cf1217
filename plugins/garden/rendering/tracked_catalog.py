"""A catalog that notes what it is asked (see `tracking`), and the comparison of two catalogs by such questions."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.pages.entries import Card, Link, Related
from garden.rendering.body.fill import Bodies
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.reading_order import Step
from garden.rendering.reading_paths import ReadingStep
from garden.rendering.related_notes import RelatedNotes
from garden.rendering.tracking import Tracker
from garden.views.facts import changed_facts

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEYS: Final = "keys of "
_NOTE: Final = "note "
_RELATED: Final = "related notes "
_FACT: Final = "fact"
_ABSENT: Final = object()

_OF_SNAPSHOT: Final = (
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
_OF_BRANCHES: Final = ("children", "above", "counts", "depths", "places", "tops")


class _TrackedMapping(Mapping[Key, Value]):
    """A mapping that notes what it is asked."""

    __slots__ = ("_keys", "_note", "_numbers", "_of")

    def __init__(self, subject: str, of: Mapping[Key, Value], tracker: Tracker) -> None:
        self._of = of
        self._numbers = tracker.numbers(subject)
        self._keys = tracker.numbers(_KEYS + subject)
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
    """A Document that notes which of its parts are looked at."""

    __slots__ = ("_of", "_tracker")

    def __init__(self, of: Document, tracker: Tracker) -> None:
        self._of = of
        self._tracker = tracker

    def __getattr__(self, part: str) -> Any:
        self._tracker.ask(_NOTE + part, self._of.path)
        return getattr(self._of, part)


class _TrackedNotes(Mapping[VaultPath, Document]):
    """All Documents: which there are is one question, what they say are others."""

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
        """Return the snapshot itself for who looks at some facts of it alone (see `untracked`)."""
        for fact in facts:
            self._tracker.ask(_FACT, fact)
        return self._snapshot

    def __contains__(self, path: object) -> bool:
        self._tracker.ask("documents", path)
        return path in self._of

    def __iter__(self) -> Iterator[VaultPath]:
        self._tracker.ask(_KEYS + "documents", None)
        return iter(self._of)

    def __len__(self) -> int:
        self._tracker.ask(_KEYS + "documents", None)
        return len(self._of)


class _TrackedBranches(Branches):
    """The hierarchy, its mappings tracked, and its tuples as a whole."""

    __slots__ = ("_plain", "_subject", "_tracker")
    _subject: str
    _plain: Branches
    _tracker: Tracker

    def __init__(self, subject: str, plain: Branches, tracker: Tracker) -> None:
        for name in _OF_BRANCHES:
            tracked = _TrackedMapping(f"{subject}.{name}", getattr(plain, name), tracker)
            object.__setattr__(self, name, tracked)
        object.__setattr__(self, "_subject", subject)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_tracker", tracker)

    @property
    def roots(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "roots")
        return self._plain.roots

    @property
    def loose(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "loose")
        return self._plain.loose


class _TrackedPlaces(Places):
    """The places of notes outside the hierarchy; how many there are is a question of its own."""

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
    """Return the same indexes, tracked; whatever is not an index is one question."""
    tracked = copy(plain)
    for name, value in vars(plain).items():
        if isinstance(value, dict):
            vars(tracked)[name] = _TrackedMapping(f"{_RELATED}{name}", value, tracker)
    return tracked


class TrackedCatalog(Catalog):
    """A catalog that notes what it is asked; `plain` is the one that it stands for."""

    def __init__(self, plain: Catalog, tracker: Tracker) -> None:
        """Track all that is asked of `plain`."""
        super().__init__(
            _tracked_snapshot(plain.snapshot, tracker),
            plain.settings,
            _TrackedMapping("pictures", plain.pictures, tracker),
            plain.translations,
        )
        self.plain = plain
        self._tracker = tracker

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return what gives the bodies of notes, tracked."""

        def body(path: VaultPath) -> Body:
            # A body follows from the bytes of its file.
            self._tracker.ask(_NOTE + "sha", path)
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
    def order(self) -> Mapping[Node, Step]:
        """What comes before and after each page when all are read in order."""
        return _TrackedMapping("order", self.plain.order, self._tracker)

    @property
    def related_notes(self) -> RelatedNotes:
        """Which notes are akin, and why."""
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

    def summary(self, node: Node) -> str:
        """Return one line about what a page says: its summary, else its first words."""
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
        """Return a page as a long list of relations shows it: its title alone."""
        self._tracker.ask("mention", node)
        return self.plain.mention(node)


def changed_questions(tracker: Tracker, before: Catalog, after: Catalog) -> frozenset[int]:
    """Return the numbers of the questions that have another answer in `after` than `before`."""
    found = []
    for subject, numbers in tracker.subjects.items():
        if subject == _FACT:
            changed = changed_facts(before.snapshot, after.snapshot)
            found += [number for fact, number in numbers.items() if changed is None or fact in changed]
        elif subject.startswith(_NOTE):
            found += _changed_notes(subject, numbers, before, after)
        elif subject in _ANSWERS or _mapping(before, subject) is not _mapping(after, subject):
            old, new = _answers(before, subject), _answers(after, subject)
            found += [number for key, number in numbers.items() if not _is_same(old, new, key)]
    return frozenset(found)


def _is_same(old: Callable[[Any], object], new: Callable[[Any], object], key: object) -> bool:
    one, other = old(key), new(key)
    return one is other or one == other


def _changed_notes(
    subject: str, numbers: Mapping[VaultPath, int], before: Catalog, after: Catalog
) -> list[int]:
    """Return the questions about one part of the notes whose answers have changed: most notes are the very same."""
    part = subject.removeprefix(_NOTE)
    old, new = before.snapshot.documents, after.snapshot.documents
    found = []
    for path, number in numbers.items():
        one, other = old.get(path), new.get(path)
        if one is not other and (one is None or other is None or getattr(one, part) != getattr(other, part)):
            found.append(number)
    return found


def _answers(catalog: Catalog, subject: str) -> Callable[[Any], object]:
    """Return what answers the questions about one subject."""
    if subject in _ANSWERS:
        ask = _ANSWERS[subject]

        def answer(key: Any) -> object:
            try:
                return ask(catalog, key)
            except LookupError:
                return _ABSENT  # the page is gone, or was not there

        return answer
    mapping = _mapping(catalog, subject)
    if subject.startswith(_KEYS):
        keys = list(mapping)
        return lambda _: keys
    return lambda key: mapping.get(key, _ABSENT)


def _mapping(catalog: Catalog, subject: str) -> Mapping[Any, object]:
    """Return the mapping that a subject is about."""
    name = subject.removeprefix(_KEYS)
    if name.startswith(_RELATED):
        found: Mapping[Any, object] = vars(catalog.related_notes)[name.removeprefix(_RELATED)]
        return found
    return _MAPPINGS[name](catalog)


_ANSWERS: Final[Mapping[str, Callable[[Catalog, Any], object]]] = {
    "documents": lambda catalog, path: path in catalog.snapshot.documents,
    "catalog": getattr,
    "branches": lambda catalog, name: getattr(catalog.branches, name),
    "places": lambda catalog, name: getattr(catalog.places.shape, name),
    "count of places": lambda catalog, _: catalog.places.count,
    "limits of related notes": lambda catalog, _: [
        value for value in vars(catalog.related_notes).values() if not isinstance(value, dict)
    ],
    "title": lambda catalog, node: catalog.title(node),
    "summary": lambda catalog, node: catalog.summary(node),
    "link": lambda catalog, node: catalog.link(node),
    "card": lambda catalog, path: catalog.card(path),
    "mention": lambda catalog, node: catalog.mention(node),
}


def _mappings() -> Iterator[tuple[str, Callable[[Catalog], Mapping[Any, object]]]]:
    """Yield how to get at each mapping that is tracked."""

    def of_snapshot(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.snapshot, name))

    def of_branches(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.branches, name))

    def of_places(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.places.shape, name))

    for name in _OF_SNAPSHOT:
        yield name, of_snapshot(name)
    for name in _OF_BRANCHES:
        yield f"branches.{name}", of_branches(name)
    for name in _OF_BRANCHES:
        yield f"places.{name}", of_places(name)
    yield "places.folder_urls", lambda catalog: catalog.places.folder_urls
    yield "order", lambda catalog: catalog.order
    yield "ledger", lambda catalog: catalog.snapshot.ledger.lines
    yield "pictures", lambda catalog: catalog.pictures
    yield "paths", lambda catalog: catalog.paths
    yield "positions", lambda catalog: catalog.positions


_MAPPINGS: Final = dict(_mappings())


def _tracked_snapshot(snapshot: Snapshot, tracker: Tracker) -> Snapshot:
    """Return a snapshot that notes what it is asked.

    Its `home` is for who compares two snapshots to look at: another one concerns every page.
    """
    tracked: dict[str, Any] = {
        name: _TrackedMapping(name, getattr(snapshot, name), tracker)
        for name in _OF_SNAPSHOT
        if name != "documents"
    }
    tracked["documents"] = _TrackedNotes(snapshot, tracker)
    tracked["ledger"] = replace(
        snapshot.ledger, lines=_TrackedMapping("ledger", snapshot.ledger.lines, tracker)
    )
    return replace(snapshot, **tracked)
