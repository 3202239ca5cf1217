"""Dataview's operators, and the members of values such as `link.field` (DV-9 … DV-12, DV-14)."""

import operator
from collections.abc import Callable, Mapping
from math import fmod, isfinite, nan
from typing import Any, Final

from garden.model.views.moments import Duration, Moment, between
from garden.views.dataview.ordering import sort_key
from garden.views.dataview.records import Pages
from garden.views.dataview.text import dataview_text
from garden.views.values import Budget, LinkValue, NoValueError, Value, is_number, type_name

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


class Operators:
    """The operators; dates become text in `language`, and large results use steps of `budget`."""

    def __init__(self, budget: Budget, language: str) -> None:
        self._budget = budget
        self._language = language

    def apply(self, name: str, left: Value, right: Value) -> Value:
        """Return the result of an operator that is neither `&` nor `|`. Raises NoValueError."""
        compare = _COMPARE.get(name)
        if compare:
            if type(left) is type(right) and isinstance(left, int | float):
                return compare(left, right)
            return compare(sort_key(left), sort_key(right))
        if is_number(left) and is_number(right):
            assert isinstance(left, int | float)
            assert isinstance(right, int | float)
            return arithmetic(name, left, right)
        try:
            return self._mixed(name, left, right)
        except OverflowError as error:
            raise NoValueError(f"{type_name(left)} {name} {type_name(right)} is out of range") from error

    def _mixed(self, name: str, left: Value, right: Value) -> Value:
        """Return the result of an arithmetic operator for values that are not both numbers (DV-11)."""
        match name, left, right:
            case "+", str(), _:
                return self._budget.text(left + dataview_text(right, self._language))
            case "+", _, str():
                return self._budget.text(dataview_text(left, self._language) + right)
            case "*", str(), int() | float() if is_number(right):
                return self._repeated(left, right)
            case "*", int() | float(), str() if is_number(left):
                return self._repeated(right, left)
            case "+", list(), list():
                self._budget.spend(len(left) + len(right))
                return [*left, *right]
            case "+", Mapping(), Mapping():
                self._budget.spend(len(left) + len(right))
                return {**left, **right}
            case (("+" | "-" | "*" | "/" | "%"), None, None):
                return None
            case _:
                return _of_time(name, left, right)

    def _repeated(self, text: str, times: float) -> str:
        self._budget.allow_text(times * len(text))
        return self._budget.text(text * max(int(times), 0))


def _of_time(name: str, left: Value, right: Value) -> Value:
    """Return the result of an arithmetic operator for dates and durations. Raises NoValueError for other values."""
    match name, left, right:
        case "-", Moment(), Moment():
            return between(right, left)
        case "+", Moment(), Duration():
            return left.plus(right)
        case "+", Duration(), Moment():
            return right.plus(left)
        case "-", Moment(), Duration():
            return left.plus(right, -1)
        case (("+" | "-"), Duration(), Duration()):
            return left.plus(right, 1 if name == "+" else -1)
        case "*", Duration(), int() | float() if is_number(right):
            return left.scaled(right)
        case "*", int() | float(), Duration() if is_number(left):
            return right.scaled(left)
        case "/", Duration(), int() | float() if is_number(right) and right:
            return left.scaled(1 / right)
        case (("+" | "-"), Moment(), None):
            return None
        case (("+" | "-"), None, Moment()):
            return None
        case _:
            raise NoValueError(f"{type_name(left)} {name} {type_name(right)} has no meaning")


def arithmetic(name: str, left: float, right: float) -> float:
    """Return the result of an operator for two numbers, as in JavaScript: division by zero gives infinity or NaN."""
    first, second = float(left), float(right)
    match name:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/":
            if second == 0:
                return nan if first == 0 else float("inf") if first > 0 else float("-inf")
            return first / second
        case _:
            return nan if second == 0 or not isfinite(first) else fmod(first, second)


def member(value: Value, key: Value, pages: Pages, budget: Budget) -> Value:  # noqa: C901, PLR0912 (a case for each type)
    """Return `value[key]` (DV-6): of a link a field of its note, of a list the members of its items. Raises NoValueError."""
    if key is None:
        return None
    if not isinstance(key, str) and not is_number(key):
        raise NoValueError("the key of a field must be a string or a number")
    match value:
        case Mapping():
            if not isinstance(key, str):
                raise NoValueError("the key of an object must be a string")
            return value.get(key)
        case LinkValue():
            if not isinstance(key, str):
                raise NoValueError("the name of a note's field must be a string")
            note = pages.notes.of_link(value)
            return pages.record(note).get(key) if note else None
        case list():
            if is_number(key):
                assert isinstance(key, int | float)
                return value[int(key)] if 0 <= key < len(value) and key == int(key) else None
            budget.spend(len(value))
            return [member(item, key, pages, budget) for item in value if _has_members(item)]
        case str():
            if not is_number(key):
                raise NoValueError("the position in a string must be a number")
            assert isinstance(key, int | float)
            return value[int(key)] if 0 <= key < len(value) and key == int(key) else None
        case Moment() if isinstance(key, str):
            return date_field(value, key)
        case Duration() if isinstance(key, str):
            name = key if key.endswith("s") else f"{key}s"
            known = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds")
            # Dataview has the singular of every unit except `week`.
            return value.unit(name) if name in known and key != "week" else None
        case _:
            return None


def _has_members(value: Value) -> bool:
    """Say whether an item of a list can have members by name; the others are left out."""
    return not isinstance(value, str)


def date_field(when: Moment, name: str) -> Value:
    """Return a field of a date (DV-14), None if there is no such field."""
    at = when.at
    match name:
        case "year" | "month" | "day" | "hour" | "minute" | "second":
            return int(getattr(at, name))
        # As in Dataview: `weekyear` is the week of the year, `week` that of the month.
        case "weekyear":
            return at.isocalendar().week
        case "week":
            return at.day // 7 + 1
        case "weekday":
            return at.isoweekday()
        case "millisecond":
            return at.microsecond // 1000
        case _:
            return None
