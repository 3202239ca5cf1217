"""The result of a view, before it becomes HTML: rows of values, in groups (VW-2, VW-3, VW-4)."""

from msgspec import Struct

from garden.model.body import NoteItem
from garden.model.names import VaultPath
from garden.model.views.spots import Spot
from garden.views.values import Value

MOST_ROWS = 1000
"""The most results that are shown (VW-12)."""


class ViewProblem(Struct, frozen=True):
    """A problem to report, at a place in the note with the query."""

    code: str
    spot: Spot
    message: str
    hint: str = ""


class Column(Struct, frozen=True):
    """A column of a table; `key` is the property that it shows, empty for none."""

    title: str
    key: str = ""


class Cell(Struct, frozen=True):
    """A value, and the note that it comes from, relative to which links in it are resolved."""

    value: Value
    source: VaultPath


class TaskRow(Struct, frozen=True):
    """A task or another item of a list, with the items below it."""

    source: VaultPath  # the note that it is in
    item: NoteItem
    link: Value  # to the item, or to the section that it is in; None if none is shown
    children: "tuple[TaskRow, ...]" = ()
    is_result: bool = True  # False for an item that is only shown because it is below a result (DV-3)


class ResultRow(Struct, frozen=True):
    """A result: its cells, the first of which is a link to it; or a task."""

    cells: tuple[Cell, ...] = ()
    task: TaskRow | None = None
    image: Cell | None = None  # of a card
    link: Value = None  # to the file of a row in a base
    day: str = ""  # of a calendar, ISO


class ResultGroup(Struct, frozen=True):
    """Results with the same key: rows, or groups within the group."""

    rows: tuple[ResultRow, ...] = ()
    titled: bool = False  # whether the key is shown as `title`
    title: Cell | None = None
    groups: "tuple[ResultGroup, ...]" = ()
    # The name and the value of the summary of each column, None for a column without one; empty if no column has one
    summary: tuple[tuple[str, Value] | None, ...] = ()


class ViewResult(Struct, frozen=True):
    """The result of a query, or of one view of a base."""

    kind: str  # how it is shown: "table", "list", "task", "calendar" or "cards"
    source: str  # the language that it is written in: "dataview", "tasks" or "base"
    count: int  # the number of rows
    groups: tuple[ResultGroup, ...] = ()
    columns: tuple[Column, ...] = ()
    pairs: bool = False  # of a list: each row is a link, then its value
    cut: int = 0  # how many of the last rows are not shown
    today: str = ""  # the day that counts as today, empty if the result does not depend on it
    name: str = ""  # of the view of a base
    # How a list of a base is shown: with numbers, with one property below the other, or with what between them
    ordered: bool = False
    indented: bool = False
    separator: str = ", "
    problems: tuple[ViewProblem, ...] = ()


class ValueResult(Struct, frozen=True):
    """The result of a query within a line."""

    value: Value
    today: str = ""  # as in ViewResult
    problems: tuple[ViewProblem, ...] = ()


class FailedView(Struct, frozen=True):
    """A query without a result: its source is shown instead (VW-14)."""

    source: str  # the text of the query
    problems: tuple[ViewProblem, ...] = ()
    name: str = ""  # of the view of a base


class BaseResult(Struct, frozen=True):
    """The results of the views of a base, in its order."""

    views: tuple[ViewResult | FailedView, ...]
    unused: tuple[ViewProblem, ...] = ()  # problems of formulas that no view needs

    @property
    def problems(self) -> tuple[ViewProblem, ...]:
        """The problems of all views and formulas, each once."""
        found = (problem for view in self.views for problem in view.problems)
        return tuple(dict.fromkeys((*found, *self.unused)))
