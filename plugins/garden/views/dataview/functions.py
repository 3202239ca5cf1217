"""The functions of Dataview (DV-13), and calling them for each item of a list.

If an argument for which a function expects a single value is a list, the function is called for each of its items; with
several lists, as often as the shortest has items. Functions of texts are in `text_functions`, of lists in
`list_functions`; the others are methods whose names begin with `_do_`, followed by the name that queries write.
"""

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from math import ceil, floor, isfinite, trunc
from typing import Final

from garden.model.names import VaultPath, stem
from garden.model.views.moments import Duration, Moment, duration, from_milliseconds, moment
from garden.model.views.queries import DATE_WORDS
from garden.views.dataview import list_functions, text_functions
from garden.views.dataview.dates import relative_date
from garden.views.dataview.list_functions import ListFunctions
from garden.views.dataview.operators import Operators, member
from garden.views.dataview.records import Pages
from garden.views.dataview.text import dataview_text, subpath_text
from garden.views.date_formats import duration_format, luxon, parsed_date
from garden.views.values import (
    CHARACTERS_OF_A_STEP,
    Budget,
    Function,
    LinkValue,
    NoValueError,
    OutsideLink,
    Value,
    is_number,
    is_true,
    type_name,
)

_ENOUGH: Final = Context(prec=500)
"""Enough digits for any number with as many decimal places as `round` may be asked for."""

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CALLED_FOR_ITEMS: Final[Mapping[str, Mapping[int, tuple[int, ...]]]] = {
    **{
        name: {1: (0,)} for name in "date dur number localtime trunc floor ceil striptime lower upper".split()
    },
    **{name: {1: (0,), 2: (0, 1)} for name in ("link", "embed")},
    **{name: {1: (0,), 2: (0,)} for name in ("elink", "round")},
    **{name: {2: (0,)} for name in ("dateformat", "durationformat")},
    **{name: {2: (1,)} for name in ("contains", "icontains", "econtains", "join", "reduce")},
    **{name: {2: (0, 1)} for name in "containsword regextest regexmatch startswith endswith default".split()},
    **{name: {3: (0, 1, 2)} for name in ("regexreplace", "replace")},
    **{name: {2: (0, 1), 3: (0, 1, 2)} for name in ("padleft", "padright", "substring", "truncate")},
    "choice": {3: (0,)},
}
"""By function and number of arguments, the indexes of the arguments for whose items the function is called."""


class Functions:
    """The functions of one query."""

    def __init__(
        self, pages: Pages, host: VaultPath, budget: Budget, operators: Operators, language: str
    ) -> None:
        self._pages = pages
        self._host = host
        self._budget = budget
        self._language = language
        self.used_today = False
        self._lists = ListFunctions(budget, operators, language)
        methods = {
            name.removeprefix("_do_"): getattr(self, name) for name in dir(self) if name.startswith("_do_")
        }
        self._all: dict[str, Function] = {
            **{name: self._paid(function) for name, function in text_functions.FUNCTIONS.items()},
            **{name: getattr(self._lists, name) for name in list_functions.NAMES},
            **methods,
        }
        self._all["typeof"] = type_name
        self._all["array"] = self._all["list"]

    def named(self, name: str) -> Function | None:
        """Return a function, None if there is none with this name."""
        function = self._all.get(name)
        if function is None:
            return None
        places = _CALLED_FOR_ITEMS.get(name, {})

        def called(*arguments: Value) -> Value:
            return self._called(name, function, places, arguments)

        return called

    def _called(
        self,
        name: str,
        function: Function,
        places: Mapping[int, tuple[int, ...]],
        arguments: tuple[Value, ...],
    ) -> Value:
        """Return the result of a function; if an argument at one of `places` is a list, the list of results."""
        at_places = places.get(len(arguments), ())
        lists = {at: value for at in at_places if isinstance(value := arguments[at], list)}
        if not lists:
            try:
                return function(*arguments)
            except (TypeError, OverflowError, ValueError, AttributeError) as error:
                # A wrong number or type of arguments; Python's own message would not help an author.
                kinds = ", ".join(map(type_name, arguments))
                raise NoValueError(f"{name}() cannot be called with ({kinds})") from error
        length = min(map(len, lists.values()))
        self._budget.spend(length)
        return [
            self._called(
                name,
                function,
                places,
                tuple(lists[at][index] if at in lists else value for at, value in enumerate(arguments)),
            )
            for index in range(length)
        ]

    def _paid(self, function: Function) -> Function:
        """Return a function of texts that uses steps of the budget for the lengths of its arguments and its result."""

        def called(*arguments: Value) -> Value:
            for value in arguments:
                if isinstance(value, str):
                    self._budget.spend(len(value) // CHARACTERS_OF_A_STEP)
            for value in arguments[1:]:
                if is_number(value):
                    self._budget.allow_text(value)  # it may be the length of the result, as in padleft()
            found = function(*arguments)
            if isinstance(found, list):
                self._budget.spend(3 * len(found))  # the pieces of a text: each is an object of its own
            return self._budget.text(found) if isinstance(found, str) else found

        return called

    def _do_list(self, *values: Value) -> Value:
        return list(values)

    def _do_object(self, *values: Value) -> Value:
        if len(values) % 2 or not all(isinstance(key, str) for key in values[::2]):
            raise NoValueError("object() takes pairs of a name and a value")
        return dict(zip(map(str, values[::2]), values[1::2], strict=True))

    def _do_link(self, target: Value, display: Value = None, embed: Value = None) -> Value:
        if target is None:
            return None
        if isinstance(target, str):
            target = self._pages.notes.link(target, self._host, embed=bool(embed))
        if not isinstance(target, LinkValue):
            raise NoValueError("link() takes a string or a link")
        return target.shown_as(str(display)) if isinstance(display, str) else target

    def _do_embed(self, link: Value, embed: Value = True) -> Value:
        if link is None or embed is None:
            return None
        if not isinstance(link, LinkValue):
            raise NoValueError("embed() takes a link")
        return LinkValue(
            link.kind, link.target, link.text, link.subpath, link.anchor, link.display, is_true(embed)
        )

    def _do_elink(self, address: Value, display: Value = None) -> Value:
        if address is None:
            return None
        if not isinstance(address, str):
            raise NoValueError("elink() takes a string")
        return OutsideLink(address, display if isinstance(display, str) else address)

    def _do_date(self, value: Value, pattern: Value = None) -> Value:
        match value:
            case None | Moment():
                return value
            case str() if isinstance(pattern, str):
                return self._by_format(value, pattern)
            case str():
                word = value.strip()
                if word in DATE_WORDS:
                    self.used_today = True
                    return relative_date(word, self._pages.notes.now)
                return moment(word)
            case LinkValue():
                found = moment(value.display) or moment(value.text)
                note = self._pages.notes.of_link(value)
                if found or note is None:
                    return found
                return member(self._pages.record(note).get("file"), "day", self._pages, self._budget)
            case _:
                raise NoValueError(f"date() cannot be called with ({type_name(value)})")

    def _by_format(self, text: str, pattern: str) -> Value:
        """Return the date that a text is in a format of Luxon. Raises NoValueError if it is not one."""
        if pattern in ("x", "X"):  # milliseconds and seconds since 1970
            found = _NUMBER.search(text)
            if not found:
                raise NoValueError(f'"{text}" is not a number')
            return from_milliseconds(float(found[0]) * (1000 if pattern == "X" else 1))
        when = parsed_date(text, pattern, self._language)
        if when is None:
            raise NoValueError(f'"{text}" is not a date of the form {pattern}')
        return when

    def _do_dur(self, value: Value) -> Value:
        match value:
            case None | Duration():
                return value
            case str():
                return duration(value)
            case _:
                raise NoValueError(f"dur() cannot be called with ({type_name(value)})")

    def _do_number(self, value: Value) -> Value:
        if isinstance(value, str):
            found = _NUMBER.search(value)
            return float(found[0]) if found else None
        return _a_number(value)

    def _do_string(self, value: Value) -> Value:
        return self._budget.text(dataview_text(value, self._language))

    def _do_dateformat(self, value: Value, pattern: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, Moment) or not isinstance(pattern, str):
            raise NoValueError("dateformat() takes a date and a string")
        return luxon(value, pattern, self._language)

    def _do_durationformat(self, value: Value, pattern: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, Duration) or not isinstance(pattern, str):
            raise NoValueError("durationformat() takes a duration and a string")
        return duration_format(value, pattern)

    def _do_localtime(self, value: Value) -> Value:
        if value is not None and not isinstance(value, Moment):
            raise NoValueError("localtime() takes a date")
        return value

    def _do_striptime(self, value: Value) -> Value:
        if value is not None and not isinstance(value, Moment):
            raise NoValueError("striptime() takes a date")
        return value.day() if value else None

    def _do_round(self, value: Value, digits: Value = None) -> Value:
        if value is None:
            return None
        number = _a_number(value)
        places = _a_number(digits) or 0
        if not number or not isfinite(number):
            return number
        if places <= 0:
            return float(floor(number + 0.5))
        # Like JavaScript's toFixed(): the exact binary value is rounded, and a half away from zero.
        exact = Decimal(number).quantize(Decimal(1).scaleb(-min(int(places), 100)), ROUND_HALF_UP, _ENOUGH)
        return float(exact)

    def _do_trunc(self, value: Value) -> Value:
        return _whole(value, trunc)

    def _do_floor(self, value: Value) -> Value:
        return _whole(value, floor)

    def _do_ceil(self, value: Value) -> Value:
        return _whole(value, ceil)

    # The two only differ in what they do with a list: `ldefault` is not called for each of its items.
    def _do_default(self, value: Value, other: Value) -> Value:
        return other if value is None else value

    def _do_ldefault(self, value: Value, other: Value) -> Value:
        return other if value is None else value

    def _do_choice(self, condition: Value, yes: Value, no: Value) -> Value:
        return yes if is_true(condition) else no

    def _do_display(self, value: Value) -> Value:
        match value:
            case None:
                return ""
            case list():
                return ", ".join(str(self._do_display(item)) for item in value)
            case str():
                return text_functions.without_markup(value)
            case LinkValue():
                path, _, subpath = value.text.partition("#")
                named = " > ".join(filter(None, (stem(path), subpath_text(subpath))))
                return text_functions.without_markup(value.display or named)
            case _:
                return dataview_text(value, self._language)

    def _do_meta(self, value: Value) -> Value:
        """Return what a link consists of, as an object."""
        if not isinstance(value, LinkValue):
            raise NoValueError("meta() takes a link")
        kind = "block" if value.subpath.startswith("^") else "header" if value.subpath else "file"
        path = value.target if value.kind in ("note", "file") else value.text.partition("#")[0]
        return {
            "display": value.display or None,
            "embed": value.embed,
            "path": path,
            "subpath": subpath_text(value.subpath) or None,
            "type": kind,
        }

    def _do_extract(self, value: Value, *keys: Value) -> Value:
        if isinstance(value, list):
            return [self._do_extract(item, *keys) for item in value]
        if not all(isinstance(key, str) for key in keys):
            raise NoValueError("extract() takes names as strings")
        return {str(key): member(value, key, self._pages, self._budget) for key in keys}


def _a_number(value: Value) -> float | None:
    if value is None or (is_number(value) and isinstance(value, int | float)):
        return value
    raise NoValueError(f"a number is needed, not {type_name(value)}")


def _whole(value: Value, make: Callable[[float], int]) -> Value:
    """Return a number made whole by `make`; one that is not finite, and null, as it is."""
    number = _a_number(value)
    return number if number is None or not isfinite(number) else float(make(number))
