"""GFM tables (TB)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock, Paragraph
from garden.reading.syntax.engine.findings import Leaf
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser

_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"\\.|\|")  # or an escaped character, which is not one
# What a bar splits by mistake: a wikilink; code or a formula.
_CUT_LINK = re.compile(r"!?\[\[[^\[\]|\\\n]+\|[^\[\]\n]*\]\]")
_CUT_SPAN = re.compile(r"`(?:[^`|\\\n]|\\.)*\|[^`\n]*`|\$(?!\s)(?:[^$|\\\n]|\\.)*\|[^$\n]*\$")
# The maximum number of cells in a row; only hostile tables have more.
_WIDEST = 1000

CellText = list[tuple[str, int, int]]
"""The pieces of a cell, as for `MappedText`."""


class Table(OpenBlock):
    """Rows; the first blank line or other block ends them."""

    accepts_lines = True

    def __init__(self, element: etree.Element, line: int, alignments: list[str]) -> None:
        """Open a table."""
        super().__init__(element, line)
        self.alignments = alignments
        self.body: etree.Element | None = None

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue until a blank line."""
        return LineOutcome.NO if line.blank else LineOutcome.CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Add a row; the delimiter row shows nothing."""
        if line.number != self.line:
            self._add_row(parser, line.text, line.number, line.start)

    def take_lines(self, parser: NoteParser, at: int) -> int:
        """Take rows; a bar at the beginning of a line is nothing else here."""
        lines = parser.lines
        while at < len(lines) and (text := lines[at]) and (text[0] == "|" or parser.is_plain(text)):
            self._add_row(parser, text, parser.first_line + at, 0)
            at += 1
        return at

    def _add_row(self, parser: NoteParser, text: str, number: int, start: int) -> None:
        """Add the row that begins at `start` of a line."""
        if self.body is None:
            self.body = etree.SubElement(self.element, "tbody")
        cells = split_cells(text[start:], number, start + 1)
        add_row(parser, self.body, "td", cells, self.alignments)
        _report_bars(parser, (text, number, start), cells, len(self.alignments))


class TableRule(BlockRule):
    """A header row, and a delimiter row with as many cells below it."""

    triggers = "|:-"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Make the last line of the open paragraph the header of a table."""
        if not parser.in_paragraph or not _DELIMITER_ROW.match(line.text, line.start):
            return LineOutcome.NO
        delimiter = line.text[line.start :]
        if "|" not in delimiter and ":" not in delimiter:
            return LineOutcome.NO
        paragraph = parser.tip
        assert isinstance(paragraph, Paragraph)
        header = split_cells(*paragraph.pieces[-1])
        alignments = [_alignment(cell[0][0].strip()) for cell in split_cells(delimiter, 0, 0)]
        if (
            len(header) != len(alignments)
            or len(header) > _WIDEST
            or "|" not in paragraph.pieces[-1][0] + delimiter
        ):
            return LineOutcome.NO
        paragraph.pieces.pop()
        if paragraph.pieces:
            parser.close_to(len(parser.stack) - 1)
        else:
            parser.drop(paragraph)
        wrapper = parser.begin("div")
        wrapper.set("class", "table")
        wrapper.set("tabindex", "0")
        table = etree.SubElement(wrapper, "table")
        add_row(parser, etree.SubElement(table, "thead"), "th", header, alignments)
        parser.push(Table(table, line.number, alignments))
        return LineOutcome.LEAF


def add_row(
    parser: NoteParser, parent: etree.Element, tag: str, cells: list[CellText], alignments: list[str]
) -> None:
    """Add a row with as many cells as the header has; an empty cell of the header becomes a plain cell."""
    row = etree.SubElement(parent, "tr")
    for index, alignment in enumerate(alignments):
        cell = cells[index] if index < len(cells) else None
        own_tag = "td" if tag == "th" and cell and not any(text for text, _, _ in cell) else tag
        element = etree.SubElement(row, own_tag)
        if alignment:
            element.set("align", alignment)
        if cell:
            parser.findings.leaves.append(Leaf(element, MappedText(cell, ""), "cell"))


def _report_bars(parser: NoteParser, row: tuple[str, int, int], cells: list[CellText], columns: int) -> None:
    """Report a bar that splits a link, or that splits code or a formula if cells are lost by that.

    `row` is a line, its number, and where in it the row begins.
    """
    text, number, start = row
    cut = _CUT_LINK.search(text, start) if "[[" in text else None
    if cut is None and len(cells) > columns:
        cut = _CUT_SPAN.search(text, start)
    if cut is not None:
        parser.findings.report(
            "table-bar",
            (number, cut.start() + 1),
            f"the bar in {cut[0]} splits the cell",
            "write a bar inside a cell as \\|",
        )


def split_cells(row: str, line: int, column: int) -> list[CellText]:
    r"""Split a row into pieces with their places, at its bars; `\|` is a bar in a cell (TB-1)."""
    cells: list[CellText] = []
    cell: CellText = []
    start = len(row) - len(row.lstrip(" \t"))
    if row.startswith("|", start):
        start += 1
    if "\\" not in row:
        *whole, rest = row[start:].split("|")
        for text in whole:
            cells.append([_piece(text, line, column + start)])
            start += len(text) + 1
        if rest.strip():
            cells.append([_piece(rest, line, column + start)])
        return cells
    for match in _BAR.finditer(row, start):
        if match[0] == "|":
            cell.append((row[start : match.start()], line, column + start))
            cells.append(_trimmed(cell))
            cell = []
            start = match.end()
        elif match[0] == "\\|":
            cell.append((row[start : match.start()], line, column + start))
            start = match.start() + 1
    if row[start:].strip() or cell:
        cell.append((row[start:], line, column + start))
        cells.append(_trimmed(cell))
    return cells


def _piece(text: str, line: int, column: int) -> tuple[str, int, int]:
    """Return a piece without the spaces around it."""
    stripped = text.lstrip(" \t")
    return stripped.rstrip(" \t"), line, column + len(text) - len(stripped)


def _trimmed(cell: CellText) -> CellText:
    """Return a cell without the spaces around it."""
    text, line, column = cell[0]
    stripped = text.lstrip(" \t")
    cell[0] = (stripped, line, column + len(text) - len(stripped))
    text, line, column = cell[-1]
    cell[-1] = (text.rstrip(" \t"), line, column)
    return cell


def _alignment(mark: str) -> str:
    """Return the alignment of a column by its cell in the delimiter row, such as `:-:`; empty for the default."""
    left, right = mark.startswith(":"), mark.endswith(":")
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""
