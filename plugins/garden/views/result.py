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
    """A task or another item of a list, with the items below it.

    `own` says that it is a result itself; otherwise it is only shown because it is below one (DV-3).
    """

    source: VaultPath
    item: NoteItem
    link: Value
    children: "tuple[TaskRow, ...]" = ()
    own: bool = True


class ResultRow(Struct, frozen=True):
    """A result: its cells, the first of which is a link to it; or a task."""

    cells: tuple[Cell, ...] = ()
    task: TaskRow | None = None
    image: Cell | None = None
    link: Value = None  # to the file of a row in a base
    day: str = ""  # of a calendar, ISO


class ResultGroup(Struct, frozen=True):
    """Results with the same key; `titled` says whether the key is shown as `title`. `groups` are groups within it."""

    rows: tuple[ResultRow, ...] = ()
    titled: bool = False
    title: Cell | None = None
    groups: "tuple[ResultGroup, ...]" = ()
    summary: tuple[tuple[str, Value] | None, ...] = ()


class ViewResult(Struct, frozen=True):
    """The result of a query; `count` is the number of its rows, of which the last `cut` are not shown."""

    kind: str
    source: str
    count: int
    groups: tuple[ResultGroup, ...] = ()
    columns: tuple[Column, ...] = ()
    pairs: bool = False  # of a list: a link, then its value
    cut: int = 0
    today: str = ""
    name: str = ""
    ordered: bool = False
    indented: bool = False
    separator: str = ", "
    summary: tuple[tuple[str, Value] | None, ...] = ()
    problems: tuple[ViewProblem, ...] = ()


class ValueResult(Struct, frozen=True):
    """The result of a query within a line."""

    value: Value
    today: str = ""
    problems: tuple[ViewProblem, ...] = ()


class FailedView(Struct, frozen=True):
    """A query without a result: its source is shown instead (VW-14)."""

    source: str
    problems: tuple[ViewProblem, ...] = ()
    name: str = ""


class BaseResult(Struct, frozen=True):
    """The results of the views of a base, in its order."""

    views: tuple[ViewResult | FailedView, ...]
    unused: tuple[ViewProblem, ...] = ()  # problems of formulas that no view needs

    @property
    def problems(self) -> tuple[ViewProblem, ...]:
        """The problems of all views and formulas, each once."""
        found = (problem for view in self.views for problem in view.problems)
        return tuple(dict.fromkeys((*found, *self.unused)))
