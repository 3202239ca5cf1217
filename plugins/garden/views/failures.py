"""Expressions that fail in some rows: each is reported once, with the first row in which it failed (VW-13)."""

from collections.abc import Callable

from garden.model.views.spots import Spot
from garden.views.regular_expressions import NotLinearError
from garden.views.result import ViewProblem
from garden.views.values import NoValueError, Value


class ViewFailedError(Exception):
    """The whole view cannot be rendered (VW-14)."""

    def __init__(self, problem: ViewProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Failures:
    """Collects the failures of one view."""

    def __init__(self) -> None:
        self._found: dict[Spot, ViewProblem] = {}
        # How often `value` has computed each expression, and how often that failed
        self._tried: dict[Spot, int] = {}
        self._failed: dict[Spot, int] = {}

    def add(self, spot: Spot, failure: NoValueError, row: str) -> None:
        """Record that an expression failed in a row, named by its path. Raises ViewFailedError if it must fail in every row."""
        if isinstance(failure, NotLinearError):
            raise ViewFailedError(
                ViewProblem("view-unsupported", spot, f"this query is not rendered: {failure}")
            )
        where = f" ({row})" if row else ""
        self._found.setdefault(spot, ViewProblem("view-value", spot, f"{failure}{where}"))

    def all_failed(self, spot: Spot, failed: int, rows: int) -> None:
        """Raise ViewFailedError if an expression failed in all rows."""
        if rows and failed == rows:
            problem = self._found[spot]
            raise ViewFailedError(
                ViewProblem(
                    problem.code, spot, f"this query is not rendered: in every row, {problem.message}"
                )
            )

    def value(self, spot: Spot, compute: Callable[[], Value], row: str, default: Value) -> Value:
        """Return what `compute` returns, or `default` if it fails; `check` fails later if it never returned anything."""
        self._tried[spot] = self._tried.get(spot, 0) + 1
        try:
            return compute()
        except NoValueError as failure:
            self.add(spot, failure, row)
            self._failed[spot] = self._failed.get(spot, 0) + 1
            return default

    def check(self) -> None:
        """Raise ViewFailedError if an expression failed each time that `value` computed it."""
        for spot, failed in sorted(self._failed.items()):
            self.all_failed(spot, failed, self._tried[spot])

    @property
    def problems(self) -> tuple[ViewProblem, ...]:
        """One problem for each expression that failed, by place."""
        return tuple(self._found[spot] for spot in sorted(self._found))
