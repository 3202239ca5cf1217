"""Converts offsets in a text to places for messages (DG-3)."""

from bisect import bisect_right
from itertools import accumulate

from garden.model.diagnostic import Place


class Positions:
    """The lines of a text, for converting an offset in logarithmic time."""

    __slots__ = ("_path", "_starts")

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = list(accumulate(lengths, initial=0))[:-1]

    def place(self, offset: int) -> Place:
        """Return the place of the code point at `offset` (0-based; the end of the text is allowed)."""
        line = bisect_right(self._starts, offset)
        return Place(self._path, line, offset - self._starts[line - 1] + 1)


class ScalarText:
    """Finds the offset in the file for words in the value of a YAML scalar, called for words in their order.

    For a scalar on one line without escapes the value is the same as the text in the file. For any other the words are
    searched in the file, so that a place may only be wrong where escapes or folded lines change the words themselves.
    """

    __slots__ = ("_cursor", "_end", "_file", "_shift")

    _WINDOW = 1000  # characters to search before settling for something similar: keeps it linear

    def __init__(self, value: str, start: int, end: int, file: str) -> None:
        written = file[start:end]
        self._shift: int | None = None
        if written == value:
            self._shift = start
        elif written[1:-1] == value:
            self._shift = start + 1
        self._file, self._cursor, self._end = file, start, end

    def offset(self, words: str, at: int) -> int | None:
        """Return the offset in the file of `words`, which are at `at` in the value; None if they are not found."""
        if self._shift is not None:
            return self._shift + at
        found = self._file.find(words, self._cursor, min(self._cursor + len(words) + self._WINDOW, self._end))
        if (
            found < 0
        ):  # an escape or a line break is among the words, but seldom in their first two characters
            found = self._file.find(words[:2], self._cursor, self._end)
        self._cursor = self._end if found < 0 else found + len(words[:2])
        return None if found < 0 else found
