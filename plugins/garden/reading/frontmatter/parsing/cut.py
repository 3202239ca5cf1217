"""Finds the beginning and end of front matter (FM-1, FM-2): YAML between `---`, or TOML between `+++` (FM-14)."""

import re

from msgspec import Struct

_OPENING = re.compile(r"(?:[^\S\n]*+\n)*+(?P<mark>---|\+\+\+)[^\S\n]*+(?:\n|\Z)")
_CLOSING = {
    "---": re.compile(r"^---[^\S\n]*+$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[^\S\n]*+$", re.MULTILINE),
}
_BLANK_LINE = re.compile(r"^[^\S\n]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*+\n)*+")
# The start of a line such as `key: value`; a quoted key may contain any character.
_KEY = {
    "---": re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s#>|`:-][^:\n]*):(?=\s|\Z)"""),
    "+++": re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_.-]+)[ \t]*=|\[[^\n\[\]]+\]"""),
}


class FrontMatterCut(Struct, frozen=True):
    """Offsets in a note's text: of the opening mark, of the content from `start` to `end`, and of the body.

    With `late` there are blank lines before it: then its keys decide whether it is front matter (FM-1).
    """

    opening: int
    start: int
    end: int
    body: int
    late: bool = False
    closed: bool = True  # whether there is a closing mark
    toml: bool = False


def cut_front_matter(text: str) -> FrontMatterCut | None:
    """Return the part of `text` that may be front matter, None if there is none."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    mark = opening["mark"]
    place, start = opening.start("mark"), opening.end()
    late, toml = place > 0, mark == "+++"
    closing = _CLOSING[mark].search(text, start)
    if closing is not None:
        body = min(closing.end() + 1, len(text))
        return FrontMatterCut(place, start, closing.start(), body, late, toml=toml)
    # Without a closing mark, front matter ends at the first blank line after a key; otherwise the mark is a thematic break.
    first = _first_line(text, start)
    if not _KEY[mark].match(text, first):
        return None
    blank = _BLANK_LINE.search(text, first)
    end = blank.start() if blank else len(text)
    return FrontMatterCut(place, start, end, end, late, closed=False, toml=toml)


def _first_line(text: str, start: int) -> int:
    """Return the offset of the first line that is not blank from `start` on, or the end."""
    blank = _BLANK_LINES.match(text, start)
    return blank.end() if blank else start
