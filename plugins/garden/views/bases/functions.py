"""The functions of bases that need the vault, today's date or a budget (BA-12, BA-13, BA-14), and calling any function.

A function of a value is found by the type of the value: in the tables of `value_functions`, or here as a method whose name
is made of the type and the name of the function, such as `_text_replace`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Final

from garden.model.names import VaultPath
from garden.model.views.moments import Duration, Moment, moment
from garden.views.bases.files import Files, FileValue, HostValue, has_tag, in_folder
from garden.views.bases.operators import (
    base_duration,
    base_text,
    base_type,
    target_key,
)
from garden.views.bases.value_functions import (
    ANY_FUNCTIONS,
    LIST_FUNCTIONS,
    NUMBER_FUNCTIONS,
    TEXT_FUNCTIONS,
    Method,
    is_nothing,
    number_of,
)
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
_LOOKED_AT_IN_A_STEP: Final = 20
"""Characters or items that a function looks at in about the time of any other step of the budget."""


class BaseFunctions:
    """The functions of one view; links are resolved from the file `host`."""

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
            "max": lambda *numbers: max(map(number_of, numbers)) if numbers else None,
            "min": lambda *numbers: min(map(number_of, numbers)) if numbers else None,
            "now": self._now,
            "number": _to_number,
            "today": lambda: now.day() if (now := self._now()) else None,
            "empty": is_nothing,
            "not": lambda value: not is_true(value),
        }

    def _now(self) -> Moment | None:
        """Return the time that counts as now, and note that the result depends on it."""
        self.used_today = True
        now = self.files.notes.now
        return Moment(now.at, timed=True) if now else None

    def file(self, path: Value) -> Value:
        """Return a published file by its path, its name or a link to it, None if there is none."""
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
        """Return an image by its address, its path or a link to it, None if there is none."""
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
        """Return the result of a function of a value. Raises NoValueError, also if its type has no such function."""
        self.budget.spend(1 + (len(value) // _LOOKED_AT_IN_A_STEP if isinstance(value, str | list) else 0))
        if name in ANY_FUNCTIONS:
            return ANY_FUNCTIONS[name](value, *arguments)
        if value is None:
            return {"contains": False, "containsAny": False, "containsAll": False}.get(name)
        found = self._of_type(name, value)
        if found is None:
            raise NoValueError(f"{base_type(value)} has no function {name}()")
        try:
            result = found(value, *arguments)
        except (TypeError, ValueError, OverflowError, AttributeError, IndexError) as error:
            raise NoValueError(f"{name}() cannot be called with these arguments") from error
        if type(result) is list:
            self.budget.spend(len(result))
        return self.budget.text(result) if type(result) is str else result

    def _of_type(self, name: str, value: Value) -> Method | None:
        """Return the function with this name of the type of a value, None if there is none."""
        match value:
            case str():
                return TEXT_FUNCTIONS.get(name) or (getattr(self, f"_text_{name}", None))
            case Moment():
                return getattr(self, f"_date_{name}", None)
            case bool():
                return None
            case int() | float():
                return NUMBER_FUNCTIONS.get(name)
            case list():
                return LIST_FUNCTIONS.get(name)
            case LinkValue() | FileValue() | HostValue():
                return getattr(self, f"_file_{name}", None) or self._of_link_text(name, value)
            case Mapping():
                return {"keys": list, "values": lambda pairs: list(pairs.values())}.get(name)
            case RegularValue() if name == "matches":
                return lambda pattern, text: pattern.expression.search(base_text(text)) is not None
            case _:
                return None

    def _of_link_text(self, name: str, value: Value) -> Method | None:
        """Return a function of texts for a link, which has them as well; None for any other value."""
        method = (
            (TEXT_FUNCTIONS.get(name) or getattr(self, f"_text_{name}", None))
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
        times = int(number_of(count))
        self.budget.allow_text(times * len(text))
        return text * max(times, 0)

    def _text_replace(self, text: str, pattern: Value, replacement: Value) -> Value:
        new = base_text(replacement)
        if not isinstance(pattern, RegularValue):
            part = base_text(pattern)
            self.budget.allow_text(text.count(part) * len(new))
            return text.replace(part, new)
        return replaced(pattern.expression, text, new, everywhere=pattern.everywhere)

    def _file_asFile(self, value: Value) -> Value:
        return self.file(value)

    def _file_asLink(self, value: Value, display: Value = None) -> Value:
        return self.link(value, display)

    def _file_linksTo(self, value: Value, other: Value) -> Value:
        return self._file_hasLink(value, other)

    def _file_hasLink(self, value: Value, other: Value) -> Value:
        file = self.file(value)
        if not isinstance(file, FileValue) or file.note is None or other is None:
            return False
        wanted = self.link(other) if isinstance(other, str) else other
        key = target_key(wanted)
        return key is not None and key in file.note.linked

    def _file_hasProperty(self, value: Value, name: Value) -> Value:
        file = self.file(value)
        return isinstance(file, FileValue) and file.properties.has(base_text(name))

    def _file_hasTag(self, value: Value, *tags: Value) -> Value:
        file = self.file(value)
        wanted = [item for tag in tags for item in (tag if isinstance(tag, list) else [tag])]
        return isinstance(file, FileValue) and has_tag(file, map(base_text, wanted))

    def _file_inFolder(self, value: Value, name: Value) -> Value:
        file = self.file(value)
        return isinstance(file, FileValue) and in_folder(file, base_text(name))


def _inner(path: str) -> str:
    """Return what is between the brackets of a wikilink, or the text itself."""
    stripped = path.strip()
    return stripped[2:-2] if stripped.startswith("[[") and stripped.endswith("]]") else stripped


def _date(value: Value) -> Value:
    """Return the date that a text is, or that a number of milliseconds since 1970 stands for. Raises NoValueError."""
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
    """Return the duration that a text is, or that a number of milliseconds stands for. Raises NoValueError."""
    if value is None or isinstance(value, Duration):
        return value
    if is_number(value):
        return Duration(milliseconds=value)
    found = base_duration(base_text(value))
    if found is None:
        raise NoValueError(f'"{base_text(value)}" is not a duration')
    return found


def _to_number(value: Value) -> Value:
    """Return a value as a number: dates and durations in milliseconds. Raises NoValueError."""
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
            return number_of(value)
