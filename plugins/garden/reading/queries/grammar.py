"""The common parts of the grammars of Dataview and bases: operations, lists, objects, and the check of functions."""

import re
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches

from garden.model.views.queries import Expression, ObjectExpression, Operation
from garden.model.views.spots import Spot
from garden.reading.queries.cursor import Cursor, LiveQueryError


def operations(
    cursor: Cursor,
    ranks: Sequence[re.Pattern[str]],
    name: Callable[[str], str],
    operand: Callable[[], Expression],
    rank: int = 0,
) -> Expression:
    """Parse the binary operations at a cursor; all operators are left-associative.

    `ranks` are the operators by precedence, the lowest first; `name` returns the name of an operator, `operand`
    parses an operand. Raises LiveQueryError if there is no operand.
    """
    if rank == len(ranks):
        return operand()
    found = operations(cursor, ranks, name, operand, rank + 1)
    while True:
        before = cursor.at
        cursor.skip()
        operator = cursor.take(ranks[rank])
        if operator is None:
            cursor.at = before
            return found
        cursor.combined()
        cursor.skip()
        right = operations(cursor, ranks, name, operand, rank + 1)
        found = Operation(found.spot, name(operator[0]), found, right)


def expressions_until(
    cursor: Cursor, end: str, item: Callable[[], Expression], *, comma_at_end: bool = False
) -> tuple[Expression, ...]:
    """Parse expressions with `item`, separated by commas, up to `end`, which is skipped. Raises LiveQueryError.

    With `comma_at_end` the last one may be followed by a comma.
    """
    found: list[Expression] = []
    cursor.skip()
    if cursor.take_text(end):
        return ()
    while True:
        found.append(item())
        cursor.skip()
        if cursor.take_text(end):
            return tuple(found)
        cursor.expect(",")
        cursor.skip()
        if comma_at_end and cursor.take_text(end):
            return tuple(found)


def object_expression(
    cursor: Cursor, spot: Spot, key: Callable[[], str | None], value: Callable[[], Expression]
) -> ObjectExpression:
    """Return the object whose opening bracket, at `spot`, has been read. Raises LiveQueryError."""
    pairs: list[tuple[str, Expression]] = []
    cursor.skip()
    while not cursor.take_text("}"):
        if pairs:
            cursor.expect(",")
            cursor.skip()
        name = key()
        if name is None:
            raise cursor.error("the name of a field is missing")
        cursor.expect(":")
        cursor.skip()
        pairs.append((name, value()))
        cursor.skip()
    return ObjectExpression(spot, tuple(pairs))


def check_function(name: str, known: Collection[str], spot: Spot, compared: str = "") -> None:
    """Raise LiveQueryError unless a function is known; `compared` is the form of its name for finding a similar one."""
    if name in known:
        return
    near = get_close_matches(compared or name, sorted(known), n=1)
    hint = f"did you mean {near[0]}()?" if near else ""
    raise LiveQueryError(spot, f"the function {name}() is not supported", hint, "view-unsupported")
