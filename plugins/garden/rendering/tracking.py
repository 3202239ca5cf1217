"""What a page is made from: every look-up that its making asks for, so that a change is known to concern it or not.

Nobody lists by hand what a page depends on. A `TrackedCatalog` answers as the catalog does that it stands for, and
notes each question: an entry of a mapping, all its keys, one part of one note, a link, a card. When the vault
has changed, the same questions are put to the old and to the new catalog; a page whose answers are all the same
comes out the same. A page that is made again for nothing costs time, a question that is not noted would leave an
old page in the site: therefore all that a catalog has is tracked, but for the settings, which are the same for as long
as anything is compared.

A question is kept as a number of 64 bits. Two questions with one number, which is as good as impossible, would only
make a page again for nothing.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

from garden.linking.snapshot import Snapshot

Reads: TypeAlias = "array[int]"
"""The questions that the making of a page has asked, as numbers."""


class Question(NamedTuple):
    """What is asked of a catalog: what it is about, and which entry of that."""

    subject: str
    key: Any


class _Numbers(dict[Any, int]):
    """The number of each question about one subject; made when it is asked for the first time."""

    def __init__(self, subject: str, asked: list[Question]) -> None:
        self._subject = subject
        self._asked = asked

    def __missing__(self, key: object) -> int:
        number = self[key] = hash((self._subject, key))
        self._asked.append(Question(self._subject, key))
        return number


class Tracker:
    """Notes questions while something is being made.

    Processes that were forked from one number the questions alike; what they have asked for the first time
    they hand over with `take`.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, _Numbers] = {}
        self._asked: list[Question] = []
        self._now: set[int] = set()

    def ask(self, subject: str, key: object) -> None:
        """Note a question."""
        self._now.add(self.numbers(subject)[key])

    def numbers(self, subject: str) -> _Numbers:
        """Return the numbers of the questions about one subject."""
        found = self._numbers.get(subject)
        if found is None:
            found = self._numbers[subject] = _Numbers(subject, self._asked)
        return found

    @property
    def note(self) -> Callable[[int], None]:
        """What notes a question by its number."""
        return self._now.add

    @contextmanager
    def reading(self) -> Iterator[Reads]:
        """Give the numbers of what is asked within the block, complete at its end."""
        found = array("q")
        self._now.clear()
        try:
            yield found
        finally:
            found.extend(self._now)
            self._now.clear()

    @property
    def subjects(self) -> Mapping[str, Mapping[Any, int]]:
        """All questions by what they are about, with their numbers."""
        return self._numbers

    def take(self) -> list[Question]:
        """Hand over the questions that were new, for `know` in another process."""
        asked = self._asked.copy()
        self._asked.clear()
        return asked

    def know(self, asked: list[Question]) -> None:
        """Learn the questions of another process."""
        for subject, key in asked:
            self.numbers(subject)[key]


class _Tracked(Protocol):
    def whole_snapshot(self, facts: frozenset[str]) -> Snapshot: ...


def untracked(snapshot: Snapshot, facts: frozenset[str]) -> Snapshot:
    """Return a snapshot that notes nothing; whoever asks for it depends on these facts of all notes (see `views.facts`)."""
    if hasattr(snapshot.documents, "whole_snapshot"):
        return cast(_Tracked, snapshot.documents).whole_snapshot(facts)
    return snapshot
