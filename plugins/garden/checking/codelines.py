"""Blocks of code as lines of a source: what may stand before code on its line, and nothing else."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

# Indentation, quote marks and list markers: what containers put before a line of code.
_PREFIX: Final = re.compile(r"(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")

_EFFORT: Final = 64
"""Comparisons per line of source and code before the proof is given up on hostile repetition (HC-10)."""


class _Line(NamedTuple):
    """A line of a source; `key` is what is left without `prefix` characters and blanks at the end."""

    text: str
    prefix: int
    key: str


class SourceLines:
    """The lines of all sources of a page, indexed by what stands on them.

    Blocks are asked for in the order of the page, which is mostly that of the source: looking on
    from the last find makes the whole proof linear.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        """Index all lines; an unlike line keeps a block from running from one source into the next."""
        self._lines: list[_Line | None] = []
        self._places: dict[str, list[int]] = {}
        for source in sources:
            for text in source.split("\n"):
                line = _line(text)
                self._places.setdefault(line.key, []).append(len(self._lines))
                self._lines.append(line)
            self._lines.append(None)
        self._cursor = 0
        self._effort = _EFFORT * len(self._lines)

    def __contains__(self, code: str) -> bool:
        """Say whether this block of code stands on consecutive lines."""
        block = [_line(text) for text in code.removesuffix("\n").split("\n")]
        if not any(line.key for line in block):
            return True
        # The rarest line has the fewest places to try.
        rarest = min(range(len(block)), key=lambda index: len(self._places.get(block[index].key, ())))
        places = self._places.get(block[rarest].key, [])
        first = bisect_left(places, self._cursor + rarest)
        for step in range(len(places)):
            start = places[(first + step) % len(places)] - rarest
            if self._stands_at(block, start):
                self._cursor = start + len(block)
                return True
        # Nothing is claimed about text made of repetition alone.
        return self._effort <= 0

    def _stands_at(self, block: list[_Line], start: int) -> bool:
        if start < 0 or start + len(block) > len(self._lines) or self._effort <= 0:
            return False
        for offset, code in enumerate(block):
            self._effort -= 1
            source = self._lines[start + offset]
            if source is None or not _is_tail(source, code):
                return False
        return True


def _line(text: str) -> _Line:
    match = _PREFIX.match(text)
    prefix = match.end() if match else 0
    return _Line(text, prefix, text[prefix:].rstrip())


def _is_tail(source: _Line, code: _Line) -> bool:
    """Say whether a line of source is this line of code behind a container's prefix."""
    if source.key != code.key:
        return False
    if source.text.endswith(code.text):
        return len(source.text) - len(code.text) <= source.prefix
    # A tab that a container takes only a part of leaves blanks behind.
    indent = code.text[: code.prefix]
    return (
        "\t" in source.text[: source.prefix]
        and not indent.strip()
        and source.text[source.prefix :] == code.text[code.prefix :]
        and len(indent.expandtabs(4)) <= len(source.text[: source.prefix].expandtabs(4))
    )
