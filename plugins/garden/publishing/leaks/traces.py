"""Traces: the needles that a text contains; and the needles that are looked for, because no public text contains them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

PASSAGE: Final = 4
"""The number of words of a passage."""

_LONGEST_PASSAGE: Final = 12
"""The maximum number of words of a longer passage that is looked for as a whole."""

Needle = int
"""The number of a word, name or passage of a private source."""


class Trace(NamedTuple):
    """The needles that a text contains: `singles` are words and names, `runs` are runs of overlapping passages."""

    singles: frozenset[Needle] = frozenset()
    runs: tuple[tuple[Needle, ...], ...] = ()

    @property
    def needles(self) -> Iterator[Needle]:
        """All needles, those of runs one by one."""
        return chain(self.singles, *self.runs)


def union(traces: Iterable[Trace]) -> Trace:
    """Return the needles that at least one of several texts contains."""
    singles: set[Needle] = set()
    runs: dict[tuple[Needle, ...], None] = {}
    for trace in traces:
        singles |= trace.singles
        runs.update(dict.fromkeys(trace.runs))
    return Trace(frozenset(singles), tuple(runs))


@dataclass(slots=True)
class PrivateNeedles:
    """The needles that are looked for: all except those that public texts contain.

    `long` are passages of more than four words that no public text contains, although every four consecutive words of them
    are in one. They are sequences of needles, of the lengths in `lengths`.
    """

    singles: set[Needle]
    long: dict[tuple[Needle, ...], Needle] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()

    def found_in(self, trace: Trace) -> set[Needle]:
        """Return the wanted needles in a text."""
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
    """Return the needles that only private sources have.

    `count` is the number of all needles, `private` are the runs of private sources, `public` the traces of public texts.
    Long passages are found by length: of each piece of a private run whose passages are all public, the shortest rows that
    no public run has are added. Then the piece is cut so that no part of it contains such a row.
    """
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
    """Yield the pieces of a run, of at least two passages, whose passages are all in `known`."""
    start = 0
    for at in range(len(run) + 1):
        if at == len(run) or run[at] not in known:
            if at - start > 1:
                yield run[start:at]
            start = at + 1


def rows(runs: Iterable[Sequence[Needle]], lengths: Iterable[int]) -> Iterator[tuple[Needle, ...]]:
    """Yield all sequences of these lengths in runs of passages."""
    lengths = tuple(lengths)
    for run in runs:
        for length in lengths:
            for at in range(len(run) - length + 1):
                yield tuple(run[at : at + length])
