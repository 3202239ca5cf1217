"""Hashes of all answers of a catalog, from which a later process can tell which answers have changed.

There is one for each question that may have been asked (see `questions`), except questions about parts of notes: which notes
have changed is known from their files. If a question has no hash here, its answer is that there is nothing. Some answers are
long and repeat others; instead of these, what they follow from is hashed.
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
"""Bytes of a hash. An answer that is shorter when encoded is its own hash."""

_ORDERS: Final = ("listed", "nodes", "nodes_by_title", "most_cited", "revised")

Answers = Iterable[tuple[Any, object]]
"""The answers to questions about one subject, each with the key of its question."""

AnswerHashes = Mapping[int, int]
"""Hashes of answers, as numbers of 64 bits, by the numbers of their questions."""


def different_answers(before: AnswerHashes, after: AnswerHashes) -> set[int]:
    """Return the questions to which the answers differ, including those that have an answer on one side only."""
    found = {number for number, answer in after.items() if before.get(number) != answer}
    found.update(number for number in before if number not in after)
    return found


def answer_hashes(catalog: Catalog, tracker: StableTracker) -> Iterator[tuple[int, int]]:
    """Yield the numbers of all questions, each once, with the hashes of their answers."""
    for subject, answers in _subjects(catalog):
        numbers, offset = tracker.numbering(subject)
        for key, answer in answers:
            content = encoded(answer)
            if len(content) >= _SIZE:
                content = blake2b(content, digest_size=_SIZE).digest()
            yield numbers[key] + offset, int.from_bytes(content)


def _subjects(catalog: Catalog) -> Iterator[tuple[str, Answers]]:
    """Yield each subject with all answers about it."""
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
    """Yield every mapping whose values are answers as they are, with the subject of the questions."""
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
    """Yield the answers that exist: a draft, for example, has no page and so no link."""
    for key in keys:
        try:
            answer = ask(key)
        except LookupError:
            continue
        yield key, answer


def _resolutions(catalog: Catalog) -> Answers:
    """Yield the resolutions of each note with their types, without which those that have no fields would be encoded alike."""
    for path, found in catalog.snapshot.resolutions.items():
        yield path, ([type(each).__name__ for each in found], found)


def _positions(catalog: Catalog) -> Answers:
    """Yield what the order of listings follows from: a new note changes the positions of others, but not their order."""
    for path in catalog.listed:
        document = catalog.document(path)
        yield path, (document.meta.date, document.title)


def _siblings(catalog: Catalog) -> Answers:
    """Yield what the siblings of a page follow from: a thousand children have nearly a million siblings in all."""
    snapshot = catalog.snapshot
    siblings = cast(Siblings, snapshot.siblings)
    known: dict[Node, bytes] = {}
    for node, parents in snapshot.parents.items():
        if len(parents) == 1:
            (parent,) = parents
            if parent not in known:
                known[parent] = _hash_of(siblings.children.get(parent, ()))
            yield node, known[parent]
        else:
            yield node, siblings[node]


def _pages(shape: Branches) -> Answers:
    """Yield what the pages of a branch follow from: its children, their places in the tree, and what is below them."""
    # From the bottom up, so that what is below each child has been hashed already.
    below: dict[Node, bytes] = {}
    for node in sorted(shape.depths, key=lambda node: -shape.depths[node]):
        below[node] = _hash_of([(child, below.get(child, b"")) for child in shape.own_children(node)])
    for node, children in shape.children.items():
        yield node, [(child, shape.above.get(child), below.get(child, b"")) for child in children]


def _related(catalog: Catalog) -> Answers:
    """Yield what relates other pages to each page. Pages that share something have the same object for it, hashed once."""
    related = catalog.related_notes
    known: dict[int, bytes] = {}

    def hash_of_shared(shared: object) -> bytes:
        number = id(shared)
        if number not in known:
            known[number] = _hash_of(shared)
        return known[number]

    for node in catalog.snapshot.addresses:
        shared = b"".join(map(hash_of_shared, related.shared(node)))
        yield node, shared


def _hash_of(answer: object) -> bytes:
    return blake2b(encoded(answer), digest_size=_SIZE).digest()
