"""The text of a note exactly as it is in its file, so that edits change nothing else.

Places of diagnostics refer to the text as reading sees it: without a byte order mark, and with one character for every
line end (DG-3). Here they are converted to offsets in the file's own text.
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
    """The text of one note, which edits change and which can then be written back."""

    def __init__(self, file: Path) -> None:
        """Read the file. Raises OSError, and UnicodeDecodeError for one that is not UTF-8: its encoding is not guessed."""
        self.file = file
        self.original = file.read_bytes().decode("utf-8")
        self.text = self.original
        self._starts: list[int] = []

    def offset(self, place: Place) -> int:
        """Return the offset of a place, which must be one in the text as it is now."""
        if not self._starts:
            marks = len(self.text) - len(self.text.lstrip(_BOM))
            self._starts = [marks, *(found.end() for found in _LINE_END.finditer(self.text))]
        return self._starts[place.line - 1] + place.column - 1

    def place(self, path: str, offset: int) -> Place:
        """Return the place of an offset in the text as it is now."""
        self.offset(Place(path, 1, 1))
        line = bisect_right(self._starts, offset)
        return Place(path, line, offset - self._starts[line - 1] + 1)

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line of an offset ends, before its line break."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits, all with offsets in the text as it is now; of several that overlap, only the first is made."""
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
        """Write the text to the file, completely or not at all.

        Raises FileChangedError if the file is no longer what was read, and OSError.
        """
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
