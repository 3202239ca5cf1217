"""Resolving the references of a changed note, and those of others to its parts, without linking the vault again.

What a reference leads to depends on the names in the vault, which are the same, and on the headings and blocks of the note
that it names. So references that were there before keep their resolutions, unless they name a part of the changed note,
and new ones are resolved one by one. The functions return None, which means that the vault has to be linked, wherever
linking would report a problem, or where more than notes is concerned, such as the page of a view.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from garden.linking.locator import Locator
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, FoundFile, LeftAlone, Resolution
from garden.linking.resolving.resolve import resolution_key
from garden.linking.sections import present_part
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, is_view_file
from garden.model.note import Document, Ref

Item = TypeVar("Item")


def resolve_changed_note(
    snapshot: Snapshot, document: Document, locate: Locator
) -> tuple[Resolution, ...] | None:
    """Return the resolutions of a note that has changed; `locate` finds its present headings and blocks.

    None if the vault has to be linked for them.
    """
    before = snapshot.documents[document.path]
    known = snapshot.resolutions[document.path]
    if not _references_differ(before, document):
        return update_resolutions(document, before, document, known, locate)
    found: list[Resolution] = []
    at = 0  # index of the former reference
    removed: list[Ref] = []
    for former, present in side_by_side(before.refs, document.refs, is_same_reference):
        if former and present:
            found.append(known[at])
        elif present:
            answer = locate.unreported(document.path, present)
            if answer is None or is_view_file(present.target.path):
                return None
            found.append(answer)
        elif former:
            removed.append(former)
        at += former is not None
    # A view that nothing names has no page, and a file that nothing names is not published.
    if any(is_view_file(ref.target.path) for ref in removed) or _files(known) != _files(found):
        return None
    return update_resolutions(document, before, document, tuple(found), locate)


def update_resolutions(
    document: Document, before: Document, source: Document, known: Sequence[Resolution], locate: Locator
) -> tuple[Resolution, ...] | None:
    """Return the resolutions of the note `source`, of which some lead to headings or blocks of a changed note.

    The changed note was `before` and is now `document`; `known` are the earlier resolutions of `source`, which may be
    the changed note itself. None if the vault has to be linked for them.
    """
    node = Node("note", document.path)
    same_names = _part_names(before) == _part_names(document)
    found: list[Resolution] = []
    for ref, answer in zip(source.refs, known, strict=True):
        present: Resolution | None = answer
        if isinstance(answer, Found) and answer.node == node and (answer.part or answer.part_missing):
            if not same_names:
                # What was reported as missing may be there by now.
                was_reported = answer.part_missing and not ref.relation
                present = None if was_reported else locate.unreported(source.path, ref)
            elif answer.part:
                part = present_part(document, answer.part)
                present = replace(answer, part=part) if part else None
        elif isinstance(answer, LeftAlone) and not ref.target.path and not same_names:
            present = None  # `#part` may lead to a new heading of the note itself
        if present is None:
            return None
        found.append(present)
    return tuple(found)


def side_by_side(
    one: Sequence[Item], other: Sequence[Item], is_same: Callable[[Item, Item], bool]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Pair the items of two sequences that are the same at their beginning and at their end.

    Items between these are paired with None: first those of `one`, then those of `other`.
    """
    shorter = min(len(one), len(other))
    # How many items are the same at the beginning, and how many of the others at the end
    begin = next((at for at in range(shorter) if not is_same(one[at], other[at])), shorter)
    left = shorter - begin
    end = next((at for at in range(left) if not is_same(one[-1 - at], other[-1 - at])), left)
    yield from zip(one[:begin], other[:begin], strict=True)
    yield from ((item, None) for item in one[begin : len(one) - end])
    yield from ((None, item) for item in other[begin : len(other) - end])
    yield from zip(one[len(one) - end :], other[len(other) - end :], strict=True)


def is_same_reference(one: Ref, other: Ref) -> bool:
    """Say whether two references name the same target in the same way, wherever they stand."""
    return resolution_key(one) == resolution_key(other)


def _references_differ(before: Document, after: Document) -> bool:
    return list(map(resolution_key, before.refs)) != list(map(resolution_key, after.refs))


def _part_names(document: Document) -> list[tuple[object, ...]]:
    """Return everything by which links name the headings and blocks of a note, in order."""
    headings = (
        (one.level, one.text, one.key, one.anchor, one.shown, one.typed_key) for one in document.headings
    )
    return [*headings, *((one.id, one.anchor) for one in document.blocks)]


def _files(resolutions: Sequence[Resolution]) -> set[VaultPath]:
    return {answer.path for answer in resolutions if isinstance(answer, FoundFile)}
