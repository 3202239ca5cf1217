"""Finds the places of values in a JSON file, which Python's JSON parser does not provide."""

import re
from bisect import bisect_right
from typing import Final

# A string is matched in runs, not character by character: a picture in a notebook is a string of megabytes.
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_PAIR: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_CHARACTER: Final = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|.", re.DOTALL)

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


def text_places(text: str, depth: int = 3) -> dict[Path, tuple[int, int]]:
    """Return the (line, column) of every value up to a depth, by its path of keys and indexes."""
    starts = line_starts(text)
    return {path: place_at(starts, offset) for path, offset in value_offsets(text, depth).items()}


def value_offsets(text: str, depth: int) -> dict[Path, int]:
    """Return the offset of every value up to a depth, by its path of keys and indexes."""
    found: dict[Path, int] = {}
    stack: list[list[str | int]] = []  # the key or index that each open container is at, alone in a list
    is_key = False  # whether the next string is a key
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece in ",:":
            if piece == "," and stack and isinstance(stack[-1][0], int):
                stack[-1][0] += 1
            is_key = piece == "," and bool(stack) and isinstance(stack[-1][0], str)
            continue
        if piece in "}]":
            if stack:
                stack.pop()
            is_key = False
            continue
        if is_key and piece[0] == '"':
            stack[-1][0] = piece[1:-1]
            continue
        if len(stack) <= depth:
            found[tuple(level[0] for level in stack)] = match.start()
        if piece in "{[":
            stack.append(["" if piece == "{" else 0])
            is_key = piece == "{"
    return found


def line_starts(text: str) -> list[int]:
    """Return the offsets at which the lines of a text begin."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def place_at(starts: list[int], offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1 on."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def character_offset(text: str, start: int, index: int) -> int:
    """Return the offset of the character with an index in the JSON string that begins at `start`, which may have escapes."""
    at = start + 1
    for _ in range(index):
        match = _CHARACTER.match(text, at)
        if match is None or match[0] == '"':
            break
        at = match.end()
    return at
