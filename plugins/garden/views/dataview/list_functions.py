"""Dataview's functions of lists (DV-13)."""

from collections.abc import Mapping
from functools import reduce
from typing import Final

from garden.views.dataview.operators import Operators
from garden.views.dataview.ordering import sort_key
from garden.views.dataview.text import dataview_text
from garden.views.values import (
    Budget,
    Function,
    LinkValue,
    NoValueError,
    Value,
    is_number,
    is_true,
    type_name,
)

NAMES: Final = tuple(
    "length min max minby maxby contains icontains econtains sort reverse nonnull firstvalue all any none join filter "
    "map flat slice unique reduce sum product average".split()
)
"""The names of the functions, which are methods of ListFunctions."""


_DEEPEST: Final = 60  # levels of nested lists: queries cannot nest deeper either
_SEARCHED_IN_A_STEP: Final = 200
"""Characters that are searched for a part in about the time of any other step."""


class ListFunctions:
    """The functions; each item that they look at uses a step of the budget."""

    def __init__(self, budget: Budget, operators: Operators, language: str) -> None:
        self._budget = budget
        self._operators = operators
        self._language = language

    def _items(self, value: Value) -> list[Value]:
        """Return a value that must be a list, and use a step for each of its items. Raises NoValueError."""
        if not isinstance(value, list):
            raise NoValueError(f"a list is needed, not {type_name(value)}")
        self._budget.spend(len(value))
        return value

    def length(self, value: Value) -> Value:
        """Return the number of items, fields or characters."""
        if value is None:
            return 0
        if isinstance(value, list | str | Mapping):
            return len(value)
        raise NoValueError(f"{type_name(value)} has no length")

    def min(self, *values: Value) -> Value:
        """Return the least value that is not null."""
        return self._extreme(values, least=True)

    def max(self, *values: Value) -> Value:
        """Return the greatest value that is not null."""
        return self._extreme(values, least=False)

    def _extreme(self, values: tuple[Value, ...], *, least: bool) -> Value:
        """Return the least or the greatest of the arguments, or of the items of a single list, None if there is none."""
        items = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
        found = [item for item in self._items(items) if item is not None]
        if not found:
            return None
        return min(found, key=sort_key) if least else max(found, key=sort_key)

    def minby(self, values: Value, function: Value) -> Value:
        """Return the item for which a function returns the least value."""
        return self._extreme_by(values, function, least=True)

    def maxby(self, values: Value, function: Value) -> Value:
        """Return the item for which a function returns the greatest value."""
        return self._extreme_by(values, function, least=False)

    def _extreme_by(self, values: Value, function: Value, *, least: bool) -> Value:
        """Return the item for which a function returns the least or the greatest value; the first item if it returns none."""
        if values is None:
            return None
        call = _function(function)
        items = self._items(values)
        mapped = [(call(item), item) for item in items]
        found = [pair for pair in mapped if pair[0] is not None]
        if not found:
            return items[0] if items else None
        choose = min if least else max
        return choose(found, key=lambda pair: sort_key(pair[0]))[1]

    def contains(self, value: Value, part: Value) -> Value:
        """Say whether a list contains an item at any depth, a text a part, or an object a field."""
        return self._contains(value, part, fold_case=False)

    def icontains(self, value: Value, part: Value) -> Value:
        """Like `contains`, but ignore case."""
        return self._contains(value, part, fold_case=True)

    def _contains(self, value: Value, part: Value, *, fold_case: bool) -> bool:
        """Say whether a value contains a part; `fold_case` ignores case."""
        self._budget.spend()
        match value:
            case list():
                if isinstance(part, LinkValue):
                    # Queries often look for one link among the links of every note, so this case must be fast.
                    self._budget.spend(len(value))
                    return self._has_link(value, part)
                return any(self._contains(item, part, fold_case=fold_case) for item in value)
            case str() if isinstance(part, str):
                self._budget.spend(len(value) // _SEARCHED_IN_A_STEP)
                return part.lower() in value.lower() if fold_case else part in value
            case Mapping() if isinstance(part, str):
                return value.get(part) is not None or part in list(value)
            case _:
                return sort_key(value) == sort_key(part)

    def _has_link(self, values: list[Value], wanted: LinkValue) -> bool:
        """Say whether a link is in a list, at any depth."""
        target = wanted.target
        for value in values:
            if isinstance(value, LinkValue):
                # Compare the targets first: `key` is slower to compute.
                if value.target == target and value.key == wanted.key:
                    return True
            elif isinstance(value, list) and self._has_link(value, wanted):
                return True
        return False

    def econtains(self, value: Value, part: Value) -> Value:
        """Say whether an item of a list itself equals `part`."""
        if isinstance(value, list):
            wanted = sort_key(part)
            return any(sort_key(item) == wanted for item in self._items(value))
        return self._contains(value, part, fold_case=False)

    def sort(self, value: Value, function: Value = None) -> Value:
        """Return a sorted list, by what a function returns for the items if there is one."""
        if not isinstance(value, list):
            return value
        call = _function(function) if function is not None else None
        self._budget.spend(len(value) * 4)  # each item is compared with several others
        return sorted(value, key=lambda item: sort_key(call(item) if call else item))

    def reverse(self, value: Value) -> Value:
        """Return a list or a text backwards."""
        return value[::-1] if isinstance(value, list | str) else value

    def nonnull(self, *values: Value) -> Value:
        """Return the values that are not null."""
        items = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
        return [item for item in self._items(items) if item is not None]

    def firstvalue(self, value: Value) -> Value:
        """Return the first item that is not null."""
        if value is None:
            return None
        return next((item for item in self._items(value) if item is not None), None)

    def any(self, *values: Value) -> Value:
        """Say whether an item is true."""
        return any(self._truths(values))

    def all(self, *values: Value) -> Value:
        """Say whether all items are true."""
        return all(self._truths(values))

    def none(self, *values: Value) -> Value:
        """Say whether no item is true."""
        return not any(self._truths(values))

    def _truths(self, values: tuple[Value, ...]) -> list[bool]:
        """Return whether the arguments are true, or the items of a list, or what a function returns for these."""
        if values and isinstance(values[0], list) and len(values) == 1:
            return [is_true(item) for item in self._items(values[0])]
        if len(values) == 2 and isinstance(values[0], list) and callable(values[1]):
            return [is_true(values[1](item)) for item in self._items(values[0])]
        return [is_true(value) for value in values]

    def join(self, value: Value, separator: Value = None) -> Value:
        """Return the texts of the items with a separator between them."""
        if not isinstance(value, list):
            return dataview_text(value, self._language)
        if separator is not None and not isinstance(separator, str):
            raise NoValueError("join() takes a string as separator")
        texts = (dataview_text(item, self._language) for item in self._items(value))
        return self._budget.text((", " if separator is None else separator).join(texts))

    def filter(self, value: Value, function: Value) -> Value:
        """Return the items for which a function is true."""
        if value is None:
            return None
        call = _function(function)
        return [item for item in self._items(value) if is_true(call(item))]

    def map(self, value: Value, function: Value) -> Value:
        """Return what a function returns for each item."""
        if value is None:
            return None
        call = _function(function)
        return [call(item) for item in self._items(value)]

    def flat(self, value: Value, depth: Value = 1) -> Value:
        """Return a list in which inner lists are replaced by their items, `depth` times."""
        if value is None:
            return None
        if not is_number(depth) or not isinstance(depth, int | float):
            raise NoValueError("flat() takes a number")
        found = list(self._items(value))
        for _ in range(min(int(depth), _DEEPEST)):
            if not any(isinstance(item, list) for item in found):
                break
            found = [inner for item in found for inner in (item if isinstance(item, list) else [item])]
            self._budget.spend(len(found))
        return found

    def slice(self, value: Value, start: Value = 0, end: Value = None) -> Value:
        """Return a part of a list; numbers below 0 count from its end."""
        if value is None:
            return None
        first = int(start) if isinstance(start, int | float) else 0
        last = int(end) if isinstance(end, int | float) else None
        return self._items(value)[first:last]

    def unique(self, value: Value) -> Value:
        """Return the different items, in order of their first appearance."""
        if value is None:
            return None
        found: dict[object, Value] = {}
        for item in self._items(value):
            found.setdefault(sort_key(item), item)
        return list(found.values())

    def reduce(self, value: Value, by: Value) -> Value:
        """Return the items combined to one value by an operator or a function."""
        if value is None or by is None:
            return None
        items = self._items(value)
        if not items:
            return None
        if isinstance(by, str):
            if by not in ("+", "-", "*", "/", "&", "|"):
                raise NoValueError("reduce() takes one of + - * / & |")
            return reduce(lambda left, right: self._joined(by, left, right), items)
        call = _function(by)
        found = items[0]
        for item in items[1:]:
            # Null is skipped, so that the sum of a field that some notes lack is the sum of the others.
            if item is not None:
                found = call(found, item)
        return found

    def _joined(self, by: str, left: Value, right: Value) -> Value:
        """Return the result of an operator for two items."""
        if by == "&":
            return is_true(left) and is_true(right)
        if by == "|":
            return is_true(left) or is_true(right)
        return self._operators.apply(by, left, right)

    def sum(self, value: Value) -> Value:
        """Return the sum of the items."""
        return self.reduce(value, "+") if isinstance(value, list) else value

    def product(self, value: Value) -> Value:
        """Return the product of the items."""
        return self.reduce(value, "*") if isinstance(value, list) else value

    def average(self, value: Value) -> Value:
        """Return the mean of the items."""
        if not isinstance(value, list):
            return value
        total = self.sum(value)
        return None if total is None else self._operators.apply("/", total, len(value))


def _function(value: Value) -> Function:
    if not callable(value):
        raise NoValueError("a function is needed")
    return value
