"""The text of a note as its file has it, to the last byte: byte order mark, line ends and all.

Places refer to the text as it is read, in which every line end is one character and a byte order mark is left out (DG-3);
here they are converted back to places in the file.
"""

import difflib
import os
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from garden.model.diagnostic import Place
from garden.model.errors import AuthorError

_BOM: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class FileChangedError(AuthorError):
    """A note has changed since it was read, so it is left as it is."""


class Edit(NamedTuple):
    """A replacement of text in a file, by offsets in the decoded file."""

    start: int
    end: int
    new: str


class NoteText:
    """One note's text, which edits change and which is written back when all have been made."""

    def __init__(self, file: Path) -> None:
        """Read the file. Raises OSError, and UnicodeDecodeError for one that is not UTF-8: it is not ours to guess."""
        self.file = file
        self.original = file.read_bytes().decode("utf-8")
        self.text = self.original
        self._starts: list[int] = []

    def offset(self, place: Place) -> int:
        """Return where a place is in the text, which no edit must have changed yet."""
        if not self._starts:
            marks = len(self.text) - len(self.text.lstrip(_BOM))
            self._starts = [marks, *(found.end() for found in _LINE_END.finditer(self.text))]
        return self._starts[place.line - 1] + place.column - 1

    def place(self, path: str, offset: int) -> Place:
        """Return the place of an offset in the text, which no edit must have changed yet."""
        self.offset(Place(path, 1, 1))
        line = bisect_right(self._starts, offset)
        return Place(path, line, offset - self._starts[line - 1] + 1)

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits; of several that overlap only the first."""
        pieces: list[str] = []
        at = 0
        for edit in sorted(set(edits)):
            if edit.start >= at:
                pieces += [self.text[at : edit.start], edit.new]
                at = edit.end
        self.text = "".join(pieces) + self.text[at:]
        self._starts = []

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from that of the file."""
        return self.text != self.original

    def diff(self, name: str) -> Iterator[str]:
        """Yield the lines of a unified diff, without line ends."""
        before, after = (_LINE_END.split(text.lstrip(_BOM)) for text in (self.original, self.text))
        yield from difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", n=1, lineterm="")

    def write(self) -> None:
        """Put the text into the file, whole or not at all. Raises FileChangedError and OSError."""
        target = self.file.resolve()
        if target.read_bytes() != self.original.encode("utf-8"):
            raise FileChangedError(
                f"{self.file} has changed in the meantime, so it is left as it is: run the check again"
            )
        beside = target.with_name(f".{target.name}.new")
        with beside.open("xb") as file:
            file.write(self.text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, beside)
        beside.replace(target)
        self.original = self.text
