"""The answers of a catalog, each as a number: so that a later process can tell which of them have changed.

All answers to all questions that anything may have asked (see `questions`), except those about parts of notes: which notes
have changed is known from their files. An answer that is missing here is that there is none. Some answers are long, and
repeat others: what they follow from stands here in their place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final, cast

from garden.linking.hierarchy.siblings import Siblings
from garden.linking.relation import Node
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog
from garden.rendering.fingerprint import encoded
from garden.rendering.tracking.questions import StableTracker
from garden.rendering.tracking.subjects import (
    KEYS_OF,
    PAGES_OF,
    PARTS_OF_BRANCHES,
    PARTS_OF_SNAPSHOT,
    RELATED,
)

_SIZE: Final = 8
"""Bytes of a hash. What is shorter stands for itself."""

_ORDERS: Final = ("listed", "nodes", "nodes_by_title", "most_cited", "revised")

Answers = Iterable[tuple[Any, object]]
"""Keys with their answers."""


Prints = Mapping[int, int]
"""Hashes of 64 bits of answers, by the numbers of their questions."""


def different_answers(before: Prints, after: Prints) -> set[int]:
    """Return the questions to which the answers differ; there may be none on either side."""
    found = {number for number, answer in after.items() if before.get(number) != answer}
    found.update(number for number in before if number not in after)
    return found


def answer_prints(catalog: Catalog, tracker: StableTracker) -> Iterator[tuple[int, int]]:
    """Yield the numbers of all questions, each once, with the hashes of their answers."""
    for subject, answers in _subjects(catalog):
        numbers, first = tracker.numbering(subject)
        for key, answer in answers:
            content = encoded(answer)
            if len(content) >= _SIZE:
                content = blake2b(content, digest_size=_SIZE).digest()
            yield numbers[key] + first, int.from_bytes(content)


def _subjects(catalog: Catalog) -> Iterator[tuple[str, Answers]]:
    for name, mapping in _mappings(catalog):
        yield name, mapping.items()
        yield KEYS_OF + name, [(None, list(mapping))]
    snapshot = catalog.snapshot
    yield "documents", ((path, True) for path in snapshot.documents)
    yield f"{KEYS_OF}documents", [(None, list(snapshot.documents))]
    yield "resolutions", _resolutions(catalog)
    yield f"{KEYS_OF}resolutions", [(None, list(snapshot.resolutions))]
    yield "positions", _positions(catalog)
    yield f"{KEYS_OF}positions", [(None, catalog.listed)]
    yield "siblings", _siblings(catalog)
    yield f"{KEYS_OF}siblings", [(None, list(snapshot.siblings))]
    yield "catalog", [(name, getattr(catalog, name)) for name in _ORDERS]
    for name, shape in (("branches", catalog.branches), ("places", catalog.places.shape)):
        yield name, [("roots", shape.roots), ("loose", shape.loose)]
        yield PAGES_OF + name, _pages(shape)
    yield "count of places", [(None, catalog.places.count)]
    yield RELATED, _related(catalog)
    yield "cites", ((path, list(catalog.related_notes.cites(path))) for path in catalog.listed)
    nodes = _nodes(catalog)
    for name in ("title", "freshness", "summary", "link", "mention"):
        yield name, _answered(getattr(catalog, name), nodes)
    yield "card", _answered(catalog.card, snapshot.documents)


def _mappings(catalog: Catalog) -> Iterator[tuple[str, Mapping[Any, object]]]:
    """Yield every mapping whose entries are answers as they are."""
    snapshot = catalog.snapshot
    for name in PARTS_OF_SNAPSHOT:
        if name not in ("documents", "resolutions", "siblings"):
            yield name, getattr(snapshot, name)
    for subject, shape in (("branches", catalog.branches), ("places", catalog.places.shape)):
        for name in PARTS_OF_BRANCHES:
            yield f"{subject}.{name}", getattr(shape, name)
    yield "places.folder_urls", catalog.places.folder_urls
    yield "order", catalog.order
    yield "ledger", snapshot.ledger.lines
    yield "pictures", catalog.pictures
    yield "paths", catalog.paths


def _nodes(catalog: Catalog) -> list[Node]:
    """Return everything that has a title."""
    snapshot = catalog.snapshot
    return [
        *(Node("note", path) for path in snapshot.documents),
        *(Node("hub", key) for key in snapshot.hubs),
        *(Node("label", key) for key in snapshot.labels),
        *(node for node in catalog.places.shape.children if node.kind != "note"),
    ]


def _answered(ask: Callable[[Any], object], keys: Iterable[Any]) -> Answers:
    """Yield the answers that there are: what has no page, as a draft, has no link."""
    for key in keys:
        try:
            answer = ask(key)
        except LookupError:
            continue
        yield key, answer


def _resolutions(catalog: Catalog) -> Answers:
    """Yield the resolutions of each note: of some there is nothing to say but what they are."""
    for path, found in catalog.snapshot.resolutions.items():
        yield path, ([type(each).__name__ for each in found], found)


def _positions(catalog: Catalog) -> Answers:
    """Yield what the order of listings follows from: a new note moves all others, but among themselves they stay in order."""
    for path in catalog.listed:
        document = catalog.document(path)
        yield path, (document.meta.date, document.title)


def _siblings(catalog: Catalog) -> Answers:
    """Yield what the siblings of a page follow from: those of a thousand children would be a million."""
    snapshot = catalog.snapshot
    siblings = cast(Siblings, snapshot.siblings)
    known: dict[Node, bytes] = {}
    for node, parents in snapshot.parents.items():
        if len(parents) == 1:
            (parent,) = parents
            if parent not in known:
                known[parent] = _print(siblings.children.get(parent, ()))
            yield node, known[parent]
        else:
            yield node, siblings[node]


def _pages(shape: Branches) -> Answers:
    """Yield what the pages of a branch follow from: its children, where they hang, and what is below them."""
    below: dict[Node, bytes] = {}
    for node in sorted(shape.depths, key=lambda node: -shape.depths[node]):
        below[node] = _print([(child, below.get(child, b"")) for child in shape.own_children(node)])
    for node, children in shape.children.items():
        yield node, [(child, shape.above.get(child), below.get(child, b"")) for child in children]


def _related(catalog: Catalog) -> Answers:
    """Yield what is related to each page; what some of them share is the same object for all of these."""
    related = catalog.related_notes
    known: dict[int, bytes] = {}

    def print_of(shared: object) -> bytes:
        number = id(shared)
        if number not in known:
            known[number] = _print(shared)
        return known[number]

    for node in catalog.snapshot.addresses:
        shared = b"".join(map(print_of, related.shared(node)))
        yield node, shared


def _print(answer: object) -> bytes:
    return blake2b(encoded(answer), digest_size=_SIZE).digest()
