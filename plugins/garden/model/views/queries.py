"""Syntax trees of queries: expressions, and the clauses around them in each query language (DV, BA, TQ).

Reading makes them from text, evaluation runs them. They depend only on the note that they are in, so they are cached
with it.
"""

from typing import Final, TypeAlias

from msgspec import Struct, field

from garden.model.views.spots import NO_SPOT, Spot
from garden.model.views.task_queries import TasksQuery

DATE_WORDS: Final = frozenset(
    "now today yesterday tomorrow sow eow som eom soy eoy start-of-week end-of-week start-of-month end-of-month "
    "start-of-year end-of-year".split()
)
"""Dates that depend on today (DV-14)."""


class Constant(Struct, frozen=True):
    """A value: None, a boolean, a number, a text or a Duration."""

    spot: Spot
    value: object


class DateText(Struct, frozen=True):
    """`date(2024-05-01)`: a date or date-time as it is written."""

    spot: Spot
    iso: str


class RelativeDate(Struct, frozen=True):
    """`date(today)` and the like: a date that depends on today."""

    spot: Spot
    word: str


class LinkText(Struct, frozen=True):
    """`[[inner]]`, resolved from the note that holds the query."""

    spot: Spot
    inner: str
    embed: bool = False


class RegularExpression(Struct, frozen=True):
    """`/source/flags`."""

    spot: Spot
    source: str
    flags: str = ""


class Variable(Struct, frozen=True):
    """A name."""

    spot: Spot
    name: str


class Member(Struct, frozen=True):
    """`of.key`, `of["key"]`, `of[0]`."""

    spot: Spot
    of: "Expression"
    key: "Expression"


class Application(Struct, frozen=True):
    """A call of a function; that of a method has a Member as `function`."""

    spot: Spot
    function: "Expression"
    arguments: "tuple[Expression, ...]"


class Prefixed(Struct, frozen=True):
    """`!x` or `-x`."""

    spot: Spot
    operator: str
    operand: "Expression"


class Operation(Struct, frozen=True):
    """Two operands around an operator."""

    spot: Spot
    operator: str
    left: "Expression"
    right: "Expression"


class ListExpression(Struct, frozen=True):
    """`[a, b]`."""

    spot: Spot
    items: "tuple[Expression, ...]"


class ObjectExpression(Struct, frozen=True):
    """`{a: 1}`."""

    spot: Spot
    pairs: "tuple[tuple[str, Expression], ...]"


class Unreadable(Struct, frozen=True):
    """An expression of a base that cannot be parsed, with the diagnostic: only the views that need it fail."""

    spot: Spot
    code: str
    message: str
    hint: str = ""


class Lambda(Struct, frozen=True):
    """`(a, b) => body`."""

    spot: Spot
    parameters: tuple[str, ...]
    body: "Expression"


Expression = (
    Constant
    | DateText
    | RelativeDate
    | LinkText
    | RegularExpression
    | Variable
    | Member
    | Application
    | Prefixed
    | Operation
    | ListExpression
    | ObjectExpression
    | Lambda
    | Unreadable
)


class NamedExpression(Struct, frozen=True):
    """An expression with the name that its value gets, by default the expression as written."""

    name: str
    expression: Expression


class TagSource(Struct, frozen=True):
    """The notes with a tag or one nested in it."""

    tag: str


class PathSource(Struct, frozen=True):
    """The notes below a folder, or one file; empty for all."""

    path: str


class LinkSource(Struct, frozen=True):
    """The notes that link to one, or those that it links to (`outgoing`)."""

    link: LinkText
    outgoing: bool = False


class WithoutSource(Struct, frozen=True):
    """All notes except those of a source."""

    source: "NoteSource"


class CombinedSource(Struct, frozen=True):
    """The notes that are in both sources, or, with `either`, in at least one of them."""

    left: "NoteSource"
    right: "NoteSource"
    either: bool


NoteSource = TagSource | PathSource | LinkSource | WithoutSource | CombinedSource


class Where(Struct, frozen=True):
    """Keeps the rows for which the condition is true."""

    spot: Spot
    condition: Expression


class Sort(Struct, frozen=True):
    """Orders the rows; each key is descending or not."""

    spot: Spot
    keys: tuple[tuple[Expression, bool], ...]


class GroupBy(Struct, frozen=True):
    """Makes one row of all rows with the same key."""

    spot: Spot
    key: NamedExpression


class Flatten(Struct, frozen=True):
    """Makes one row for each item of a list."""

    spot: Spot
    items: NamedExpression


class Limit(Struct, frozen=True):
    """Keeps the first rows."""

    spot: Spot
    count: Expression


DataCommand = Where | Sort | GroupBy | Flatten | Limit


class DataviewQuery(Struct, frozen=True):
    """A query of Dataview; `kind` is "table", "list", "task" or "calendar", `source` is None for all notes."""

    kind: str
    spot: Spot
    columns: tuple[NamedExpression, ...] = ()
    with_id: bool = True
    source: NoteSource | None = None
    commands: tuple[DataCommand, ...] = ()


class InlineQuery(Struct, frozen=True):
    """An expression in a code span; `code` is the whole code, which is shown if the expression fails."""

    expression: Expression
    code: str


class BaseFilter(Struct, frozen=True):
    """A filter of a base: one condition, or several `parts` joined by "and", "or" or "not" (none of them holds)."""

    joins: str = "and"
    condition: Expression | None = None
    parts: "tuple[BaseFilter, ...]" = ()


class BaseView(Struct, frozen=True):
    """A view of a base."""

    kind: str  # "table", "list", "cards", or one that is shown as a table
    name: str
    spot: Spot
    filters: BaseFilter | None = None
    order: tuple[str, ...] = ()  # the properties that are shown
    sort: tuple[tuple[str, bool], ...] = ()  # a property, and whether it is descending
    group_by: str = ""  # a property, empty for none
    group_descending: bool = False
    limit: int | None = None
    image: str = ""  # of cards: the property with the picture
    markers: str = ""  # of a list: "number" for a numbered one
    indented: bool = False  # of a list: whether all properties after the first are a list below it
    separator: str = ", "  # of a list: what is between properties otherwise
    summaries: tuple[tuple[str, str, Spot], ...] = ()  # a property, the name of a summary, its place


class BaseQuery(Struct, frozen=True):
    """A base; `filters` apply to all of its views."""

    views: tuple[BaseView, ...]
    filters: BaseFilter | None = None
    formulas: tuple[tuple[str, Expression], ...] = ()  # by name, as `summaries`
    summaries: tuple[tuple[str, Expression], ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # a property, the header that the author gives it
    properties: tuple[tuple[str, Expression], ...] = ()  # every property that a view names, by name


Query: TypeAlias = "DataviewQuery | InlineQuery | BaseQuery | TasksQuery"


class LiveView(Struct, frozen=True):
    """A query in a note, or in a base, which is a file of its own."""

    source: str  # the query language: "dataview", "base" or "tasks"
    query: Query
    text: str  # the query as written
    spot: Spot = field(default=NO_SPOT)  # where it begins
    is_file: bool = False  # whether it is a base: its text is never shown, since it names notes (VW-17)

    def source_at(self, spot: Spot) -> str:
        """Return the part of the text that is shown if the query fails at a place (VW-14): of a base, only the wrong line."""
        if not self.is_file:
            return self.text
        lines = self.text.split("\n")
        return lines[spot[0] - 1] if 0 < spot[0] <= len(lines) else ""
