"""The functions of bases that depend only on their value and arguments, by the type of the value (BA-13, BA-14)."""

from collections.abc import Callable, Mapping
from math import ceil, floor, isfinite
from typing import Any, Final

from garden.model.views.moments import Duration
from garden.views.bases.operators import base_equal, base_key, base_text, base_type, comparable
from garden.views.dataview.text_functions import split as split_text
from garden.views.regular_expressions import RegularValue
from garden.views.values import NoValueError, Value, is_number, is_true

Method = Callable[..., Value]


def number_of(value: Value) -> float:
    """Return a number, or the milliseconds of a duration. Raises NoValueError for any other value."""
    if is_number(value):
        return value
    if isinstance(value, Duration):
        return value.total
    raise NoValueError(f"a number is needed, not {base_type(value)}")


def is_nothing(value: Value) -> bool:
    """Say whether a value is None, or an empty text, list or object."""
    return value is None or (isinstance(value, str | list | Mapping) and len(value) == 0)


ANY_FUNCTIONS: Final[Mapping[str, Method]] = {
    "isTruthy": is_true,
    "isType": lambda value, name: base_type(value) == base_text(name).lower(),
    "toString": base_text,
    "isEmpty": is_nothing,
}


def _several(values: tuple[Value, ...]) -> list[Value]:
    """Return the arguments of a function such as containsAny; a single list stands for its items (BA-14)."""
    return values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)


def _slice(value: Any, start: Value = 0, end: Value = None) -> Value:
    return value[int(number_of(start)) : None if end is None else int(number_of(end))]


def _split(text: str, separator: Value, count: Value = None) -> Value:
    if isinstance(separator, RegularValue):
        found = split_text(separator.expression, text)
    else:
        between = base_text(separator)
        found = list(text.split(between)) if between else list(text)
    return found if count is None else found[: max(int(number_of(count)), 0)]


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" "))


TEXT_FUNCTIONS: Final[Mapping[str, Method]] = {
    "contains": lambda text, part: base_text(part) in text,
    "containsAll": lambda text, *parts: all(base_text(part) in text for part in _several(parts)),
    "containsAny": lambda text, *parts: any(base_text(part) in text for part in _several(parts)),
    "endsWith": lambda text, end: text.endswith(base_text(end)),
    "startsWith": lambda text, start: text.startswith(base_text(start)),
    "lower": lambda text: str(text).lower(),
    "reverse": lambda text: text[::-1],
    "slice": _slice,
    "split": _split,
    "title": _title,
    "trim": lambda text: text.strip(),
}


def _round(number: float, digits: Value = 0) -> float:
    """Return a number rounded to so many decimal places."""
    places = int(number_of(digits))
    if not isfinite(number):
        return number
    # JavaScript rounds halves up. The decimal point is moved in the text of the number, so that 1.005 is a half, which the
    # float is not quite; a text with an exponent cannot get another one.
    scaled = float(f"{number}e{places}") if "e" not in repr(number) else number * 10**places
    return floor(scaled + 0.5) / 10**places if places else float(floor(number + 0.5))


NUMBER_FUNCTIONS: Final[Mapping[str, Method]] = {
    "abs": abs,
    "ceil": lambda number: float(ceil(number)),
    "floor": lambda number: float(floor(number)),
    "round": _round,
    "toFixed": lambda number, digits=0: f"{_round(number, digits):.{min(int(number_of(digits)), 100)}f}",
}


def _has(values: list[Value], wanted: Value) -> bool:
    return any(base_equal(value, wanted) for value in values)


def _unique(values: list[Value]) -> list[Value]:
    """Return the different values, in the order in which they come first."""
    found: dict[Any, Value] = {}
    for value in values:
        found.setdefault(comparable(value), value)
    return list(found.values())


def _mean(values: list[Value]) -> Value:
    numbers = [number_of(value) for value in values if not is_nothing(value)]
    return sum(numbers) / len(numbers) if numbers else None


LIST_FUNCTIONS: Final[Mapping[str, Method]] = {
    "contains": _has,
    "containsAll": lambda values, *wanted: all(_has(values, each) for each in _several(wanted)),
    "containsAny": lambda values, *wanted: any(_has(values, each) for each in _several(wanted)),
    "flat": lambda values: [
        item for value in values for item in (value if isinstance(value, list) else [value])
    ],
    "join": lambda values, separator=",": base_text(separator).join(map(base_text, values)),
    "mean": _mean,
    "reverse": lambda values: values[::-1],
    "slice": _slice,
    "sort": lambda values: [
        *sorted((value for value in values if not is_nothing(value)), key=base_key),
        *(value for value in values if is_nothing(value)),
    ],
    "unique": _unique,
}
