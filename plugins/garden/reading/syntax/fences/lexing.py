"""The tokens of code as Pygments' lexers find them, in less than half of the time.

Most lexers are lists of regular expressions, one list for each state. At every token Pygments tries those of a state in
turn, some forty for Python, although the next character alone rules most of them out. Here only those are tried that
can begin with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from pygments.lexer import Lexer, RegexLexer
from pygments.token import STANDARD_TYPES, Error, Whitespace, _TokenType

from garden.reading.syntax.fences.beginnings import CLEAR, beginnings

_UNCOLORED: Final = frozenset(("w", "n"))
"""The classes of spaces and names, which are half of all tokens."""

Token = tuple[str, str]
"""The class of a piece of code, empty for none, and the piece."""


class _Rule(Struct, frozen=True):
    """A rule of a state: what it matches, the class of that or else what finds tokens in it, and the state that follows."""

    match: Callable[[str, int], re.Match[str] | None]
    kind: str
    action: Callable[[Lexer, re.Match[str]], Iterable[tuple[int, _TokenType, str]]] | None
    following: Any


class TokenFinder:
    """Finds the tokens of one language, and remembers which rules may begin with which character."""

    def __init__(self, lexer: Lexer) -> None:
        """Take a lexer; one that does more than follow its rules is left to find its tokens itself."""
        self._lexer = lexer
        self._kinds: dict[_TokenType, str] = {}
        self._states: Mapping[str, Sequence[tuple[Any, Any, Any]]] | None = None
        if type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
            self._states = getattr(lexer, "_tokens", None)
        self._rules: dict[str, list[tuple[_Rule, frozenset[str]]]] = {}
        self._by_char: dict[str, dict[str, tuple[_Rule, ...]]] = {}

    def tokens(self, code: str) -> list[Token]:
        """Return the tokens of `code`, neighbours of one class joined."""
        found = (
            self._by_rules(code) if self._states else self._named(self._lexer.get_tokens_unprocessed(code))
        )
        kinds: list[str] = []
        texts: list[list[str]] = []
        for kind, text in found:
            if kinds and kinds[-1] == kind:
                texts[-1].append(text)
            else:
                kinds.append(kind)
                texts.append([text])
        return [(kind, "".join(pieces)) for kind, pieces in zip(kinds, texts, strict=True)]

    def _by_rules(self, code: str) -> list[Token]:
        found: list[Token] = []
        stack = ["root"]
        by_char = self._by_char.setdefault("root", {})
        at, end = 0, len(code)
        while True:
            char = code[at] if at < end else ""
            rules = by_char.get(char)
            if rules is None:
                rules = by_char[char] = self._rules_for(stack[-1], char)
            for rule in rules:
                match = rule.match(code, at)
                if match is None:
                    continue
                if rule.action is None:
                    found.append((rule.kind, match[0]))
                else:
                    found += self._named(rule.action(self._lexer, match))
                at = match.end()
                if rule.following is not None:
                    _change(stack, rule.following)
                    by_char = self._by_char.setdefault(stack[-1], {})
                break
            else:
                if at >= end:
                    return found
                if char == "\n":  # where no rule takes it, all states end with the line
                    stack = ["root"]
                    by_char = self._by_char["root"]
                found.append((self._kind(Whitespace if char == "\n" else Error), char))
                at += 1

    def _rules_for(self, state: str, char: str) -> tuple[_Rule, ...]:
        """Return the rules of a state that may match text beginning with `char`, which is empty at the end."""
        if state not in self._rules:
            assert self._states is not None, "rules are followed"
            self._rules[state] = [(self._rule(*rule), _beginnings(rule[0])) for rule in self._states[state]]
        return tuple(rule for rule, chars in self._rules[state] if char in chars or char not in CLEAR)

    def _rule(self, match: Any, action: Any, following: Any) -> _Rule:
        if type(action) is _TokenType:
            return _Rule(match, self._kind(action), None, following)
        return _Rule(match, "", action or _no_tokens, following)

    def _named(self, tokens: Iterable[tuple[int, _TokenType, str]]) -> list[Token]:
        return [(self._kind(kind), text) for _, kind, text in tokens]

    def _kind(self, token: _TokenType) -> str:
        """Return the class of a kind of token: that of the nearest standard kind above it."""
        kind = self._kinds.get(token)
        if kind is None:
            known = next(
                STANDARD_TYPES[above] for above in reversed(token.split()) if above in STANDARD_TYPES
            )
            kind = self._kinds[token] = "" if known in _UNCOLORED else known
        return kind


def _beginnings(match: Any) -> frozenset[str]:
    """Return the first characters of what a rule matches; any for one that is not simply an expression."""
    expression = getattr(match, "__self__", None)
    return beginnings(expression) if isinstance(expression, re.Pattern) else CLEAR


def _no_tokens(_lexer: Lexer, _match: re.Match[str]) -> tuple[()]:
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
