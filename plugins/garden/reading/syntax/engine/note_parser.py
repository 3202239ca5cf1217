"""Block structure by CommonMark's two-phase algorithm, one line at a time (FT-5).

The parser keeps a stack of open blocks. Each line is first offered to these blocks, from the outermost to the innermost,
to see which of them it continues; then to the rules that may open a new block; the rest is text.
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterable

from garden.model.diagnostic import Diagnostic
from garden.reading.syntax.engine.block_rules import (
    CONTAINER,
    DONE,
    INDENTATION,
    NO,
    BlockRules,
    LineOutcome,
    OpenBlock,
    Paragraph,
    Root,
)
from garden.reading.syntax.engine.findings import Findings, Leaf, LeafKind
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText

# Deeper than any author nests; it limits the work per line on hostile input (HC-10).
MAX_BLOCK_DEPTH = 100


class NoteParser:
    """The block parser of one note; make a new one for each note."""

    def __init__(self, rules: BlockRules, findings: Findings, first_line: int) -> None:
        """Prepare for a note whose body begins at `first_line` of its file."""
        self._by_trigger = rules.by_trigger
        self._special = rules.special
        self._may_begin = rules.begins.match
        self.closing_rules = rules.closing
        self.extending_rules = rules.extending
        self.findings = findings
        self.first_line = first_line
        self.root = etree.Element("div")
        self.stack: list[OpenBlock] = [Root(self.root, first_line)]  # the open blocks, the outermost first
        self.matched = 0  # how many blocks of the stack the present line continues
        self.hidden_until = ""  # a mark up to which all text is ignored, empty if none is
        self.unclosed: Diagnostic | None = None  # what to report if that mark never comes
        self.lines: list[str] = []
        # The number of the last line with a mark, for marks that were asked for
        self.last_lines: dict[str, int] = {}

    def parse(self, lines: Iterable[str]) -> etree.Element:
        """Parse all lines and return the tree; inline text is left in the leaves of the findings."""
        self.lines = list(lines)
        if self.lines and not self.lines[-1]:
            self.lines.pop()  # what is after the last line break is not a line
        whole = "\n".join(self.lines)
        self.closing_rules = tuple(rule for rule in self.closing_rules if rule.needs in whole)
        self.extending_rules = tuple(rule for rule in self.extending_rules if rule.needs in whole)
        # Most lines are plain and directly in the note: `_takes_plain` and `take_lines` take these without a `Line`.
        at = 0
        while at < len(self.lines):
            if self.hidden_until:
                self._resume(Line(self.lines[at], self.first_line + at))
            elif len(self.stack) > 1 or not self._takes_plain(at):
                self.feed(Line(self.lines[at], self.first_line + at))
            at += 1
            if len(self.stack) > 1 and not self.hidden_until:
                at = self.stack[1].take_lines(self, at)
        if self.hidden_until and self.unclosed is not None:
            self.findings.problems.append(self.unclosed)
        self.close_to(0)
        return self.root

    def is_plain(self, text: str) -> bool:
        """Say whether a line, which must not be empty, is not indented and certainly begins no block."""
        return text[0] not in self._special or self._may_begin(text) is None

    def _takes_plain(self, at: int) -> bool:
        """Take the line at index `at` if it is empty or plain, while no block is open; say whether it was taken."""
        text = self.lines[at]
        if text:
            if self.extending_rules or not self.is_plain(text):
                return False
            paragraph = Paragraph(etree.SubElement(self.root, "p"), self.first_line + at)
            paragraph.pieces.append((text, self.first_line + at, 1))
            self.push(paragraph)
        return True

    @property
    def tip(self) -> OpenBlock:
        """The innermost open block."""
        return self.stack[-1]

    @property
    def in_paragraph(self) -> bool:
        """Whether the present line may continue an open paragraph."""
        return isinstance(self.stack[-1], Paragraph) and self.matched == len(self.stack)

    def feed(self, line: Line) -> None:
        """Add one line, or the rest of one."""
        stack = self.stack
        depth = 1
        while depth < len(stack):
            outcome = stack[depth].continues(self, line)
            if outcome is DONE:
                return
            # A formula that has begun takes its lines even if they lack the markers of the containers that it is in.
            if outcome is NO and stack[-1].takes_until < line.number:
                break
            depth += 1
        self.matched = depth
        self._add_rest(line)

    def _add_rest(self, line: Line) -> None:
        """Add what is left of a line after the markers of the `matched` blocks: as a new block, or as text of an open one."""
        stack = self.stack
        tip = stack[-1]
        in_literal = self.matched == len(stack) and (tip.literal or tip.takes_until >= line.number)
        if not (in_literal or line.blank):
            if self._open_blocks(line) is DONE:
                self._forget_blank()
                return
            if self.matched < len(stack) and self._is_lazy() and stack[-1].take_lazy(self, line):
                return
        self.close_to(self.matched)
        tip = stack[-1]
        self._record_blank(tip, line)
        if tip.accepts_lines:
            tip.add(self, line)
        elif not line.blank:
            self.open_paragraph(line).add(self, line)

    def _is_lazy(self) -> bool:
        """Say whether the line may continue a paragraph although it lacks the markers of some open blocks."""
        return all(block.lazy for block in self.stack[self.matched :])

    def stands_below(self, mark: str, line: Line) -> bool:
        """Say whether `mark` is on a later line of the note, in any block."""
        if mark not in self.last_lines:
            last = (index for index in range(len(self.lines) - 1, -1, -1) if mark in self.lines[index])
            self.last_lines[mark] = self.first_line + next(last, -1)
        return self.last_lines[mark] > line.number

    def lines_below(self, line: Line) -> Iterable[str]:
        """Return the lines of the note that come after `line`, in any block."""
        # By index: to skip what is above would take longer from line to line (HC-10).
        return (self.lines[index] for index in range(line.number - self.first_line + 1, len(self.lines)))

    def hide_until(self, mark: str, unclosed: Diagnostic) -> None:
        """Ignore all text after this line up to and with `mark`, even if it looks like blocks.

        If the mark never comes, that is the rest of the note, and `unclosed` is reported.
        """
        self.hidden_until = mark
        self.unclosed = unclosed

    def _resume(self, line: Line) -> None:
        """Ignore a line of hidden text, or the part of it before and with the mark that ends such text."""
        end = line.text.find(self.hidden_until)
        if end < 0:
            return
        line.advance(end + len(self.hidden_until))
        self.hidden_until = ""
        if isinstance(self.tip, Paragraph):
            self.close_to(len(self.stack) - 1)
        if not line.blank:
            # The rest of the line belongs to the containers in which the hidden text began.
            line.to_start()
            self.matched = len(self.stack)
            self._add_rest(line)

    def _open_blocks(self, line: Line) -> LineOutcome:
        """Open every block that begins on the rest of the line, from the outside in."""
        while not line.blank and len(self.stack) <= MAX_BLOCK_DEPTH:
            outcome = NO
            trigger = INDENTATION if line.indent >= 4 else line.text[line.start]
            for rule in self._by_trigger.get(trigger, ()):
                outcome = rule.open(self, line)
                if outcome is not NO:
                    break
            if outcome is not CONTAINER:
                return outcome
        return NO

    def _record_blank(self, tip: OpenBlock, line: Line) -> None:
        """Record whether the line that a block ends with is blank: blank lines between items make a list loose."""
        if line.blank and tip.children:
            tip.children[-1].last_line_blank = True
        self._forget_blank()
        # An empty item, whose marker alone is on the line, does not end with a blank line.
        if line.blank and not tip.ignores_blank and (tip.children or tip.line != line.number):
            tip.last_line_blank = True

    def _forget_blank(self) -> None:
        """Record that the last line of no open block was blank."""
        for block in self.stack:
            block.last_line_blank = False

    def close_to(self, depth: int) -> None:
        """Close all open blocks beyond the first `depth`; with 0 also the note itself."""
        stack = self.stack
        if depth > 0 and len(stack) <= depth and self.matched <= len(stack):
            return  # nothing to do, as for most lines
        least = max(depth, 1)
        while len(stack) > least:
            stack.pop().close(self)
        if depth == 0:
            stack[0].close(self)
        self.matched = min(self.matched, len(stack))

    def push(self, block: OpenBlock) -> None:
        """Open `block` inside the innermost matched block."""
        self.stack[-1].children.append(block)
        self.stack.append(block)
        self.matched = len(self.stack)

    def begin(self, tag: str) -> etree.Element:
        """Close the blocks that the line does not continue, and return a new element in the innermost one that is left."""
        self.leave()
        return etree.SubElement(self.stack[-1].element, tag)

    def add_done(self, tag: str, line: Line) -> etree.Element:
        """Return a new element for a block that is complete with this line."""
        element = self.begin(tag)
        # As with any block, blank lines around it decide whether a list is loose.
        self.stack[-1].children.append(OpenBlock(element, line.number))
        return element

    def leave(self) -> None:
        """Close the blocks that the line does not continue, and those that cannot contain blocks."""
        self.close_to(self.matched)
        while not self.stack[-1].container:
            self.close_to(len(self.stack) - 1)

    def open_paragraph(self, line: Line) -> Paragraph:
        """Open a paragraph at this line, without its text."""
        paragraph = Paragraph(self.begin("p"), line.number)
        self.push(paragraph)
        return paragraph

    def drop(self, block: OpenBlock) -> None:
        """Remove the innermost open block and its element without closing it."""
        self.stack.pop()
        self.stack[-1].forget_last(block)
        self.matched = min(self.matched, len(self.stack))

    def add_leaf(
        self,
        element: etree.Element,
        text: MappedText,
        kind: LeafKind = "paragraph",
        *,
        has_fields: bool = False,
    ) -> Leaf:
        """Leave `text` for the inline scan, which makes it the content of `element`."""
        leaf = Leaf(element, text, kind, has_fields)
        self.findings.leaves.append(leaf)
        return leaf
