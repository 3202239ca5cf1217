"""Comparing two catalogs by the questions that a `TrackedCatalog` has recorded: which answers have changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any, Final, cast

from garden.linking.hierarchy.siblings import Siblings
from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.rendering.catalog import Catalog
from garden.rendering.tracking.questions import Tracker
from garden.rendering.tracking.subjects import (
    FACT_OF_ALL,
    INDEX_OF_RELATED,
    KEYS_OF,
    PAGES_OF,
    PART_OF_NOTE,
    PARTS_OF_BRANCHES,
    PARTS_OF_SNAPSHOT,
)
from garden.views.facts import changed_facts

_ABSENT: Final = object()


def changed_questions(tracker: Tracker, before: Catalog, after: Catalog) -> frozenset[int]:
    """Return the numbers of the questions whose answers differ between `before` and `after`.

    There are three kinds of subjects: facts of all notes, parts of notes, and everything else. Whatever is the very same
    object in both catalogs is not compared.
    """
    found = []
    notes = _changed_notes(before, after)
    for subject, numbers in tracker.subjects.items():
        if subject == FACT_OF_ALL:
            changed = changed_facts(before.snapshot, after.snapshot)
            found += [number for fact, number in numbers.items() if changed is None or fact in changed]
        elif subject.startswith(PART_OF_NOTE):
            found += _changed_parts(subject, numbers, notes, (before, after))
        elif subject in _ANSWERS or _mapping(before, subject) is not _mapping(after, subject):
            old, new = _answers(before, subject), _answers(after, subject)
            # All questions are compared, or only those about changed notes.
            keys = (
                numbers if _may_differ_elsewhere(subject, (before, after), notes) else _keys(subject, notes)
            )
            found += [numbers[key] for key in keys if key in numbers and not _is_same(old, new, key)]
    return frozenset(found)


def _is_same(old: Callable[[Any], object], new: Callable[[Any], object], key: object) -> bool:
    one, other = old(key), new(key)
    return one is other or one == other


def _changed_notes(before: Catalog, after: Catalog) -> AbstractSet[VaultPath]:
    """Return the notes that are changed, new or gone: most are the very same objects."""
    old, new = before.snapshot.documents, after.snapshot.documents
    return {path for path in old.keys() | new.keys() if old.get(path) is not new.get(path)}


def _changed_parts(
    subject: str,
    numbers: Mapping[VaultPath, int],
    notes: Iterable[VaultPath],
    both: tuple[Catalog, Catalog],
) -> list[int]:
    """Return the questions about one part of the changed `notes` whose answers have changed."""
    part = attrgetter(subject.removeprefix(PART_OF_NOTE))
    old, new = (catalog.snapshot.documents for catalog in both)
    found = []
    for path in notes:
        one, other = old.get(path), new.get(path)
        if path in numbers and (one is None or other is None or part(one) != part(other)):
            found.append(numbers[path])
    return found


def _may_differ_elsewhere(subject: str, both: tuple[Catalog, Catalog], notes: AbstractSet[VaultPath]) -> bool:
    """Say whether an answer about something else than the changed `notes` may differ."""
    parts = _FOLLOWS_FROM.get(subject)
    if parts is None or any(part(both[0]) is not part(both[1]) for part in parts):
        return True
    if subject != "card":
        return False
    # The trail of a card has the titles of other pages.
    old, new = (catalog.snapshot.documents for catalog in both)
    return any(path not in old or path not in new or old[path].title != new[path].title for path in notes)


def _keys(subject: str, notes: Iterable[VaultPath]) -> Iterable[VaultPath | Node]:
    """Return the keys of the questions about some notes: their paths, or their pages."""
    return notes if subject in ("documents", "card", "cites") else (Node("note", path) for path in notes)


def _answers(catalog: Catalog, subject: str) -> Callable[[Any], object]:
    """Return the function that answers the questions about one subject."""
    if subject in _ANSWERS:
        ask = _ANSWERS[subject]

        def answer(key: Any) -> object:
            try:
                return ask(catalog, key)
            except LookupError:
                return _ABSENT  # the page is gone, or was not there

        return answer
    mapping = _mapping(catalog, subject)
    if subject.startswith(KEYS_OF):
        keys = list(mapping)
        return lambda _: keys
    if isinstance(mapping, Siblings):
        return mapping.kin
    if subject == "positions":
        # Positions only serve to sort: a new note changes those of others, but not their order.
        documents = catalog.snapshot.documents
        return lambda path: (documents[path].meta.date, documents[path].title) if path in mapping else _ABSENT
    return lambda key: mapping.get(key, _ABSENT)


def _mapping(catalog: Catalog, subject: str) -> Mapping[Any, object]:
    """Return the mapping that a subject is about."""
    name = subject.removeprefix(KEYS_OF)
    if name.startswith(INDEX_OF_RELATED):
        found: Mapping[Any, object] = vars(catalog.related_notes)[name.removeprefix(INDEX_OF_RELATED)]
        return found
    return _MAPPINGS[name](catalog)


_ANSWERS: Final[Mapping[str, Callable[[Catalog, Any], object]]] = {
    "documents": lambda catalog, path: path in catalog.snapshot.documents,
    "catalog": getattr,
    "branches": lambda catalog, name: getattr(catalog.branches, name),
    "places": lambda catalog, name: getattr(catalog.places.shape, name),
    PAGES_OF + "branches": lambda catalog, node: catalog.branches.pages(node),
    PAGES_OF + "places": lambda catalog, node: catalog.places.shape.pages(node),
    "count of places": lambda catalog, _: catalog.places.count,
    "title": lambda catalog, node: catalog.title(node),
    "freshness": lambda catalog, node: catalog.freshness(node),
    "summary": lambda catalog, node: catalog.summary(node),
    "link": lambda catalog, node: catalog.link(node),
    "card": lambda catalog, path: catalog.card(path),
    "mention": lambda catalog, node: catalog.mention(node),
    "cites": lambda catalog, path: tuple(catalog.cites(path)),
}


def _mappings() -> Iterator[tuple[str, Callable[[Catalog], Mapping[Any, object]]]]:
    """Yield an accessor for each tracked mapping."""

    def of_snapshot(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.snapshot, name))

    def of_branches(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.branches, name))

    def of_places(name: str) -> Callable[[Catalog], Mapping[Any, object]]:
        return lambda catalog: cast(Mapping[Any, object], getattr(catalog.places.shape, name))

    for name in PARTS_OF_SNAPSHOT:
        yield name, of_snapshot(name)
    for name in PARTS_OF_BRANCHES:
        yield f"branches.{name}", of_branches(name)
    for name in PARTS_OF_BRANCHES:
        yield f"places.{name}", of_places(name)
    yield "places.folder_urls", lambda catalog: catalog.places.folder_urls
    yield "order", lambda catalog: catalog.order
    yield "ledger", lambda catalog: catalog.snapshot.ledger.lines
    yield "pictures", lambda catalog: catalog.pictures
    yield "paths", lambda catalog: catalog.paths
    yield "positions", lambda catalog: catalog.positions


_MAPPINGS: Final = dict(_mappings())

_NAMES: Final = tuple(_MAPPINGS[name] for name in ("hubs", "labels", "tags", "categories"))
_ADDRESSES: Final = tuple(
    _MAPPINGS[name] for name in ("addresses", "tag_addresses", "category_addresses", "places.folder_urls")
)

_FOLLOWS_FROM: Final[Mapping[str, tuple[Callable[[Catalog], object], ...]]] = {
    "documents": (),
    "title": _NAMES,
    "freshness": (),
    "summary": (),
    "cites": (lambda catalog: catalog.related_notes,),
    "link": (*_NAMES, *_ADDRESSES),
    "mention": (*_NAMES, *_ADDRESSES, _MAPPINGS["branches.counts"]),
    "card": (*_NAMES, *_ADDRESSES, lambda catalog: catalog.branches, lambda catalog: catalog.places),
}
"""What answers about a subject follow from, besides the note that each is about. As long as these are the very same objects,
only answers about changed notes can differ. A subject that is missing here has answers of other kinds."""
