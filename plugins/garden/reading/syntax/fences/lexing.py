"""The tokens of code as Pygments' lexers find them, in less than half of the time.

Most lexers consist of rules, one list for each state: a regular expression, the kind of its match, and the state that
follows. At every token Pygments tries the rules of the state in turn, some forty for Python, although the next character
alone rules most of them out. Here only those are tried that can begin with it, and within a line none that needs the
beginning of one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from pygments.lexer import Lexer, RegexLexer
from pygments.token import STANDARD_TYPES, Error, Whitespace, _TokenType

from garden.reading.syntax.fences.beginnings import CLEAR, beginnings, is_at_line_start

_UNCOLORED: Final = frozenset(("w", "n"))
"""The classes of spaces and names, which are half of all tokens."""

Token = tuple[str, str]
"""The class of a piece of code, empty for none, and the piece."""


_Rule = tuple[
    Callable[[str, int], re.Match[str] | None],
    str,
    Callable[[Lexer, re.Match[str]], Iterable[tuple[int, _TokenType, str]]] | None,
    Any,
]
"""A rule of a state, in four parts.

What matches it at a place of the code; the class of the match; instead of that class, a function that finds the tokens in
the match, or None; and the change of state, or None.
"""

_Rules = tuple[_Rule, ...]

TokenRun = tuple[str, int]
"""Neighbouring tokens of one class: the class, and where they begin."""


class TokenFinder:
    """Finds the tokens of one language, and remembers which rules may begin with which character."""

    def __init__(self, lexer: Lexer) -> None:
        """Take a lexer; one that does more than follow its rules is left to find its tokens itself."""
        self._lexer = lexer
        self._kinds: dict[_TokenType, str] = {}  # the classes of Pygments' kinds of tokens
        self._states: Mapping[str, Sequence[tuple[Any, Any, Any]]] | None = None  # its rules by state
        if type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
            self._states = getattr(lexer, "_tokens", None)
        # By state: each rule, the characters that it may begin with, and whether it needs the beginning of a line
        self._rules: dict[str, list[tuple[_Rule, frozenset[str], bool]]] = {}
        # By state and next character: the rules to try at the beginning of a line, and within one
        self._by_char: dict[str, dict[str, tuple[_Rules, _Rules]]] = {}

    def tokens(self, code: str) -> list[Token]:
        """Return the tokens of `code`, neighbours of one class joined; a lexer that changes the text finds none (CB-1)."""
        try:
            runs = self._by_rules(code) if self._states else self._by_lexer(code)
        except _ChangedTextError:
            return [("", code)]
        runs.append(("", len(code)))
        return [(kind, code[begin:end]) for (kind, begin), (_, end) in pairwise(runs)]

    def _by_lexer(self, code: str) -> list[TokenRun]:
        """Return the tokens that the lexer itself finds. Raises _ChangedTextError."""
        runs: list[TokenRun] = []
        self._add(runs, self._lexer.get_tokens_unprocessed(code), code)
        return runs

    def _by_rules(self, code: str) -> list[TokenRun]:
        """Return the tokens that follow from the rules of the lexer. Raises _ChangedTextError.

        This is the loop of `RegexLexer.get_tokens_unprocessed`, with fewer rules to try.
        """
        runs: list[TokenRun] = []
        stack = ["root"]  # the states, the present one last
        by_char = self._by_char.setdefault("root", {})
        at, end = 0, len(code)
        last = None  # the class of the last run
        while True:
            char = code[at] if at < end else ""
            found = by_char.get(char)
            if found is None:
                found = by_char[char] = self._rules_for(stack[-1], char)
            rules, within_line = found
            if at and code[at - 1] != "\n":
                rules = within_line
            for match_at, kind, action, following in rules:
                match = match_at(code, at)
                if match is None:
                    continue
                if action is not None:
                    self._add(runs, action(self._lexer, match), match[0], at)
                    last = runs[-1][0] if runs else None
                elif kind != last:
                    runs.append((kind, at))
                    last = kind
                at = match.end()
                if following is not None:
                    _change(stack, following)
                    by_char = self._by_char.setdefault(stack[-1], {})
                break
            else:
                if at >= end:
                    return runs
                if char == "\n":  # where no rule takes it, all states end with the line
                    stack = ["root"]
                    by_char = self._by_char["root"]
                kind = self._kind(Whitespace if char == "\n" else Error)
                if kind != last:
                    runs.append((kind, at))
                    last = kind
                at += 1

    def _add(
        self, runs: list[TokenRun], tokens: Iterable[tuple[int, _TokenType, str]], text: str, at: int = 0
    ) -> None:
        """Add the tokens in a text that begins at `at`. Raises _ChangedTextError if they are not that text."""
        pieces = []
        for _, token, piece in tokens:
            kind = self._kind(token)
            if not runs or runs[-1][0] != kind:
                runs.append((kind, at))
            pieces.append(piece)
            at += len(piece)
        if "".join(pieces) != text:
            raise _ChangedTextError

    def _rules_for(self, state: str, char: str) -> tuple[_Rules, _Rules]:
        """Return the rules of a state that may match text beginning with `char`, which is empty at the end of the code.

        The first tuple is for the beginning of a line; the second, for elsewhere, lacks the rules that only match there.
        """
        if state not in self._rules:
            assert self._states is not None, "rules are followed"
            self._rules[state] = [(self._rule(*rule), *_conditions(rule[0])) for rule in self._states[state]]
        possible = [
            (rule, at_line_start)
            for rule, chars, at_line_start in self._rules[state]
            if char in chars or char not in CLEAR
        ]
        within_line = tuple(rule for rule, at_line_start in possible if not at_line_start)
        return tuple(rule for rule, _ in possible), within_line

    def _rule(self, match: Any, action: Any, following: Any) -> _Rule:
        """Return a rule of the lexer with the class of its tokens, if it has a single one."""
        if type(action) is _TokenType:
            return match, self._kind(action), None, following
        return match, "", action or _no_tokens, following

    def _kind(self, token: _TokenType) -> str:
        """Return the class of a kind of token: that of the nearest standard kind above it."""
        kind = self._kinds.get(token)
        if kind is None:
            known = next(
                STANDARD_TYPES[above] for above in reversed(token.split()) if above in STANDARD_TYPES
            )
            kind = self._kinds[token] = "" if known in _UNCOLORED else known
        return kind


def _conditions(match: Any) -> tuple[frozenset[str], bool]:
    """Return the first characters of what a rule matches, and whether it needs the beginning of a line.

    A rule that is not simply a regular expression may match anything.
    """
    expression = getattr(match, "__self__", None)
    if not isinstance(expression, re.Pattern):
        return CLEAR, False
    return beginnings(expression), is_at_line_start(expression)


class _ChangedTextError(Exception):
    """The tokens of a lexer are not the text that it was given."""


def _no_tokens(_lexer: Lexer, _match: re.Match[str]) -> tuple[()]:
    """Find nothing, for a rule that only changes the state."""
    return ()


def _change(stack: list[str], following: Any) -> None:
    """Change the stack of states as a rule says: by how many states to leave (negative), or by what to enter."""
    if isinstance(following, int):
        del stack[max(len(stack) + following, 1) :]
        return
    for state in following if isinstance(following, tuple) else (following,):
        if state != "#pop":
            stack.append(stack[-1] if state == "#push" else state)
        elif len(stack) > 1:
            stack.pop()
