"""Running a view of a base: filtering, sorting, limiting, grouping and summarizing its rows (BA-1 … BA-7)."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from garden.model.names import VaultPath, fold
from garden.model.views.queries import BaseFilter, BaseQuery, BaseView, Expression
from garden.model.views.spots import Spot
from garden.views.bases.candidates import candidates
from garden.views.bases.compiling import BaseCompiler, BaseRow, BaseRowFunction
from garden.views.bases.files import Files, FileValue, HostValue
from garden.views.bases.functions import BaseFunctions
from garden.views.bases.operators import base_key, comparable
from garden.views.bases.summaries import SUMMARIES
from garden.views.bases.value_functions import is_nothing
from garden.views.failures import Failures, ViewFailedError
from garden.views.result import MOST_ROWS, Cell, Column, ResultGroup, ResultRow, ViewProblem, ViewResult
from garden.views.values import Budget, Value, is_true

_LAYOUTS = ("table", "list", "cards")
_VALUES = frozenset(("values",))


class _Shown(NamedTuple):
    """A row that is shown, with the values of its columns."""

    row: BaseRow
    file: FileValue
    cells: tuple[Value, ...]


class BaseRun:
    """One evaluation of a view; `host` is the path of the note that the base is in."""

    def __init__(self, files: Files, host: VaultPath, base: BaseQuery, language: str) -> None:
        self._files = files
        self._base = base
        self._budget = Budget()
        self._functions = BaseFunctions(files, host, self._budget, language)
        file = files.file(host)
        self._compiler = BaseCompiler(
            self._functions, HostValue(file) if file else None, self._budget, dict(base.formulas)
        )
        self._failures = Failures()
        self._properties = dict(base.properties)  # the expression of each property that a view names
        self._compiled: dict[str, BaseRowFunction] = {}  # the functions for them

    def view(self, view: BaseView) -> ViewResult:
        """Return the result of a view. Raises ViewFailedError and BudgetSpentError."""
        rows = self._rows(view)
        rows = self._sorted(view, rows)
        if view.limit is not None:
            rows = rows[: view.limit]
        shown = rows[:MOST_ROWS]
        groups = self._groups(view, [self._shown(view, row) for row in shown])
        self._failures.check()
        now = self._files.notes.now
        kind = view.kind if view.kind in _LAYOUTS else "table"
        problems = list(self._failures.problems)
        if kind != view.kind:
            problems.append(
                ViewProblem("view-type", view.spot, f'a view of the type "{view.kind}" is shown as a table')
            )
        return ViewResult(
            kind,
            "base",
            len(rows),
            groups,
            tuple(Column(self._title(name), name) for name in view.order),
            cut=len(rows) - len(shown),
            today=now.day().iso if now and self._functions.used_today else "",
            name=view.name,
            ordered=view.markers == "number",
            indented=view.indented,
            separator=view.separator,
            problems=tuple(problems),
        )

    def _title(self, name: str) -> str:
        """Return the title of the column of a property: as the base says, or else its name without `note.` or `file.`."""
        names = {fold(known): title for known, title in self._base.names}
        return names.get(fold(name)) or name.partition(".")[2]

    def _rows(self, view: BaseView) -> list[BaseRow]:
        """Return a row for each file for which the filters of the base and of the view hold."""
        filters = [each for each in (self._base.filters, view.filters) if each]
        tests = [self._test(each) for each in filters]
        rows = (BaseRow(file) for file in candidates(self._files, filters))
        return [row for row in rows if all(test(row) is True for test in tests)]

    def _test(self, filters: BaseFilter) -> BaseRowFunction:
        """Return a function that says whether a filter holds for a row, None if that depends on a condition without a value."""
        if filters.condition is not None:
            return self._tried(filters.condition, default=None, truth=True)
        tests = [self._test(part) for part in filters.parts]
        # One part decides alone: for "and" a part that does not hold, for "or" and "not" (none of) one that does. Then the
        # result is `decided`. If no part decides, it is `otherwise`, unless a part has no value. No parts always hold.
        decides = filters.joins != "and" and bool(tests)
        decided, otherwise = filters.joins == "or", not decides or filters.joins == "not"

        def holds(row: BaseRow) -> Value:
            unknown = False
            for test in tests:
                found = test(row)
                if found is decides:
                    return decided
                unknown = unknown or found is None
            return None if unknown else otherwise

        return holds

    def _tried(self, expression: Expression, default: Value, *, truth: bool = False) -> BaseRowFunction:
        """Return a function that computes an expression, as a boolean if `truth`; if it fails, the result is `default`."""
        compiled = self._compiler.compiled(expression)
        failures = self._failures

        def value(row: BaseRow) -> Value:
            path = row.file.path if row.file else ""
            return failures.value(
                expression.spot, lambda: is_true(compiled(row)) if truth else compiled(row), path, default
            )

        return value

    def _property(self, name: str) -> BaseRowFunction:
        """Return a function that computes a property of a row, which may be a formula; None if it fails."""
        if name not in self._compiled:
            expression = self._properties[name]
            of_formula = name.removeprefix("formula.") if name.startswith("formula.") else ""
            formula = dict(self._base.formulas).get(of_formula)
            compiled = self._compiler.compiled(expression)
            # Where a formula fails, that is reported once, where it is written.
            spot, failures = (formula or expression).spot, self._failures

            def value(row: BaseRow) -> Value:
                return failures.value(spot, lambda: compiled(row), row.file.path if row.file else "", None)

            self._compiled[name] = value
        return self._compiled[name]

    def _sorted(self, view: BaseView, rows: list[BaseRow]) -> list[BaseRow]:
        """Return the rows sorted: by the last key first, since sorting is stable; empty values always come last."""
        for name, descending in reversed(view.sort):
            value = self._property(name)
            valued = [(row, value(row)) for row in rows]
            full = [pair for pair in valued if not is_nothing(pair[1])]
            full.sort(key=lambda pair: base_key(pair[1]), reverse=descending)
            rows = [row for row, _ in full] + [row for row, found in valued if is_nothing(found)]
        return rows

    def _shown(self, view: BaseView, row: BaseRow) -> _Shown:
        assert row.file is not None
        return _Shown(row, row.file, tuple(self._cell(name, row) for name in view.order))

    def _cell(self, name: str, row: BaseRow) -> Value:
        """Return the value of a property of a row as it is shown."""
        value = self._property(name)(row)
        # The name of a file is shown as a link to it.
        return row.file.link.shown_as(str(value)) if name == "file.name" and row.file else _displayed(value)

    def _groups(self, view: BaseView, rows: list[_Shown]) -> tuple[ResultGroup, ...]:
        """Return the rows in groups, those without a value for the group last; in one without a title if there is no grouping."""
        summaries = self._summaries(view)
        if not view.group_by:
            return (self._group(view, rows, summaries),)
        value = self._property(view.group_by)
        # By a key that is equal for equal values, None for empty ones: the value, and the rows that have it
        found: dict[object, tuple[Value, list[_Shown]]] = {}
        for shown in rows:
            key = value(shown.row)
            found.setdefault(None if is_nothing(key) else comparable(key), (key, []))[1].append(shown)
        full = [pair for key, pair in found.items() if key is not None]
        full.sort(key=lambda pair: base_key(pair[0]), reverse=view.group_descending)
        empty = [found[None]] if None in found else []
        return tuple(
            self._group(view, members, summaries, Cell(_displayed(key), members[0].file.path), titled=True)
            for key, members in (*full, *empty)
        )

    def _group(
        self,
        view: BaseView,
        rows: list[_Shown],
        summaries: list[tuple[str, BaseRowFunction] | None],
        title: Cell | None = None,
        *,
        titled: bool = False,
    ) -> ResultGroup:
        """Return one group with its summaries, which are one for each column, None for a column without one."""
        image = self._property(view.image) if view.image and view.kind == "cards" else None
        shown = tuple(
            ResultRow(
                tuple(Cell(value, row.file.path) for value in row.cells),
                image=Cell(_displayed(image(row.row)), row.file.path) if image else None,
                link=row.file.link,
            )
            for row in rows
        )
        summed = tuple(
            (summary[0], self._summed(summary[1], name, rows)) if summary else None
            for name, summary in zip(view.order, summaries, strict=True)
        )
        return ResultGroup(shown, titled, title, summary=summed if any(summed) else ())

    def _summed(self, summary: BaseRowFunction, name: str, rows: list[_Shown]) -> Value:
        """Return the summary of a property over rows."""
        value = self._property(name)
        return _displayed(summary(BaseRow(None, {"values": [value(row.row) for row in rows]})))

    def _summaries(self, view: BaseView) -> list[tuple[str, BaseRowFunction] | None]:
        """Return the name and the function of the summary of each column, None for a column without one."""
        wanted = {fold(name): (summary, spot) for name, summary, spot in view.summaries}
        found: list[tuple[str, BaseRowFunction] | None] = []
        for name in view.order:
            summary, spot = wanted.get(fold(name), ("", view.spot))
            found.append((summary, self._summary(summary, spot)) if summary else None)
        return found

    def _summary(self, name: str, spot: Spot) -> BaseRowFunction:
        """Return the function of a summary that the base defines, or else of a built-in one. Raises ViewFailedError."""
        written = dict(self._base.summaries)
        own = written.get(name)
        if own is not None:
            compiled = self._compiler.compiled(own, _VALUES)
            failures = self._failures
            return lambda row: failures.value(own.spot, lambda: compiled(row), "", None)
        compute = SUMMARIES.get(name)
        if compute is None:
            message = f'this base is not rendered: there is no summary "{name}"'
            near = get_close_matches(name, (*written, *SUMMARIES), n=1)
            hint = f"did you mean {near[0]}?" if near else ""
            raise ViewFailedError(ViewProblem("view-unsupported", spot, message, hint))

        def summed(row: BaseRow) -> Value:
            values = row.names.get("values")
            assert isinstance(values, list)
            return compute(values)

        return summed


def _displayed(value: Value) -> Value:
    """Return a value as it is shown: a file as a link to it."""
    match value:
        case FileValue():
            return value.link
        case HostValue():
            return value.file.link
        case list():
            return [_displayed(item) for item in value]
        case Mapping():
            return {str(key): _displayed(item) for key, item in value.items()}
        case _:
            return value
