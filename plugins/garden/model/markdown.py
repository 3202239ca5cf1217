"""Writing Markdown: escaping text, addresses and table cells, indenting list items, and fencing code.

The text may contain gaps that later layers fill; they are passed through unchanged.
"""

import re
from functools import lru_cache
from typing import Final

_SPACE: Final = re.compile(r"\s+")
# A gap that later layers fill is between two characters that no text contains.
_GAP_START: Final = "\x02"
_GAP: Final = f"{_GAP_START}[^\x03]*\x03"
# Every alternative begins with a literal character: only then does the regular expression engine skip all other text quickly.
_SPECIAL: Final = re.compile(rf"{_GAP}|\\|`|\*|<|\[|\]|_(?:(?<!\w_)|(?!\w))|~~|==")
_NOT_IN_ADDRESS: Final = re.compile(rf"{_GAP}| |\(|\)|<")
_CELL_END: Final = re.compile(rf"{_GAP}|\||\n")
# Characters that would end the text of a link.
_ESCAPES: Final = str.maketrans({char: "\\" + char for char in "\\[]<>"})


def line_text(text: str) -> str:
    """Return a plain text, such as a title, as one line of Markdown; only what would end a link's text is escaped."""
    return " ".join(text.split()).translate(_ESCAPES)


def plain(text: str) -> str:
    """Return a plain text as one line of Markdown, with everything escaped that has a meaning in Markdown."""
    if text.isalnum():
        return text
    # White space is mostly single spaces.
    if "  " in text or (_has_other_space(text) if text.isascii() else not text.isprintable()):
        text = _SPACE.sub(" ", text)
    return _SPECIAL.sub(_escaped, text) if _has_special(text) else text


# One after the other, since a text is searched for one character in a small part of the time of any regular expression.


def _has_other_space(text: str) -> bool:
    """Say whether there is other white space than spaces in a text in ASCII."""
    return (
        "\n" in text or "\t" in text or "\r" in text or "\v" in text or "\f" in text
        or "\x1c" in text or "\x1d" in text or "\x1e" in text or "\x1f" in text
    )  # fmt: skip


def _has_special(text: str) -> bool:
    """Say whether `_SPECIAL` may match in a text."""
    return (
        "*" in text or "_" in text or "`" in text or "[" in text or "]" in text or "<" in text
        or "\\" in text or "~" in text or "=" in text or _GAP_START in text
    )  # fmt: skip


@lru_cache(maxsize=8192)  # one page is led to from many
def address(href: str) -> str:
    """Return an address as it is written between the parentheses of a link."""
    return _NOT_IN_ADDRESS.sub(_encoded, href)


def in_cell(text: str) -> str:
    """Return Markdown as it is written in the cell of a table."""
    return _CELL_END.sub(_in_cell, text) if "|" in text or "\n" in text else text


def hanging(marker: str, text: str, margin: str) -> str:
    """Return a block with `marker` before its first line, and `margin` before the others, as in a list item."""
    if "\n" not in text:
        return marker + text
    lines = text.split("\n")
    return marker + "\n".join(
        [lines[0], *((margin + line if line else margin.rstrip()) for line in lines[1:])]
    )


def fenced(code: str, info: str = "") -> str:
    """Return a code block whose fences are longer than any in the code."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{code}{'' if code.endswith(chr(10)) or not code else chr(10)}{fence}"


def _escaped(found: re.Match[str]) -> str:
    """Return a character with a backslash before it; a gap as it is."""
    return found[0] if found[0][0] == _GAP_START else "\\" + found[0]


def _in_cell(found: re.Match[str]) -> str:
    """Return what stands for a bar or a line break in the cell of a table; a gap as it is."""
    if found[0][0] == _GAP_START:
        return found[0]
    return "\\|" if found[0] == "|" else " "


def _encoded(found: re.Match[str]) -> str:
    """Return a character percent-encoded; a gap as it is."""
    return found[0] if found[0][0] == _GAP_START else f"%{ord(found[0]):02X}"
