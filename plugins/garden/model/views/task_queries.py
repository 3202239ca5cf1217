"""Queries of tasks as data (TQ)."""

from msgspec import Struct

from garden.model.views.spots import Spot

DATE_FIELDS = ("due", "scheduled", "start", "created", "done", "cancelled", "happens")
"""The dates of a task; `happens` is the earliest of due, scheduled and start."""

PRIORITIES = ("highest", "high", "medium", "none", "low", "lowest")
"""The priorities, the highest first; `none` is that of a task without one, between medium and low."""


class TaskTest(Struct, frozen=True):
    """A filter: `operator` compares `subject`, such as a date of the task, with `argument`; `flags` are of a regular expression."""

    spot: Spot
    subject: str
    operator: str = ""
    argument: str = ""
    flags: str = ""


class TaskJoin(Struct, frozen=True):
    """Filters joined by `and`, `or`, `xor` or `not`."""

    operator: str
    parts: "tuple[TaskFilter, ...]"  # of "not" a single one


TaskFilter = TaskTest | TaskJoin


class TaskOrder(Struct, frozen=True):
    """What tasks are sorted or grouped by; `number` says which of their tags, if it is by tag."""

    by: str
    reverse: bool = False
    number: int = 1


class TasksQuery(Struct, frozen=True):
    """A query of tasks. `hidden` are the parts of tasks that are not shown; `tree` shows the items nested in them."""

    filters: tuple[TaskFilter, ...] = ()
    sorts: tuple[TaskOrder, ...] = ()
    groups: tuple[TaskOrder, ...] = ()
    limit: int | None = None
    group_limit: int | None = None  # how many tasks a group shows
    hidden: frozenset[str] = frozenset()
    tree: bool = False
    short: bool = False  # whether of dates and the like only the emoji is shown
