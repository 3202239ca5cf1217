"""What the block parser (`note_parser`) works with: blocks that are open, and the rules that open them.

Every construct is one `BlockRule`; if several begin with the same character, the first in order wins.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.serialize import BARE

if TYPE_CHECKING:
    from garden.reading.syntax.engine.note_parser import NoteParser

INDENTATION = "\t"
"""The trigger of a rule that takes lines indented by four columns or more: no other rule sees them."""


class LineOutcome(Enum):
    """What a rule or an open block did with a line."""

    NO = 0  # nothing: the line does not concern it
    CONTAINER = 1  # opened or continued a block: the rest of the line is offered to others
    LEAF = 2  # opened a block that takes the rest of the line as its first text
    DONE = 3  # consumed the whole line


NO, CONTAINER, LEAF, DONE = LineOutcome
"""The members as plain names: Python looks up `LineOutcome.NO` slowly, and each line needs several outcomes."""


class OpenBlock:
    """A block that lines are still added to."""

    container = False  # other blocks may be inside
    literal = False  # its lines are never tried as other blocks
    accepts_lines = False  # text on its lines is its own, and not that of a new paragraph in it
    ignores_blank = False  # a blank line inside does not make a list loose
    takes_until = 0  # number of the last line that it takes, even if that line seems to leave containers
    lazy = True  # a line without its marker may continue a paragraph inside

    last_line_blank = False  # whether the last line so far was blank, which may make a list loose

    def __init__(self, element: etree.Element, line: int) -> None:
        """Open a block with its element at this line."""
        self.element = element
        self.line = line
        self.children: list[OpenBlock] = []

    def continues(self, parser: "NoteParser", line: Line) -> LineOutcome:
        """Read the marker with which `line` continues this block; return NO if there is none, CONTAINER or DONE."""
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
        self.pieces: list[tuple[str, int, int]] = []  # text, line and column, as for `MappedText`

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
    # A pattern that matches any first line of it, if a trigger alone also begins ordinary text: `-`, digits
    begins = ""
    closes_paragraphs = False  # whether `closing` is called
    extends_paragraphs = False  # whether `extending` is called
    # A text without which a note has nothing for `closing` or `extending`: they are not called there
    needs = ""

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
        # A line is plain text if it begins with none of these characters, or else does not match the pattern.
        self.special = frozenset((*triggers, " "))
        patterns = [rule.begins or f"[{re.escape(rule.triggers)}]" for rule in rules if rule.triggers]
        self.begins = re.compile("|".join((" ", *dict.fromkeys(patterns))))
        self.closing = tuple(rule for rule in rules if rule.closes_paragraphs)
        self.extending = tuple(rule for rule in rules if rule.extends_paragraphs)


def tighten(paragraph: OpenBlock) -> None:
    """Show a paragraph of a tight list item without its `<p>`."""
    if isinstance(paragraph, Paragraph):
        paragraph.element.tag = BARE
