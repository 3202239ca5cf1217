"""A provisional snapshot after the text of one note has changed, made without linking the other notes again.

Linking takes time that grows with the vault, and an author who has saved a sentence wants to see that sentence at once.
The links of the changed note are resolved as before, new ones by the names that the vault had then. The effects on other
notes are found when all notes are linked again, which also replaces this snapshot. If nothing that linking depends on has
changed (`sentences`), the provisional snapshot is already correct.
"""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.note import Block, Document, Heading, Ref

Key = TypeVar("Key")
Value = TypeVar("Value")

_ADDRESS = ("slug", "permalink", "url", "save_as", "status", "lang")
"""The properties that decide where a page is, besides its title where addresses are made from titles."""


def with_text(snapshot: Snapshot, document: Document, *, by_title: bool) -> Snapshot | None:
    """Return the snapshot with `document` in place of the note that was at its path.

    None if that needs the other notes, because the address of the note has changed: `by_title` says that its title may
    be in the address.
    """
    before = snapshot.documents[document.path]
    if (by_title and document.title != before.title) or any(
        getattr(document.meta, name) != getattr(before.meta, name) for name in _ADDRESS
    ):
        return None
    return replace(
        snapshot,
        documents=with_entry(snapshot.documents, document.path, document),
        resolutions=with_entry(snapshot.resolutions, document.path, _resolutions(snapshot, document)),
    )


def with_entry(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Return a copy of a mapping with another value for one of its keys; a mapping whose values are on disk is wrapped, not copied."""
    if isinstance(mapping, dict):
        return {**mapping, key: value}
    if isinstance(mapping, ChainMap):
        changed, *rest = mapping.maps
        return ChainMap({**changed, key: value}, *rest)
    return ChainMap({key: value}, mapping)  # type: ignore[arg-type] # a ChainMap only ever changes its first mapping


def with_entries(mapping: Mapping[Key, Value], entries: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return a copy of a mapping with other values for some keys; see `with_entry`."""
    if isinstance(mapping, dict):
        return {**mapping, **entries}
    for key, value in entries.items():
        mapping = with_entry(mapping, key, value)
    return mapping


def _resolutions(snapshot: Snapshot, after: Document) -> tuple[Resolution, ...]:
    """Return the resolutions of a note's references: the old ones, and for new references what the old vault gives."""
    before = snapshot.documents[after.path]
    known = {
        _key(ref): answer for ref, answer in zip(before.refs, snapshot.resolutions[after.path], strict=True)
    }
    own = Node("note", after.path)
    found = []
    for ref in after.refs:
        answer = known.get(_key(ref)) or snapshot.locate(after.path, ref)
        if isinstance(answer, Found) and answer.node == own and answer.part is not None:
            part = part_of(after, answer.part)
            answer = replace(answer, part=part, anchor=answer.anchor if part else None, part_missing=not part)
        found.append(answer)
    return tuple(found)


def _key(ref: Ref) -> tuple[object, ...]:
    """Return everything in a reference that its resolution depends on."""
    return ref.kind, ref.target, ref.raw, ref.relation


def part_of(document: Document, part: Heading | Block) -> Heading | Block | None:
    """Return the part of a note that has the same anchor as a former part, None if it no longer exists."""
    parts: Sequence[Heading | Block] = document.headings if isinstance(part, Heading) else document.blocks
    return next((other for other in parts if other.anchor == part.anchor), None)
