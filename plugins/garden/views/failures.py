"""Values that fail in rows: each expression is named once, with the first row (VW-13)."""

from garden.model.queries import Spot
from garden.views.regular_expressions import NotLinearError
from garden.views.result import ViewProblem
from garden.views.values import NoValueError


class NoAnswerError(Exception):
    """The whole view fails (VW-14)."""

    def __init__(self, problem: ViewProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Failures:
    """Collects the failures of one view."""

    def __init__(self) -> None:
        self._found: dict[Spot, ViewProblem] = {}

    def add(self, spot: Spot, failure: NoValueError, row: str) -> None:
        """Note that an expression fails in a row. Raises NoAnswerError for what fails in every row."""
        if isinstance(failure, NotLinearError):
            raise NoAnswerError(
                ViewProblem("view-unsupported", spot, f"this query is not rendered: {failure}")
            )
        where = f" ({row})" if row else ""
        self._found.setdefault(spot, ViewProblem("view-value", spot, f"{failure}{where}"))

    def all_failed(self, spot: Spot, failed: int, rows: int) -> None:
        """Raise NoAnswerError when an expression has failed in every one of some rows."""
        if rows and failed == rows:
            problem = self._found[spot]
            raise NoAnswerError(
                ViewProblem(
                    problem.code, spot, f"this query is not rendered: in every row, {problem.message}"
                )
            )

    @property
    def problems(self) -> tuple[ViewProblem, ...]:
        """The failures, by place."""
        return tuple(self._found[spot] for spot in sorted(self._found))
