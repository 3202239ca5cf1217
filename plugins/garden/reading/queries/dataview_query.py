"""Parses Dataview's queries (DV-1, DV-2, DV-5): the kind, the source, and commands in the order in which they are written."""

import re
from collections.abc import Callable
from typing import Final

from garden.model.views.queries import (
    CombinedSource,
    DataCommand,
    DataviewQuery,
    Expression,
    Flatten,
    GroupBy,
    Limit,
    LinkSource,
    LinkText,
    NamedExpression,
    NoteSource,
    PathSource,
    Sort,
    TagSource,
    Where,
    WithoutSource,
)
from garden.model.views.spots import Spot
from garden.reading.queries.cursor import Cursor, LiveQueryError
from garden.reading.queries.dataview_expressions import DataviewExpressions, unescaped

# A comment, or a text or link, in which there is none.
_COMMENT: Final = re.compile(r'(?P<kept>"(?:[^"\\]|\\[\s\S])*"|\[\[[^\[\]\n]*\]\])|//.*')
_KIND: Final = re.compile(r"(table|list|task|calendar)(?![\w-])", re.IGNORECASE)
_WITHOUT_ID: Final = re.compile(r"without\s+id(?![\w-])", re.IGNORECASE)
_FROM: Final = re.compile(r"from(?![\w-])", re.IGNORECASE)
_AS: Final = re.compile(r"\s+as\s+", re.IGNORECASE)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_TAG: Final = re.compile("#([^\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s]+)")
_LINK: Final = re.compile(r"\[\[([^\[\]]*?)\]\]")
_COMMAND: Final = re.compile(r"(where|sort|limit|flatten|group\s+by)(?![\w-])", re.IGNORECASE)
_DIRECTION: Final = re.compile(r"(?:(asc)(?:ending)?|(desc)(?:ending)?)(?![\w-])", re.IGNORECASE)
_JOIN: Final = re.compile(r"(?:(and(?![\w-])|&)|(or(?![\w-])|\|))", re.IGNORECASE)
# What may follow if there are no columns; `sort(` is the function.
_NEXT: Final = re.compile(r"(?:from|where|sort(?!\()|limit|flatten|group)(?![\w-])|\Z", re.IGNORECASE)


def read_dataview(text: str, place: Callable[[int], Spot]) -> DataviewQuery:
    """Parse a query. Raises LiveQueryError."""
    # Comments become spaces, so that all places stay the same.
    plain = _COMMENT.sub(lambda found: found["kept"] or " " * len(found[0]), text)
    return _DataviewReader(Cursor(plain, place)).query()


def read_expression(text: str, place: Callable[[int], Spot]) -> Expression:
    """Parse a text that is one expression. Raises LiveQueryError."""
    cursor = Cursor(text, place)
    cursor.skip()
    found = DataviewExpressions(cursor).expression()
    cursor.skip()
    if cursor.at < len(text):
        raise cursor.error("nothing may follow the expression")
    return found


class _DataviewReader:
    """Reads one query from beginning to end; each method reads one part of it, and raises LiveQueryError."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._expressions = DataviewExpressions(cursor)

    def query(self) -> DataviewQuery:
        """Read the whole query."""
        cursor = self._cursor
        cursor.skip()
        spot = cursor.spot()
        kind = cursor.take(_KIND)
        if kind is None:
            raise cursor.error("a query begins with TABLE, LIST, TASK or CALENDAR; this is not understood")
        name = kind[1].lower()
        cursor.skip()
        with_id = name == "task" or cursor.take(_WITHOUT_ID) is None
        cursor.skip()
        columns = self._columns(name)
        cursor.skip()
        source = self._from() if cursor.take(_FROM) else None
        commands: list[DataCommand] = []
        while True:
            cursor.skip()
            if cursor.at >= len(cursor.text):
                return DataviewQuery(name, spot, columns, with_id, source, tuple(commands))
            commands.append(self._command())

    def _columns(self, kind: str) -> tuple[NamedExpression, ...]:
        """Read the expressions after the kind: the columns of a table, what a list shows, or the date of a calendar."""
        cursor = self._cursor
        if kind == "task" or cursor.peek(_NEXT):
            if kind == "calendar":
                raise cursor.error("CALENDAR needs a field with dates")
            return ()
        found = [self._named(may_have_name=kind == "table")]
        while kind == "table":
            before = cursor.at
            cursor.skip()
            if not cursor.take_text(","):
                cursor.at = before
                break
            cursor.skip()
            found.append(self._named())
        return tuple(found)

    def _named(self, *, may_have_name: bool = True) -> NamedExpression:
        """Read an expression with its name, which is what follows AS, or else the text of the expression."""
        cursor = self._cursor
        start = cursor.at
        expression = self._expressions.expression()
        written = "".join(line.strip() for line in cursor.text[start : cursor.at].split("\n"))
        if may_have_name and cursor.take(_AS):
            name = self._expressions.key()
            if name is None:
                raise cursor.error("a name is missing after AS")
            written = name
        return NamedExpression(written, expression)

    def _command(self) -> DataCommand:
        """Read one command with what belongs to it."""
        cursor = self._cursor
        spot = cursor.spot()
        found = cursor.take(_COMMAND)
        if found is None:
            if cursor.peek(_FROM):
                raise cursor.error("FROM may occur once, before all other commands; this is not understood")
            raise cursor.error("this is not understood")
        cursor.skip()
        match found[1].lower():
            case "where":
                return Where(spot, self._expressions.expression())
            case "limit":
                return Limit(spot, self._expressions.expression())
            case "flatten":
                return Flatten(spot, self._named())
            case "sort":
                return Sort(spot, self._keys())
            case _:
                return GroupBy(spot, self._named())

    def _keys(self) -> tuple[tuple[Expression, bool], ...]:
        """Read what rows are sorted by: expressions, each with whether in descending order."""
        cursor = self._cursor
        keys = []
        while True:
            key = self._expressions.expression()
            before = cursor.at
            cursor.skip()
            direction = cursor.take(_DIRECTION)
            if direction is None:
                cursor.at = before
            keys.append((key, bool(direction and direction[2])))
            before = cursor.at
            cursor.skip()
            if not cursor.take_text(","):
                cursor.at = before
                return tuple(keys)
            cursor.skip()

    def _from(self) -> NoteSource:
        """Read sources joined by AND and OR, which have no precedence: they are joined from left to right."""
        cursor = self._cursor
        cursor.skip()
        found = self._source()
        while True:
            before = cursor.at
            cursor.skip()
            join = cursor.take(_JOIN)
            if join is None:
                cursor.at = before
                return found
            cursor.skip()
            found = CombinedSource(found, self._source(), either=join[2] is not None)

    def _source(self) -> NoteSource:
        """Read one source: a tag, a folder, a link, sources in brackets, or the opposite of one."""
        cursor = self._cursor
        spot = cursor.spot()
        if cursor.take_text("("):
            cursor.deeper()
            found = self._from()
            cursor.expect(")")
            cursor.depth -= 1
            return found
        if cursor.take_text("-") or cursor.take_text("!"):
            cursor.skip()
            cursor.deeper()
            found = WithoutSource(self._source())
            cursor.depth -= 1
            return found
        if cursor.take_text("outgoing("):
            cursor.skip()
            link = cursor.take(_LINK)
            if link is None:
                raise cursor.error("a [[link]] is missing")
            cursor.expect(")")
            return LinkSource(LinkText(spot, link[1]), outgoing=True)
        link = cursor.take(_LINK)
        if link:
            return LinkSource(LinkText(spot, link[1]))
        text = cursor.take(_STRING)
        if text:
            return PathSource(unescaped(text[1]))
        tag = cursor.take(_TAG)
        if tag:
            return TagSource(tag[1])
        if cursor.text.startswith("csv(", cursor.at):
            raise LiveQueryError(spot, "the source csv() is not supported", code="view-unsupported")
        raise cursor.error('a source such as #tag, "folder" or [[note]] is missing')
