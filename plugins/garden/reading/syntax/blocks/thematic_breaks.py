"""Thematic breaks: `---`, `***`, `___`."""

import re

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.note_parser import NoteParser

_BREAK = re.compile(r"(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:-[ \t]*){3,}$")


class ThematicBreakRule(BlockRule):
    """A line of three or more of one mark; Setext underlines are tried before it."""

    triggers = "*-_"
    begins = _BREAK.pattern

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Add a rule."""
        if not _BREAK.match(line.text, line.start):
            return LineOutcome.NO
        parser.add_done("hr", line)
        return LineOutcome.DONE
