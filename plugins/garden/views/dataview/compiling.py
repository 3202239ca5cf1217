"""Compiling expressions of Dataview to functions of a row, once for a query, so that each row is evaluated quickly."""

from collections.abc import Callable, Mapping
from typing import Any

from garden.model.names import VaultPath
from garden.model.views.moments import moment
from garden.model.views.queries import (
    Application,
    Constant,
    DateText,
    Expression,
    Lambda,
    LinkText,
    ListExpression,
    Member,
    ObjectExpression,
    Operation,
    Prefixed,
    RelativeDate,
    Variable,
)
from garden.views.dataview.dates import relative_date
from garden.views.dataview.functions import Functions
from garden.views.dataview.operators import Operators, member
from garden.views.dataview.records import Pages
from garden.views.values import Budget, NoValueError, Value, is_true

Row = Mapping[str, Any]
RowFunction = Callable[[Row], Value]


class Overlay(Mapping[str, Any]):
    """A row with further names, which hide those of the row."""

    def __init__(self, base: Row, names: Mapping[str, Value]) -> None:
        self.base = base
        self.names = names

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a name, `default` if there is none."""
        return self.names[key] if key in self.names else self.base.get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self.names[key] if key in self.names else self.base[key]

    def __iter__(self) -> Any:
        yield from self.names
        yield from (key for key in self.base if key not in self.names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Compiler:
    """Compiles the expressions of one query, which is in the note at `host`; `this` are the fields of that note."""

    def __init__(self, pages: Pages, host: VaultPath, this: Row, budget: Budget, language: str) -> None:
        self._pages = pages
        self._host = host
        self._this = this
        self._budget = budget
        self._operators = Operators(budget, language)
        self._functions = Functions(pages, host, budget, self._operators, language)
        self._asks_today = False

    @property
    def used_today(self) -> bool:
        """Whether the result depends on today's date."""
        return self._asks_today or self._functions.used_today

    def compiled(self, expression: Expression) -> RowFunction:  # noqa: C901, PLR0912 (a case for each type)
        """Return a function that computes an expression for a row. The function raises NoValueError and BudgetSpentError."""
        match expression:
            case Constant(value=value):
                return lambda _: value
            case DateText(iso=iso):
                day = moment(iso)
                return lambda _: day
            case RelativeDate(word=word):
                self._asks_today = True
                date = relative_date(word, self._pages.notes.now)
                return lambda _: date
            case LinkText(inner=inner, embed=embed):
                link = self._pages.notes.link(inner, self._host, embed=embed)
                return lambda _: link
            case Variable(name="this"):
                return lambda _: self._this
            case Variable(name=name):
                return lambda row: row.get(name)
            case Member():
                return self._member(expression)
            case Application():
                return self._application(expression)
            case Prefixed(operand=operand):
                inner_of = self.compiled(operand)
                return lambda row: not is_true(inner_of(row))
            case Operation():
                return self._operation(expression)
            case ListExpression(items=items):
                computations = [self.compiled(item) for item in items]
                return lambda row: [compute(row) for compute in computations]
            case ObjectExpression(pairs=pairs):
                named = [(name, self.compiled(value)) for name, value in pairs]
                return lambda row: {name: compute(row) for name, compute in named}
            case Lambda():
                return self._lambda(expression)
            case _:
                raise NoValueError("this is not part of the language")

    def _member(self, expression: Member) -> RowFunction:
        """Return a function for `of.key`; `row["name"]` reads a field of the row whose name is no identifier."""
        pages, budget = self._pages, self._budget
        key_of = self.compiled(expression.key)
        if isinstance(expression.of, Variable) and expression.of.name == "row":
            return lambda row: member(row, key_of(row), pages, budget)
        of = self.compiled(expression.of)
        if isinstance(expression.key, Constant):
            key = expression.key.value

            def constant(row: Row) -> Value:
                budget.spend()
                return member(of(row), key, pages, budget)

            return constant
        return lambda row: member(of(row), key_of(row), pages, budget)

    def _operation(self, expression: Operation) -> RowFunction:
        """Return a function for two operands around an operator; of `&` and `|` the second one is computed only if needed."""
        left, right = self.compiled(expression.left), self.compiled(expression.right)
        name, apply, budget = expression.operator, self._operators.apply, self._budget
        if name == "&":
            return lambda row: is_true(left(row)) and is_true(right(row))
        if name == "|":
            return lambda row: is_true(left(row)) or is_true(right(row))

        def operation(row: Row) -> Value:
            budget.spend()
            return apply(name, left(row), right(row))

        return operation

    def _application(self, expression: Application) -> RowFunction:
        """Return a function for a call: of one of Dataview's functions, or of a lambda that a name stands for."""
        computations = [self.compiled(argument) for argument in expression.arguments]
        budget = self._budget
        if isinstance(expression.function, Variable):
            name = expression.function.name
            function = self._functions.named(name)

            def application(row: Row) -> Value:
                budget.spend(2)
                if function is None:
                    return _called(row.get(name), [compute(row) for compute in computations])
                return function(*[compute(row) for compute in computations])

            return application
        function_of = self.compiled(expression.function)
        return lambda row: _called(function_of(row), [compute(row) for compute in computations])

    def _lambda(self, expression: Lambda) -> RowFunction:
        """Return a function whose value is a function: it computes the body with its arguments as further names."""
        body = self.compiled(expression.body)
        names = expression.parameters

        def made(row: Row) -> Value:
            return lambda *values: body(Overlay(row, dict(zip(names, values, strict=False))))

        return made


def _called(function: Value, arguments: list[Value]) -> Value:
    if not callable(function):
        raise NoValueError("only functions can be called")
    return function(*arguments)
