"""ATX and Setext headings (AN-7, FT-5); they get their ids and sections after the inline scan."""

import re

from garden.reading.syntax.blocks.anchors import block_id, name_section
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, Paragraph
from garden.reading.syntax.engine.findings import FoundHeading, Leaf
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")


class AtxRule(BlockRule):
    """`## text ##`."""

    triggers = "#"
    begins = _ATX.pattern

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Add a heading."""
        match = _ATX.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        text = line.text[match.end() :].rstrip(" \t")
        open_end = text.rstrip("#")
        if not open_end or open_end[-1] in " \t":
            text = open_end.rstrip(" \t")  # closing marks are not part of the text (AN-7)
        found = block_id(text, line.number, match.end() + 1)
        if found is not None:
            text = text[: found.begin]
        pieces = [(text, line.number, match.end() + 1)]
        leaf = _add(parser, line, len(match[1]), pieces, (line.number, line.start + 1))
        if found is not None:
            name_section(parser, leaf.heading, found)
        return LineOutcome.DONE


class SetextRule(BlockRule):
    """A paragraph underlined with `===` or `---`."""

    triggers = "=-"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Turn the open paragraph into a heading."""
        match = _SETEXT.match(line.text, line.start)
        if match is None or not parser.in_paragraph:
            return LineOutcome.NO
        paragraph = parser.tip
        assert isinstance(paragraph, Paragraph)
        blocks = parser.findings.blocks
        known = len(blocks)
        for rule in parser.closing_rules:
            rule.closing(parser, paragraph)
            if not paragraph.pieces:
                # Only link definitions were above: there is nothing to underline.
                parser.drop(paragraph)
                return LineOutcome.NO
        pieces = paragraph.pieces
        parser.drop(paragraph)  # its text is that of the heading now
        last, number, column = pieces[-1]
        pieces[-1] = (last.rstrip(" \t"), number, column)
        leaf = _add(parser, line, 1 if match[1][0] == "=" else 2, pieces, (pieces[0][1], pieces[0][2]))
        leaf.has_fields = True  # these lines look like any others
        for block in blocks[known:]:
            block.heading = leaf.heading  # the id was read when the text was still a paragraph
        return LineOutcome.DONE


def _add(
    parser: NoteParser, line: Line, level: int, pieces: list[tuple[str, int, int]], place: tuple[int, int]
) -> Leaf:
    """Add a heading whose text is in `pieces`, and which begins at a (line, column) of the file."""
    element = parser.add_done(f"h{level}", line)
    heading = FoundHeading(element, parser.tip.element, level, place, nested=len(parser.stack) > 1)
    parser.findings.headings.append(heading)
    leaf = parser.add_leaf(element, MappedText(pieces), "heading")
    leaf.heading = heading
    return leaf
