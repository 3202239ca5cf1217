"""Block structure by CommonMark's two-phase algorithm, one line at a time (FT-5).

The parser keeps a stack of open blocks. Each line is first offered to these blocks, from the outermost to the innermost,
to see which of them it continues; then to the rules that may open a new block; the rest is text. Every construct is one
`BlockRule`; if several begin with the same character, the first in order wins.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence
from enum import Enum

from garden.model.diagnostic import Diagnostic
from garden.reading.syntax.engine.findings import Findings, Leaf, LeafKind
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.serialize import BARE
from garden.reading.syntax.engine.text import MappedText

# Deeper than any author nests; it limits the work per line on hostile input (HC-10).
MAX_DEPTH = 100
INDENTATION = "\t"
"""The trigger of a rule that takes lines indented by four columns or more: no other rule sees them."""


class LineOutcome(Enum):
    """What a rule did with a line."""

    NO = 0  # the line does not concern the rule
    CONTAINER = 1  # opened a container: continue with the rest of the line
    LEAF = 2  # opened a block that takes the rest of the line as its first text
    DONE = 3  # the whole line is consumed


NO, CONTAINER, LEAF, DONE = LineOutcome
"""Its members. Python looks members of an enumeration up slowly, and there are several outcomes for each line."""


class OpenBlock:
    """A block that lines are still added to."""

    container = False  # blocks may be inside
    literal = False  # its lines are never tried as other blocks
    accepts_lines = False
    ignores_blank = False  # a blank line inside does not make a list loose
    takes_until = 0  # number of the last line that it takes, even if that line seems to leave containers
    lazy = True  # a line without its marker may continue a paragraph inside

    last_line_blank = False

    def __init__(self, element: etree.Element, line: int) -> None:
        """Open a block with its element at this line."""
        self.element = element
        self.line = line
        self.children: list[OpenBlock] = []

    def continues(self, parser: "NoteParser", line: Line) -> LineOutcome:
        """Say whether `line` continues this block, reading its marker: NO, CONTAINER or DONE."""
        del parser, line
        return CONTAINER

    def add(self, parser: "NoteParser", line: Line) -> None:
        """Take the rest of `line` as text of this block."""

    def take_lazy(self, parser: "NoteParser", line: Line) -> bool:
        """Take a line of text that lacks the markers of open blocks; say whether this block does so."""
        del parser, line
        return False

    def take_lines(self, parser: "NoteParser", at: int) -> int:
        """Take lines of `parser.lines` from index `at` on that certainly continue this block, which is directly in the note.

        Return the index of the first line that is left, about which the rules decide.
        """
        del parser
        return at

    def forget_last(self, child: "OpenBlock") -> None:
        """Remove the child that was added last; to search for it from the front would take quadratic time."""
        assert self.element[-1] is child.element
        del self.element[-1]
        if self.children and self.children[-1] is child:
            self.children.pop()

    def close(self, parser: "NoteParser") -> None:
        """Finish the block: no more lines will come."""


class Root(OpenBlock):
    """The whole note."""

    container = True


class Paragraph(OpenBlock):
    """Lines of text. Rules may inspect it when it closes (`BlockRule.closing`)."""

    accepts_lines = True
    has_fields = True  # a full line may be a field

    def __init__(self, element: etree.Element, line: int) -> None:
        """Open a paragraph at this line."""
        super().__init__(element, line)
        self.pieces: list[tuple[str, int, int]] = []

    def continues(self, parser: "NoteParser", line: Line) -> LineOutcome:
        """A paragraph continues until a blank line."""
        return NO if line.blank else CONTAINER

    def add(self, parser: "NoteParser", line: Line) -> None:
        """Add the line without its indentation."""
        self.pieces.append((line.text[line.start :], line.number, line.start + 1))
        for rule in parser.extending_rules:
            rule.extending(parser, self, line)

    def take_lazy(self, parser: "NoteParser", line: Line) -> bool:
        """A paragraph continues without markers."""
        self.add(parser, line)
        return True

    def take_lines(self, parser: "NoteParser", at: int) -> int:
        """Take lines that no rule is concerned with; a blank line ends the paragraph."""
        if parser.extending_rules:
            return at
        lines = parser.lines
        while at < len(lines) and (text := lines[at]) and parser.is_plain(text):
            self.pieces.append((text, parser.first_line + at, 1))
            at += 1
        if at == len(lines) or not lines[at]:
            parser.close_to(1)
        return at

    def close(self, parser: "NoteParser") -> None:
        """Pass the text to the inline scan, unless a rule has consumed it."""
        for rule in parser.closing_rules:
            rule.closing(parser, self)
            if not self.pieces:
                parser.tip.forget_last(self)
                return
        text, number, column = self.pieces[-1]
        if text[-1] in " \t":
            self.pieces[-1] = (text.rstrip(" \t"), number, column)
        parser.add_leaf(self.element, MappedText(self.pieces), has_fields=self.has_fields)


class BlockRule:
    """One block construct; it keeps no state. `triggers` are the characters that its first line may begin with."""

    triggers = ""
    begins = ""  # a pattern that its first line matches at least, if that is more than a trigger
    closes_paragraphs = False  # whether `closing` wants to see paragraphs
    extends_paragraphs = False  # whether `extending` wants to see their lines
    needs = ""  # what is in every note in which `closing` or `extending` has something to do

    def open(self, parser: "NoteParser", line: Line) -> LineOutcome:
        """Open the construct at `line.start` if it begins there, or else return NO."""
        del parser, line
        return NO

    def closing(self, parser: "NoteParser", paragraph: Paragraph) -> None:
        """Inspect a paragraph that closes; remove the pieces that the rule consumes."""

    def extending(self, parser: "NoteParser", paragraph: Paragraph, line: Line) -> None:
        """Inspect a line that a paragraph has taken; set `takes_until` if it also takes later lines, whatever they look like."""


class BlockRules:
    """The block rules in order, found by the first character of a line."""

    def __init__(self, rules: Sequence[BlockRule]) -> None:
        """Index `rules`; if two begin with the same character, the earlier one is tried first."""
        triggers = {char for rule in rules for char in rule.triggers}
        self.by_trigger = {char: tuple(rule for rule in rules if char in rule.triggers) for char in triggers}
        self.special = frozenset((*triggers, " "))
        patterns = [rule.begins or f"[{re.escape(rule.triggers)}]" for rule in rules if rule.triggers]
        self.begins = re.compile("|".join((" ", *dict.fromkeys(patterns))))
        self.closing = tuple(rule for rule in rules if rule.closes_paragraphs)
        self.extending = tuple(rule for rule in rules if rule.extends_paragraphs)


class NoteParser:
    """The block parser of one note; make a new one for each note."""

    def __init__(self, rules: BlockRules, findings: Findings, first_line: int) -> None:
        """Prepare for a note whose body begins at `first_line` of its file."""
        self.by_trigger = rules.by_trigger
        self.special = rules.special
        self.begins = rules.begins.match
        self.closing_rules = rules.closing
        self.extending_rules = rules.extending
        self.findings = findings
        self.first_line = first_line
        self.root = etree.Element("div")
        self.stack: list[OpenBlock] = [Root(self.root, first_line)]
        self.matched = 0
        self.hidden_until = ""
        self.unclosed: Diagnostic | None = None
        self.lines: list[str] = []
        self.last_lines: dict[str, int] = {}

    def parse(self, lines: Iterable[str]) -> etree.Element:
        """Parse all lines and return the tree; inline text is left in the leaves of the findings."""
        self.lines = list(lines)
        if self.lines and not self.lines[-1]:
            self.lines.pop()  # what is after the last line break is not a line
        whole = "\n".join(self.lines)
        self.closing_rules = tuple(rule for rule in self.closing_rules if rule.needs in whole)
        self.extending_rules = tuple(rule for rule in self.extending_rules if rule.needs in whole)
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
        """Say whether a line that is not empty is not indented, and certainly begins no block."""
        return text[0] not in self.special or self.begins(text) is None

    def _takes_plain(self, at: int) -> bool:
        """Take a line directly in the note that no rule is concerned with; say whether it is one: blank, or plain text."""
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
            if outcome is NO and stack[-1].takes_until < line.number:
                break
            depth += 1
        self.matched = depth
        self._add_rest(line)

    def _add_rest(self, line: Line) -> None:
        stack = self.stack
        tip = stack[-1]
        in_literal = self.matched == len(stack) and (tip.literal or tip.takes_until >= line.number)
        if not (in_literal or line.blank):
            if self._open_blocks(line) is DONE:
                for block in stack:
                    block.last_line_blank = False
                return
            if self.matched < len(stack) and self._is_lazy() and stack[-1].take_lazy(self, line):
                return
        self.close_to(self.matched)
        tip = stack[-1]
        self._note_blank(tip, line)
        if tip.accepts_lines:
            tip.add(self, line)
        elif not line.blank:
            self.open_paragraph(line).add(self, line)

    def _is_lazy(self) -> bool:
        """Say whether all blocks whose markers the line lacks allow that."""
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
        """Ignore all text from this line on until `mark`, even if it looks like blocks.

        Without a mark that is the rest of the note, and `unclosed` is reported.
        """
        self.hidden_until = mark
        self.unclosed = unclosed

    def _resume(self, line: Line) -> None:
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
        while not line.blank and len(self.stack) <= MAX_DEPTH:
            outcome = NO
            for rule in self.by_trigger.get(INDENTATION if line.indent >= 4 else line.text[line.start], ()):
                outcome = rule.open(self, line)
                if outcome is not NO:
                    break
            if outcome is not CONTAINER:
                return outcome
        return NO

    def _note_blank(self, tip: OpenBlock, line: Line) -> None:
        if line.blank and tip.children:
            tip.children[-1].last_line_blank = True
        for block in self.stack:
            block.last_line_blank = False
        if line.blank and not tip.ignores_blank and (tip.children or tip.line != line.number):
            tip.last_line_blank = True

    def close_to(self, depth: int) -> None:
        """Close all open blocks beyond the first `depth`."""
        stack = self.stack
        if 0 < depth >= len(stack) >= self.matched:
            return
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
        """Open a paragraph at this line."""
        element = self.begin("p")
        paragraph = Paragraph(element, line.number)
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


def tighten(paragraph: OpenBlock) -> None:
    """Show a paragraph of a tight list item without its `<p>`."""
    if isinstance(paragraph, Paragraph):
        paragraph.element.tag = BARE
