"""Filters of tasks (TQ-1, TQ-3)."""

from collections.abc import Callable
from datetime import date

from garden.model.views.task_dates import date_range
from garden.model.views.task_queries import PRIORITIES, TaskFilter, TaskJoin, TaskTest
from garden.views.failures import ViewFailedError
from garden.views.regular_expressions import NotLinearError, linear_expression
from garden.views.result import ViewProblem
from garden.views.tasks.task import TaskFacts
from garden.views.values import NoValueError

Test = Callable[[TaskFacts], bool]
"""Says whether a filter holds for a task."""


class TaskFilters:
    """Makes functions of filters.

    `today` is the day from which relative dates are counted (VW-9), None if the vault has no date; `used_today` says
    whether a filter needed it.
    """

    def __init__(self, tasks: list[TaskFacts], today: date | None) -> None:
        self._today = today
        self.used_today = False
        # Ids of the tasks that are still to be done, and those that such tasks depend on.
        self._unfinished = {task.id for task in tasks if task.id and not task.is_done}
        self._awaited = {name for task in tasks if not task.is_done for name in task.depends}

    def test(self, written: TaskFilter) -> Test:
        """Return a function that says whether a filter holds. Raises ViewFailedError."""
        if isinstance(written, TaskTest):
            return self._single(written)
        tests = [self.test(part) for part in written.parts]
        return _joined(written, tests)

    def _single(self, test: TaskTest) -> Test:
        """Return the test of one filter. Raises ViewFailedError."""
        match test.subject:
            case "finished":
                wanted = test.operator != "not"
                return lambda task: task.is_done is wanted
            case "recurring":
                wanted = test.operator != "not"
                return lambda task: bool(task.recurrence) is wanted
            case "sub-item":  # the only instruction excludes them
                return lambda task: task.item.parent < 0
            case "blocking":
                wanted = test.operator != "not"
                return lambda task: (not task.is_done and task.id in self._awaited) is wanted
            case "blocked":
                wanted = test.operator != "not"
                return lambda task: (
                    (not task.is_done and not self._unfinished.isdisjoint(task.depends)) is wanted
                )
            case "depends":
                wanted = test.operator == "has"
                return lambda task: bool(task.depends) is wanted
            case "status.type":
                wanted = test.operator == "is"
                return lambda task: (task.type == test.argument) is wanted
            case "priority":
                return _priority(test)
            case "tags" | "id" if test.operator in ("has", "no"):
                wanted = test.operator == "has"
                return lambda task: any(_texts(test.subject, task)) is wanted
            case "due" | "scheduled" | "start" | "created" | "done" | "cancelled" | "happens":
                return self._date(test)
            case _:
                return _text(test)

    def _date(self, test: TaskTest) -> Test:
        """Return the test of a filter by date."""
        name = test.subject
        if test.operator in ("has", "no"):
            wanted = test.operator == "has"
            return lambda task: (task.day(name) is not None) is wanted
        if test.operator == "invalid":
            return lambda task: task.has_invalid_date(name)
        # Without a date of today any day will do here: relative dates are given up below.
        found = date_range(test.argument, self._today or date(1970, 1, 1))
        if found is None:
            return lambda _: False
        (first, last), is_relative = found
        self.used_today = self.used_today or is_relative
        if is_relative and self._today is None:
            return lambda _: False
        compare: dict[str, Callable[[date], bool]] = {
            "before": lambda when: when < first,
            "after": lambda when: when > last,
            "on or before": lambda when: when <= last,
            "on or after": lambda when: when >= first,
        }
        holds: Callable[[date], bool] = compare.get(test.operator, lambda when: first <= when <= last)
        if name == "happens":
            fields = ("due", "scheduled", "start")
            return lambda task: any(holds(when) for field in fields if (when := task.day(field)))
        if name == "start":
            # A task without a start may be begun at any time.
            return lambda task: holds(when) if (when := task.day(name)) else True
        return lambda task: (when := task.day(name)) is not None and holds(when)


def _joined(written: TaskJoin, tests: list[Test]) -> Test:
    """Return the test of a join, given those of its parts."""
    match written.operator:
        case "not":
            return lambda task: not tests[0](task)
        case "and":
            return lambda task: all(test(task) for test in tests)
        case "or":
            return lambda task: any(test(task) for test in tests)
        case _:  # xor: several in a row hold if an odd number of them do
            return lambda task: sum(test(task) for test in tests) % 2 == 1


def _priority(test: TaskTest) -> Test:
    """Compare by place in PRIORITIES, where the higher priority has the lower index."""
    wanted = PRIORITIES.index(test.argument)
    match test.operator:
        case "above":
            return lambda task: PRIORITIES.index(task.priority) < wanted
        case "below":
            return lambda task: PRIORITIES.index(task.priority) > wanted
        case "not":
            return lambda task: PRIORITIES.index(task.priority) != wanted
        case _:
            return lambda task: PRIORITIES.index(task.priority) == wanted


def _texts(subject: str, task: TaskFacts) -> tuple[str, ...]:
    """Return the texts that a filter looks at, of which any may match."""
    match subject:
        case "tags":
            return task.tags
        case "id":
            return (task.id,) if task.id else ()
        case "description":
            return (task.description,)
        case "heading":
            return (task.heading,)
        case "recurrence":
            return (task.recurrence,)
        case "status.name":
            return (task.status_name,)
        case _:
            return (task.places[subject],)


def _text(test: TaskTest) -> Test:
    """Return the test of a text, by part or by regular expression. Raises ViewFailedError."""
    subject = test.subject
    if test.operator in ("includes", "without"):
        part, wanted = test.argument.lower(), test.operator == "includes"
        return lambda task: any(part in text.lower() for text in _texts(subject, task)) is wanted
    try:
        expression = linear_expression(test.argument, test.flags)
    except NotLinearError as error:
        raise ViewFailedError(
            ViewProblem("view-unsupported", test.spot, f"this query is not rendered: {error}")
        ) from error
    except NoValueError as error:
        raise ViewFailedError(
            ViewProblem("view-syntax", test.spot, f"this query is not rendered: {error}")
        ) from error
    wanted = test.operator == "like"
    return lambda task: any(expression.search(text) is not None for text in _texts(subject, task)) is wanted
