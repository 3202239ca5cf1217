r"""TeX as a list of tokens: commands, braces and single characters.

A token is a plain string, because all that later stages ask is which one it is. Comments are
dropped here, as TeX does; spaces become one token, so that `\text{a b}` keeps its space.
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
# The star belongs to the name of these only; after any other command it is a star to be shown.
_STARRED = frozenset(("\\operatorname*", "\\DeclareMathOperator*", "\\tag*", "\\hspace*", "\\newcommand*"))
_STARRED_TOO = frozenset(("\\renewcommand*", "\\providecommand*"))
_LETTERS = re.compile(r"\\[A-Za-z]+\Z")


class TexError(Exception):
    """A formula that is not understood whole.

    `command` is what is not known, empty where there is no such name; `reason` is why the library that
    typesets formulas has not been able to say.
    """

    def __init__(self, command: str = "", reason: str = "") -> None:
        """Say which command is not known, or why nothing is."""
        super().__init__(command, reason)
        self.command = command
        self.reason = reason


def tokenize(tex: str) -> list[str]:
    """Cut `tex` into tokens."""
    return list(_tokens(tex))


def _tokens(tex: str) -> Iterator[str]:
    for match in _TOKEN.finditer(tex):
        token = match[0]
        if match["comment"]:
            continue
        if match["space"]:
            yield " "
        elif match["command"] and token.endswith("*") and len(token) > 2:
            if token in _STARRED or token in _STARRED_TOO:
                yield token
            else:
                yield token[:-1]
                yield "*"
        else:
            yield token


def join(tokens: Iterable[str]) -> str:
    """Put tokens together again: a command that ends in a letter needs a space before the next letter."""
    pieces: list[str] = []
    after_name = False
    for token in tokens:
        if after_name and token[0].isalpha():
            pieces.append(" ")
        pieces.append(token)
        after_name = _LETTERS.match(token) is not None
    return "".join(pieces)


class TokenReader:
    """Tokens that are read from the front, and may be pushed back to be read again."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """Begin at the first token."""
        self._rest = list(reversed(tokens))

    def __bool__(self) -> bool:
        return bool(self._rest)

    def next(self) -> str:
        """Take the next token. Raises TexError when there is none."""
        if not self._rest:
            raise TexError
        return self._rest.pop()

    def peek(self) -> str:
        """Return the next token without taking it, an empty text at the end."""
        return self._rest[-1] if self._rest else ""

    def push(self, tokens: Sequence[str]) -> None:
        """Put `tokens` in front of all that is still to be read."""
        self._rest.extend(reversed(tokens))

    def skip_blanks(self) -> None:
        """Pass over spaces."""
        while self.peek() == " ":
            self._rest.pop()

    def argument(self) -> list[str]:
        """Take an argument: the content of a group, or one token. Raises TexError when there is none."""
        self.skip_blanks()
        first = self.next()
        if first == "}":
            raise TexError
        return self.group_content("{", "}") if first == "{" else [first]

    def optional(self) -> list[str] | None:
        """Take the content of `[…]` if that comes next, or else nothing."""
        self.skip_blanks()
        if self.peek() != "[":
            return None
        self.next()
        return self.group_content("[", "]")

    def group_content(self, opening: str, closing: str) -> list[str]:
        """Take everything up to the partner of an `opening` that has been read. Raises TexError without one."""
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
