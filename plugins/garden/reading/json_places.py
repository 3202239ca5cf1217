"""Where the texts of a JSON file stand: Python's reader of JSON does not say."""

import re
from bisect import bisect_right
from typing import Final

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)

Path = tuple[str | int, ...]


def text_places(text: str, depth: int = 3) -> dict[Path, tuple[int, int]]:
    """Return the (line, column) of every value down to a depth, by its path of keys and indexes."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: dict[Path, tuple[int, int]] = {}
    stack: list[list[str | int]] = []  # the key or index that each open container is at
    key = ""
    is_key = False
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
            key = piece[1:-1]
            stack[-1][0] = key
            continue
        if len(stack) <= depth:
            line = bisect_right(starts, match.start())
            found[tuple(level[0] for level in stack)] = (line, match.start() - starts[line - 1] + 1)
        if piece in "{[":
            stack.append(["" if piece == "{" else 0])
            is_key = piece == "{"
    return found
