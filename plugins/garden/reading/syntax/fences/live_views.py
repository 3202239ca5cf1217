"""Fences that are queries, and queries in code spans: they are parsed here, and run when all notes are known (VW-1)."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Final

from garden.model.views.queries import (
    Application,
    Constant,
    Expression,
    InlineQuery,
    Lambda,
    LinkText,
    ListExpression,
    LiveView,
    Member,
    ObjectExpression,
    Operation,
    Prefixed,
    Query,
    Variable,
)
from garden.model.views.spots import Spot, SpotAt
from garden.reading.queries.cursor import LiveQueryError
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.serialize import RAW, slot
from garden.reading.syntax.fences.boxes import fill_box

LIVE_VIEWS: Final = {"dataview": "Dataview query", "base": "Base", "tasks": "Tasks query"}
"""The languages of fences that are evaluated, and what each is called."""

_CALL: Final = re.compile(r"([A-Za-z]\w*)\(")


def add_live_view(
    findings: Findings, figure: etree.Element, language: str, source: MappedText, place: Spot
) -> None:
    """Fill `figure` with a slot for the result of a query; with its source, folded, when it cannot be read."""
    try:
        query = _read(findings, language, source.text, source.place)
    except LiveQueryError as error:
        findings.report(error.code, error.spot, f"this query is not rendered: {error.message}", error.hint)
        fill_box(findings, figure, LIVE_VIEWS[language], source.text + "\n", language)
        figure.set("data-view-source", language)  # VW-2
        return
    figure.tag = RAW
    figure.text = slot("view", len(findings.views))
    findings.views.append(LiveView(language, query, source.text, place))


def _read(findings: Findings, language: str, text: str, place: SpotAt) -> Query:
    """Return the query that a fence holds. Raises LiveQueryError."""
    # Each language is imported by the first query in it: most notes have none.
    match language:
        case "dataview":
            from garden.reading.queries.dataview_query import read_dataview

            return read_dataview(text, place)
        case "base":
            from garden.reading.queries.base_files import read_base

            return read_base(text, place)
        case _:
            from garden.reading.queries.placeholders import QueryHost
            from garden.reading.queries.tasks_query import read_tasks

            return read_tasks(text, place, QueryHost(findings.path, findings.properties))


def inline_query(findings: Findings, code: str, place: Callable[[int], Spot]) -> int:
    """Return the number in `Findings.views` of the query that a code span is, -1 when it is code (DV-15)."""
    if not code.startswith("=") or "dataview" not in findings.settings.views:
        return -1
    from garden.reading.queries.dataview_expressions import FUNCTIONS
    from garden.reading.queries.dataview_query import read_expression

    # A code span of another language may begin with `=`: only what asks for something is a query.
    if "this" not in code and "[[" not in code and FUNCTIONS.isdisjoint(_CALL.findall(code)):
        return -1
    try:
        expression = read_expression(code[1:], lambda at: place(at + 1))
    except LiveQueryError as error:
        if error.code == "view-unsupported":
            findings.report(error.code, error.spot, f"this is shown as code: {error.message}", error.hint)
        return -1
    if not _asks(expression):
        return -1
    findings.views.append(LiveView("dataview", InlineQuery(expression, code), code, place(0)))
    return len(findings.views) - 1


def _asks(expression: Expression) -> bool:
    """Say whether an expression has `this`, a link or a call."""
    match expression:
        case LinkText() | Application():
            return True
        case Variable(name=name):
            return name == "this"
        case Member(of=of, key=key):
            return _asks(of) or _asks(key)
        case Prefixed(operand=operand):
            return _asks(operand)
        case Operation(left=left, right=right):
            return _asks(left) or _asks(right)
        case ListExpression(items=items):
            return any(map(_asks, items))
        case ObjectExpression(pairs=pairs):
            return any(_asks(value) for _, value in pairs)
        case Lambda(body=body):
            return _asks(body)
        case Constant(value=value):
            # `dur(1 day)` is a call that has been carried out.
            return value is not None and not isinstance(value, bool | float | str)
        case _:
            return True  # a date is a call, too
