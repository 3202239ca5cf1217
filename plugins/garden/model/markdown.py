"""Plain text, addresses and hanging blocks as they are written in Markdown; the gaps of a note pass unchanged."""

import re
from typing import Final

_SPACE: Final = re.compile(r"\s+")
# What is between these characters is a gap that later layers fill.
_GAP: Final = "\x02[^\x03]*\x03"
# Every alternative begins with a literal character, not with a set of them: only then does the search jump from one to the next.
_SPECIAL: Final = re.compile(rf"{_GAP}|\\|`|\*|<|\[|\]|_(?:(?<!\w_)|(?!\w))|~~|==")
_NOT_IN_ADDRESS: Final = re.compile(rf"{_GAP}| |\(|\)|<")
_CELL_END: Final = re.compile(rf"{_GAP}|\||\n")
# What would end a link's text.
_ESCAPES: Final = str.maketrans({char: "\\" + char for char in "\\[]<>"})


def line_text(text: str) -> str:
    """Return a plain text, such as a title, as one line of Markdown."""
    return " ".join(text.split()).translate(_ESCAPES)


def plain(text: str) -> str:
    """Return text of a page as a line of Markdown, with what has a meaning in Markdown escaped."""
    # The space between words is the one white space that can be printed: a text of words needs no look at each.
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    return _SPECIAL.sub(_escaped, text)


def address(href: str) -> str:
    """Return an address as it stands between a link's parentheses."""
    return _NOT_IN_ADDRESS.sub(_encoded, href)


def in_cell(text: str) -> str:
    """Return Markdown as it is written in the cell of a table."""
    return _CELL_END.sub(_in_cell, text)


def hanging(marker: str, text: str, margin: str) -> str:
    """Return a block after its marker, its further lines after the margin."""
    lines = text.split("\n")
    return marker + "\n".join(
        [lines[0], *((margin + line if line else margin.rstrip()) for line in lines[1:])]
    )


def fenced(code: str, info: str = "") -> str:
    """Return code between fences that are longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{code}{'' if code.endswith(chr(10)) or not code else chr(10)}{fence}"


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\x02" else "\\" + found[0]


def _in_cell(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\x02" else "\\|" if found[0] == "|" else " "


def _encoded(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "\x02" else f"%{ord(found[0]):02X}"
