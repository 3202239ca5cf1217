"""Parses the expressions of bases (BA-9): JavaScript's literals, operators and precedence; functions, methods, fields."""

import re
from typing import Final

from garden.model.views.queries import (
    Application,
    Constant,
    Expression,
    ListExpression,
    Member,
    Prefixed,
    RegularExpression,
    Variable,
)
from garden.reading.queries.cursor import Cursor, LiveQueryError
from garden.reading.queries.grammar import check_function, expressions_until, object_expression, operations

FUNCTIONS: Final = frozenset(
    "escapeHTML date duration file html if image icon link list max min now number today empty not".split()
)
"""The functions that are not methods (BA-13)."""

METHODS: Final = frozenset(
    "isTruthy isType toString isEmpty date format time relative contains containsAll containsAny endsWith lower "
    "replace repeat reverse slice split startsWith title trim abs ceil floor round toFixed filter flat join map mean "
    "reduce sort unique asFile linksTo asLink hasLink hasProperty hasTag inFolder keys values matches".split()
)
"""The functions that are methods of a value."""

_IDENTIFIER: Final = re.compile(r"(?:[^\W\d]|\$)(?:\w|\$)*")
# A method may follow a number without brackets, as in `5.isEmpty()`.
_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F]+|(?:\d+(?:\.(?![^\W\d])\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_STRING: Final = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""", re.DOTALL)
_REGEXP: Final = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")
_ESCAPE: Final = re.compile(r"\\(u\{?([0-9a-fA-F]{4,6})\}?|.)", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_WORDS: Final = {"true": True, "false": False, "null": None, "undefined": None}
# The binary operators by precedence, the lowest first, and other spellings of them.
_RANKS: Final = (
    re.compile(r"\|\|"),
    re.compile(r"&&"),
    re.compile(r"===|!==|==|!="),
    re.compile(r"<=|>=|<|>"),
    re.compile(r"[+-]"),
    re.compile(r"[*/%]"),
)
_SAME: Final = {"===": "==", "!==": "!="}


class BaseExpressions:
    """Parses a whole text as one expression."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def whole(self) -> Expression:
        """Return the expression. Raises LiveQueryError."""
        cursor = self._cursor
        cursor.skip()
        found = self._expression()
        cursor.skip()
        if cursor.at < len(cursor.text):
            raise cursor.error("this is not understood")
        return found

    def _expression(self) -> Expression:
        return operations(self._cursor, _RANKS, lambda word: _SAME.get(word, word), self._prefixed)

    def _prefixed(self) -> Expression:
        """Parse an operand with `!` and `-` before it."""
        cursor = self._cursor
        spot = cursor.spot()
        for operator in ("!", "-"):
            if cursor.take_text(operator):
                cursor.skip()
                cursor.deeper()
                found = Prefixed(spot, operator, self._prefixed())
                cursor.depth -= 1
                return found
        return self._postfixed()

    def _postfixed(self) -> Expression:
        """Parse an operand with the members and calls after it: `a.b[c](d)`."""
        cursor = self._cursor
        cursor.deeper()
        found = self._atom()
        while True:
            before = cursor.at
            cursor.skip()
            if cursor.take_text("."):
                found = self._named_member(found)
            elif cursor.take_text("["):
                cursor.skip()
                found = Member(found.spot, found, self._expression())
                cursor.expect("]")
            elif cursor.take_text("("):
                found = self._called(found)
            else:
                cursor.at = before
                cursor.depth -= 1
                return found

    def _named_member(self, of: Expression) -> Expression:
        """Parse the name after a dot."""
        cursor = self._cursor
        cursor.skip()
        spot = cursor.spot()
        name = cursor.take(_IDENTIFIER)
        if name is None:
            raise cursor.error("a name is missing after the dot")
        cursor.combined()
        return Member(of.spot, of, Constant(spot, name[0]))

    def _called(self, function: Expression) -> Expression:
        """Parse the arguments of a call, whose opening bracket has been read. Raises LiveQueryError for an unknown function."""
        match function:
            case Variable(spot=spot, name=name):
                check_function(name, FUNCTIONS, spot)
            case Member(key=Constant(spot=spot, value=str() as name)):
                check_function(name, METHODS, spot)
            case _:
                raise LiveQueryError(function.spot, "only a function can be called")
        return Application(function.spot, function, self._items(")"))

    def _items(self, end: str) -> tuple[Expression, ...]:
        return expressions_until(self._cursor, end, self._expression, comma_at_end=True)

    def _atom(self) -> Expression:
        """Parse an operand without what may follow it."""
        cursor = self._cursor
        cursor.skip()
        spot = cursor.spot()
        if cursor.take_text("("):
            cursor.skip()
            found = self._expression()
            cursor.expect(")")
            return found
        if cursor.take_text("["):
            return ListExpression(spot, self._items("]"))
        if cursor.take_text("{"):
            return object_expression(cursor, spot, self._key, self._expression)
        text = cursor.take(_STRING)
        if text:
            return Constant(spot, _quoted_text(text))
        number = cursor.take(_NUMBER)
        if number:
            return Constant(
                spot, float(int(number[0], 16)) if number[0][:2] in ("0x", "0X") else float(number[0])
            )
        expression = cursor.take(_REGEXP)
        if expression:
            return RegularExpression(spot, expression[1], expression[2])
        name = cursor.take(_IDENTIFIER)
        if name is None:
            raise cursor.error("an expression is missing")
        return Constant(spot, _WORDS[name[0]]) if name[0] in _WORDS else Variable(spot, name[0])

    def _key(self) -> str | None:
        """Parse the name of a field of an object, quoted or not; return None if there is none."""
        quoted = self._cursor.take(_STRING)
        if quoted:
            return _quoted_text(quoted)
        name = self._cursor.take(_IDENTIFIER)
        return name[0] if name else None


def _quoted_text(quoted: re.Match[str]) -> str:
    """Return the text between quotation marks, single or double."""
    return _unescaped(quoted[1] if quoted[1] is not None else quoted[2])


def _unescaped(text: str) -> str:
    """Return a quoted text with its escapes replaced, as in JavaScript."""

    def character(found: re.Match[str]) -> str:
        if found[2]:
            return chr(min(int(found[2], 16), 0x10FFFF))
        return _ESCAPED.get(found[1], found[1])

    return _ESCAPE.sub(character, text)
