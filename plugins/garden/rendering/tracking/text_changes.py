"""To which questions a new text of a note, with its links and headings, changes the answer.

Names, addresses and the hierarchy are the same (see `linking.incremental.changed_text`), so these are only questions about the text itself, and
about what follows from the links in it. They are those of a `StableTracker`; `subjects.OF_TEXTS` names their subjects.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final

from garden.linking.backlinks import cited_by
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.rendering.summaries import summary_of
from garden.rendering.tracking.questions import StableTracker
from garden.rendering.tracking.subjects import FACT_OF_ALL, KEYS_OF, PART_OF_NOTE, PARTS_OF_NOTE, RELATED
from garden.views.facts import changed_facts

_GETTERS: Final = {part: attrgetter(part) for part in PARTS_OF_NOTE}


def changed_parts(tracker: StableTracker, one: Document, other: Document) -> Iterator[int]:
    """Yield the questions about parts of one note whose answers differ between two states of it."""
    return (
        tracker.number(PART_OF_NOTE + part, one.path)
        for part, value_in in _GETTERS.items()
        if value_in(one) != value_in(other)
    )


def changed_by_text(
    tracker: StableTracker, path: VaultPath, before: Snapshot, after: Snapshot
) -> Iterator[int]:
    """Yield the questions whose answers have changed with the text of a note, except those about parts of the note."""
    node = Node("note", path)
    if summary_of(before.documents[path]) != summary_of(after.documents[path]):
        yield tracker.number("summary", node)
        yield tracker.number("card", path)
    if before.resolutions[path] != after.resolutions[path]:
        yield tracker.number("resolutions", path)
    one, other = (cited_by(each.documents[path], each.resolutions[path]) for each in (before, after))
    for cited in one.keys() | other:
        if one.get(cited) != other.get(cited):
            yield tracker.number("backlinks", cited)
    if list(one.items()) != list(other.items()):
        yield tracker.number("cites", path)
    if one.keys() != other.keys():
        yield tracker.number(f"{KEYS_OF}backlinks", None)
        yield tracker.number("catalog", "most_cited")


def changed_related(tracker: StableTracker, nodes: Iterable[Node]) -> Iterator[int]:
    """Yield the questions about what is related to some pages."""
    return (tracker.number(RELATED, node) for node in nodes)


def changed_answers(
    tracker: StableTracker, paths: Iterable[VaultPath], before: Snapshot, after: Snapshot
) -> frozenset[int] | None:
    """Return the questions of queries whose answers have changed with some notes, None if those of all queries may have."""
    changed = changed_facts(before, after, paths)
    return None if changed is None else frozenset(tracker.number(FACT_OF_ALL, fact) for fact in changed)
