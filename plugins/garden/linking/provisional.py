"""One note has got another text, and nobody has asked yet what the other notes make of it.

Linking a vault takes time that grows with it, and an author who has saved a sentence wants to see that sentence.
Its links are answered as before, new ones among the names that the vault had then; what the change means elsewhere is
found by linking all notes again, which then corrects this as well. Where nothing has changed that linking looks at, as
with most sentences, there is nothing to correct.
"""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from garden.linking.relation import Node
from garden.linking.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Block, Document, Heading, Ref

Key = TypeVar("Key")
Value = TypeVar("Value")

_NOWHERE = Place("", 0, 0)

TEXT_PARTS: Final = frozenset(
    "sha size plain words terms body problems footnotes_at text_hash meta refs tags fields headings blocks".split()
)
"""The parts of a Document in which two may differ that are the same to linking."""

_ADDRESS = ("title", "slug", "permalink", "url", "save_as", "status", "lang", "aliases")
"""The properties that decide where a page is and what leads to it."""


def with_text(snapshot: Snapshot, document: Document) -> Snapshot | None:
    """Return the snapshot with `document` in place of the note that was at its path.

    None where that cannot be done without the other notes: the note is at another address.
    """
    before = snapshot.documents[document.path]
    if document.title != before.title or any(
        getattr(document.meta, name) != getattr(before.meta, name) for name in _ADDRESS
    ):
        return None
    return replace(
        snapshot,
        documents=with_entry(snapshot.documents, document.path, document),
        resolutions=with_entry(snapshot.resolutions, document.path, _answers(snapshot, document)),
    )


def with_sentences(
    snapshot: Snapshot, document: Document, cited_in_part: frozenset[VaultPath] | None = None
) -> Snapshot | None:
    """Return the snapshot that linking all notes again gives, `document` being what has changed.

    None unless it has changed in nothing that linking looks at; what linking has reported of it has a place, and the
    parts of it that others lead to have an extent, so those are reasons to link again, too. `cited_in_part` are the
    notes with such parts, where they are known.
    """
    before = snapshot.documents[document.path]
    if cited_in_part is None:
        cited_in_part = notes_cited_in_part(snapshot)
    is_reported = any(problem.place.path == document.path for problem in snapshot.diagnostics)
    if document.path in cited_in_part or is_reported or _linked_facts(before) != _linked_facts(document):
        return None
    return with_text(snapshot, document)


def notes_cited_in_part(snapshot: Snapshot) -> frozenset[VaultPath]:
    """Return the notes that have a heading or block which a reference leads to."""
    return frozenset(
        VaultPath(answer.node.key)
        for answers in snapshot.resolutions.values()
        for answer in answers
        if isinstance(answer, Found) and answer.part is not None and answer.node.kind == "note"
    )


def with_entry(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Return a mapping with another value of a key that it has; one whose values are not in memory stays as it is."""
    if isinstance(mapping, dict):
        return {**mapping, key: value}
    if isinstance(mapping, ChainMap):
        changed, *rest = mapping.maps
        return ChainMap({**changed, key: value}, *rest)
    return ChainMap({key: value}, mapping)  # type: ignore[arg-type] # a ChainMap only ever changes its first mapping


def _linked_facts(document: Document) -> Document:
    """Return all of a note that linking may look at: not its text, nor where in it something stands."""
    return replace(
        document,
        sha="",
        size=0,
        plain="",
        words=0,
        terms="",
        body=Body(),
        problems=(),
        footnotes_at=None,
        text_hash="",
        meta=replace(document.meta, places={}, refs=(), summary=""),
        refs=tuple(replace(ref, place=_NOWHERE, sentence="", cited=(0, 0)) for ref in document.refs),
        tags=tuple(tag._replace(place=_NOWHERE) for tag in document.tags),
        fields=tuple(replace(field, place=_NOWHERE) for field in document.fields),
        headings=tuple(
            replace(heading, place=_NOWHERE, start=0, end=0, above=0) for heading in document.headings
        ),
        blocks=tuple(replace(block, place=_NOWHERE, start=0, end=0) for block in document.blocks),
    )


def _answers(snapshot: Snapshot, after: Document) -> tuple[Resolution, ...]:
    """Return the answers to a note's references: those that they had, and, to new ones, what is known without it."""
    before = snapshot.documents[after.path]
    known = {
        _question(ref): answer
        for ref, answer in zip(before.refs, snapshot.resolutions[after.path], strict=True)
    }
    own = Node("note", after.path)
    found = []
    for ref in after.refs:
        answer = known.get(_question(ref)) or snapshot.locate(after.path, ref)
        if isinstance(answer, Found) and answer.node == own and answer.part is not None:
            part = _part(after, answer.part)
            answer = replace(answer, part=part, anchor=answer.anchor if part else None, part_missing=not part)
        found.append(answer)
    return tuple(found)


def _question(ref: Ref) -> tuple[object, ...]:
    return ref.kind, ref.target, ref.raw, ref.relation


def _part(document: Document, part: Heading | Block) -> Heading | Block | None:
    """Return the part of a note that has the anchor of a part that it had."""
    parts: Sequence[Heading | Block] = document.headings if isinstance(part, Heading) else document.blocks
    return next((other for other in parts if other.anchor == part.anchor), None)
