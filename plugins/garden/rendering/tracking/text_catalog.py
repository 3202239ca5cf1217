"""Which pages show which texts: recorded while a site is made, so that a later process makes only those pages again.

The parts of a note are in two groups: those that names, addresses and the hierarchy depend on, and the text with everything
that shifts with it and with its links. Most changes concern only the second group; then a page stays the same unless it has
asked for such a part of that very note, or for what cites it or is related to it. A `TextCatalog` records only these questions,
which is cheap enough for every build; `tracked_catalog` records all questions.

A question is a number: that of the note in the order of their paths, and that of the part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, cast

from msgspec.structs import replace

from garden.linking.backlinks import cited_by
from garden.linking.relation import Backlink, Node
from garden.linking.resolving.resolution import Resolution
from garden.linking.sentences import TEXT_PARTS
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.pages.entries import Card
from garden.rendering.body.fill import Bodies
from garden.rendering.catalog import Catalog
from garden.rendering.related_notes import Relatedness, RelatedNotes
from garden.rendering.summaries import summary_of
from garden.rendering.tracking.questions import Question, QuestionRecorder
from garden.views.facts import changed_facts

_OPENING: Final = "opening"
_SUMMARY: Final = "summary"
_ANSWERS: Final = "resolutions"

_BACKLINKS: Final = "backlinks"
_RELATED: Final = "related"

_PARTS: Final = (*sorted(TEXT_PARTS), _OPENING, _SUMMARY, _ANSWERS, _BACKLINKS, _RELATED)
_NUMBERS: Final = {part: number for number, part in enumerate(_PARTS)}

_FIRST_FACT: Final = -1
_FIRST_OTHER: Final = 1 << 60
"""The least number of a question that is about no note."""


def _fact_number(fact: str) -> int:
    """Return the number of the question about a fact of all notes, as queries ask it: the same in every process."""
    return _FIRST_FACT - _stable(fact)


def _stable(text: str) -> int:
    """Return a number for a text that is the same in every process."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogateescape")).digest()[:7])


_MOST_CITED: Final = _FIRST_OTHER + _stable("most cited")


def is_fact(number: int) -> bool:
    """Say whether a question is about a fact of all notes."""
    return number <= _FIRST_FACT


class TextTracker(QuestionRecorder):
    """Records which texts are asked for while something is being made."""

    def __init__(self, paths: Sequence[VaultPath]) -> None:
        """Number the notes; `paths` are the paths of all notes, in order."""
        super().__init__()
        self.first = {path: number * len(_PARTS) for number, path in enumerate(paths)}

    def ask(self, path: VaultPath, part: str) -> None:
        """Record a question."""
        self._now.add(self.first[path] + _NUMBERS[part])

    def number(self, node: Node, part: str) -> int:
        """Return the number of the question about something that follows from links, about any page."""
        if node.kind == "note":
            return self.first[VaultPath(node.key)] + _NUMBERS[part]
        return _FIRST_OTHER + _stable(f"{part} {node.kind} {node.key}")

    def new_questions(self) -> list[Question]:
        """Return nothing: every process numbers the questions in the same way."""
        return []

    def adopt(self, asked: list[Question]) -> None:
        """Do nothing: there is nothing to add."""
        del asked


def changed_texts(tracker: TextTracker, path: VaultPath, before: Snapshot, after: Snapshot) -> frozenset[int]:
    """Return the questions about one note whose answers have changed."""
    first = tracker.first[path]
    one, other = before.documents[path], after.documents[path]
    found = {part for part in TEXT_PARTS if getattr(one, part) != getattr(other, part)}
    if not found.isdisjoint(("plain", "footnotes_at")):
        found.add(_OPENING)
    if summary_of(one) != summary_of(other):
        found.add(_SUMMARY)
    if before.resolutions[path] != after.resolutions[path]:
        found.add(_ANSWERS)
    return frozenset(first + _NUMBERS[part] for part in found)


def changed_links(tracker: TextTracker, path: VaultPath, before: Snapshot, after: Snapshot) -> frozenset[int]:
    """Return the questions about backlinks whose answers have changed with one note."""
    one, other = (cited_by(each.documents[path], each.resolutions[path]) for each in (before, after))
    found = {
        tracker.number(node, _BACKLINKS) for node in one.keys() | other if one.get(node) != other.get(node)
    }
    if one.keys() != other.keys():
        found.add(_MOST_CITED)
    return frozenset(found)


def changed_related(tracker: TextTracker, nodes: Iterable[Node]) -> frozenset[int]:
    """Return the questions about what is related to some pages."""
    return frozenset(tracker.number(node, _RELATED) for node in nodes)


def changed_answers(paths: Iterable[VaultPath], before: Snapshot, after: Snapshot) -> frozenset[int] | None:
    """Return the questions of queries whose answers have changed with some notes, None if that may be all of them."""
    changed = changed_facts(before, after, paths)
    return None if changed is None else frozenset(map(_fact_number, changed))


class _TrackedText:
    """A Document that records which parts of its text are read."""

    __slots__ = ("_first", "_note", "_of")

    def __init__(self, of: Document, first: int, note: Callable[[int], None]) -> None:
        self._of = of
        self._first = first
        self._note = note

    def __getattr__(self, part: str) -> Any:
        return getattr(self._of, part)


def _tracked_part(part: str) -> property:
    number = _NUMBERS[part]

    def asked(text: _TrackedText) -> Any:
        text._note(text._first + number)  # noqa: SLF001 (it is made a property of this class)
        return getattr(text._of, part)  # noqa: SLF001 (as above)

    return property(asked)


for _part in (*TEXT_PARTS, _OPENING):
    setattr(_TrackedText, _part, _tracked_part(_part))


class _TrackedTexts(Mapping[VaultPath, Document]):
    """All Documents, each tracked."""

    __slots__ = ("_note", "_notes", "_of", "_tracker", "_whole")

    def __init__(self, of: Mapping[VaultPath, Document], whole: Snapshot, tracker: TextTracker) -> None:
        self._of = of
        self._whole = whole
        self._tracker = tracker
        self._note = tracker.note
        self._notes: dict[VaultPath, Document] = {}

    def __getitem__(self, path: VaultPath) -> Document:
        found = self._notes.get(path)
        if found is None:
            text = _TrackedText(self._of[path], self._tracker.first[path], self._note)
            found = self._notes[path] = cast(Document, text)
        return found

    def whole_snapshot(self, facts: frozenset[str]) -> Snapshot:
        """Return the snapshot itself for a caller that depends only on some facts (see `questions.untracked`)."""
        for fact in facts:
            self._note(_fact_number(fact))
        return self._whole

    def __contains__(self, path: object) -> bool:
        return path in self._of

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _TrackedAnswers(Mapping[VaultPath, tuple[Resolution, ...]]):
    """The resolutions of all references, tracked by note."""

    __slots__ = ("_first", "_note", "_of")

    def __init__(self, of: Mapping[VaultPath, tuple[Resolution, ...]], tracker: TextTracker) -> None:
        self._of = of
        self._first = {path: first + _NUMBERS[_ANSWERS] for path, first in tracker.first.items()}
        self._note = tracker.note

    def __getitem__(self, path: VaultPath) -> tuple[Resolution, ...]:
        self._note(self._first[path])
        return self._of[path]

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _TrackedBacklinks(Mapping[Node, tuple[Backlink, ...]]):
    """All backlinks, tracked by page."""

    __slots__ = ("_note", "_of", "_tracker")

    def __init__(self, of: Mapping[Node, tuple[Backlink, ...]], tracker: TextTracker) -> None:
        self._of = of
        self._tracker = tracker
        self._note = tracker.note

    def __getitem__(self, node: Node) -> tuple[Backlink, ...]:
        self._note(self._tracker.number(node, _BACKLINKS))
        return self._of[node]

    def __iter__(self) -> Iterator[Node]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _TrackedRelated:
    """Which notes are related, tracked by page."""

    __slots__ = ("_of", "_tracker")

    def __init__(self, of: RelatedNotes, tracker: TextTracker) -> None:
        self._of = of
        self._tracker = tracker

    def of(self, node: Node) -> Relatedness:
        """Return how closely other pages are related to this one."""
        self._tracker.note(self._tracker.number(node, _RELATED))
        return self._of.of(node)

    def cites(self, path: VaultPath) -> Mapping[Node, None]:
        """Return what a note links to in its text, in order."""
        self._tracker.ask(path, _RELATED)
        return self._of.cites(path)


class TextCatalog(Catalog):
    """A catalog that records which texts it is asked for, and what follows from links in them; it wraps the catalog `plain`.

    Queries look at the snapshot `plain.whole`.
    """

    def __init__(self, plain: Catalog, tracker: TextTracker) -> None:
        """Track the questions to `plain`."""
        snapshot = plain.snapshot
        tracked: dict[str, Any] = {
            "documents": _TrackedTexts(snapshot.documents, plain.whole, tracker),
            "resolutions": _TrackedAnswers(snapshot.resolutions, tracker),
            "backlinks": _TrackedBacklinks(snapshot.backlinks, tracker),
        }
        super().__init__(replace(snapshot, **tracked), plain.settings, plain.pictures, plain.translations)
        self.plain = plain
        self._tracker = tracker

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return the function that gives the bodies of notes, tracked."""

        def body(path: VaultPath) -> Body:
            # A body follows from the bytes of its file.
            self._tracker.ask(path, "sha")
            return bodies(path)

        return body

    @property
    def related_notes(self) -> RelatedNotes:
        """Which notes are related, and why."""
        return cast(RelatedNotes, _TrackedRelated(self.plain.related_notes, self._tracker))

    @property
    def most_cited(self) -> tuple[VaultPath, ...]:
        """The notes that others link to; see `Catalog`."""
        self._tracker.note(_MOST_CITED)
        return self.plain.most_cited

    def summary(self, node: Node) -> str:
        """Return one line about a page: its summary, or else its first words."""
        if node.kind == "note":
            self._tracker.ask(VaultPath(node.key), _SUMMARY)
        return self.plain.summary(node)

    def card(self, path: VaultPath) -> Card:
        """Return a note as a listing shows it."""
        self._tracker.ask(path, _SUMMARY)
        return self.plain.card(path)


def _plain_value(name: str) -> property:
    return property(lambda catalog: getattr(catalog.plain, name))


# These follow from relations, titles and properties, never from text.
for _name in (
    *("listed", "nodes", "branches", "places", "order", "paths", "positions"),
    *("title", "link", "mention", "title_order", "freshness", "language", "is_listed", "is_draft"),
):
    setattr(TextCatalog, _name, _plain_value(_name))
