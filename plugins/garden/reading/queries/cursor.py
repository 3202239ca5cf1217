"""The cursor of a parser in a text, which knows the place of every character in the file."""

import re
from collections.abc import Callable
from typing import Final

from garden.model.views.spots import Spot

_BLANK: Final = re.compile(r"\s*")

MAX_NESTING: Final = 60
"""The maximum nesting of brackets and operators, so that later stages can recurse into a query."""

MAX_OPERATORS: Final = 200
"""The maximum number of operators in a query, since each operator after another adds a level of nesting."""


class LiveQueryError(ValueError):
    """A query cannot be parsed (`view-syntax`), or uses something unsupported (`view-unsupported`)."""

    def __init__(self, spot: Spot, message: str, hint: str = "", code: str = "view-syntax") -> None:
        super().__init__(message)
        self.spot = spot
        self.message = message
        self.hint = hint
        self.code = code


class Cursor:
    """The position of a parser in its text. Methods named `take` advance only if there is a match."""

    def __init__(self, text: str, place: Callable[[int], Spot]) -> None:
        """Begin at the beginning of a text; `place` returns the place in the file of an offset in it."""
        self.text = text
        self.at = 0
        self.depth = 0  # of nesting at the cursor
        self.operators = 0  # so far
        self._place = place

    def spot(self, at: int | None = None) -> Spot:
        """Return the place in the file of an offset, by default of the current one."""
        return self._place(self.at if at is None else at)

    def skip(self) -> None:
        """Skip spaces and line breaks."""
        match = _BLANK.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def peek(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of a pattern at the cursor."""
        return pattern.match(self.text, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of a pattern at the cursor, and skip it."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def take_text(self, text: str) -> bool:
        """Say whether `text` is at the cursor, and skip it."""
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def expect(self, text: str) -> None:
        """Skip spaces and `text`. Raises LiveQueryError if something else is at the cursor."""
        self.skip()
        if not self.take_text(text):
            raise self.error(f'"{text}" is missing')

    def error(self, message: str, hint: str = "") -> LiveQueryError:
        """Return an error at the current place that quotes the text there."""
        rest = self.text[self.at :].strip().split("\n")[0][:30]
        where = f'at "{rest}"' if rest else "at its end"
        return LiveQueryError(self.spot(), f"{message} {where}", hint)

    def combined(self) -> None:
        """Count an operator. Raises LiveQueryError if there are too many for later stages, which recurse into them."""
        self.operators += 1
        if self.operators > MAX_OPERATORS:
            raise LiveQueryError(self.spot(), f"more than {MAX_OPERATORS} operators in one query")

    def deeper(self) -> None:
        """Count a level of nesting; whoever calls it subtracts it again from `depth`. Raises LiveQueryError beyond MAX_NESTING."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise LiveQueryError(self.spot(), f"more than {MAX_NESTING} nested levels")
