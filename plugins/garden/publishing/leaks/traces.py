"""What a text has of all private sources, and what remains to be looked for without what public sources have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

PASSAGE: Final = 4
"""Words of a passage."""

_LONGEST_PASSAGE: Final = 12  # words

Needle = int
"""The number of something private."""


class Trace(NamedTuple):
    """What a text has of all private sources: words and names, and runs of overlapping passages."""

    singles: frozenset[Needle] = frozenset()
    runs: tuple[tuple[Needle, ...], ...] = ()

    @property
    def needles(self) -> Iterator[Needle]:
        """Everything in it, with each passage of four words separately."""
        return chain(self.singles, *self.runs)


def union(traces: Iterable[Trace]) -> Trace:
    """Return what at least one of some texts has."""
    singles: set[Needle] = set()
    runs: dict[tuple[Needle, ...], None] = {}
    for trace in traces:
        singles |= trace.singles
        runs.update(dict.fromkeys(trace.runs))
    return Trace(frozenset(singles), tuple(runs))


@dataclass(slots=True)
class PrivateNeedles:
    """What is looked for: everything private except what public sources have as well.

    `long` are passages of more than four words that are not public as a whole, although every four words in a row are;
    their lengths are those of the sequences of numbers.
    """

    singles: set[Needle]
    long: dict[tuple[Needle, ...], Needle] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()

    def found_in(self, trace: Trace) -> set[Needle]:
        """Return what a text has of it."""
        found = self.singles.intersection(trace.needles)
        if self.long:
            found.update(self.long[row] for row in rows(trace.runs, self.lengths) if row in self.long)
        return found

    def remove(self, needles: Iterable[Needle]) -> None:
        """Stop looking for some needles."""
        self.singles.difference_update(needles)

    def __bool__(self) -> bool:
        return bool(self.singles) or bool(self.long)


def private_needles(
    count: int, private: Iterable[tuple[Needle, ...]], public: Sequence[Trace]
) -> PrivateNeedles:
    """Return what only private sources have; `private` are the runs of their passages."""
    known: set[Needle] = set()
    shared: set[tuple[Needle, ...]] = set()
    for trace in public:
        known.update(trace.needles)
        shared.update(run for run in trace.runs if len(run) > 1)
    wanted = PrivateNeedles(set(range(count)) - known)
    pieces = {piece for run in private for piece in _public_pieces(run, known)}
    number = count
    lengths = set()
    for length in range(2, _LONGEST_PASSAGE - PASSAGE + 2):
        pieces = {piece for piece in pieces if len(piece) >= length}
        if not pieces:
            break
        public_rows = set(rows(shared, (length,)))
        again: set[tuple[Needle, ...]] = set()
        for piece in sorted(pieces):
            start = 0
            for at in range(len(piece) - length + 1):
                row = piece[at : at + length]
                if row not in public_rows:
                    # Longer rows with this one in them need not be looked for.
                    if row not in wanted.long:
                        wanted.long[row] = number
                        number += 1
                        lengths.add(length)
                    again.add(piece[start : at + length - 1])
                    start = at + 1
            again.add(piece[start:])
        pieces = again
    wanted.lengths = tuple(sorted(lengths))
    return wanted


def _public_pieces(run: tuple[Needle, ...], known: set[Needle]) -> Iterator[tuple[Needle, ...]]:
    start = 0
    for at in range(len(run) + 1):
        if at == len(run) or run[at] not in known:
            if at - start > 1:
                yield run[start:at]
            start = at + 1


def rows(runs: Iterable[Sequence[Needle]], lengths: Iterable[int]) -> Iterator[tuple[Needle, ...]]:
    """Yield all rows of these lengths in runs of passages."""
    lengths = tuple(lengths)
    for run in runs:
        for length in lengths:
            for at in range(len(run) - length + 1):
                yield tuple(run[at : at + length])
