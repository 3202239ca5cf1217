"""Where the references of a changed note lead, and those of others to its parts, in a vault that is not linked again.

What a reference leads to depends on the names in the vault, which are the same, and on the parts of the note that it
names. So references that were there before keep their answers, unless they name a part of the changed note, and new
ones are resolved alone. Whatever linking would report, or what concerns more than notes, is left to it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from garden.linking.locator import Locator
from garden.linking.provisional import part_of
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, FoundFile, LeftAlone, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, is_view_file
from garden.model.note import Document, Ref

Part = TypeVar("Part")


def answers(snapshot: Snapshot, document: Document, locate: Locator) -> tuple[Resolution, ...] | None:
    """Return the answers to the references of a note that has changed; `locate` knows its present parts.

    None if the vault has to be linked for them.
    """
    before = snapshot.documents[document.path]
    known = snapshot.resolutions[document.path]
    if not _questions_differ(before, document):
        return answers_to(document, before, document, known, locate)
    found: list[Resolution] = []
    at = 0  # in the former references
    left: list[Ref] = []
    for one, other in side_by_side(before.refs, document.refs, same_question):
        if one and other:
            found.append(known[at])
        elif other:
            answer = locate.plain(document.path, other)
            if answer is None or is_view_file(other.target.path):
                return None
            found.append(answer)
        elif one:
            left.append(one)
        at += one is not None
    # A view that nothing names has no page, and a file that nothing names is not published.
    if any(is_view_file(ref.target.path) for ref in left) or _files(known) != _files(found):
        return None
    return answers_to(document, before, document, tuple(found), locate)


def answers_to(
    document: Document, before: Document, source: Document, known: Sequence[Resolution], locate: Locator
) -> tuple[Resolution, ...] | None:
    """Return the answers to the references of the note `source`, which names parts of one that was as `before`.

    None if the vault has to be linked for them.
    """
    node = Node("note", document.path)
    named_alike = _names(before) == _names(document)
    found: list[Resolution] = []
    for ref, answer in zip(source.refs, known, strict=True):
        present: Resolution | None = answer
        if isinstance(answer, Found) and answer.node == node and (answer.part or answer.part_missing):
            if not named_alike:
                # What was reported as missing may be there by now.
                was_reported = answer.part_missing and not ref.relation
                present = None if was_reported else locate.plain(source.path, ref)
            elif answer.part:
                part = part_of(document, answer.part)
                present = replace(answer, part=part) if part else None
        elif isinstance(answer, LeftAlone) and not ref.target.path and not named_alike:
            present = None  # `#part` may lead to a new heading of the note itself
        if present is None:
            return None
        found.append(present)
    return tuple(found)


def side_by_side(
    one: Sequence[Part], other: Sequence[Part], is_same: Callable[[Part, Part], bool]
) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield the parts of two sequences: together those at both ends that are the same, then each of the others alone.

    They are in the order of `other`.
    """
    least = min(len(one), len(other))
    begin = next((at for at in range(least) if not is_same(one[at], other[at])), least)
    end = next(
        (at for at in range(least - begin) if not is_same(one[-1 - at], other[-1 - at])), least - begin
    )
    yield from zip(one[:begin], other[:begin], strict=True)
    yield from ((part, None) for part in one[begin : len(one) - end])
    yield from ((None, part) for part in other[begin : len(other) - end])
    yield from zip(one[len(one) - end :], other[len(other) - end :], strict=True)


def same_question(one: Ref, other: Ref) -> bool:
    """Say whether two references ask for the same."""
    return _question(one) == _question(other)


def _question(ref: Ref) -> tuple[object, ...]:
    return ref.kind, ref.target, ref.raw, ref.relation


def _questions_differ(before: Document, after: Document) -> bool:
    return list(map(_question, before.refs)) != list(map(_question, after.refs))


def _names(document: Document) -> list[tuple[object, ...]]:
    """Return everything by which parts of a note are named, in order."""
    headings = (
        (one.level, one.text, one.key, one.anchor, one.shown, one.typed_key) for one in document.headings
    )
    return [*headings, *((one.id, one.anchor) for one in document.blocks)]


def _files(resolutions: Sequence[Resolution]) -> set[VaultPath]:
    return {answer.path for answer in resolutions if isinstance(answer, FoundFile)}
