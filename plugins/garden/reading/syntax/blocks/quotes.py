"""Block quotes (FT-5)."""

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.note_parser import NoteParser


class Quote(OpenBlock):
    """Lines after `>`; a callout is one too."""

    container = True
    ignores_blank = True

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue while lines begin with the marker."""
        return LineOutcome.CONTAINER if read_marker(line) else LineOutcome.NO


class QuoteRule(BlockRule):
    """`> text`."""

    triggers = ">"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a quote."""
        read_marker(line)
        parser.push(Quote(parser.begin("blockquote"), line.number))
        return LineOutcome.CONTAINER


def read_marker(line: Line) -> bool:
    """Read `>` and one space after it; False when the line has no marker here."""
    if line.blank or line.indent >= 4 or line.text[line.start] != ">":
        return False
    line.to_start()
    line.advance(1)
    if line.offset < len(line.text) and line.text[line.offset] in " \t":
        line.advance_columns(1)
    line.begin_content()
    return True
