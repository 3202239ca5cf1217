r"""Splits TeX into a list of tokens: commands, braces and single characters.

A token is a plain string, because later stages only compare it. Comments are dropped here, as in TeX; several spaces
become one token, so that `\text{a b}` keeps its space.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(
    r"""
    (?P<command> \\ (?: [A-Za-z]+ \*? | . ) )
    | (?P<comment> % [^\n]* \n? [ \t]* )
    | (?P<space> \s+ )
    | (?P<parameter> \#+ [1-9] )
    | (?P<character> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# The star is part of the name of these commands only; after any other command it is a character.
_STARRED = frozenset(
    f"\\{name}*"
    for name in "operatorname DeclareMathOperator tag hspace newcommand renewcommand providecommand".split()
)
_LETTERS = re.compile(r"\\[A-Za-z]+\Z")


class TexError(Exception):
    """A formula cannot be converted completely.

    `command` is the unknown command, empty if it is not known which one; `reason` is why the library that converts
    formulas has failed.
    """

    def __init__(self, command: str = "", reason: str = "") -> None:
        """Set the unknown command, or the reason why it is not known."""
        super().__init__(command, reason)
        self.command = command
        self.reason = reason


def tokenize(tex: str) -> list[str]:
    """Split `tex` into tokens."""
    return list(_tokens(tex))


def _tokens(tex: str) -> Iterator[str]:
    """Yield the tokens of a text."""
    for match in _TOKEN.finditer(tex):
        token = match[0]
        if match["comment"]:
            continue
        if match["space"]:
            yield " "
        elif match["command"] and token.endswith("*") and len(token) > 2:
            if token in _STARRED:
                yield token
            else:
                yield token[:-1]
                yield "*"
        else:
            yield token


def join(tokens: Iterable[str]) -> str:
    """Join tokens to a text; a command that ends in a letter gets a space before a letter."""
    pieces: list[str] = []
    after_name = False
    for token in tokens:
        if after_name and token[0].isalpha():
            pieces.append(" ")
        pieces.append(token)
        after_name = _LETTERS.match(token) is not None
    return "".join(pieces)


class TokenReader:
    """Reads tokens one after the other; tokens may be pushed back to be read again."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """Begin at the first token."""
        self._rest = list(reversed(tokens))

    def __bool__(self) -> bool:
        return bool(self._rest)

    def next(self) -> str:
        """Read the next token. Raises TexError at the end."""
        if not self._rest:
            raise TexError
        return self._rest.pop()

    def peek(self) -> str:
        """Return the next token without reading it, an empty text at the end."""
        return self._rest[-1] if self._rest else ""

    def push(self, tokens: Sequence[str]) -> None:
        """Push `tokens` back, to be read next."""
        self._rest.extend(reversed(tokens))

    def skip_blanks(self) -> None:
        """Skip spaces."""
        while self.peek() == " ":
            self._rest.pop()

    def argument(self) -> list[str]:
        """Read an argument: the content of a group, or one token. Raises TexError at the end."""
        self.skip_blanks()
        first = self.next()
        if first == "}":
            raise TexError
        return self.group_content("{", "}") if first == "{" else [first]

    def optional(self) -> list[str] | None:
        """Read the content of `[…]` if that comes next, or else nothing."""
        self.skip_blanks()
        if self.peek() != "[":
            return None
        self.next()
        return self.group_content("[", "]")

    def group_content(self, opening: str, closing: str) -> list[str]:
        """Read everything up to the partner of an `opening` that has been read. Raises TexError without a partner."""
        content: list[str] = []
        braces = 0
        while True:
            token = self.next()
            if token == closing and not braces:
                return content
            if token == "{":
                braces += 1
            elif token == "}":
                braces -= 1
                if braces < 0:
                    raise TexError
            content.append(token)
