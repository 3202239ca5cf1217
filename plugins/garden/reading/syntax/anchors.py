"""Block ids: ` ^id` at the end of a block, or `^id` alone behind one (AN-5)."""

import re

from garden.reading.syntax.engine.blocks import BlockRule, NoteParser, Paragraph
from garden.reading.syntax.engine.findings import FoundBlock
from garden.reading.syntax.lists import ListItem

# Obsidian also takes an id that follows an embed without a blank.
_ID = re.compile(r"(?:^|[ \t]|(?<=\]\]))\^([A-Za-z0-9-]+)[ \t]*$")
_NOT_A_BLOCK = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hr"))


class BlockIdRule(BlockRule):
    """Takes the id off a paragraph that ends with one."""

    closes_paragraphs = True

    def closing(self, parser: NoteParser, paragraph: Paragraph) -> None:
        """Give the id to the paragraph, its list item, or the block before it."""
        text, line, column = paragraph.pieces[-1]
        match = _ID.search(text) if "^" in text else None
        if match is None:
            return
        place = (line, column + match.start(1) - 1)
        label = match[1].lower()
        if len(paragraph.pieces) == 1 and match.start() == 0:
            # An id of its own belongs to the block before it; without one it is text.
            blocks = paragraph.parent.element
            if len(blocks) > 1 and blocks[-2].tag not in _NOT_A_BLOCK:
                parser.findings.blocks.append(FoundBlock(label, blocks[-2], place))
                paragraph.pieces.clear()
            return
        rest = text[: match.start()]
        if rest.strip():
            paragraph.pieces[-1] = (rest, line, column)
        else:
            paragraph.pieces.pop()
        item = paragraph.parent
        if isinstance(item, ListItem) and item.children and item.children[0] is paragraph:
            wrap = parser.stack[parser.stack.index(item) - 1].element.tag
            parser.findings.blocks.append(FoundBlock(label, item.element, place, wrap))
        else:
            parser.findings.blocks.append(FoundBlock(label, paragraph.element, place))
