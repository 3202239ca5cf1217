"""Strings in a JSON file and where each of their characters is written, so that a part can be replaced in place."""

import json
import re
from typing import Final, NamedTuple

from garden.authoring.fixes.note_text import Edit

_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
# A character as it is written: one beyond the basic multilingual plane is two escapes.
_CHARACTER: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


class JsonText(NamedTuple):
    """A string of a JSON file.

    `starts` are the offsets in the file at which its characters are written, and, last, the offset at which it ends.
    `is_ascii` says that other characters are written as escapes.
    """

    text: str
    starts: tuple[int, ...]
    is_ascii: bool

    def edit(self, start: int, end: int, new: str) -> Edit:
        """Return the edit of the file that replaces `text[start:end]` by `new`."""
        written = json.dumps(new, ensure_ascii=self.is_ascii)[1:-1]
        return Edit(self.starts[start], self.starts[end], written)


def written_text(file: str, at: int) -> JsonText | None:
    """Return the string that begins at an offset of a JSON file, None if there is none."""
    string = _STRING.match(file, at)
    if string is None:
        return None
    pieces = list(_CHARACTER.finditer(file, string.start(1), string.end(1)))
    try:
        text = "".join(json.loads(f'"{piece[0]}"') if piece[0][0] == "\\" else piece[0] for piece in pieces)
    except ValueError:
        return None
    starts = (*(piece.start() for piece in pieces), string.end(1))
    # A file that escapes one character escapes all that are not ASCII.
    return JsonText(text, starts, is_ascii=string[1].isascii() and not text.isascii())
