"""Running a query of Dataview: its source gives rows, and its commands change them one after the other (DV-1 … DV-4, DV-12)."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from garden.model.names import VaultPath, field_key
from garden.model.views.moments import Moment
from garden.model.views.queries import (
    DataCommand,
    DataviewQuery,
    Expression,
    Flatten,
    GroupBy,
    InlineQuery,
    Limit,
    NamedExpression,
    Sort,
    Where,
)
from garden.views.dataview.compiling import Compiler, Overlay, Row, RowFunction
from garden.views.dataview.ordering import sort_key
from garden.views.dataview.records import DataRow, ItemRecord, Pages, TaskRecord
from garden.views.dataview.sources import paths_of
from garden.views.failures import Failures, ViewFailedError
from garden.views.result import (
    MOST_ROWS,
    Cell,
    Column,
    ResultGroup,
    ResultRow,
    TaskRow,
    ValueResult,
    ViewProblem,
    ViewResult,
)
from garden.views.values import Budget, NoValueError, Value, is_number, is_true

_ShownRows = tuple[tuple[Column, ...], tuple[ResultGroup, ...], bool]

_MEMBERS = "\x00members"  # the key of the rows in a group, which no query can write
_STEPS_OF_A_ROW = 8
"""Steps for a row that `FLATTEN` makes: such rows need memory, and their number multiplies with each list."""


class Grouping(Struct, frozen=True):
    """What the rows are at some point of a query: those of the source if `name` is empty, otherwise groups.

    `name` is that of the expression that they are grouped by, `on` says what the rows in the groups are.
    """

    name: str = ""
    on: "Grouping | None" = None


class DataviewRun:
    """One evaluation of a query; `host` is the path of the note that it is in."""

    def __init__(self, pages: Pages, host: VaultPath, language: str) -> None:
        self._pages = pages
        self._host = host
        self._language = language
        note = pages.notes.note(host)
        self._this: Row = pages.record(note) if note else {}
        self._budget = Budget()
        self._compiler = Compiler(pages, host, self._this, self._budget, language)
        self._failures = Failures()
        self._grouping = Grouping()

    @property
    def _today(self) -> str:
        """The day that counts as today, empty if the result does not depend on it."""
        now = self._pages.notes.now
        return now.day().iso if now and self._compiler.used_today else ""

    def inline(self, query: InlineQuery) -> ValueResult:
        """Return the value of a query within a line. Raises ViewFailedError and BudgetSpentError."""
        compiled = self._compiler.compiled(query.expression)
        try:
            value = compiled({})
        except NoValueError as failure:
            spot = query.expression.spot
            raise ViewFailedError(
                ViewProblem("view-value", spot, f"this is shown as code: {failure}")
            ) from failure
        return ValueResult(value, self._today)

    def query(self, query: DataviewQuery) -> ViewResult:
        """Return the result of a query. Raises ViewFailedError and BudgetSpentError."""
        rows = self._rows(query)
        for command in query.commands:
            rows = self._run(command, rows)
        shown = rows[:MOST_ROWS]
        show = {"table": self._table, "list": self._list, "task": self._tasks, "calendar": self._calendar}
        columns, groups, pairs = show[query.kind](query, shown)
        count = len(_items_of(rows)) if query.kind == "task" else len(rows)
        if query.kind == "calendar":
            count = len(groups)  # rows without a date are not shown
            groups = _months(groups)
        return ViewResult(
            query.kind,
            "dataview",
            count,
            groups,
            columns,
            pairs,
            cut=len(rows) - len(shown),
            today=self._today,
            problems=self._failures.problems,
        )

    def _rows(self, query: DataviewQuery) -> list[DataRow]:
        """Return the rows of the source: one for each note, or for each task of each note."""
        notes = self._pages.notes
        if query.source is None and query.kind != "task":
            return self._pages.rows
        paths = None if query.source is None else paths_of(query.source, notes, self._host)
        found = []
        for note in notes.listed if paths is None else notes.chosen(paths):
            record = self._pages.record(note)
            if query.kind != "task":
                found.append(DataRow(note.link, record, note.path))
            elif note.document.items:
                found += [DataRow(task.link, task, note.path) for task in record.tasks]
        return found

    def _run(self, command: DataCommand, rows: list[DataRow]) -> list[DataRow]:
        """Return the rows that a command makes of the rows before it."""
        match command:
            case Where(condition=condition):
                compiled = self._compiler.compiled(condition)
                return [row for row, value in self._values(condition, compiled, rows) if is_true(value)]
            case Sort(keys=keys):
                return self._sorted(keys, rows)
            case Limit(count=count):
                return self._limited(count, rows)
            case GroupBy(key=key):
                return self._grouped(key, rows)
            case Flatten(items=items):
                return self._flattened(items, rows)

    def _values(
        self, expression: Expression, compiled: RowFunction, rows: list[DataRow]
    ) -> list[tuple[DataRow, Value]]:
        """Return the rows for which an expression has a value, with that value. Raises ViewFailedError if there are none."""
        found: list[tuple[DataRow, Value]] = []
        self._budget.spend(len(rows))
        for row in rows:
            try:
                found.append((row, compiled(row.data)))
            except NoValueError as failure:
                self._failures.add(expression.spot, failure, row.source)
        self._failures.all_failed(expression.spot, len(rows) - len(found), len(rows))
        return found

    def _sorted(self, keys: tuple[tuple[Expression, bool], ...], rows: list[DataRow]) -> list[DataRow]:
        """Return the rows in the order of their keys."""
        # A stable sort by each key, the last first, is a sort by all of them.
        for expression, descending in reversed(keys):
            valued = self._values(expression, self._compiler.compiled(expression), rows)
            valued.sort(key=lambda pair: sort_key(pair[1]), reverse=descending)
            rows = [row for row, _ in valued]
        return rows

    def _limited(self, count: Expression, rows: list[DataRow]) -> list[DataRow]:
        """Return the first rows; the expression is computed without a row, so it cannot use fields."""
        try:
            limit = self._compiler.compiled(count)({})
        except NoValueError as failure:
            raise ViewFailedError(
                ViewProblem("view-value", count.spot, f"this query is not rendered: {failure}")
            ) from failure
        if not is_number(limit) or not isinstance(limit, int | float):
            message = "this query is not rendered: LIMIT takes a number"
            raise ViewFailedError(ViewProblem("view-value", count.spot, message))
        return rows[: max(int(limit), 0)] if limit < len(rows) else rows

    def _grouped(self, key: NamedExpression, rows: list[DataRow]) -> list[DataRow]:
        """Return a row for each group, with its key and `rows`, the fields of its members."""
        valued = self._values(key.expression, self._compiler.compiled(key.expression), rows)
        groups: dict[Any, tuple[Value, list[DataRow]]] = {}
        for row, value in valued:
            groups.setdefault(sort_key(value), (value, []))[1].append(row)
        self._grouping = Grouping(key.name, self._grouping)
        found = []
        for _, (value, members) in sorted(groups.items(), key=lambda pair: pair[0]):
            names = {
                "key": value,
                key.name: value,
                "rows": [member.data for member in members],
                _MEMBERS: members,
            }
            found.append(DataRow(value, _GroupFields(names), members[0].source))
        return found

    def _flattened(self, items: NamedExpression, rows: list[DataRow]) -> list[DataRow]:
        """Return a row for each item of a list in each row. Flattening what rows are grouped by undoes the grouping."""
        found = []
        name, key = items.name, field_key(items.name)
        for row, value in self._values(items.expression, self._compiler.compiled(items.expression), rows):
            made = value if isinstance(value, list) else [value]
            self._budget.spend(_STEPS_OF_A_ROW * len(made))
            for item in made:
                names = {name: item, key: item}
                found.append(DataRow(row.id, Overlay(row.data, names), row.source))
        if self._grouping.name == items.name and self._grouping.on:
            self._grouping = self._grouping.on
        return found

    def _cells(self, columns: tuple[NamedExpression, ...], rows: list[DataRow]) -> list[list[Value]]:
        """Return the values of the columns of each row; a value that fails is empty (VW-13)."""
        computations = [(column.expression, self._compiler.compiled(column.expression)) for column in columns]
        failed = [0] * len(computations)
        found = []
        for row in rows:
            values: list[Value] = []
            for at, (expression, compute) in enumerate(computations):
                try:
                    values.append(compute(row.data))
                except NoValueError as failure:
                    self._failures.add(expression.spot, failure, row.source)
                    failed[at] += 1
                    values.append("")
            found.append(values)
        for at, (expression, _) in enumerate(computations):
            self._failures.all_failed(expression.spot, failed[at], len(rows))
        return found

    # Each of these returns the columns and the groups of a result, and whether it is a list of pairs: a link and a value.

    def _table(self, query: DataviewQuery, rows: list[DataRow]) -> _ShownRows:
        """Return a table, with what the rows are in the first column unless the query leaves that out."""
        cells = self._cells(query.columns, rows)
        columns = [Column(column.name) for column in query.columns]
        if query.with_id:
            columns.insert(0, Column(self._grouping.name or "File"))
            cells = [[row.id, *values] for row, values in zip(rows, cells, strict=True)]
        return tuple(columns), (_one_group(rows, cells),), False

    def _list(self, query: DataviewQuery, rows: list[DataRow]) -> _ShownRows:
        """Return a list of what the rows are, each perhaps with one value."""
        cells = self._cells(query.columns, rows)
        if query.with_id or not query.columns:
            cells = [[row.id, *values] for row, values in zip(rows, cells, strict=True)]
        return (), (_one_group(rows, cells),), query.with_id and bool(query.columns)

    def _calendar(self, query: DataviewQuery, rows: list[DataRow]) -> _ShownRows:
        """Return a group for each row whose date is one; `_months` joins them."""
        expression = query.columns[0].expression
        groups = []
        failed = 0
        for row, values in zip(rows, self._cells(query.columns, rows), strict=True):
            when = values[0]
            if isinstance(when, Moment):
                shown = ResultRow((Cell(row.id, row.source),), day=when.day().iso)
                groups.append(ResultGroup((shown,)))
            elif when is not None and when != "":
                failure = NoValueError("CALENDAR takes a date")
                self._failures.add(expression.spot, failure, row.source)
                failed += 1
        self._failures.all_failed(expression.spot, failed, len(rows))
        return (), tuple(groups), False

    def _tasks(self, query: DataviewQuery, rows: list[DataRow]) -> _ShownRows:
        del query
        return (), _task_groups(rows, self._grouping), False


class _GroupFields(dict[str, Any]):
    """The fields of a row that is a group, and under _MEMBERS the rows in it."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the field with exactly this name, or else the one whose name is compared as the same (IF-4)."""
        if key in self:
            return self[key]
        folded = field_key(key)
        return next((value for name, value in self.items() if field_key(name) == folded), default)


def _one_group(rows: list[DataRow], cells: list[list[Value]]) -> ResultGroup:
    """Return all rows in one group without a title; `cells` are the values of each row."""
    return ResultGroup(
        tuple(
            ResultRow(tuple(Cell(value, row.source) for value in values))
            for row, values in zip(rows, cells, strict=True)
        )
    )


def _task_groups(rows: list[DataRow], grouping: Grouping) -> tuple[ResultGroup, ...]:
    """Return the groups of a query for tasks; a task that is shown below another one is not shown again (DV-3)."""
    if grouping.name and grouping.on:
        return tuple(
            ResultGroup(
                titled=True,
                title=Cell(row.id, row.source),
                groups=_task_groups(row.data.get(_MEMBERS) or [], grouping.on),
            )
            for row in rows
        )
    chosen = _items_of(rows)
    tops = (item for item in chosen.values() if not item.is_below(chosen))
    return (ResultGroup(tuple(ResultRow(task=task_row(item, chosen)) for item in tops)),)


def _items_of(rows: list[DataRow]) -> dict[int, ItemRecord]:
    """Return the tasks in rows and in the groups among them, by `id()`, each once, in their order."""
    found: dict[int, ItemRecord] = {}
    for row in rows:
        members = row.data.get(_MEMBERS) if isinstance(row.data, _GroupFields) else None
        if members is not None:
            found.update(_items_of(members))
        elif (item := _item(row.data)) is not None:
            found.setdefault(id(item), item)
    return found


def _item(data: Row) -> ItemRecord | None:
    """Return the item that a row is, without the fields of its page and of FLATTEN; None if it is not one."""
    while isinstance(data, Overlay):
        data = data.base
    if isinstance(data, TaskRecord):
        return data.plain
    return data if isinstance(data, ItemRecord) else None


def task_row(item: ItemRecord, chosen: Mapping[int, ItemRecord]) -> TaskRow:
    """Return an item with all items nested in it; `chosen` are the results, by `id()`."""
    below = tuple(task_row(child, chosen) for child in item.children)
    return TaskRow(item.page.note.path, item.item, item.link, below, is_result=id(item) in chosen)


def _months(groups: tuple[ResultGroup, ...]) -> tuple[ResultGroup, ...]:
    """Return the results of a calendar grouped by month, sorted by day."""
    rows = sorted((row for group in groups for row in group.rows), key=lambda row: row.day)
    months: dict[str, list[ResultRow]] = {}
    for row in rows:
        months.setdefault(row.day[:7], []).append(row)
    return tuple(ResultGroup(tuple(found)) for found in months.values())
