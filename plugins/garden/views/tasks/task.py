"""A task and its facts, as the plugin Tasks reads them from its text: dates, priority, recurrence, status (TQ-2)."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from garden.model.names import VaultPath, folder
from garden.model.views.moments import Moment
from garden.model.views.task_queries import PRIORITIES
from garden.views.dataview.records import ItemRecord
from garden.views.values import Value

_VARIANT: Final = "\ufe0f?"  # an emoji may be followed by a variation selector
_DATE: Final = r"\s*(\d{4}-\d{2}-\d{2})"
DATE_MARKS: Final = {
    "due": "[\U0001f4c5\U0001f4c6\U0001f5d3]",
    "scheduled": "[\u23f3\u231b]",
    "start": "\U0001f6eb",
    "created": "\u2795",
    "done": "\u2705",
    "cancelled": "\u274c",
}
"""The emoji before the dates of a task."""

_PRIORITY_MARKS: Final = {
    "\U0001f53a": "highest",
    "\u23eb": "high",
    "\U0001f53c": "medium",
    "\U0001f53d": "low",
    "\u23ec": "lowest",
}
_DATES: Final = {name: re.compile(f"{mark}{_VARIANT}{_DATE}") for name, mark in DATE_MARKS.items()}
# The emoji for priority, recurrence, id, dependence and what happens on completion, each with its value
_PRIORITY: Final = re.compile(f"([{''.join(_PRIORITY_MARKS)}]){_VARIANT}")
_RECURRENCE: Final = re.compile("\U0001f501\ufe0f?\\s*([a-zA-Z0-9, !]+)")
_ID: Final = re.compile("\U0001f194\ufe0f?\\s*([\\w-]+)")
_DEPENDS: Final = re.compile("\u26d4\ufe0f?\\s*([\\w-]+(?:\\s*,\\s*[\\w-]+)*)")
_COMPLETION: Final = re.compile("\U0001f3c1\ufe0f?\\s*\\w+")
_FIELD: Final = re.compile(
    r"\s*[\[(](?:due|scheduled|start|created|completion|cancelled|priority|repeat|id|dependsOn|onCompletion)::[^\])]*[\])]",
    re.IGNORECASE,
)
_FIELD_NAMES: Final = {"done": "completion"}  # Dataview's name for a date of Tasks, if it has another one
_TYPES: Final = {"x": "DONE", "X": "DONE", "/": "IN_PROGRESS", "-": "CANCELLED", "h": "ON_HOLD"}
_NAMES: Final = {"x": "Done", "X": "Done", "/": "In Progress", "-": "Cancelled", "h": "On Hold", " ": "Todo"}
_PLAIN_LINK: Final = re.compile(r"!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")

TYPES: Final = ("IN_PROGRESS", "TODO", "ON_HOLD", "DONE", "CANCELLED")
"""The types of statuses, in the order in which tasks are sorted."""

ELEMENT_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    **{f"{name} date": _DATES[name] for name in DATE_MARKS},
    "priority": _PRIORITY,
    "recurrence rule": _RECURRENCE,
    "id": _ID,
    "depends on": _DEPENDS,
    "on completion": _COMPLETION,
    "tags": re.compile(r"(?:(?<=\s)|^)#[^\s#]+"),
}
"""The parts of a task's text, by the names that `hide` has for them."""


class TaskFacts:
    """A task with what filters, orders and groups need to know."""

    def __init__(self, record: ItemRecord) -> None:
        self.record = record
        self.item = record.item
        self.path: VaultPath = record.page.note.path

    @cached_property
    def type(self) -> str:
        """The type of its status."""
        return _TYPES.get(self.item.mark, "TODO")

    @cached_property
    def status_name(self) -> str:
        """The name of its status."""
        return _NAMES.get(self.item.mark, "Unknown")

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.type in ("DONE", "CANCELLED")

    def day(self, name: str) -> date | None:
        """Return a date of the task by its name; `happens` is the earliest of due, scheduled and start."""
        if name == "happens":
            found = [when for field in ("due", "scheduled", "start") if (when := self.day(field))]
            return min(found, default=None)
        return self._dates.get(name)

    @cached_property
    def _dates(self) -> Mapping[str, date]:
        """The dates in the task, by their names in Tasks: those after an emoji, or else those of inline fields."""
        found: dict[str, date] = {}
        for name, pattern in _DATES.items():
            match = pattern.search(self.item.text)
            written: Value = None
            if match:
                try:
                    written = date.fromisoformat(match[1])
                except ValueError:
                    continue
            else:
                written = self._own(_FIELD_NAMES.get(name, name))
            if isinstance(written, Moment):
                written = written.at.date()
            if isinstance(written, date):
                found[name] = written
        return found

    def has_invalid_date(self, name: str) -> bool:
        """Say whether the task has the emoji of a date and digits after it that are not a date."""
        match = _DATES[name].search(self.item.text) if name in _DATES else None
        return match is not None and name not in self._dates

    def _own(self, name: str) -> Value:
        """Return the value of an inline field of the task, the first one if there are several."""
        value = self.record.own_fields.get(name)
        return value[0] if isinstance(value, list) and value else value

    def _text(self, name: str) -> str:
        value = self._own(name)
        return str(value) if isinstance(value, str) else ""

    @cached_property
    def priority(self) -> str:
        """One of PRIORITIES."""
        match = _PRIORITY.search(self.item.text)
        written = self._text("priority").lower()
        return _PRIORITY_MARKS[match[1]] if match else written if written in PRIORITIES else "none"

    @cached_property
    def recurrence(self) -> str:
        """The rule by which the task recurs, empty for none."""
        match = _RECURRENCE.search(self.item.text)
        return match[1].strip() if match else self._text("repeat")

    @cached_property
    def id(self) -> str:
        """The id by which other tasks depend on this one, empty for none."""
        match = _ID.search(self.item.text)
        return match[1] if match else self._text("id")

    @cached_property
    def depends(self) -> tuple[str, ...]:
        """The ids of the tasks that must be done before this one."""
        match = _DEPENDS.search(self.item.text)
        written = match[1] if match else self._text("dependson")
        return tuple(filter(None, (name.strip() for name in written.split(","))))

    @cached_property
    def description(self) -> str:
        """The text without dates, priority and everything else that has a meaning for Tasks, except tags."""
        text = _FIELD.sub("", self.item.text)
        for name, pattern in ELEMENT_PATTERNS.items():
            if name != "tags":
                text = pattern.sub("", text)
        return " ".join(text.split())

    @cached_property
    def sort_text(self) -> str:
        """The description by which tasks are sorted: links are their display texts, and markup around the whole is left out."""
        return _PLAIN_LINK.sub(lambda link: link[2] or link[1], self.description).strip("*_~=` ")

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags in the text, with `#`."""
        found = self.record.get("tags")
        return tuple(str(tag) for tag in found) if isinstance(found, list) else ()

    @cached_property
    def heading(self) -> str:
        """The heading above the task, empty for none."""
        section = self.record.section
        return section.subpath or ""

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The path of the note, the top-level folder, the folder and the file name."""
        where = folder(self.path)
        return {
            "path": self.path,
            "root": f"{self.path.partition('/')[0]}/" if "/" in self.path else "/",
            "folder": f"{where}/" if where else "/",
            "filename": self.path.rsplit("/", 1)[-1],
        }

    def urgency(self, today: date | None) -> float:
        """Return the urgency of the task, by the table in the documentation of the plugin Tasks."""
        points = {"highest": 9.0, "high": 6.0, "medium": 3.9, "none": 1.95, "low": 0.0, "lowest": -1.8}[
            self.priority
        ]
        if today is None:
            return points
        due, scheduled, start = self.day("due"), self.day("scheduled"), self.day("start")
        if due:
            # From 0.2 two weeks before the day, or earlier, the part grows evenly to 1 a week after it.
            late = (today - due).days
            part = min(max((late + 14) * 0.8 / 21 + 0.2, 0.2), 1.0)
            points += part * 12
        if scheduled and scheduled <= today:
            points += 5
        if start and start > today:
            points -= 3
        return round(points, 5)
