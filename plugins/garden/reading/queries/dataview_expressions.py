"""Parses the expressions of Dataview (DV-6, DV-10): literals, fields, operators, calls."""

import re
from typing import Final

from garden.model.views.moments import duration, moment
from garden.model.views.queries import (
    DATE_WORDS,
    Application,
    Constant,
    DateText,
    Expression,
    Lambda,
    LinkText,
    ListExpression,
    Member,
    Prefixed,
    RelativeDate,
    Variable,
)
from garden.model.views.spots import Spot
from garden.reading.queries.cursor import Cursor, LiveQueryError
from garden.reading.queries.grammar import check_function, expressions_until, object_expression, operations

FUNCTIONS: Final = frozenset(
    "object list array date dur number string link embed elink typeof round trunc floor ceil min max sum product "
    "average minby maxby contains icontains econtains containsword extract sort reverse length nonnull firstvalue "
    "all any none join filter map flat slice unique reduce regextest regexmatch regexreplace replace lower upper "
    "split startswith endswith padleft padright substring truncate default ldefault display choice striptime "
    "dateformat durationformat localtime hash meta".split()
)
"""The supported functions (DV-13)."""

_EMOJI: Final = "\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
IDENTIFIER: Final = re.compile(rf"(?:[^\W\d_]|[{_EMOJI}])(?:[\w-]|[{_EMOJI}])*")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LINK: Final = re.compile(r"\[\[([^\[\]]*?)\]\]")
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_WORD: Final = re.compile(r"(true|false|null)(?![\w-])", re.IGNORECASE)
_DATE: Final = re.compile(r"date\(\s*([\w:+.-]+)\s*\)")
_DURATION: Final = re.compile(r"dur\(\s*([^()\"]+?)\s*\)")
_BRACKET: Final = re.compile(r"[ \t]+\(")
_LAMBDA: Final = re.compile(r"\(\s*([^()]*?)\s*\)\s*=>\s*")
# A field must not have the name of a command; a function may.
_KEYWORD: Final = re.compile(r"(?:from|where|limit|group|flatten|sort)(?![\w-]|\()", re.IGNORECASE)
# The binary operators by precedence, the lowest first, and other spellings of them.
_RANKS: Final = (
    re.compile(r"(?:and|or)(?![\w-])|[&|]", re.IGNORECASE),
    re.compile(r">=|<=|!=|>|<|="),
    re.compile(r"[+-]"),
    re.compile(r"[*/%]"),
)
_SAME: Final = {"and": "&", "or": "|"}


class DataviewExpressions:
    """Parses expressions at a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        # Of the lambdas around the cursor: one may have the name of a function
        self._parameters: list[str] = []

    def expression(self) -> Expression:
        """Return the expression at the cursor. Raises LiveQueryError if there is none."""
        return operations(self._cursor, _RANKS, lambda word: _SAME.get(word.lower(), word), self._postfixed)

    def _postfixed(self) -> Expression:
        """Parse an operand with the members and calls after it: `a.b[c](d)`."""
        cursor = self._cursor
        cursor.deeper()
        found = self._atom()
        while True:
            spot = found.spot
            if cursor.take_text("."):
                key = cursor.take(IDENTIFIER)
                if key is None:
                    raise cursor.error("the name of a field is missing after the dot")
                found = Member(spot, found, Constant(spot, key[0]))
            elif cursor.take_text("["):
                cursor.skip()
                found = Member(spot, found, self.expression())
                cursor.expect("]")
            elif cursor.take_text("(") or (isinstance(found, Variable) and self._called_after_blanks(found)):
                found = self._application(found)
            else:
                cursor.depth -= 1
                return found

    def _called_after_blanks(self, of: Variable) -> bool:
        """Say whether there is a call with spaces before its bracket at the cursor, and skip both."""
        if of.name not in FUNCTIONS or of.name in self._parameters or of.name.lower() == "sort":
            return False
        return self._cursor.take(_BRACKET) is not None

    def _application(self, function: Expression) -> Application:
        """Parse the arguments of a call, whose opening bracket has been read."""
        if isinstance(function, Variable) and function.name not in self._parameters:
            check_function(function.name, FUNCTIONS, function.spot, function.name.lower())
        return Application(function.spot, function, self._items(")"))

    def _items(self, end: str) -> tuple[Expression, ...]:
        return expressions_until(self._cursor, end, self.expression)

    def _atom(self) -> Expression:
        """Parse an operand without what may follow it."""
        cursor = self._cursor
        spot = cursor.spot()
        literal = self._literal(spot)
        if literal is not None:
            return literal
        if cursor.take_text("!"):
            return Prefixed(spot, "!", self._postfixed())
        if cursor.take_text("["):
            return ListExpression(spot, self._items("]"))
        if cursor.take_text("{"):
            return object_expression(cursor, spot, self.key, self.expression)
        function = cursor.take(_LAMBDA)
        if function:
            return self._lambda(spot, function[1])
        if cursor.take_text("("):
            cursor.skip()
            found = self.expression()
            cursor.expect(")")
            return found
        if not cursor.peek(_KEYWORD):
            name = cursor.take(IDENTIFIER)
            if name:
                return Variable(spot, name[0])
        raise cursor.error("an expression is missing")

    def _literal(self, spot: Spot) -> Expression | None:
        """Parse a link, boolean, null, number, text, date or duration; return None if none is at the cursor."""
        cursor = self._cursor
        embed = cursor.text.startswith("![[", cursor.at)
        cursor.at += embed
        link = cursor.take(_LINK)
        if link:
            return LinkText(spot, link[1], embed)
        cursor.at -= embed
        word = cursor.take(_WORD)
        if word:
            return Constant(spot, {"true": True, "false": False}.get(word[1].lower()))
        number = cursor.take(_NUMBER)
        if number:
            return Constant(spot, float(number[0]))
        text = cursor.take(_STRING)
        if text:
            return Constant(spot, unescaped(text[1]))
        date = cursor.peek(_DATE)
        if date:
            value = moment(date[1])
            if value or date[1] in DATE_WORDS:
                cursor.at = date.end()
                return DateText(spot, date[1]) if value else RelativeDate(spot, date[1])
        length = cursor.peek(_DURATION)
        value_of = duration(length[1]) if length else None
        if length and value_of:
            cursor.at = length.end()
            return Constant(spot, value_of)
        return None

    def key(self) -> str | None:
        """Return the name at the cursor, quoted or not, None if there is none."""
        quoted = self._cursor.take(_STRING)
        if quoted:
            return unescaped(quoted[1])
        name = self._cursor.take(IDENTIFIER)
        return name[0] if name else None

    def _lambda(self, spot: Spot, written: str) -> Lambda:
        """Parse the body of a lambda, whose parameters are `written`."""
        parameters = [name.strip() for name in written.split(",")] if written else []
        for name in parameters:
            if not IDENTIFIER.fullmatch(name):
                raise LiveQueryError(spot, f'"{name}" cannot be the name of a parameter')
        self._parameters += parameters
        body = self.expression()
        del self._parameters[len(self._parameters) - len(parameters) :]
        return Lambda(spot, tuple(parameters), body)


def unescaped(text: str) -> str:
    r"""Return a quoted text without its escapes: `\"` and `\\`; other backslashes stay."""
    return _ESCAPE.sub(lambda found: found[1] if found[1] in '"\\' else found[0], text)
