"""Look-ahead in a leaf's text before it is scanned: where things are, and what is hidden (MK-1, MK-2).

The end of a construct in brackets must be known before its content is scanned, and a bracket in code, in a formula, an
address, a tag, a link or a comment does not end anything. So one mask hides all of these: the rules that hide their content
say where they end (`OpaqueRule.end`), from left to right, so that the earliest opener wins. Rules in brackets search the
masked text, never the raw one. Every answer is remembered, so that hostile text does not cause repeated work (HC-10).
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

HIDDEN = "\x00"
"""Replaces, in the masked text, each character of a construct that hides its content; notes cannot contain it (HC-8)."""

ABSENT = "\x03"
"""Replaces each character that is not shown at all; notes cannot contain it either."""

_BRACKET = re.compile(r"[\[\](){}]")
_CLOSING = {"[": "]", "(": ")", "{": "}"}


class Opaque(Protocol):
    """What the mask needs of a rule whose content is hidden."""

    mask: str  # the character that replaces the content: HIDDEN or ABSENT

    def end(self, ahead: "Lookahead", at: int, stop: int) -> int | None:
        """Return the end of the construct that begins at `at`, None if none ends before `stop`."""
        ...


class OpaqueRules(Struct, frozen=True):
    """The rules that hide their content, by first character, and the pattern that finds where they may begin."""

    trigger: re.Pattern[str]
    by_trigger: Mapping[str, tuple[Opaque, ...]]


class Lookahead:
    """The text of one leaf, with the answers found so far."""

    __slots__ = ("_masked", "_opaque", "_partners", "_places", "_runs", "text")

    def __init__(self, text: str, opaque: OpaqueRules) -> None:
        """Prepare; nothing is searched for before it is asked for."""
        self.text = text
        self._opaque = opaque
        self._masked: str | None = None
        self._partners: dict[int, int] | None = None  # where each bracket opens -> where it is closed
        # Token, and whether it was looked for in the raw text -> where the last search began, and what it found
        self._places: dict[tuple[str, bool], tuple[int, int]] = {}
        self._runs: dict[str, dict[int, list[int]]] = {}  # character -> length -> where runs of it begin

    @property
    def masked(self) -> str:
        """The text as rules in brackets see it: as long as the raw one, with marks for what is hidden."""
        if self._masked is None:
            self._masked = self._mask()
        return self._masked

    def _mask(self) -> str:
        """Return the text with everything that an opaque rule takes replaced by the mask of that rule."""
        text, opaque = self.text, self._opaque
        pieces = []
        done = at = 0
        while match := opaque.trigger.search(text, at):
            begin, at = match.span()
            for rule in opaque.by_trigger[text[begin]]:
                end = rule.end(self, begin, len(text))
                if end is not None:
                    pieces += [text[done:begin], rule.mask * (end - begin)]
                    done = at = end
                    break
        return "".join(pieces) + text[done:] if pieces else text

    def shown(self, start: int, end: int) -> str:
        """Return a stretch of the raw text without what is not shown, such as comments (CM-1)."""
        marks = self.masked[start:end]
        if ABSENT not in marks:
            return self.text[start:end]
        kept = zip(self.text[start:end], marks, strict=True)
        return "".join([char for char, mark in kept if mark != ABSENT])

    def partner(self, at: int) -> int:
        """Return where the bracket, parenthesis or brace that opens at `at` is closed, -1 if nowhere."""
        if self._partners is None:
            self._partners = {}
            # Where brackets have opened, by what closes them
            open_at: dict[str, list[int]] = {"]": [], ")": [], "}": []}
            for match in _BRACKET.finditer(self.masked):
                char = match[0]
                if char in _CLOSING:
                    open_at[_CLOSING[char]].append(match.start())
                elif open_at[char]:
                    self._partners[open_at[char].pop()] = match.start()
        return self._partners.get(at, -1)

    def find(self, token: str, start: int, *, raw: bool = False) -> int:
        """Return where the next `token` is, -1 if nowhere; in the masked text, or with `raw` in the raw text."""
        key = (token, raw)
        begun, found = self._places.get(key, (-1, -1))
        # The last answer still holds if it is not before `start`, and no token is between `start` and where it began.
        if not 0 <= begun <= start or 0 <= found < start:
            found = (self.text if raw else self.masked).find(token, start)
            self._places[key] = (start, found)
        return found

    def closing_run(self, char: str, length: int, start: int) -> int:
        """Return where the next run of exactly `length` of `char` is in the raw text, -1 if nowhere."""
        by_length = self._runs.get(char)
        if by_length is None:
            by_length = {}
            for match in re.finditer(re.escape(char) + "+", self.text):
                by_length.setdefault(match.end() - match.start(), []).append(match.start())
            self._runs[char] = by_length
        starts = by_length.get(length, [])
        index = bisect_left(starts, start)
        return starts[index] if index < len(starts) else -1
