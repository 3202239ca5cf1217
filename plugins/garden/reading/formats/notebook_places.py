"""Finds the place of a problem in a notebook: the cell, for its author, and the line of the file, for an editor.

A notebook is converted to Markdown, so its problems have lines of that text. The JSON parser does not provide the
places of characters, so the file is parsed again, only when there is a problem to report.
"""

import json
from bisect import bisect_right
from typing import Any, Final, NamedTuple

from garden.reading.formats import METADATA_END
from garden.reading.formats.notebook import NotebookPart, notebook_parts
from garden.reading.json_places import character_offset, line_starts, place_at, value_offsets

_DEPTH: Final = 4  # cells, a cell, its source, a line of it
_BETWEEN: Final = 2  # line ends between two parts of the Markdown


class NotebookPlace(NamedTuple):
    """A line and column of the notebook, or of the file with its metadata, and the name of the cell, empty for none."""

    line: int
    column: int
    within: str = ""
    is_beside: bool = False


_WHOLE: Final = NotebookPlace(1, 1)


class NotebookPlaces:
    """The places of one notebook."""

    def __init__(self, data: bytes) -> None:
        """Index the bytes of a notebook. Raises UnreadableNoteError as its reader."""
        front, parts = notebook_parts(data)
        beside, _, content = data.rpartition(METADATA_END)
        self._has_beside = bool(beside.strip())
        self._file = content.decode("utf-8-sig")
        self._cells: list[Any] = json.loads(self._file, strict=False)["cells"]
        self._parts: list[NotebookPart] = []
        self._begins: list[int] = []  # the lines of the Markdown on which its parts begin
        line = 1
        if front is not None:
            self._add(front, line)
            line += front.text.count("\n")
        for part in parts:
            self._add(part, line)
            line += part.text.count("\n") + _BETWEEN
        self._offsets = value_offsets(self._file, _DEPTH)
        self._lines = line_starts(self._file)

    def _add(self, part: NotebookPart, line: int) -> None:
        """Add a part that begins on a line of the Markdown."""
        self._parts.append(part)
        self._begins.append(line)

    def place(self, line: int, column: int) -> NotebookPlace:
        """Return the place in the notebook for a place in the Markdown; the beginning of the file if there is none."""
        index = bisect_right(self._begins, line) - 1
        if index < 0 or (line, column) == (1, 1):
            return _WHOLE
        part = self._parts[index]
        row = None if part.shift is None else max(0, line - self._begins[index] + part.shift)
        if part.cell is None:
            is_beside = self._has_beside and row is not None
            return NotebookPlace(row + 1, column, is_beside=True) if is_beside and row is not None else _WHOLE
        number = part.cell + 1
        if row is None:
            return NotebookPlace(*self._value("cells", part.cell, "outputs"), f"cell {number}")
        return NotebookPlace(*self._in_source(part.cell, row, column - 1), f"cell {number}, line {row + 1}")

    def _value(self, *path: str | int) -> tuple[int, int]:
        """Return the line and column of a value in the file, or those of its cell if it does not have such a value."""
        return place_at(self._lines, self._offsets.get(path, self._offsets.get(path[:2], 0)))

    def _in_source(self, cell: int, row: int, column: int) -> tuple[int, int]:
        """Return the place in the file for a row and column in the source of a cell, which are counted from 0."""
        source = self._cells[cell].get("source")
        texts = [str(text) for text in source] if isinstance(source, list) else [source]
        joined = "".join(texts)
        begins = line_starts(joined)
        begin = begins[min(row, len(begins) - 1)]
        end = joined.find("\n", begin)
        at = min(begin + column, len(joined) if end < 0 else end)
        for index, text in enumerate(texts):
            if at < len(text) or index == len(texts) - 1:
                path = (
                    ("cells", cell, "source", index)
                    if isinstance(source, list)
                    else ("cells", cell, "source")
                )
                return place_at(self._lines, character_offset(self._file, self._offsets[path], at))
            at -= len(text)
        return self._value("cells", cell)
