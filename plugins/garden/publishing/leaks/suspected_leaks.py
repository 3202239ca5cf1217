"""A suspected leak: a needle that was found in the output, its place, and the words around it, by which it is judged."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from garden.publishing.leaks.needles import Occurrence
from garden.publishing.leaks.traces import Needle
from garden.publishing.leaks.words import ENDS, MARKS, PAUSE, SLASH, runs_of_words

_AROUND: Final = 3
"""The number of words on each side of a suspected leak that must be public together with it."""

_LONGEST_ROW: Final = 30
"""The maximum number of words on each side of a suspected leak that may be names in one row with it."""


class NameRow(NamedTuple):
    """Pieces of text with pauses between them, such as names separated by commas; those from `first` to `last` are suspected."""

    pieces: tuple[str, ...]
    first: int
    last: int

    def is_made_of(self, names: Collection[str], words: Collection[str]) -> bool:
        """Say whether the row, up to the end of the suspected leak, consists of `names`, and of pieces in `words`.

        A name may have pauses itself, so it may be several consecutive pieces.
        """
        # Indexes at which a name may begin: at or before the leak, and wherever another name ends.
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
    """A needle that was found in a file of the output."""

    needle: Needle
    text: str  # its words
    # Its words with a few words before and after them: up to the ends of the piece of text, and up to its pauses. Both also
    # without the numbers around it, since the program numbers things.
    contexts: tuple[str, ...]
    row: NameRow | None  # the pieces around it, if there is a pause in it
    path: tuple[str, ...]  # what is before and after the slash in it, empty if there is none
    is_part: bool  # whether there is a slash directly before or after it
    is_word: bool  # whether it is a single word that is not a name
    name: str  # the file of the output
    line: int  # 0 for the file's name, and for files without lines


def suspected_leak(
    every: Sequence[str], found: Occurrence, *, is_word: bool, name: str, line: int
) -> SuspectedLeak:
    """Return the suspected leak for an occurrence in the words of a line; line 0 is the name of the file."""
    if not line and found.end < len(every):
        # The last word is the ending of the file, which does not belong to its name.
        every = [*every[:-1], PAUSE, every[-1]]
    text = " ".join(word for word in every[found.start : found.end] if word not in MARKS)
    contexts = []
    for ends in (ENDS, MARKS):
        before = _around(reversed(every[max(0, found.start - 3 * _AROUND) : found.start]), ends)
        after = _around(every[found.end : found.end + 3 * _AROUND], ends)
        contexts.append(" ".join([*reversed(before), text, *after]))
        contexts.append(" ".join([*without_numbers(reversed(before)), text, *without_numbers(after)]))
    row, path = _row_of(every, found), _path_of(every, found)
    # A slash at the beginning or end of a line is not one of a path, but of a comment in a script, for example.
    is_part = SLASH in (
        *every[max(1, found.start - 1) : found.start],
        *every[found.end : min(found.end + 1, len(every) - 1)],
    )
    return SuspectedLeak(
        found.needle, text, tuple(dict.fromkeys(contexts)), row, path, is_part, is_word, name, line
    )


def _path_of(every: Sequence[str], found: Occurrence) -> tuple[str, ...]:
    """Return the whole pieces before and after the slash in an occurrence, empty if it has none."""
    if SLASH not in every[found.start : found.end]:
        return ()
    start, end = found.start, found.end
    while start and every[start - 1] not in MARKS:
        start -= 1
    while end < len(every) and every[end] not in MARKS:
        end += 1
    return tuple(" ".join(run) for run in runs_of_words(every[start:end], MARKS))


def _row_of(every: Sequence[str], found: Occurrence) -> NameRow | None:
    """Return the pieces of an occurrence with a pause in it, and those around it up to the ends of its text; else None."""
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
    """Return the first _AROUND words before one of `ends`, without pauses."""
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
