"""The operators of bases: equality, order, arithmetic (BA-10, BA-11); and values as text."""

import re
from collections.abc import Mapping
from typing import Any, Final

from garden.model.names import fold
from garden.model.views.moments import Duration, Moment, between, moment, of_unit
from garden.views.bases.files import FileValue, HostValue, TagText
from garden.views.dataview.operators import arithmetic
from garden.views.dataview.text import duration_text
from garden.views.regular_expressions import RegularValue
from garden.views.values import (
    Budget,
    HtmlValue,
    LinkValue,
    NoValueError,
    OutsideLink,
    Value,
    common_type,
    is_number,
    number_text,
)

# A text that counts as a number, and pieces of one that counts as a duration
_NUMBER: Final = re.compile(r"\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*")
_DURATION: Final = re.compile(
    r"\s*(-?\d+(?:\.\d+)?)\s*(years?|y|months?|M|weeks?|w|days?|d|hours?|h|minutes?|m|seconds?|s)(?![A-Za-z])[\s,]*"
)
_UNITS: Final = {
    "y": "years",
    "M": "months",
    "w": "weeks",
    "d": "days",
    "h": "hours",
    "m": "minutes",
    "s": "seconds",
}


def base_duration(text: str) -> Duration | None:
    """Return the duration that a text is, such as `1d` or `2 weeks`, None for any other text."""
    at = 0
    found = Duration()
    while at < len(text):
        match = _DURATION.match(text, at)
        if match is None:
            return None
        unit = match[2]
        name = _UNITS[unit] if len(unit) == 1 else unit.rstrip("s") + "s"
        found = found.plus(of_unit(name, float(match[1])))
        at = match.end()
    return found if text.strip() else None


def base_text(value: Value) -> str:  # noqa: C901, PLR0912 (a case for each type)
    """Return a value as text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case Moment():
            return value.iso.replace("T", " ")
        case Duration():
            return duration_text(value)
        case LinkValue():
            return value.display or value.text
        case FileValue():
            return value.path
        case HostValue():
            return value.file.path
        case OutsideLink(text=text):
            return text
        case HtmlValue(html=html):
            return html
        case list():
            return ", ".join(map(base_text, value))
        case Mapping():
            return ", ".join(f"{key}: {base_text(item)}" for key, item in value.items())
        case _:
            return ""


def target_key(value: Value) -> str | None:
    """Return the key by which links, files and `this` are compared, None for any other value."""
    match value:
        case LinkValue():
            return value.key[0]
        case FileValue():
            return value.link.key[0]
        case HostValue():
            return value.file.link.key[0]
        case _:
            return None


def comparable(value: Value) -> Any:
    """Return a hashable key that is the same for equal values."""
    key = target_key(value)
    if key is not None:
        return ("link", key)
    match value:
        case TagText():
            return ("tag", value.key)
        case bool():
            return ("boolean", value)
        case int() | float():
            return ("number", float(value))
        case Moment():
            return ("date", value.at)
        case Duration():
            return ("duration", value.total)
        case list():
            return ("list", tuple(map(comparable, value)))
        case Mapping():
            return (
                "object",
                tuple(sorted((str(name), repr(comparable(item))) for name, item in value.items())),
            )
        case str():
            return ("string", value)
        case _:
            return ("other", repr(value))


_COMPARED_AS_THEY_ARE: Final = frozenset((str, int, bool, type(None)))


def base_equal(left: Value, right: Value) -> bool:
    """Say whether two values are the same (BA-10)."""
    if type(left) is type(right) and type(left) in _COMPARED_AS_THEY_ARE:
        return left == right
    if isinstance(left, TagText) and isinstance(right, str):
        return left.key == TagText(right).key
    if isinstance(right, TagText) and isinstance(left, str):
        return right.key == TagText(left).key
    left, right = _like(left, right), _like(right, left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(base_equal, left, right))
    return bool(comparable(left) == comparable(right))


def _like(value: Value, other: Value) -> Value:
    """Return the number, date or duration that a text is, if the other value has that type; otherwise the value itself."""
    if not isinstance(value, str):
        return value
    if is_number(other):
        return float(value) if _NUMBER.fullmatch(value) else value
    if isinstance(other, Moment):
        return moment(value, needs_day=True) or value
    if isinstance(other, Duration):
        return base_duration(value) or value
    return value


def is_less(left: Value, right: Value) -> bool | None:
    """Say whether a value is less than another, None if they cannot be compared."""
    if type(left) is int and type(right) is int:
        return left < right
    left, right = _like(left, right), _like(right, left)
    if isinstance(left, Duration) and (isinstance(right, Duration) or is_number(right)):
        return left.total < (right.total if isinstance(right, Duration) else right)
    if isinstance(right, Duration) and is_number(left):
        return left < right.total
    if is_number(left) and is_number(right):
        return left < right
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return bool((fold(left), left) < (fold(right), right))
    return None


def ordered(operator: str, left: Value, right: Value) -> bool:
    """Return the result of `<`, `<=`, `>` or `>=`, False for values that cannot be compared."""
    # `a > b` is `b < a`, `a <= b` is `not b < a`, and `a >= b` is `not a < b`.
    first, second = (left, right) if operator in ("<", ">=") else (right, left)
    less = is_less(first, second)
    return False if less is None else less is (operator in ("<", ">"))


def base_key(value: Value) -> tuple[Any, ...]:
    """Return the key by which rows are sorted: booleans, numbers, dates, texts, durations, others (BA-6).

    Empty values have no key: they come last in any order.
    """
    match value:
        case bool():
            return (0, value)
        case int() | float():
            return (1, value)
        case Moment():
            return (2, value)
        case str():
            return (3, fold(value), value)
        case Duration():
            return (4, value.total)
        case _:
            text = base_text(value.link if isinstance(value, FileValue) else value)
            return (5, fold(text), text)


def calculate(operator: str, left: Value, right: Value, budget: Budget) -> Value:
    """Return the result of `+ - * / %` (BA-11). Raises NoValueError."""
    if is_number(left) and is_number(right):
        return None if operator in "/%" and right == 0 else arithmetic(operator, left, right)
    if operator in "+-" and isinstance(left, Moment) and isinstance(right, str):
        length = base_duration(right)
        if length:
            return _moved(left, length, operator)
    if operator == "+" and (isinstance(left, str) or isinstance(right, str)):
        return budget.text(base_text(left) + base_text(right))
    if left is None or right is None:
        return None
    return _of_time(operator, left, right)


def _moved(when: Moment, length: Duration, operator: str) -> Moment:
    """Return a date plus or minus a duration, as the operator says. Raises NoValueError beyond the year 9999."""
    try:
        return when.plus(length, 1 if operator == "+" else -1)
    except (OverflowError, ValueError) as error:
        raise NoValueError("there is no such date") from error


def _of_time(operator: str, left: Value, right: Value) -> Value:
    """Return the result of an operator for dates, durations and lists, or for what else has a number. Raises NoValueError."""
    match operator, left, right:
        case (("+" | "-"), Moment(), Duration()):
            return _moved(left, right, operator)
        case "+", Duration(), Moment():
            return _moved(right, left, operator)
        case "-", Moment(), Moment():
            return between(right, left)
        case (("+" | "-"), Duration(), Duration()):
            return left.plus(right, 1 if operator == "+" else -1)
        case "*", Duration(), int() | float():
            return left.scaled(right)
        case "*", int() | float(), Duration():
            return right.scaled(left)
        case "+", list(), list():
            return [*left, *right]
        case _:
            pass
    first, second = _plain(left), _plain(right)
    if first is None or second is None:
        raise NoValueError(f"{base_type(left)} {operator} {base_type(right)} has no meaning")
    return None if operator in "/%" and second == 0 else arithmetic(operator, first, second)


def _plain(value: Value) -> float | None:
    """Return the number for a duration (milliseconds), a boolean or a text that is a number, None for any other value."""
    match value:
        case Duration():
            return value.total
        case bool() | int() | float():
            return float(value)
        case str() if _NUMBER.fullmatch(value):
            return float(value)
        case _:
            return None


def base_type(value: Value) -> str:
    """Return the name of a value's type for `isType`."""
    match value:
        case OutsideLink():
            return "link"
        case RegularValue():
            return "regexp"
        case FileValue() | HostValue():
            return "file"
        case list():
            return "list"
        case _:
            return common_type(value) or "other"
