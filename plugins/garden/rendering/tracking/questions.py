"""Dependency tracking: every look-up that is needed to make a page is recorded, to find out which changes concern it.

The dependencies of a page are not listed by hand. A `TrackedCatalog` gives the same answers as the catalog that it
wraps, and records each question: an entry of a mapping, all its keys, one part of one note, a link, a card. When the
vault has changed, the old and the new answers to the same questions are compared; if all are the same, so is the
page. Making a page again without need only costs time, but a question that is not recorded would leave an outdated page
in the site. Therefore everything in a catalog is tracked, except the settings, which never change between two catalogs
that are compared.

A question is stored as a number of 64 bits. If two questions ever had the same number, a page would at worst be made
again without need. There are two kinds of trackers:

- A `Tracker` is for one process that has both catalogs in memory. It can say what each of its numbers stands for.
- A `StableTracker` gives a question the same number in every process, so that what was recorded can be kept on disk. Its
  numbers also say of what kind a question is: whether a change of a text alone can change the answer, and whether a
  query has asked it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, Final, NamedTuple, Protocol, TypeAlias, cast

from garden.linking.snapshot import Snapshot
from garden.model.pickling import pickled_quickly
from garden.rendering.tracking.subjects import FACT_OF_ALL, OF_TEXTS

QuestionNumbers: TypeAlias = "array[int]"
"""The questions that were asked while something was made, as numbers."""


@pickled_quickly
class Question(NamedTuple):
    """A question to a catalog: its subject, and the entry that was asked for."""

    subject: str
    key: Any


class _Numbers(dict[Any, int]):
    """The numbers of the questions about one subject; each is assigned when the question is first asked, and added to `new`."""

    def __init__(self, subject: str, new: list[Question]) -> None:
        self._subject = subject
        self._new = new

    def __missing__(self, key: object) -> int:
        number = self[key] = hash((self._subject, key))
        self._new.append(Question(self._subject, key))
        return number


class QuestionRecorder:
    """Records the questions that are asked while something is being made, by their numbers."""

    def __init__(self) -> None:
        self._asked: set[int] = set()
        self._asked_for_parts: set[int] = set()  # asked for parts that are complete, and before them

    @property
    def record(self) -> Callable[[int], None]:
        """The function that records a question by its number."""
        return self._asked.add

    @contextmanager
    def recording(self) -> Iterator[QuestionNumbers]:
        """Give an array that has, at the end of the block, the numbers of the questions asked in it, `in_order`."""
        found = array("q")
        self._asked.clear()
        try:
            yield found
        finally:
            found.extend(self.in_order(self._asked | self._asked_for_parts))
            self._asked.clear()
            self._asked_for_parts.clear()

    @contextmanager
    def recording_part(self) -> Iterator[QuestionNumbers]:
        """Do the same for a part of what is being made, within the block of `recording`, which has these questions, too."""
        found = array("q")
        self._asked_for_parts |= self._asked
        self._asked.clear()
        try:
            yield found
        finally:
            found.extend(self._asked)

    def in_order(self, numbers: Iterable[int]) -> Iterable[int]:
        """Return numbers in the order in which they are stored; any will do here."""
        return numbers

    def repeat(self, asked: QuestionNumbers) -> None:
        """Record the questions of a part that is not made again."""
        self._asked_for_parts.update(asked)


class Tracker(QuestionRecorder):
    """Records all questions to a catalog, and numbers them.

    Processes that were forked from the same one number questions in the same way; they hand over new questions with
    `new_questions`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, _Numbers] = {}
        self._new: list[Question] = []

    def ask(self, subject: str, key: object) -> None:
        """Record a question."""
        self._asked.add(self.numbers(subject)[key])

    def numbers(self, subject: str) -> _Numbers:
        """Return the numbers of the questions about one subject."""
        found = self._numbers.get(subject)
        if found is None:
            found = self._numbers[subject] = _Numbers(subject, self._new)
        return found

    def numbering(self, subject: str) -> tuple[Mapping[Any, int], int]:
        """Return numbers by key, and the offset that has to be added to get the number of the question about a key."""
        return self.numbers(subject), 0

    @property
    def subjects(self) -> Mapping[str, Mapping[Any, int]]:
        """All questions by subject, with their numbers."""
        return self._numbers

    def new_questions(self) -> list[Question]:
        """Return the questions that were first asked since the last call, for `adopt` in another process."""
        new = self._new.copy()
        self._new.clear()
        return new

    def adopt(self, new: list[Question]) -> None:
        """Number the questions that are new in another process, too."""
        for subject, key in new:
            self.numbers(subject)[key]


# What is added to the number of a question, to tell its kind from the number alone. Without it the number is the sum of two
# hashes of 61 bits, so from 0 to 2⁶²; questions about facts come first of all, then those about texts, then the others.
_TEXTS: Final = -(1 << 62)
_FACTS: Final = -(1 << 63)


class _Hashes(dict[Any, int]):
    """Hashes of 61 bits of subjects and keys, computed when they are first asked for."""

    def __missing__(self, key: object) -> int:
        match key:
            case str():
                text = key
            case tuple():
                text = "\0".join(key)
            case _:
                text = ""
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = self[key] = int.from_bytes(digest) >> 3  # of 64 bits
        return number


class StableTracker(QuestionRecorder):
    """Records all questions to a catalog by numbers that are the same in every process."""

    def __init__(self) -> None:
        super().__init__()
        self._hashes = _Hashes()

    def numbering(self, subject: str) -> tuple[Mapping[Any, int], int]:
        """Return numbers by key, and the offset that has to be added to get the number of the question about a key."""
        kind = _TEXTS if subject in OF_TEXTS else _FACTS if subject == FACT_OF_ALL else 0
        return self._hashes, self._hashes[subject] + kind

    def in_order(self, numbers: Iterable[int]) -> Iterable[int]:
        """Return numbers sorted, so that each kind of question is in one piece (`by_kind`)."""
        return sorted(numbers)

    def number(self, subject: str, key: object) -> int:
        """Return the number of a question."""
        numbers, offset = self.numbering(subject)
        return numbers[key] + offset

    def ask(self, subject: str, key: object) -> None:
        """Record a question."""
        self._asked.add(self.number(subject, key))

    def new_questions(self) -> list[Question]:
        """Return nothing: every process numbers the questions in the same way."""
        return []

    def adopt(self, new: list[Question]) -> None:
        """Do nothing: every process numbers the questions in the same way."""
        del new


AnyTracker: TypeAlias = Tracker | StableTracker


def by_kind(asked: QuestionNumbers) -> tuple[QuestionNumbers, QuestionNumbers]:
    """Return the questions of a `StableTracker` to which a text may change the answer, including those of queries, and the others."""
    end = bisect_left(asked, 0)
    return asked[:end], asked[end:]


def is_fact(number: int) -> bool:
    """Say whether a question of a `StableTracker` is about a fact of all notes, as queries ask it."""
    return number < _TEXTS


class _Tracked(Protocol):
    """Notes that record which questions are asked about them."""

    def whole_snapshot(self, facts: frozenset[str]) -> Snapshot: ...


def untracked(snapshot: Snapshot, facts: frozenset[str]) -> Snapshot:
    """Return a snapshot that records nothing; the caller then depends on these facts of all notes (see `views.facts`)."""
    if hasattr(snapshot.documents, "whole_snapshot"):
        return cast(_Tracked, snapshot.documents).whole_snapshot(facts)
    return snapshot
