"""Text that knows where each of its characters is in the source file."""

from bisect import bisect_right


class MappedText:
    r"""A string cut from source lines, with the position of every piece (DG-3).

    Pieces are joined by line breaks. A piece may be replaced text (a table cell with `\|` made
    `|`); then the pieces before and after the replacement keep their own positions.
    """

    __slots__ = ("_columns", "_lines", "_offsets", "text")

    def __init__(self, pieces: list[tuple[str, int, int]], separator: str = "\n") -> None:
        """Join `pieces` of (text, line, column), 1-based."""
        self.text = separator.join([piece[0] for piece in pieces])
        self._lines = [piece[1] for piece in pieces]
        self._columns = [piece[2] for piece in pieces]
        offsets = []
        offset = 0
        gap = len(separator)
        for text, _, _ in pieces:
            offsets.append(offset)
            offset += len(text) + gap
        self._offsets = offsets

    @property
    def last_line(self) -> int:
        """The line that the last piece is on."""
        return self._lines[-1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of the character at `offset`, 1-based."""
        index = max(bisect_right(self._offsets, offset) - 1, 0)
        return self._lines[index], self._columns[index] + offset - self._offsets[index]
