"""Definition lists: a line with a term, then `:   its description` (FT-9)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock, Paragraph, tighten
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.extra.indented import continue_indented

_MARKER = re.compile(r":[ \t]+(?=\S)")
_WIDEST_GAP = 3  # columns of white space after the colon; more than these are part of the description


class DefinitionList(OpenBlock):
    """Terms and their descriptions. It contains nothing else, so it is not a container of arbitrary blocks."""


class DefinitionDetails(OpenBlock):
    """The description of a term, continued by blocks that are indented by four columns."""

    container = True

    def __init__(self, element: etree.Element, line: int, *, loose: bool) -> None:
        """Open a description; it is `loose` if a blank line is above it."""
        super().__init__(element, line)
        self.loose = loose

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue with blank and with indented lines."""
        return continue_indented(line)

    def close(self, parser: NoteParser) -> None:
        """Show a single paragraph without its element unless blank lines separate it."""
        if not self.loose and sum(isinstance(block, Paragraph) for block in self.children) == 1:
            for block in self.children:
                tighten(block)


class DefinitionListRule(BlockRule):
    """`:   text` below a paragraph, whose lines are the terms, or below another description."""

    triggers = ":"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a description, and a list around it unless one is open or ends right above."""
        match = _MARKER.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        above = _above(parser)
        if above is None:
            return LineOutcome.NO
        if not parser.findings.asks_for("definition-lists", (line.number, line.start + 1)):
            return LineOutcome.NO
        if isinstance(above, DefinitionList):
            loose = above.children[-1].last_line_blank
            parser.close_to(parser.matched)
        else:
            loose = not parser.in_paragraph
            _make_terms(parser, above, line)
        line.to_start()
        line.advance(1)
        line.advance_columns(min(line.indent, _WIDEST_GAP))
        parser.push(DefinitionDetails(etree.SubElement(parser.tip.element, "dd"), line.number, loose=loose))
        return LineOutcome.CONTAINER


def _above(parser: NoteParser) -> DefinitionList | Paragraph | None:
    """Return the block that a description belongs to: the open list, or the paragraph right above."""
    innermost = parser.stack[parser.matched - 1]
    if isinstance(innermost, DefinitionList | Paragraph):
        return innermost
    if parser.matched < len(parser.stack) or not innermost.children:
        return None
    last = innermost.children[-1]
    leaves = parser.findings.leaves
    if isinstance(last, Paragraph) and leaves and leaves[-1].element is last.element:
        return last
    return None


def _make_terms(parser: NoteParser, paragraph: Paragraph, line: Line) -> None:
    """Turn a paragraph into terms, of the list right above it if there is one."""
    if parser.tip is paragraph:
        parser.drop(paragraph)
    else:
        parser.findings.leaves.pop()  # it is closed, and its text would be scanned twice
        parser.tip.forget_last(paragraph)
    siblings = parser.tip.element
    last = siblings[-1] if len(siblings) else None
    element = last if last is not None and last.tag == "dl" else etree.SubElement(siblings, "dl")
    parser.push(DefinitionList(element, line.number))
    for text, number, column in paragraph.pieces:
        term = etree.SubElement(element, "dt")
        parser.add_leaf(term, MappedText([(text.rstrip(" \t"), number, column)]), "term")
