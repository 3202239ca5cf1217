"""Text that knows where each of its characters is in the source file."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class MappedText:
    r"""A string cut from source lines, with the position of every piece (DG-3).

    Pieces are joined by line breaks. A piece may be replaced text (a table cell with `\|` made
    `|`); then the pieces before and after the replacement keep their own positions.
    """

    __slots__ = ("_offsets", "_pieces", "_separator", "text")

    def __init__(self, pieces: list[tuple[str, int, int]], separator: str = "\n") -> None:
        """Join `pieces` of (text, line, column), 1-based."""
        self.text = pieces[0][0] if len(pieces) == 1 else separator.join([piece[0] for piece in pieces])
        self._pieces = pieces
        self._separator = separator
        # Where each piece begins, computed when a place is first needed; for most texts it never is.
        self._offsets: Sequence[int] = ()

    @property
    def last_line(self) -> int:
        """The line that the last piece is on."""
        return self._pieces[-1][1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of the character at `offset`, 1-based."""
        if len(self._pieces) == 1:
            _, line, column = self._pieces[0]
            return line, column + offset
        if not self._offsets:
            gap = len(self._separator)
            lengths = [len(text) + gap for text, _, _ in self._pieces[:-1]]
            self._offsets = list(accumulate(lengths, initial=0))
        index = max(bisect_right(self._offsets, offset) - 1, 0)
        _, line, column = self._pieces[index]
        return line, column + offset - self._offsets[index]
