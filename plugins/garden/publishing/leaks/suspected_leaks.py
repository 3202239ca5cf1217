"""What the search has found in the output: something private, where it stands, and the words around it, by which it is judged."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from garden.publishing.leaks.needles import Occurrence
from garden.publishing.leaks.traces import Needle
from garden.publishing.leaks.words import ENDS, MARKS, PAUSE, SLASH, runs_of_words

_AROUND: Final = 3  # words on each side of a suspected leak that must be public with it
_LONGEST_ROW: Final = 30  # words on each side of a suspected leak that may be names in one row with it


class NameRow(NamedTuple):
    """Pieces between pauses; the suspected leak has the one at `first`, that at `last`, and those between them."""

    pieces: tuple[str, ...]
    first: int
    last: int

    def is_made_of(self, names: Collection[str], words: Collection[str]) -> bool:
        """Say whether the suspected leak is in a row of whole names, which may have pauses themselves, and of pieces in `words`."""
        starts = set(range(self.first + 1))
        for start in range(self.last + 1):
            for end in range(start + 1, len(self.pieces) + 1) if start in starts else ():
                piece = " ".join(self.pieces[start:end])
                if piece in names or piece in words:
                    if end > self.last:
                        return True
                    starts.add(end)
        return False


class SuspectedLeak(NamedTuple):
    """Something private at a line of a file of the output; line 0 is the file's name, or metadata.

    `contexts` are its words with some of those around it: up to the ends of its piece of text, and up to its pauses.
    They are given with and without the numbers around it, as the program counts. `row` are the pieces between pauses,
    its own and some around it, when there is a pause in it. `path` are the two pieces beside the slash in it,
    if it is of a path; `is_part` says that it is one of the pieces beside a slash, or in it.
    """

    needle: Needle
    text: str
    contexts: tuple[str, ...]
    row: NameRow | None
    path: tuple[str, ...]
    is_part: bool
    is_word: bool
    name: str
    line: int


def suspected_leak(
    every: Sequence[str], found: Occurrence, *, is_word: bool, name: str, line: int
) -> SuspectedLeak:
    """Return what is known of an occurrence in the words of a line; of a file's name the last is its ending."""
    if not line and found.end < len(every):
        every = [*every[:-1], PAUSE, every[-1]]
    text = " ".join(word for word in every[found.start : found.end] if word not in MARKS)
    contexts = []
    for ends in (ENDS, MARKS):
        before = _around(reversed(every[max(0, found.start - 3 * _AROUND) : found.start]), ends)
        after = _around(every[found.end : found.end + 3 * _AROUND], ends)
        contexts.append(" ".join([*reversed(before), text, *after]))
        contexts.append(" ".join([*without_numbers(reversed(before)), text, *without_numbers(after)]))
    row, path = _row_of(every, found), _path_of(every, found)
    # At the ends of a line a slash is of a comment in a script, or of nothing.
    is_part = SLASH in (
        *every[max(1, found.start - 1) : found.start],
        *every[found.end : min(found.end + 1, len(every) - 1)],
    )
    return SuspectedLeak(
        found.needle, text, tuple(dict.fromkeys(contexts)), row, path, is_part, is_word, name, line
    )


def _path_of(every: Sequence[str], found: Occurrence) -> tuple[str, ...]:
    """Return the whole pieces beside the slash of an occurrence, empty when it has none."""
    if SLASH not in every[found.start : found.end]:
        return ()
    start, end = found.start, found.end
    while start and every[start - 1] not in MARKS:
        start -= 1
    while end < len(every) and every[end] not in MARKS:
        end += 1
    return tuple(" ".join(run) for run in runs_of_words(every[start:end], MARKS))


def _row_of(every: Sequence[str], found: Occurrence) -> NameRow | None:
    """Return the pieces between the pauses of an occurrence, with those around it up to where its text ends."""
    if PAUSE not in every[found.start : found.end]:
        return None
    start, end = found.start, found.end
    while start and every[start - 1] not in ENDS and found.start - start < _LONGEST_ROW:
        start -= 1
    while end < len(every) and every[end] not in ENDS and end - found.end < _LONGEST_ROW:
        end += 1
    pieces = [" ".join(run) for run in runs_of_words(every[start:end], MARKS)]
    before = len(list(runs_of_words(every[start : found.start + 1], MARKS))) - 1
    behind = len(list(runs_of_words(every[found.end - 1 : end], MARKS))) - 1
    return NameRow(tuple(pieces), before, len(pieces) - 1 - behind)


def _around(words: Iterable[str], ends: Iterable[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if word in ends or len(found) == _AROUND:
            break
        if word != PAUSE:
            found.append(word)
    return found


def without_numbers(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that are not numbers."""
    return (word for word in words if not word.isdigit())
