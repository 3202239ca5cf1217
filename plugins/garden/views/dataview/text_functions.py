"""Dataview's functions of texts; if an argument is null, so is the result, unless stated otherwise (DV-13)."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from garden.views.regular_expressions import linear_expression, replaced
from garden.views.values import Function, NoValueError, Value, is_number

# A wikilink or a Markdown link, with or without the mark of an embed
_LINK: Final = re.compile(r"!?\[\[([^\[\]]*)\]\]|!?\[([^\[\]]*)\]\([^()]*\)")
# Marks of emphasis with the text between them; underscores do not count within words.
_MARKS: Final = re.compile(r"(\*{1,3}|~~|==|`)(?=\S)(.+?)(?<=\S)\1|(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\3(?!\w)")
# Characters of a result of `replace`, checked before it is made. The budget, which allows far fewer, only sees it afterwards.
_LONGEST_REPLACED: Final = 5_000_000


def without_markup(text: str) -> str:
    """Return a text without Markdown: links are replaced by their display texts, and marks of emphasis are removed."""
    shown = _LINK.sub(lambda found: (found[1] or "").rpartition("|")[2] if found[1] else found[2] or "", text)
    return _MARKS.sub(lambda found: found[2] or found[4], shown)


def _of(*kinds: type, null: Value = None) -> Callable[[Callable[..., Value]], Function]:
    """Return a decorator for functions of values of these types; if an argument is None, the result is `null`."""

    def decorator(function: Callable[..., Value]) -> Function:
        @wraps(function)
        def called(*values: Value) -> Value:
            if any(value is None for value in values) and len(values) <= len(kinds):
                return null
            for value, kind in zip(values, kinds, strict=False):
                if not (is_number(value) if kind is float else isinstance(value, kind)):
                    raise NoValueError(f"{function.__name__.strip('_')}() cannot be called with these values")
            return function(*values)

        return called

    return decorator


@_of(str)
def _lower(text: str) -> Value:
    return text.lower()


@_of(str)
def _upper(text: str) -> Value:
    return text.upper()


@_of(str, str, str)
def _replace(text: str, part: str, other: str) -> Value:
    if part == "":
        return other.join(text)
    if text.count(part) * len(other) > _LONGEST_REPLACED:
        raise NoValueError("the result of replace() would be too long")
    return text.replace(part, other)


@_of(str, str)
def _startswith(text: str, start: str) -> Value:
    return text.startswith(start)


@_of(str, str)
def _endswith(text: str, end: str) -> Value:
    return text.endswith(end)


def _padding(text: str, length: float, filler: str) -> str:
    """Return the text that is missing to a length, made of repeated `filler`."""
    missing = max(int(length) - len(text), 0)
    return (filler * (missing // max(len(filler), 1) + 1))[:missing] if filler else ""


@_of(str, float, str)
def _padleft(text: str, length: float, filler: str = " ") -> Value:
    return _padding(text, length, filler) + text


@_of(str, float, str)
def _padright(text: str, length: float, filler: str = " ") -> Value:
    return text + _padding(text, length, filler)


@_of(str, float, float)
def _substring(text: str, start: float, end: float | None = None) -> Value:
    first = min(max(int(start), 0), len(text))
    last = len(text) if end is None else min(max(int(end), 0), len(text))
    return text[min(first, last) : max(first, last)]


@_of(str, float, str)
def _truncate(text: str, length: float, suffix: str = "...") -> Value:
    if len(text) <= length - len(suffix):
        return text
    return text[: max(0, int(length) - len(suffix))] + suffix


@_of(str, str, null=False)
def _regextest(pattern: str, text: str) -> Value:
    return linear_expression(pattern).search(text) is not None


@_of(str, str, null=False)
def _regexmatch(pattern: str, text: str) -> Value:
    if not pattern.startswith("^") and not pattern.endswith("$"):
        pattern = f"^{pattern}$"
    return linear_expression(pattern).search(text) is not None


@_of(str, str, str)
def _regexreplace(text: str, pattern: str, replacement: str) -> Value:
    return replaced(linear_expression(pattern), text, replacement, everywhere=True)


@_of(str, str, float)
def _split(text: str, separator: str, limit: float | None = None) -> Value:
    found = split(linear_expression(separator), text)
    return found if limit is None else found[: max(int(limit), 0)]


def split(expression: Any, text: str) -> list[Value]:
    """Return the pieces of a text as JavaScript splits it: what the groups of the expression match is among them."""
    if not text:
        return [] if expression.fullmatch("") else [text]
    pieces: list[Value] = []
    at = 0
    for match in expression.finditer(text):
        if match.end() == match.start() and match.start() in (at, len(text)):
            continue
        pieces.append(text[at : match.start()])
        pieces += [group or "" for group in match.groups()]
        at = match.end()
    pieces.append(text[at:])
    return pieces


@_of(str, str)
def _containsword(text: str, word: str) -> Value:
    return re.search(rf"(?i)\b{re.escape(word)}\b", text) is not None


def _hash(seed: Value, second: Value, third: Value = 0) -> Value:
    """Return a number of 53 bits that depends on a text, and on a second text or a number (cyrb53, as in Dataview)."""
    if not isinstance(seed, str):
        raise NoValueError("the first argument of hash() must be a string")
    text, variant = (seed + second, third) if isinstance(second, str) else (seed, second)
    if not isinstance(variant, int | float):
        raise NoValueError("the last argument of hash() must be a number")
    return _cyrb53(text, int(variant))


def _cyrb53(text: str, variant: int) -> float:
    """Return the hash of a text by cyrb53, whose constants these are; it works on UTF-16 code units, as JavaScript does."""
    mask = 0xFFFFFFFF
    first, second = 0xDEADBEEF ^ variant & mask, 0x41C6CE57 ^ variant & mask
    encoded = text.encode("utf-16-le", "surrogatepass")
    for at in range(0, len(encoded), 2):
        code = encoded[at] | encoded[at + 1] << 8
        first = ((first ^ code) * 2654435761) & mask
        second = ((second ^ code) * 1597334677) & mask
    mixed = ((first ^ first >> 16) * 2246822507) & mask ^ ((second ^ second >> 13) * 3266489909) & mask
    other = ((second ^ second >> 16) * 2246822507) & mask ^ ((mixed ^ mixed >> 13) * 3266489909) & mask
    return float(4294967296 * (2097151 & other) + mixed)


FUNCTIONS: Final[dict[str, Function]] = {
    "lower": _lower,
    "upper": _upper,
    "replace": _replace,
    "startswith": _startswith,
    "endswith": _endswith,
    "padleft": _padleft,
    "padright": _padright,
    "substring": _substring,
    "truncate": _truncate,
    "regextest": _regextest,
    "regexmatch": _regexmatch,
    "regexreplace": _regexreplace,
    "split": _split,
    "containsword": _containsword,
    "hash": _hash,
}
"""The functions by name."""
