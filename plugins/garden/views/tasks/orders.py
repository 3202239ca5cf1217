"""Sorting and grouping tasks (TQ-1, TQ-3)."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from garden.model.names import fold, without_ending
from garden.model.views.task_queries import DATE_FIELDS, PRIORITIES, TaskOrder
from garden.views.tasks.task import TYPES, TaskFacts
from garden.views.values import Value

_LATEST: Final = date.max


class GroupKey(NamedTuple):
    """A group of tasks: what groups are sorted by, its title, and a link that is shown instead of the title, if any."""

    order: tuple[Any, ...]
    title: str
    link: Value = None


def sort_of(order: TaskOrder, today: date | None) -> Callable[[TaskFacts], Any]:
    """Return the function that gives the key by which tasks are sorted."""
    by = order.by
    if by in DATE_FIELDS:
        return lambda task: task.day(by) or _LATEST
    match by:
        case "status":
            return lambda task: task.is_done
        case "status.name":
            return lambda task: fold(task.status_name)
        case "status.type":
            return lambda task: TYPES.index(task.type)
        case "priority":
            return lambda task: PRIORITIES.index(task.priority)
        case "urgency":
            return lambda task: -task.urgency(today)
        case "recurring":
            return lambda task: not task.recurrence
        case "tag":
            return lambda task: _tag_order(task, order.number)
        case "description":
            return lambda task: (fold(task.sort_text), task.sort_text)
        case "heading":
            return lambda task: fold(task.heading)
        case "id":
            return lambda task: (not task.id, fold(task.id))
        case _:
            return lambda task: fold(task.places[by])


def _tag_order(task: TaskFacts, number: int) -> tuple[bool, str]:
    """Return the sort key of a task by its tag with this number, from 1 on; tasks without it come last."""
    tag = task.tags[number - 1] if len(task.tags) >= number else ""
    return (not tag, fold(tag))


def groups_of(order: TaskOrder, today: date | None) -> Callable[[TaskFacts], list[GroupKey]]:
    """Return the function that gives the groups of a task: one, or one for each of its tags."""
    by = order.by
    if by == "tags":
        return lambda task: [_named(tag) for tag in task.tags] or [_named("(No tags)")]
    single = _group(by, today)
    return lambda task: [single(task)]


def _named(title: str) -> GroupKey:
    """Return a group that is sorted by its title; one for what is missing, such as "(No heading)", comes first."""
    return GroupKey((not title.startswith("("), fold(title)), title)


def _group(by: str, today: date | None) -> Callable[[TaskFacts], GroupKey]:  # noqa: C901, PLR0912 (a case for each)
    """Return the function that gives the group of a task, for everything but tags."""
    if by in DATE_FIELDS:
        return lambda task: _dated(task.day(by), by)
    match by:
        case "status":
            return lambda task: GroupKey((not task.is_done,), "Done" if task.is_done else "Todo")
        case "status.name":
            return lambda task: _named(task.status_name)
        case "status.type":
            return lambda task: GroupKey((TYPES.index(task.type),), task.type)
        case "priority":
            return lambda task: GroupKey(
                (PRIORITIES.index(task.priority),),
                "Normal priority" if task.priority == "none" else f"{task.priority.title()} priority",
            )
        case "urgency":
            return lambda task: GroupKey((-task.urgency(today),), f"{task.urgency(today):.2f}")
        case "recurring":
            return lambda task: GroupKey(
                (not task.recurrence,), "Recurring" if task.recurrence else "Not Recurring"
            )
        case "recurrence":
            return lambda task: GroupKey(
                (not task.recurrence, fold(task.recurrence)), task.recurrence or "None"
            )
        case "heading":
            return lambda task: _named(task.heading or "(No heading)")
        case "backlink":
            return lambda task: GroupKey(
                (1, fold(task.path), fold(task.heading)), task.places["filename"], task.record.section
            )
        case "filename":
            return lambda task: GroupKey(
                (1, fold(task.places["filename"])), task.places["filename"], task.record.page.note.link
            )
        case "id":
            return lambda task: _named(task.id or "(No id)")
        case "path":
            return lambda task: _named(without_ending(task.path))
        case _:
            return lambda task: _named(task.places[by])


def _dated(when: date | None, by: str) -> GroupKey:
    """Return the group of a day; tasks without one come last."""
    if when is None:
        return GroupKey((2,), f"No {by} date")
    return GroupKey((1, when), f"{when.isoformat()} {when:%A}")
