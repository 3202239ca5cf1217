"""What a view shows, before it is HTML: rows of values, in groups (VW-2, VW-3, VW-4)."""

from msgspec import Struct

from garden.model.body import NoteItem
from garden.model.names import VaultPath
from garden.model.views.spots import Spot
from garden.views.values import Value

MOST_ROWS = 1000
"""Results that are shown (VW-12)."""


class ViewProblem(Struct, frozen=True):
    """A problem to report, at a place of the note with the query."""

    code: str
    spot: Spot
    message: str
    hint: str = ""


class Column(Struct, frozen=True):
    """A column of a table; `key` is the property that it shows, where there is one."""

    title: str
    key: str = ""


class Cell(Struct, frozen=True):
    """A value, with the note whose links and texts it has."""

    value: Value
    source: VaultPath


class TaskRow(Struct, frozen=True):
    """A task or another item of a list, with those below it that are shown with it.

    `own` says that it is a result itself; else it is there for the item that it is below (DV-3).
    """

    source: VaultPath
    item: NoteItem
    link: Value
    children: "tuple[TaskRow, ...]" = ()
    own: bool = True


class ResultRow(Struct, frozen=True):
    """A result: its cells, the first of which leads to it; or a task."""

    cells: tuple[Cell, ...] = ()
    task: TaskRow | None = None
    image: Cell | None = None
    link: Value = None  # to the file of a row in a base
    day: str = ""  # of a calendar, ISO


class ResultGroup(Struct, frozen=True):
    """Results with one key; `titled` says whether the key is shown. `groups` are those inside."""

    rows: tuple[ResultRow, ...] = ()
    titled: bool = False
    title: Cell | None = None
    groups: "tuple[ResultGroup, ...]" = ()
    summary: tuple[tuple[str, Value] | None, ...] = ()


class ViewResult(Struct, frozen=True):
    """The answer to a query. `count` is the number of results before `cut` of them are left out."""

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
    """The answer to a query in a line."""

    value: Value
    today: str = ""
    problems: tuple[ViewProblem, ...] = ()


class FailedView(Struct, frozen=True):
    """A query that has no answer: its source is shown instead (VW-14)."""

    source: str
    problems: tuple[ViewProblem, ...] = ()
    name: str = ""


class BaseResult(Struct, frozen=True):
    """The views of a base, in its order."""

    views: tuple[ViewResult | FailedView, ...]
    unused: tuple[ViewProblem, ...] = ()
    """What is wrong with formulas that none of them needs."""

    @property
    def problems(self) -> tuple[ViewProblem, ...]:
        """The problems of all of them."""
        found = (problem for view in self.views for problem in view.problems)
        return tuple(dict.fromkeys((*found, *self.unused)))
