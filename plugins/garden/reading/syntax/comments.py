"""Comments: `%%…%%` in lines and as blocks (CM-1 … CM-3)."""

from garden.model.diagnostic import Diagnostic
from garden.reading.syntax.engine.blocks import BlockRule, LineOutcome, NoteParser
from garden.reading.syntax.engine.inlines import InlineRule, Scan
from garden.reading.syntax.engine.line import Line

MARK = "%%"


class CommentRule(BlockRule):
    """A `%%` that is first on its line hides everything up to the next mark, blocks included."""

    triggers = "%"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Hide the text up to the next mark; go on with what stands behind it on the line."""
        if not line.text.startswith(MARK, line.start):
            return LineOutcome.NO
        end = line.text.find(MARK, line.start + 2)
        if end < 0:
            place = parser.findings.place((line.number, line.start + 1))
            message = "this comment is never closed, it hides the rest of the note"
            parser.hide_until(MARK, Diagnostic(place, "comment-unclosed", message, f"close it with {MARK}"))
            return LineOutcome.DONE
        line.to_start()
        line.advance(end + 2 - line.start)
        line.to_start()  # the blanks behind the mark are no indentation
        return LineOutcome.DONE if line.blank else LineOutcome.CONTAINER


class CommentSpan(InlineRule):
    """`%%…%%` inside a paragraph; a mark without partner is text."""

    triggers = ("%%",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Skip the comment."""
        end = scan.find(MARK, at + 2)
        if end < 0:
            return None
        scan.leaf.hides = True
        return end + 2
