"""Where front matter begins and ends (FM-1, FM-2)."""

import re
from dataclasses import dataclass

_OPENING = re.compile(r"(?:[^\S\n]*+\n)*+(?P<mark>---)[^\S\n]*+(?:\n|\Z)")
_CLOSING = re.compile(r"^---[^\S\n]*+$", re.MULTILINE)
_BLANK_LINE = re.compile(r"^[^\S\n]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*+\n)*+")
# The start of a line such as `key: value`; a quoted key may hold what it likes.
_KEY = re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s#>|`:-][^:\n]*):(?=\s|\Z)""")
_LATE = re.compile(rf"(?:#[^\n]*+\n)*+(?:\{{|{_KEY.pattern})")


@dataclass(frozen=True, slots=True)
class FrontMatterCut:
    """Offsets in a note's text: the opening `---`, the YAML between `start` and `end`, the body."""

    opening: int
    start: int
    end: int
    body: int
    late: bool = False
    closed: bool = True


def cut_front_matter(text: str) -> FrontMatterCut | None:
    """Find the front matter of `text`, None when it has none."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    mark, start = opening.start("mark"), opening.end()
    late = mark > 0
    first = _first_line(text, start)
    closing = _CLOSING.search(text, start)
    if closing is None:
        if not _KEY.match(text, first):
            return None
        blank = _BLANK_LINE.search(text, first)
        end = blank.start() if blank else len(text)
        return FrontMatterCut(mark, start, end, end, late, closed=False)
    # After blank lines a `---` is as likely a rule: then only what looks like front matter is.
    if late and first < closing.start() and not _LATE.match(text, first):
        return None
    return FrontMatterCut(mark, start, closing.start(), min(closing.end() + 1, len(text)), late)


def _first_line(text: str, start: int) -> int:
    """Return the offset of the first line with text in it from `start` on, or the end."""
    blank = _BLANK_LINES.match(text, start)
    return blank.end() if blank else start
