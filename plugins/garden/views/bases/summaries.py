"""The built-in summaries below the columns of a base: sum, average and so on (BA-7)."""

from collections.abc import Callable, Mapping
from math import sqrt
from statistics import median
from typing import Final

from garden.model.views.moments import Moment, between
from garden.views.bases.operators import comparable
from garden.views.bases.value_functions import is_nothing
from garden.views.values import Value, is_number


def _numbers(values: list[Value]) -> list[float]:
    return [float(value) for value in values if is_number(value)]


def _dates(values: list[Value]) -> list[Moment]:
    return [value for value in values if isinstance(value, Moment)]


def _of_numbers(compute: Callable[[list[float]], float]) -> Callable[[list[Value]], Value]:
    """Return a summary that computes something of the numbers among the values, None if there are none."""
    return lambda values: compute(numbers) if (numbers := _numbers(values)) else None


def _deviation(numbers: list[float]) -> float:
    """Return the standard deviation of numbers."""
    mean = sum(numbers) / len(numbers)
    return sqrt(sum((number - mean) ** 2 for number in numbers) / len(numbers))


def _range(values: list[Value]) -> Value:
    """Return the difference between the greatest and the least number, or else date."""
    numbers, dates = _numbers(values), _dates(values)
    if numbers:
        return max(numbers) - min(numbers)
    return between(min(dates), max(dates)) if dates else None


SUMMARIES: Final[Mapping[str, Callable[[list[Value]], Value]]] = {
    "Average": _of_numbers(lambda numbers: sum(numbers) / len(numbers)),
    "Min": _of_numbers(min),
    "Max": _of_numbers(max),
    "Sum": _of_numbers(sum),
    "Range": _range,
    "Median": _of_numbers(median),
    "Stddev": _of_numbers(_deviation),
    "Earliest": lambda values: min(_dates(values), default=None),
    "Latest": lambda values: max(_dates(values), default=None),
    "Checked": lambda values: sum(value is True for value in values),
    "Unchecked": lambda values: sum(value is False for value in values),
    "Empty": lambda values: sum(map(is_nothing, values)),
    "Filled": lambda values: sum(not is_nothing(value) for value in values),
    "Unique": lambda values: len({repr(comparable(value)) for value in values if not is_nothing(value)}),
}
"""The summaries that need no formula, by name; each is a function of the values of a column."""
