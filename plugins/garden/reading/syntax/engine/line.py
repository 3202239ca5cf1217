"""A source line while it is read: offsets for positions, columns for indentation."""

import re

_BLANKS = re.compile(r"[ \t]*")


class Line:
    """A source line and how far it has been read. Columns count tabs to stops of four."""

    __slots__ = ("blank", "column", "indent", "number", "offset", "partial_tab", "start", "text")

    def __init__(self, text: str, number: int) -> None:
        """Begin to read `text`, line `number` (1-based) of the file."""
        self.text = text
        self.number = number
        self.offset = 0
        self.column = 0
        self.partial_tab = False
        self.look()

    def look(self) -> None:
        """Find the next character that is no blank: `start`, `indent`, `blank`."""
        text = self.text
        match = _BLANKS.match(text, self.offset)
        assert match is not None
        self.start = match.end()
        self.blank = self.start >= len(text)
        if "\t" not in match[0]:
            self.indent = self.start - self.offset
            return
        column = self.column
        for char in match[0]:
            column += 4 - column % 4 if char == "\t" else 1
        self.indent = column - self.column

    def advance(self, count: int) -> None:
        """Read `count` characters; tabs count as one."""
        for char in self.text[self.offset : self.offset + count]:
            self.column += 4 - self.column % 4 if char == "\t" else 1
        self.offset += count
        self.partial_tab = False
        self.look()

    def advance_columns(self, count: int) -> None:
        """Read `count` columns of blanks, perhaps half a tab."""
        if not self.partial_tab and "\t" not in self.text[self.offset : self.offset + count]:
            step = min(count, len(self.text) - self.offset)
            self.offset += step
            self.column += step
            self.look()
            return
        while count > 0 and self.offset < len(self.text):
            if self.text[self.offset] == "\t":
                to_stop = 4 - self.column % 4
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
        """Read the blanks before the next other character."""
        self.column += self.indent
        self.offset = self.start
        self.partial_tab = False
        self.indent = 0

    def rest(self) -> str:
        """Return what is still unread; half a tab gives its remaining blanks."""
        if self.partial_tab:
            return " " * (4 - self.column % 4) + self.text[self.offset + 1 :]
        return self.text[self.offset :]
