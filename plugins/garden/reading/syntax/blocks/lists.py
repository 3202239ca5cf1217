"""Lists and their items (FT-5), task items among them (FT-3)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock, Paragraph, tighten
from garden.reading.syntax.engine.findings import FoundItem
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.note_parser import NoteParser

_MARKER = re.compile(r"([*+-])|(\d{1,9})([.)])")
_BEGIN = rf"(?:{_MARKER.pattern})(?:[ \t]|$)"
_TASK = re.compile(r"\[(.)\](?=[ \t]+\S|[ \t]*$)")
# An item that is not a task and begins with text.
_PLAIN_ITEM = re.compile(r"(?:([*+-])|\d{1,9}([.)])) (?![ \t]|\[.\]|$)")
# A form control needs an accessible name; these are understood in every language. Any other mark is its own name.
_NAMES = {" ": "☐", "x": "☑", "X": "☑"}


class List(OpenBlock):
    """Items with one kind of marker. It contains nothing else, so it is not a container of arbitrary blocks."""

    def __init__(self, element: etree.Element, line: int, kind: str) -> None:
        """Open a list of `kind`: the bullet, or the character after the number."""
        super().__init__(element, line)
        self.kind = kind

    def take_lines(self, parser: NoteParser, at: int) -> int:
        """Take items that are plain paragraphs of one line, after one that is open."""
        if parser.extending_rules:
            return at
        lines = parser.lines
        while at < len(lines) and (match := _PLAIN_ITEM.match(lines[at])):
            text = lines[at][match.end() :]
            if (match[1] or match[2]) != self.kind or not parser.is_plain(text):
                break
            number = parser.first_line + at
            parser.close_to(2)
            self.last_line_blank = False
            item = _add_item(parser, number, match.end(), -1)
            paragraph = Paragraph(etree.SubElement(item.element, "p"), number)
            paragraph.pieces.append((text, number, match.end() + 1))
            parser.push(paragraph)
            at += 1
        return at

    def close(self, parser: NoteParser) -> None:
        """Decide whether the list is tight: no blank line between items or their blocks."""
        del parser
        if any(self._blank_between(index, item) for index, item in enumerate(self.children)):
            return
        for item in self.children:
            for block in item.children:
                tighten(block)

    def _blank_between(self, index: int, item: OpenBlock) -> bool:
        """Say whether a blank line is below this item or between its blocks; one at the end of the list does not count."""
        last = index == len(self.children) - 1
        if not last and _ends_blank(item):
            return True
        return any(
            _ends_blank(block)
            for position, block in enumerate(item.children)
            if not (last and position == len(item.children) - 1)
        )


class ListItem(OpenBlock):
    """A list item; `padding` is the width of its marker, by which nested lines are indented."""

    container = True
    task = False
    number = -1  # its index in Findings.items

    def __init__(self, element: etree.Element, line: int, padding: int) -> None:
        """Open an item."""
        super().__init__(element, line)
        self.padding = padding

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue with blank lines and with lines indented to the text of the first."""
        if line.blank and not self.children and line.number > self.line:
            return LineOutcome.NO  # an item may begin with one blank line only
        if line.indent >= self.padding:
            # For a blank line, too, whose rest may be a line of code (CB-1).
            line.advance_columns(self.padding)
            return LineOutcome.CONTAINER
        if line.blank:
            line.to_start()
            return LineOutcome.CONTAINER
        return LineOutcome.NO


class ListRule(BlockRule):
    """`- text`, `1. text`, `- [ ] task`."""

    triggers = "*+-0123456789"
    begins = _BEGIN

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open an item, and a list around it unless one of this kind is open."""
        match = _MARKER.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        end = match.end()
        rest = line.text[end : end + 1]
        if rest and rest not in " \t":
            return LineOutcome.NO
        empty = not line.text[end:].strip(" \t")
        if parser.in_paragraph and (empty or (match[2] and int(match[2]) != 1)):
            return LineOutcome.NO  # such a line continues the paragraph
        kind = match[1] or match[3]
        padding = _read_marker(line, match.end() - match.start(), empty)
        parser.close_to(parser.matched)
        parent = parser.tip
        if not (isinstance(parent, List) and parent.kind == kind):
            element = parser.begin("ol" if match[2] else "ul")
            if match[2] and int(match[2]) != 1:
                element.set("start", str(int(match[2])))
            parser.push(List(element, line.number, kind))
        above = next((block.number for block in reversed(parser.stack) if isinstance(block, ListItem)), -1)
        item = _add_item(parser, line.number, padding, above)
        return LineOutcome.CONTAINER if line.blank or line.indent >= 4 else _open_task(parser, item, line)


def _add_item(parser: NoteParser, line: int, padding: int, above: int) -> ListItem:
    """Open an item in the list that is open; `above` is the number of the item that it is nested in, -1 for none."""
    item = ListItem(etree.SubElement(parser.tip.element, "li"), line, padding)
    item.number = len(parser.findings.items)
    parser.findings.items.append(FoundItem(item.element, line, above))
    parser.push(item)
    return item


def _read_marker(line: Line, width: int, empty: bool) -> int:
    """Read the marker and the spaces after it; return how far nested lines are indented."""
    indent = line.indent
    line.to_start()
    line.advance(width)
    if empty:
        return indent + width + 1
    spaces = line.indent
    if spaces >= 5:
        # The text is indented code: one space belongs to the marker.
        line.advance_columns(1)
        return indent + width + 1
    line.advance_columns(spaces)
    return indent + width + spaces


def _open_task(parser: NoteParser, item: ListItem, line: Line) -> LineOutcome:
    """Make a task of an item that begins with a box: its text is a paragraph."""
    match = _TASK.match(line.text, line.start)
    if match is None:
        return LineOutcome.CONTAINER
    char = match[1]
    item.task = True
    parser.findings.items[item.number].mark = char
    item.element.set("class", "task")
    item.element.set("data-task", char)
    box = etree.Element(
        "input", {"type": "checkbox", "disabled": "disabled", "aria-label": _NAMES.get(char, char)}
    )
    if char != " ":
        box.set("checked", "checked")
    line.to_start()
    line.advance(match.end() - match.start())
    paragraph = Paragraph(parser.begin("p"), line.number)
    paragraph.has_fields = False
    parser.push(paragraph)
    if line.blank:
        # An item that is only a box has no text to hold it.
        parser.drop(paragraph)
        item.element.insert(0, box)
        return LineOutcome.DONE
    paragraph.element.insert(0, box)
    return LineOutcome.LEAF


def _ends_blank(block: OpenBlock) -> bool:
    """Say whether a blank line ends a block, or the last of the lists and items in it."""
    while True:
        if block.last_line_blank:
            return True
        if not isinstance(block, List | ListItem) or not block.children:
            return False
        block = block.children[-1]
