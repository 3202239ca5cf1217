"""Comments: `%%…%%` in lines and as blocks (CM-1 … CM-3)."""

from garden.model.diagnostic import Diagnostic
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome
from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.lookahead import ABSENT, Lookahead
from garden.reading.syntax.engine.note_parser import NoteParser

MARK = "%%"


class CommentRule(BlockRule):
    """A `%%` that is first on its line hides everything up to the next mark, blocks included."""

    triggers = "%"
    begins = MARK

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Hide the text up to the next mark; continue with what follows it on the line."""
        if not line.text.startswith(MARK, line.start):
            return LineOutcome.NO
        end = line.text.find(MARK, line.start + 2)
        if end < 0:
            place = parser.findings.place((line.number, line.start + 1))
            message = "this comment is never closed and hides the rest of the note"
            parser.hide_until(MARK, Diagnostic(place, "comment-unclosed", message, f"close it with {MARK}"))
            return LineOutcome.DONE
        line.to_start()
        line.advance(end + 2 - line.start)
        line.to_start()  # the spaces after the mark are not indentation
        return LineOutcome.DONE if line.blank else LineOutcome.CONTAINER


class CommentSpan(OpaqueRule):
    """`%%…%%` inside a paragraph; a mark without partner is text."""

    triggers = ("%%",)
    mask = ABSENT

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the second mark."""
        begin = ahead.find(MARK, at + 2, raw=True)
        return begin + 2 if 0 <= begin <= stop - 2 else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Skip the comment."""
        end = self.end(scan.ahead, at, scan.end)
        scan.leaf.hides = scan.leaf.hides or end is not None
        return end
