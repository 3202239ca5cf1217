"""Running a query of tasks: filtering, sorting, limiting and grouping (TQ-1, TQ-3)."""

import re
from collections.abc import Iterable
from datetime import date

from garden.model.body import NoteItem
from garden.model.names import VaultPath
from garden.model.views.task_queries import TaskOrder, TasksQuery
from garden.views.dataview.records import ItemRecord, Pages
from garden.views.result import MOST_ROWS, Cell, ResultGroup, ResultRow, TaskRow, ViewResult
from garden.views.tasks.filters import TaskFilters
from garden.views.tasks.orders import GroupKey, groups_of, sort_of
from garden.views.tasks.task import ELEMENT_PATTERNS, TaskFacts
from garden.views.values import Budget

# Equal tasks are sorted by these in the end, as in the plugin Tasks.
_LAST_SORTS = tuple(TaskOrder(by) for by in ("status.type", "urgency", "due", "priority", "path"))
# The dates in short mode, where only the emoji before them is shown
_SHORT = re.compile(r"(?<=[\U0001f4c5\u23f3\U0001f6eb\u2795\u2705\u274c])\ufe0f?\s*\d{4}-\d{2}-\d{2}")


def all_tasks(pages: Pages) -> list[TaskFacts]:
    """Return the tasks of all listed notes, by path and line."""
    found = []
    for note in pages.notes.listed:
        if note.document.items:
            found += [TaskFacts(item) for item in pages.record(note).list_items if item.item.mark]
    return found


def run_tasks(tasks: list[TaskFacts], pages: Pages, query: TasksQuery) -> ViewResult:
    """Return the result of a query over tasks. Raises ViewFailedError and BudgetSpentError."""
    now = pages.notes.now
    today = now.at.date() if now else None
    budget = Budget()
    filters = TaskFilters(tasks, today)
    tests = [filters.test(each) for each in query.filters]
    budget.spend(len(tasks) * (len(tests) + 1))
    found = [task for task in tasks if all(test(task) for test in tests)]
    orders = (*query.sorts, *_LAST_SORTS)
    for order in reversed(orders):  # a stable sort by each, the last first, is a sort by all of them
        budget.spend(len(found))
        found.sort(key=sort_of(order, today), reverse=order.reverse)
    if query.limit is not None:
        found = found[: query.limit]
    shown = found[:MOST_ROWS]
    used_today = filters.used_today or any(order.by == "urgency" for order in (*query.sorts, *query.groups))
    used_today = used_today or any(_is_dated(task) for task in found)
    groups = _grouped(shown, query.groups, query, today)
    count = len({id(task) for task in found}) if query.group_limit is None else len(set(_members(groups)))
    return ViewResult(
        "task",
        "tasks",
        count,
        groups,
        cut=len(found) - len(shown),
        today=now.day().iso if now and used_today else "",
    )


def _is_dated(task: TaskFacts) -> bool:
    """Say whether the urgency of a task, by which tasks are always sorted in the end, depends on today."""
    return any(task.day(name) for name in ("due", "scheduled", "start"))


def _members(groups: Iterable[ResultGroup]) -> Iterable[tuple[VaultPath, int]]:
    """Yield the note and the line of every task in groups."""
    for group in groups:
        yield from ((row.task.source, row.task.item.line) for row in group.rows if row.task)
        yield from _members(group.groups)


def _grouped(
    tasks: list[TaskFacts], orders: tuple[TaskOrder, ...], query: TasksQuery, today: date | None
) -> tuple[ResultGroup, ...]:
    """Return tasks grouped by the first of `orders`, each group by the next, and so on; without any, in one group."""
    if not orders:
        if query.group_limit is not None:
            tasks = tasks[: query.group_limit]
        chosen = {id(task.record) for task in tasks}
        tops = [task for task in tasks if not (query.tree and task.record.is_below(chosen))]
        return (ResultGroup(tuple(ResultRow(task=_row(task.record, query, chosen)) for task in tops)),)
    order, *others = orders
    keys = groups_of(order, today)
    found: dict[tuple[str, str, str], tuple[GroupKey, list[TaskFacts]]] = {}
    for task in tasks:
        for key in keys(task):
            # Groups with a link may have the same title: they are of different notes, or of different sections.
            note, section = task.path if key.link else "", task.heading if order.by == "backlink" else ""
            found.setdefault((key.title, note, section), (key, []))[1].append(task)
    pairs = sorted(found.values(), key=lambda pair: pair[0].order, reverse=order.reverse)
    groups = []
    for key, members in pairs:
        title = Cell(key.link or key.title, members[0].path)
        inner = _grouped(members, tuple(others), query, today)
        if others:
            groups.append(ResultGroup(titled=True, title=title, groups=inner))
        else:
            groups.append(ResultGroup(inner[0].rows, titled=True, title=title))
    return tuple(groups)


def _row(record: ItemRecord, query: TasksQuery, chosen: set[int]) -> TaskRow:
    """Return the row of a task, in a tree with the items below it; `chosen` are the ids of records that are results."""
    below = tuple(_row(child, query, chosen) for child in record.children) if query.tree else ()
    link = None if "backlink" in query.hidden else record.link
    return TaskRow(
        record.page.note.path, _shown(record.item, query), link, below, is_result=id(record) in chosen
    )


def _shown(item: NoteItem, query: TasksQuery) -> NoteItem:
    """Return an item without the parts of its text that the query hides."""
    text = item.text
    for name in sorted(query.hidden):
        pattern = ELEMENT_PATTERNS.get(name)
        if pattern:
            text = pattern.sub("", text)
    if query.short:
        text = _SHORT.sub("", text)
    if text == item.text:
        return item
    return NoteItem(item.mark, " ".join(text.split()), item.line, item.last_line, item.parent, item.block)
