"""Compiling expressions of bases to functions of a row (BA-4, BA-9, BA-12)."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from garden.model.views.moments import Duration, Moment
from garden.model.views.queries import (
    Application,
    Constant,
    Expression,
    ListExpression,
    Member,
    ObjectExpression,
    Operation,
    Prefixed,
    RegularExpression,
    Unreadable,
    Variable,
)
from garden.model.views.spots import Spot
from garden.views.bases.files import FILE_FIELDS, FileProperties, FileValue, HostValue
from garden.views.bases.functions import BaseFunctions
from garden.views.bases.operators import base_equal, base_text, base_type, calculate, ordered
from garden.views.failures import ViewFailedError
from garden.views.regular_expressions import NotLinearError, RegularValue, linear_expression
from garden.views.result import ViewProblem
from garden.views.values import Budget, LinkValue, NoValueError, Value, is_number, is_true


class BaseRow(Struct, frozen=True):
    """What an expression is evaluated for: a file, or, in a summary, the values of a column."""

    file: FileValue | None
    names: Mapping[str, Value] = field(default_factory=dict)  # values of local names, as in `list.map(value)`
    formulas: dict[str, Value] = field(default_factory=dict)  # results of formulas for this file
    being_computed: frozenset[str] = frozenset()  # formulas, to find one that refers to itself


BaseRowFunction = Callable[[BaseRow], Value]
_LOCAL: Final = frozenset(("value", "index", "acc"))
"""The names that `filter`, `map` and `reduce` have values for: the item, its index, and the result so far (BA-13)."""


class BaseCompiler:
    """Compiles the expressions of one base."""

    def __init__(
        self,
        functions: BaseFunctions,
        host: HostValue | None,
        budget: Budget,
        formulas: Mapping[str, Expression],
    ) -> None:
        """`host` is the value of `this`, None where there is none; `formulas` are those of the base, by name."""
        self._functions = functions
        self._host = host
        self._budget = budget
        self._written = formulas
        self._formulas: dict[str, BaseRowFunction] = {}  # those that have been compiled

    def compiled(self, expression: Expression, local: frozenset[str] = frozenset()) -> BaseRowFunction:
        """Return a function that computes an expression for a row; `local` are the names that the row has values for.

        Raises ViewFailedError if the expression is not supported. The function raises NoValueError and BudgetSpentError.
        """
        match expression:
            case Constant(value=value):
                return lambda _: value
            case Unreadable(spot=spot, code=code, message=message, hint=hint):
                raise ViewFailedError(ViewProblem(code, spot, f"this base is not rendered: {message}", hint))
            case RegularExpression(source=source, flags=flags):
                return self._pattern(expression.spot, source, flags)
            case Variable(name=name):
                return self._variable(expression, name, local)
            case Member():
                return self._member(expression, local)
            case Application():
                return self._application(expression, local)
            case Prefixed(operator=operator, operand=operand):
                inner = self.compiled(operand, local)
                return (
                    (lambda row: not is_true(inner(row)))
                    if operator == "!"
                    else lambda row: _negative(inner(row))
                )
            case Operation():
                return self._operation(expression, local)
            case ListExpression(items=items):
                computations = [self.compiled(item, local) for item in items]
                return lambda row: [compute(row) for compute in computations]
            case ObjectExpression(pairs=pairs):
                named = [(name, self.compiled(value, local)) for name, value in pairs]
                return lambda row: {name: compute(row) for name, compute in named}
            case _:
                raise NoValueError("this is not part of the language")

    @staticmethod
    def _pattern(spot: Spot, source: str, flags: str) -> BaseRowFunction:
        """Return a function for a regular expression. Raises ViewFailedError."""
        try:
            pattern = RegularValue(linear_expression(source, flags), "g" in flags)
        except NotLinearError as error:
            raise _unsupported(spot, str(error)) from error
        except NoValueError as error:
            raise ViewFailedError(
                ViewProblem("view-syntax", spot, f"this base is not rendered: {error}")
            ) from error
        return lambda _: pattern

    def _variable(self, expression: Variable, name: str, local: frozenset[str]) -> BaseRowFunction:
        """Return a function for a name: a local one, `this`, `file`, `note`, or else a property of the note."""
        if name in local:
            return lambda row: row.names.get(name)
        if name == "this":
            return lambda _: self._host
        if name == "file":
            return lambda row: row.file
        if name == "note":
            return lambda row: row.file.properties if row.file else None
        if name == "formula":
            raise _unsupported(expression.spot, "formula needs a name, as in formula.x")
        return lambda row: row.file.properties.get(name) if row.file else None

    def _member(self, expression: Member, local: frozenset[str]) -> BaseRowFunction:
        """Return a function for `of.key` or `of[key]`; unknown fields of `file` and formulas are found before any row is."""
        of, key = expression.of, expression.key
        if isinstance(of, Variable) and isinstance(key, Constant) and isinstance(key.value, str):
            name = key.value
            if of.name == "formula" and "formula" not in local:
                return self._formula(name, key.spot)
            if of.name == "file" and "file" not in local:
                return self._file_field(name, key.spot)
        compiled, key_of, budget = self.compiled(of, local), self.compiled(key, local), self._budget

        def member(row: BaseRow) -> Value:
            budget.spend()
            return _field(compiled(row), key_of(row))

        return member

    def _file_field(self, name: str, spot: Spot) -> BaseRowFunction:
        """Return a function for a field of `file`. Raises ViewFailedError for an unknown one."""
        if name not in FILE_FIELDS:
            near = get_close_matches(name, sorted(FILE_FIELDS), n=1)
            raise _unsupported(
                spot, f"there is no file.{name}", f"did you mean file.{near[0]}?" if near else ""
            )
        return lambda row: row.file.field(name) if row.file else None

    def _formula(self, name: str, spot: Spot) -> BaseRowFunction:
        """Return a function for `formula.name`. A formula is compiled on first use, since formulas may use each other."""
        written = self._written.get(name)
        if written is None:
            near = get_close_matches(name, sorted(self._written), n=1)
            raise _unsupported(
                spot, f"there is no formula {name}", f"did you mean formula.{near[0]}?" if near else ""
            )

        if isinstance(written, Unreadable):
            return self.compiled(written)

        def formula(row: BaseRow) -> Value:
            if name in row.formulas:
                return row.formulas[name]
            if name in row.being_computed:
                raise NoValueError(f"the formula {name} refers to itself")
            if name not in self._formulas:
                self._formulas[name] = self.compiled(written)
            found = self._formulas[name](replace(row, names={}, being_computed=row.being_computed | {name}))
            row.formulas[name] = found
            return found

        return formula

    def _operation(self, expression: Operation, local: frozenset[str]) -> BaseRowFunction:
        """Return a function for two operands around an operator; `&&` and `||` compute the second one only if it is needed."""
        left, right = self.compiled(expression.left, local), self.compiled(expression.right, local)
        name, budget = expression.operator, self._budget
        if name == "&&":
            return lambda row: is_true(left(row)) and is_true(right(row))
        if name == "||":
            return lambda row: is_true(left(row)) or is_true(right(row))

        wants_equal = name == "=="

        def compared(row: BaseRow) -> Value:
            budget.spend()
            return base_equal(left(row), right(row)) is wants_equal

        def calculated(row: BaseRow) -> Value:
            budget.spend()
            return calculate(name, left(row), right(row), budget)

        def in_order(row: BaseRow) -> Value:
            budget.spend()
            return ordered(name, left(row), right(row))

        if name in ("==", "!="):
            return compared
        return calculated if name in "+-*/%" else in_order

    def _application(self, expression: Application, local: frozenset[str]) -> BaseRowFunction:
        """Return a function for a call: of a function such as `if()`, or of a function of a value."""
        function = expression.function
        if isinstance(function, Variable):
            return self._global(function.name, expression, local)
        if not isinstance(function, Member) or not isinstance(function.key, Constant):
            raise NoValueError("only a function can be called")
        name = str(function.key.value)
        of = self.compiled(function.of, local)
        if name in ("filter", "map", "reduce") and expression.arguments:
            return self._of_items(name, of, expression, local)
        computations = [self.compiled(argument, local) for argument in expression.arguments]
        method = self._functions.method
        return lambda row: method(name, of(row), [compute(row) for compute in computations])

    def _global(self, name: str, expression: Application, local: frozenset[str]) -> BaseRowFunction:
        """Return a function for a call that is not one of a value; of `if()` only the value that is needed is computed."""
        computations = [self.compiled(argument, local) for argument in expression.arguments]
        budget = self._budget
        if name == "if":
            if not 2 <= len(computations) <= 3:
                raise _unsupported(expression.spot, "if() takes a condition and one or two values")
            other = computations[2] if len(computations) > 2 else (lambda _: None)
            return lambda row: computations[1](row) if is_true(computations[0](row)) else other(row)
        function = self._functions.globals[name]

        def called(row: BaseRow) -> Value:
            budget.spend()
            try:
                return function(*[compute(row) for compute in computations])
            except (TypeError, ValueError, OverflowError) as error:
                raise NoValueError(f"{name}() cannot be called with these arguments") from error

        return called

    def _of_items(
        self, name: str, of: BaseRowFunction, expression: Application, local: frozenset[str]
    ) -> BaseRowFunction:
        """Return a function for `filter`, `map` or `reduce`, whose argument is an expression evaluated for each item."""
        body = self.compiled(expression.arguments[0], local | _LOCAL)
        start = self.compiled(expression.arguments[1], local) if len(expression.arguments) > 1 else None
        budget = self._budget

        def computed(row: BaseRow) -> Value:
            items = of(row)
            if items is None:
                return None
            if not isinstance(items, list):
                raise NoValueError(f"{base_type(items)} has no function {name}()")
            budget.spend(1 + len(items))
            found: list[Value] = []
            acc = start(row) if start else None
            for index, item in enumerate(items):
                names = {**row.names, "value": item, "index": index, "acc": acc}
                value = body(replace(row, names=names))
                if name == "reduce":
                    acc = value
                elif name == "map":
                    found.append(value)
                elif is_true(value):
                    found.append(item)
            return acc if name == "reduce" else found

        return computed


def _unsupported(spot: Spot, message: str, hint: str = "") -> ViewFailedError:
    return ViewFailedError(
        ViewProblem("view-unsupported", spot, f"this base is not rendered: {message}", hint)
    )


def _negative(value: Value) -> Value:
    """Return the result of `-` before a value. Raises NoValueError."""
    match value:
        case None:
            return None
        case Duration():
            return value.scaled(-1)
        case int() | float() if is_number(value):
            return -value
        case _:
            raise NoValueError(f"-{base_type(value)} has no meaning")


def _field(value: Value, key: Value) -> Value:
    """Return `value.key` or `value[key]`, None if `value` is None or has no such key (BA-12)."""
    name = base_text(key) if not is_number(key) else ""
    match value:
        case None:
            return 0 if name == "length" else None
        case list() if is_number(key):
            return value[int(key)] if 0 <= key < len(value) else None
        case str() if is_number(key):
            return value[int(key)] if 0 <= key < len(value) else None
        case list() | str():
            return len(value) if name == "length" else None
        case HostValue(file=file):
            return file if name == "file" else file.properties.get(name)
        case FileValue():
            return value.field(name)
        case LinkValue():
            return len(base_text(value)) if name == "length" else None
        case FileProperties() | Mapping():
            return value.get(name)
        case Moment():
            fields = ("year", "month", "day", "hour", "minute", "second")
            if name == "millisecond":
                return value.at.microsecond // 1000
            return getattr(value.at, name) if name in fields else None
        case Duration():
            units = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds")
            return value.unit(name) if name in units else None
        case _:
            return None
