"""A source line while it is read: offsets for positions, columns for indentation."""

import re

_BLANKS = re.compile(r"[ \t]*")
_BLANK = frozenset((" ", "\t"))


class Line:
    """A source line and how far it has been read.

    Tabs reach to stops of four columns, counted from `origin`: where the content of the innermost quote
    begins, so that a tab nests there as it does outside (FT-5).
    """

    __slots__ = ("blank", "column", "indent", "number", "offset", "origin", "partial_tab", "start", "text")

    def __init__(self, text: str, number: int) -> None:
        """Begin to read `text`, line `number` (1-based) of the file."""
        self.text = text
        self.number = number
        self.offset = 0  # how many characters have been read
        self.column = 0  # how many columns they take, with tabs
        self.origin = 0
        self.partial_tab = False  # whether only some columns of the tab at `offset` have been read
        # `start`: offset of the next character that is not a space or tab. `indent`: columns before it. `blank`: there is none.
        if text[:1] in _BLANK:
            self.look()
        else:
            self.start = self.indent = 0
            self.blank = not text

    def look(self) -> None:
        """Find the next character that is not a space or tab; set `start`, `indent`, `blank`."""
        text = self.text
        first = text[self.offset : self.offset + 1]
        if first not in _BLANK:
            self.start = self.offset
            self.indent = 0
            self.blank = not first
            return
        match = _BLANKS.match(text, self.offset)
        assert match is not None
        self.start = match.end()
        self.blank = self.start >= len(text)
        if "\t" not in match[0]:
            self.indent = self.start - self.offset
            return
        column = self.column
        for char in match[0]:
            column += self._to_stop(column) if char == "\t" else 1
        self.indent = column - self.column

    def _to_stop(self, column: int) -> int:
        """Return how many columns a tab at this column takes."""
        return 4 - (column - self.origin) % 4

    def begin_content(self) -> None:
        """Count tab stops from here on, unless the position is inside a tab."""
        if not self.partial_tab:
            self.origin = self.column
            self.look()

    def advance(self, count: int) -> None:
        """Read `count` characters; tabs count as one."""
        passed = self.text[self.offset : self.offset + count]
        if "\t" in passed:
            for char in passed:
                self.column += self._to_stop(self.column) if char == "\t" else 1
        else:
            self.column += len(passed)
        self.offset += count
        self.partial_tab = False
        self.look()

    def advance_columns(self, count: int) -> None:
        """Read `count` columns of white space; the last of them may be only part of a tab."""
        if not self.partial_tab and "\t" not in self.text[self.offset : self.offset + count]:
            step = min(count, len(self.text) - self.offset)
            self.offset += step
            self.column += step
            self.look()
            return
        while count > 0 and self.offset < len(self.text):
            if self.text[self.offset] == "\t":
                to_stop = self._to_stop(self.column)
                self.partial_tab = to_stop > count
                step = min(to_stop, count)
                self.column += step
                count -= step
                if not self.partial_tab:
                    self.offset += 1
            else:
                self.partial_tab = False
                self.offset += 1
                self.column += 1
                count -= 1
        self.look()

    def to_start(self) -> None:
        """Read the white space before the next other character."""
        self.column += self.indent
        self.offset = self.start
        self.partial_tab = False
        self.indent = 0

    def is_only(self, mark: str) -> bool:
        """Say whether the rest is a line such as ` ```` `: `mark`, perhaps longer, indented by less than four columns."""
        if self.indent >= 4 or self.blank or self.text[self.start] != mark[0]:
            return False
        rest = self.text[self.start :].rstrip(" \t")
        return len(rest) >= len(mark) and not rest.strip(mark[0])

    def rest(self) -> str:
        """Return the unread rest; if it begins inside a tab, all indentation becomes as many spaces as it has columns.

        A tab kept as a tab would reach to another stop than in the source, and code would no longer line up (CB-1).
        """
        return " " * self.indent + self.text[self.start :] if self.partial_tab else self.text[self.offset :]
