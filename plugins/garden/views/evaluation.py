"""Evaluating the view in a note: the entry point of this layer.

A result depends only on the query, on the note that it is in, and on the published notes.
"""

from collections.abc import Callable
from functools import cached_property

from msgspec.structs import replace

from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath, field_key, fold
from garden.model.settings import Settings
from garden.model.views.queries import BaseQuery, BaseView, DataviewQuery, InlineQuery, LiveView, Unreadable
from garden.model.views.spots import Spot
from garden.model.views.task_queries import TasksQuery
from garden.views.bases.files import Files
from garden.views.bases.running import BaseRun
from garden.views.dataview.records import Pages
from garden.views.dataview.running import DataviewRun
from garden.views.failures import ViewFailedError
from garden.views.notes import PublishedNotes
from garden.views.result import MOST_ROWS, BaseResult, FailedView, ValueResult, ViewProblem, ViewResult
from garden.views.tasks.running import all_tasks, run_tasks
from garden.views.tasks.task import TaskFacts
from garden.views.values import BudgetSpentError, NoValueError

Answer = ViewResult | ValueResult | BaseResult | FailedView
"""What becomes of a view."""


class Evaluator:
    """Evaluates the views of one linked vault, and keeps the results."""

    def __init__(self, snapshot: Snapshot, bodies: Callable[[VaultPath], Body], settings: Settings) -> None:
        relations = frozenset(field_key(field.name) for field in settings.relations)
        self._notes = PublishedNotes(snapshot, bodies, relations, settings.today)
        self._pages = Pages(self._notes)
        self._files = Files(self._notes)
        self._language = settings.language
        self._known: dict[tuple[VaultPath, Spot, str], Answer] = {}

    @cached_property
    def _tasks(self) -> list[TaskFacts]:
        return all_tasks(self._pages)

    def answer(self, view: LiveView, host: VaultPath) -> Answer:
        """Return the result of a view in the note at `host`."""
        key = (host, view.spot, view.text)
        if key not in self._known:
            self._known[key] = self._answer(view, host)
        return self._known[key]

    def _answer(self, view: LiveView, host: VaultPath) -> Answer:
        """Return the result of a view that has not been asked for before."""
        query = view.query
        if isinstance(query, BaseQuery):
            return _with_unused(
                query, tuple(self._base_view(view, query, each, host) for each in query.views)
            )
        return self._safely(view, lambda: self._evaluated(view, host))

    def _base_view(
        self, view: LiveView, query: BaseQuery, each: BaseView, host: VaultPath
    ) -> ViewResult | FailedView:
        """Return the result of one view of a base. It may fail while the others do not."""
        run = BaseRun(self._files, host, query, self._language)
        found = self._safely(replace(view, spot=each.spot), lambda: run.view(each))
        if isinstance(found, FailedView):
            return replace(found, name=each.name)
        assert isinstance(found, ViewResult)
        return found

    def _safely(
        self, view: LiveView, evaluate: Callable[[], ViewResult | ValueResult]
    ) -> ViewResult | ValueResult | FailedView:
        """Return what `evaluate` returns, or, if that raises an error, the failed view with its problem."""
        try:
            return evaluate()
        except ViewFailedError as failure:
            problem = failure.problem
        except NoValueError as failure:
            problem = ViewProblem("view-value", view.spot, f"this query is not rendered: {failure}")
        except (BudgetSpentError, RecursionError):
            message = "this query is not rendered: it takes more steps than a query may"
            problem = ViewProblem(
                "view-unsupported", view.spot, message, "narrow it to fewer notes, or compute less for each"
            )
        return FailedView(view.source, (problem,))

    def _evaluated(self, view: LiveView, host: VaultPath) -> ViewResult | ValueResult:
        """Run a query. Raises ViewFailedError, NoValueError and BudgetSpentError."""
        match view.query:
            case DataviewQuery() as query:
                return DataviewRun(self._pages, host, self._language).query(query)
            case InlineQuery() as query:
                return DataviewRun(self._pages, host, self._language).inline(query)
            case TasksQuery() as query:
                return run_tasks(self._tasks, self._pages, query)
            case _:
                raise NoValueError("this kind of view is not known")


def _with_unused(query: BaseQuery, views: tuple[ViewResult | FailedView, ...]) -> BaseResult:
    """Return the result of a base, with the problems of formulas that no view needs: no view has reported those."""
    reported = {problem.spot for view in views for problem in view.problems}
    written = (each for _, each in (*query.formulas, *query.summaries))
    return BaseResult(
        views,
        tuple(
            ViewProblem(each.code, each.spot, f"this formula cannot be read: {each.message}", each.hint)
            for each in written
            if isinstance(each, Unreadable) and each.spot not in reported
        ),
    )


def notices_of(answer: Answer, spot: Spot) -> tuple[ViewProblem, ...]:
    """Return what to report about a successful result: that it is cut, or that it depends on today."""
    if isinstance(answer, BaseResult):
        return tuple(dict.fromkeys(notice for view in answer.views for notice in notices_of(view, spot)))
    found = []
    if isinstance(answer, ViewResult) and answer.cut:
        message = f"{answer.count} results, of which {MOST_ROWS} are shown"
        found.append(ViewProblem("view-cut", spot, message, "narrow it by WHERE or LIMIT"))
    if not isinstance(answer, FailedView) and answer.today:
        message = f"this view depends on today, which is {answer.today}"
        found.append(ViewProblem("view-today", spot, message, "set `today` to use another day"))
    return tuple(found)


def named_view(answer: Answer, name: str) -> ViewResult | FailedView | None:
    """Return the view of a base with this name, the first view if the name is empty, None if there is none."""
    if not isinstance(answer, BaseResult):
        return None
    if not name:
        return answer.views[0]
    exact = (view for view in answer.views if view.name == name)
    alike = (view for view in answer.views if fold(view.name) == fold(name))
    return next(exact, None) or next(alike, None)
