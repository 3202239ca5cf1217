"""Block ids: ` ^id` at the end of a block, or `^id` alone after one (AN-5)."""

import re
from typing import NamedTuple

from garden.reading.syntax.blocks.lists import ListItem
from garden.reading.syntax.engine.block_rules import BlockRule, Paragraph
from garden.reading.syntax.engine.findings import FoundBlock, FoundHeading
from garden.reading.syntax.engine.note_parser import NoteParser

# Obsidian also accepts an id directly after an embed, without a space.
_ID = re.compile(r"(?:^|[ \t]|(?<=\]\]))\^([A-Za-z0-9-]+)[ \t]*$")


class BlockId(NamedTuple):
    """A block id at the end of a line: its name, its offset in the text, and its line and column in the file."""

    label: str  # in lower case, without `^`
    begin: int
    place: tuple[int, int]


class BlockIdRule(BlockRule):
    """Removes the id at the end of a paragraph."""

    closes_paragraphs = True
    needs = "^"

    def closing(self, parser: NoteParser, paragraph: Paragraph) -> None:
        """Give the id to the paragraph, its list item, or the block before it."""
        text, line, column = paragraph.pieces[-1]
        found = block_id(text, line, column)
        if found is None:
            return
        if len(paragraph.pieces) == 1 and found.begin == 0:  # the paragraph is only the id
            if _name_last(parser, found):
                paragraph.pieces.clear()
            return
        rest = text[: found.begin]
        if rest.strip():
            paragraph.pieces[-1] = (rest, line, column)
        else:
            paragraph.pieces.pop()
        item = parser.tip
        if isinstance(item, ListItem) and item.children and item.children[0] is paragraph:
            wrap = parser.stack[parser.stack.index(item) - 1].element.tag  # the kind of list
            parser.findings.blocks.append(FoundBlock(found.label, item.element, found.place, wrap))
        else:
            parser.findings.blocks.append(FoundBlock(found.label, paragraph.element, found.place))


def block_id(text: str, line: int, column: int) -> BlockId | None:
    """Return the block id that ends `text`, which is at a line and column of the file."""
    match = _ID.search(text) if "^" in text else None
    if match is None:
        return None
    return BlockId(match[1].lower(), match.start(), (line, column + match.start(1) - 1))


def name_section(parser: NoteParser, heading: FoundHeading | None, found: BlockId) -> None:
    """Make a block id name the section that a heading opens."""
    if heading is not None:
        block = FoundBlock(found.label, heading.element, found.place, heading=heading)
        parser.findings.blocks.append(block)


def _name_last(parser: NoteParser, found: BlockId) -> bool:
    """Give an id that stands alone to the block before it; without one it is text."""
    blocks = parser.tip.element  # the last one is the paragraph of the id
    if len(blocks) < 2 or blocks[-2].tag == "hr":
        return False
    headings = parser.findings.headings
    if headings and headings[-1].element is blocks[-2]:
        name_section(parser, headings[-1], found)
    else:
        parser.findings.blocks.append(FoundBlock(found.label, blocks[-2], found.place))
    return True
