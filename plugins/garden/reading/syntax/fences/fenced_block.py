"""The common part of code and admonitions between two fences: finding the end, and reporting if there is none."""

from garden.reading.syntax.engine.block_rules import OpenBlock
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.note_parser import NoteParser


class FencedBlock(OpenBlock):
    """A block from an opening fence to a line with only a fence at least as long."""

    mark = ""  # the opening fence
    is_closed = False

    def ends_at(self, parser: NoteParser, line: Line) -> bool:
        """Say whether a line is the closing fence, and close the block there."""
        if not line.is_only(self.mark):
            return False
        self.is_closed = True
        parser.close_to(parser.stack.index(self))
        return True

    def report_unclosed(self, parser: NoteParser, place: tuple[int, int], what: str) -> None:
        """Report a block without a closing fence; `what` names it, `place` is that of its opening fence."""
        if not self.is_closed:
            message = f"this {what} is never closed"
            parser.findings.report("fence-unclosed", place, message, f"close it with {self.mark}")
