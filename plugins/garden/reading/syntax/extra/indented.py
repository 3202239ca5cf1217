"""Content that is indented below its first line, as Python-Markdown's extra constructs have it (FT-9)."""

from garden.reading.syntax.engine.block_rules import LineOutcome
from garden.reading.syntax.engine.line import Line

_INDENT = 4


def continue_indented(line: Line) -> LineOutcome:
    """Continue with blank lines and with lines that are indented by four columns."""
    if line.blank:
        return LineOutcome.CONTAINER
    if line.indent < _INDENT:
        return LineOutcome.NO
    line.advance_columns(_INDENT)
    return LineOutcome.CONTAINER
