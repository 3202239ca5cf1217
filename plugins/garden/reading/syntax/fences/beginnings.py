"""Determines where a regular expression may match, and with which first characters, as Python parses the expression.

In doubt a character is included, so that no match begins with a character that is not.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from string import printable
from typing import Any, Final

try:
    # Other versions of Python may have another parser, or none that is accessible: then every character is possible.
    _parse: Callable[[str, int], Iterable[Any]] | None = import_module("re._parser").parse
except (ImportError, AttributeError):
    _parse = None

CLEAR: Final = frozenset(printable) - frozenset("\x0b\x0c\r")
"""The characters that are distinguished: those whose classes do not depend on the flags of an expression."""

_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "SPACE": frozenset(filter(str.isspace, CLEAR)),
    "DIGIT": frozenset(filter(str.isdigit, CLEAR)),
    "WORD": frozenset(char for char in CLEAR if char.isalnum() or char == "_"),
}
_REPEATS: Final = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_WITHOUT_WIDTH: Final = frozenset(("AT", "ASSERT", "ASSERT_NOT"))  # `^` and the like, and look-around


def beginnings(expression: re.Pattern[str]) -> frozenset[str]:
    """Return those of the characters in `CLEAR` with which a match may begin, or before which one may be empty."""
    if _parse is None:
        return CLEAR
    parsed = _parse(expression.pattern, expression.flags)
    chars, may_be_empty = _of_sequence(parsed, bool(expression.flags & re.IGNORECASE))
    return CLEAR if may_be_empty else chars


def is_at_line_start(expression: re.Pattern[str]) -> bool:
    """Say whether matches certainly begin at the beginning of the text or of a line."""
    items = list(_parse(expression.pattern, expression.flags)) if _parse is not None else []
    while items and str(items[0][0]) == "SUBPATTERN":
        items = list(items[0][1][3])
    return bool(items) and str(items[0][0]) == "AT" and str(items[0][1]).startswith("AT_BEGINNING")


def _of_sequence(items: Iterable[Any], ignore_case: bool) -> tuple[frozenset[str], bool]:
    """Return the first characters of a sequence, and whether it may be empty."""
    chars: frozenset[str] = frozenset()
    for kind, value in items:
        more, may_be_empty = _of_item(str(kind), value, ignore_case)
        chars |= more
        if not may_be_empty:
            return chars, False
    return chars, True


def _of_item(kind: str, value: Any, ignore_case: bool) -> tuple[frozenset[str], bool]:
    """Return the same for one item of a parsed expression; kinds and values are those of Python's parser."""
    if kind in _WITHOUT_WIDTH:
        return frozenset(), True
    if kind == "LITERAL":
        return _in_any_case(frozenset(chr(value))) if ignore_case else frozenset(chr(value)), False
    if kind == "IN":
        return _of_set(value, ignore_case), False
    if kind == "SUBPATTERN":
        return _of_sequence(value[3], ignore_case or bool(value[1] & re.IGNORECASE))
    if kind == "BRANCH":
        branches = [_of_sequence(branch, ignore_case) for branch in value[1]]
        return frozenset().union(*(chars for chars, _ in branches)), any(empty for _, empty in branches)
    if kind in _REPEATS:
        least, _, repeated = value
        chars, may_be_empty = _of_sequence(repeated, ignore_case)
        return chars, may_be_empty or least == 0
    return CLEAR, True  # what is rare, or begins with almost anything


def _of_set(parts: Iterable[Any], ignore_case: bool) -> frozenset[str]:
    """Return the characters of a set in brackets."""
    chars: set[str] = set()
    negated = False
    for kind, value in parts:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                chars.add(chr(value))
            case "RANGE":
                # Other characters than those in ASCII are not distinguished.
                chars.update(map(chr, range(value[0], min(value[1], 0x80) + 1)))
            case "CATEGORY":
                name = str(value).removeprefix("CATEGORY_")
                known = _CLASSES[name.removeprefix("NOT_")]
                chars |= CLEAR - known if name.startswith("NOT_") else known
            case _:
                return CLEAR
    if negated:
        return CLEAR if ignore_case else CLEAR - chars
    return _in_any_case(frozenset(chars)) if ignore_case else frozenset(chars)


def _in_any_case(chars: frozenset[str]) -> frozenset[str]:
    """Return characters in both cases; some that are not ASCII are another case of one that is."""
    return (
        chars.union(*map(str.lower, chars), *map(str.upper, chars)) if all(map(str.isascii, chars)) else CLEAR
    )
