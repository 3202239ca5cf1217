"""The functions of bases (BA-12, BA-13, BA-14): of the global ones, and of those asked of a value, by its type."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from math import ceil, floor, isfinite
from typing import Any, Final

from garden.model.names import VaultPath, fold
from garden.model.views.moments import Duration, Moment, moment
from garden.views.bases.files import Files, FileValue, HostValue
from garden.views.bases.operators import (
    base_duration,
    base_equal,
    base_key,
    base_text,
    base_type,
    comparable,
    target_key,
)
from garden.views.dataview.text_functions import split as split_text
from garden.views.date_formats import moment_js
from garden.views.regular_expressions import RegularValue, replaced
from garden.views.relative_times import relative_time
from garden.views.values import (
    Budget,
    HtmlValue,
    IconValue,
    ImageValue,
    LinkValue,
    NoValueError,
    OutsideLink,
    Value,
    is_number,
    is_true,
)

_SCHEMES: Final = ("http://", "https://", "mailto:")
Method = Callable[..., Value]


class BaseFunctions:
    """The functions of one view; `host` is the file that links are resolved from."""

    def __init__(self, files: Files, host: VaultPath, budget: Budget, language: str) -> None:
        self.files = files
        self.budget = budget
        self._host = host
        self._language = language
        self.used_today = False
        self.globals: Mapping[str, Method] = {
            "escapeHTML": lambda text: escape(base_text(text)),
            "date": _date,
            "duration": _duration,
            "file": self.file,
            "html": lambda text: HtmlValue(base_text(text)),
            "image": self._image,
            "icon": lambda name: IconValue(base_text(name)),
            "link": self.link,
            "list": lambda value: value if isinstance(value, list) else [value],
            "max": lambda *numbers: max(map(_number, numbers)) if numbers else None,
            "min": lambda *numbers: min(map(_number, numbers)) if numbers else None,
            "now": self._now,
            "number": _to_number,
            "today": lambda: now.day() if (now := self._now()) else None,
            "empty": is_nothing,
            "not": lambda value: not is_true(value),
        }

    def _now(self) -> Moment | None:
        self.used_today = True
        now = self.files.notes.now
        return Moment(now.at, timed=True) if now else None

    def file(self, path: Value) -> Value:
        """Return a published file by its path, a link to it or its name."""
        match path:
            case FileValue():
                return path
            case HostValue():
                return path.file
            case LinkValue():
                return self.files.of_link(path)
            case str():
                found = self.files.file(path) or self.files.file(f"{path}.md")
                return found or self.files.of_link(self.files.notes.link(_inner(path), self._host))
            case _:
                return None

    def link(self, path: Value, display: Value = None) -> Value:
        """Return a link to a path, a file or an address."""
        shown = "" if display is None or isinstance(display, IconValue) else base_text(display)
        match path:
            case None:
                return None
            case FileValue() | HostValue():
                found = path.link if isinstance(path, FileValue) else path.file.link
            case LinkValue():
                found = path
            case _:
                text = base_text(path)
                if text.startswith(_SCHEMES):
                    return OutsideLink(text, shown or text)
                found = self.files.notes.link(_inner(text), self._host)
        return found.shown_as(shown) if shown else found

    def _image(self, path: Value) -> Value:
        match path:
            case None:
                return None
            case str() if path.startswith(_SCHEMES):
                return ImageValue(path)
            case OutsideLink(address=address):
                return ImageValue(address)
            case _:
                found = self.link(path)
                return ImageValue(found) if isinstance(found, LinkValue) else None

    def method(self, name: str, value: Value, arguments: list[Value]) -> Value:
        """Return what a function says of a value. Raises NoValueError when values of its type have no such function."""
        self.budget.spend(1 + (len(value) // 20 if isinstance(value, str | list) else 0))
        if name in _ANY:
            return _ANY[name](value, *arguments)
        if value is None:
            return {"contains": False, "containsAny": False, "containsAll": False}.get(name)
        found = self._of_type(name, value)
        if found is None:
            raise NoValueError(f"{base_type(value)} has no function {name}()")
        try:
            result = found(value, *arguments)
        except (TypeError, ValueError, OverflowError, AttributeError, IndexError) as error:
            raise NoValueError(f"{name}() cannot be called so") from error
        return self.budget.text(result) if type(result) is str else result

    def _of_type(self, name: str, value: Value) -> Method | None:
        match value:
            case str():
                return _TEXT.get(name) or (getattr(self, f"_text_{name}", None))
            case Moment():
                return getattr(self, f"_date_{name}", None)
            case bool():
                return None
            case int() | float():
                return _NUMBERS.get(name)
            case list():
                return _LISTS.get(name)
            case LinkValue() | FileValue() | HostValue():
                return getattr(self, f"_file_{name}", None) or self._of_link_text(name, value)
            case Mapping():
                return {"keys": list, "values": lambda pairs: list(pairs.values())}.get(name)
            case RegularValue() if name == "matches":
                return lambda pattern, text: pattern.expression.search(base_text(text)) is not None
            case _:
                return None

    def _of_link_text(self, name: str, value: Value) -> Method | None:
        """A link also has the functions of texts."""
        method = (
            (_TEXT.get(name) or getattr(self, f"_text_{name}", None))
            if isinstance(value, LinkValue)
            else None
        )
        return (lambda link, *arguments: method(base_text(link), *arguments)) if method else None

    def _date_date(self, when: Moment) -> Value:
        return when.day()

    def _date_time(self, when: Moment) -> Value:
        return when.at.strftime("%H:%M:%S")

    def _date_format(self, when: Moment, pattern: Value) -> Value:
        return moment_js(when, base_text(pattern), self._language)

    def _date_relative(self, when: Moment) -> Value:
        now = self._now()
        return relative_time(when, now, self._language) if now else ""

    def _text_repeat(self, text: str, count: Value) -> Value:
        times = int(_number(count))
        if times * len(text) > 10_000_000:
            self.budget.spend(self.budget.left + 1)
        return text * max(times, 0)

    def _text_replace(self, text: str, pattern: Value, replacement: Value) -> Value:
        put = base_text(replacement)
        if not isinstance(pattern, RegularValue):
            part = base_text(pattern)
            if text.count(part) * len(put) > 5_000_000:
                self.budget.spend(self.budget.left + 1)
            return text.replace(part, put)
        return replaced(pattern.expression, text, put, everywhere=pattern.everywhere)

    def _file_asFile(self, value: Value) -> Value:  # noqa: N802 (the name of the function)
        return self.file(value)

    def _file_asLink(self, value: Value, display: Value = None) -> Value:  # noqa: N802 (the name of the function)
        return self.link(value, display)

    def _file_linksTo(self, value: Value, other: Value) -> Value:  # noqa: N802 (the name of the function)
        return self._file_hasLink(value, other)

    def _file_hasLink(self, value: Value, other: Value) -> Value:  # noqa: N802 (the name of the function)
        file = self.file(value)
        if not isinstance(file, FileValue) or file.note is None or other is None:
            return False
        wanted = self.link(other) if isinstance(other, str) else other
        key = target_key(wanted)
        return key is not None and key in file.note.linked

    def _file_hasProperty(self, value: Value, name: Value) -> Value:  # noqa: N802 (the name of the function)
        file = self.file(value)
        return isinstance(file, FileValue) and file.properties.has(base_text(name))

    def _file_hasTag(self, value: Value, *tags: Value) -> Value:  # noqa: N802 (the name of the function)
        file = self.file(value)
        if not isinstance(file, FileValue) or file.note is None:
            return False
        wanted = [item for tag in tags for item in (tag if isinstance(tag, list) else [tag])]
        return any(fold(base_text(tag).removeprefix("#")) in file.note.tag_keys for tag in wanted)

    def _file_inFolder(self, value: Value, name: Value) -> Value:  # noqa: N802 (the name of the function)
        file = self.file(value)
        if not isinstance(file, FileValue):
            return False
        wanted = fold(base_text(name)).strip("/")
        own = fold(base_text(file.field("folder")))
        return not wanted or f"{own}/".startswith(f"{wanted}/")


def _inner(path: str) -> str:
    stripped = path.strip()
    return stripped[2:-2] if stripped.startswith("[[") and stripped.endswith("]]") else stripped


def _date(value: Value) -> Value:
    match value:
        case None | Moment():
            return value
        case str():
            found = moment(value, needs_day=True)
            if found is None:
                raise NoValueError(f'"{value}" is not a date')
            return found
        case int() | float() if is_number(value):
            return Moment(datetime.fromtimestamp(value / 1000, UTC), timed=True)
        case LinkValue():
            return moment(value.display, needs_day=True)
        case _:
            raise NoValueError(f"date() cannot be called with {base_type(value)}")


def _duration(value: Value) -> Value:
    if value is None or isinstance(value, Duration):
        return value
    if is_number(value):
        return Duration(milliseconds=value)
    found = base_duration(base_text(value))
    if found is None:
        raise NoValueError(f'"{base_text(value)}" is not a duration')
    return found


def _to_number(value: Value) -> Value:
    match value:
        case None:
            return None
        case bool():
            return 1 if value else 0
        case Moment():
            return value.milliseconds
        case Duration():
            return value.total
        case str():
            try:
                return float(value)
            except ValueError as error:
                raise NoValueError(f'"{value}" is not a number') from error
        case _:
            return _number(value)


def _number(value: Value) -> float:
    if is_number(value):
        return value
    if isinstance(value, Duration):
        return value.total
    raise NoValueError(f"a number is needed, not {base_type(value)}")


def is_nothing(value: Value) -> bool:
    """Say whether a value is nothing, or has nothing in it."""
    return value is None or (isinstance(value, str | list | Mapping) and len(value) == 0)


_ANY: Final[Mapping[str, Method]] = {
    "isTruthy": is_true,
    "isType": lambda value, name: base_type(value) == base_text(name).lower(),
    "toString": base_text,
    "isEmpty": is_nothing,
}


def _several(values: tuple[Value, ...]) -> list[Value]:
    """Return the arguments of containsAny and the like: one list means its items (BA-14)."""
    return values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)


def _slice(value: Any, start: Value = 0, end: Value = None) -> Value:
    return value[int(_number(start)) : None if end is None else int(_number(end))]


def _split(text: str, separator: Value, count: Value = None) -> Value:
    if isinstance(separator, RegularValue):
        found = split_text(separator.expression, text)
    else:
        between = base_text(separator)
        found = list(text.split(between)) if between else list(text)
    return found if count is None else found[: max(int(_number(count)), 0)]


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" "))


_TEXT: Final[Mapping[str, Method]] = {
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
    places = int(_number(digits))
    if not isfinite(number):
        return number
    # JavaScript rounds halves up, and sees the number as it is written.
    scaled = float(f"{number}e{places}") if "e" not in repr(number) else number * 10**places
    return floor(scaled + 0.5) / 10**places if places else float(floor(number + 0.5))


_NUMBERS: Final[Mapping[str, Method]] = {
    "abs": abs,
    "ceil": lambda number: float(ceil(number)),
    "floor": lambda number: float(floor(number)),
    "round": _round,
    "toFixed": lambda number, digits=0: f"{_round(number, digits):.{min(int(_number(digits)), 100)}f}",
}


def _has(values: list[Value], wanted: Value) -> bool:
    return any(base_equal(value, wanted) for value in values)


def _unique(values: list[Value]) -> list[Value]:
    found: dict[Any, Value] = {}
    for value in values:
        found.setdefault(comparable(value), value)
    return list(found.values())


def _mean(values: list[Value]) -> Value:
    numbers = [_number(value) for value in values if not is_nothing(value)]
    return sum(numbers) / len(numbers) if numbers else None


_LISTS: Final[Mapping[str, Method]] = {
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
