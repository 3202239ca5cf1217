"""Fenced and indented code (CB-1, CB-2), and fences whose content is rendered instead of shown as code."""

import re
import xml.etree.ElementTree as etree

from msgspec import Struct

from garden.reading.syntax.engine.block_rules import (
    CONTAINER,
    INDENTATION,
    BlockRule,
    LineOutcome,
    OpenBlock,
    Paragraph,
)
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import CODE, RAW
from garden.reading.syntax.fences.admonition_fences import AdmonitionFence, admonition_kind
from garden.reading.syntax.fences.boxes import fill_box
from garden.reading.syntax.fences.diagrams import add_diagram
from garden.reading.syntax.fences.fenced_block import FencedBlock
from garden.reading.syntax.fences.highlighting import ColouredCode, highlighted
from garden.reading.syntax.fences.live_views import LIVE_VIEWS, add_live_view
from garden.reading.syntax.inlines.escapes import unescape

_OPENING = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")
# Options of an info string: a title, and the numbers of lines to mark.
_TITLE = re.compile(r"""\btitle=(?:"([^"]*)"|'([^']*)'|(\S+))""")
_MARKED = re.compile(r"\{([\d,\s-]+)\}")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_LAST_LINE = 10_000  # a higher number would only fill the memory (HC-10)
# Obsidian's plugins render these fences; here their source is shown, with a note that says so.
NOT_RENDERED = {
    "dataviewjs": "Dataview script",
    "query": "Search query",
    "excalidraw": "Excalidraw drawing",
    "tikz": "TikZ picture",
    "chart": "Chart",
    "button": "Button",
}


class InfoString(Struct, frozen=True):
    """The info string after an opening fence."""

    language: str = ""
    title: str = ""
    marked: frozenset[int] = frozenset()  # numbers of lines, from 1 on


class Fence(FencedBlock):
    """Lines between two fences, in which nothing is recognised."""

    literal = True
    accepts_lines = True
    ignores_blank = True

    def __init__(self, element: etree.Element, line: Line, mark: str, info: str) -> None:
        """Open a fence of `mark` characters."""
        super().__init__(element, line.number)
        self.mark = mark
        self.indent = line.indent  # lines lose as much of theirs
        self.info = info
        self.column = line.start + 1
        self.lines: list[str] = []
        self.columns: list[int] = []  # the column in the file at which each line begins
        self.begun = False  # whether the rest of the opening line has been seen

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue until a line that holds nothing but a fence at least as long."""
        if self.ends_at(parser, line):
            return LineOutcome.DONE
        if self.indent:
            line.advance_columns(min(self.indent, line.indent))
        return CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Add a line as it is; the first is the fence itself."""
        if self.begun:
            self.lines.append(line.rest())
            self.columns.append(line.offset + 1)
        self.begun = True

    def take_lines(self, parser: NoteParser, at: int) -> int:
        """Take all lines before one that may be the closing fence."""
        if self.indent:
            return at
        end = at
        while end < len(parser.lines) and self.mark not in parser.lines[end]:
            end += 1
        self.lines += parser.lines[at:end]
        self.columns += [1] * (end - at)
        return end

    def close(self, parser: NoteParser) -> None:
        """Show the code."""
        place = (self.line, self.column)
        self.report_unclosed(parser, place, "code block")
        code = "".join([line + "\n" for line in self.lines])
        info = read_info(self.info)
        if info.language == "mermaid":
            add_diagram(parser, self.element, code, place)
        elif info.language == "breadcrumbs":
            from garden.reading.syntax.fences.hierarchy_views import add_view  # few notes have one

            add_view(parser, self.element, code, place)
        elif info.language.lower() in LIVE_VIEWS and info.language.lower() in parser.findings.settings.views:
            add_live_view(parser.findings, self.element, info.language.lower(), self._source(), place)
        elif info.language.lower() in NOT_RENDERED:
            _add_not_rendered(parser, self.element, code, info.language, place)
        else:
            parser.findings.code.append(code)
            add_code(self.element, code, info, parser.findings.coloured)

    def _source(self) -> MappedText:
        """Return the lines with their places in the file."""
        lines = enumerate(zip(self.lines, self.columns, strict=True), self.line + 1)
        return MappedText(
            [(text, number, column) for number, (text, column) in lines] or [("", self.line, 1)]
        )


class FenceRule(BlockRule):
    """Three or more backticks or tildes."""

    triggers = "`~"
    begins = "```|~~~"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a fence."""
        match = _OPENING.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        info = line.text[match.end() :].strip()
        kind = admonition_kind(info)
        if kind:
            parser.push(AdmonitionFence(parser, line, match[0], kind))
            return LineOutcome.DONE
        parser.push(Fence(parser.begin("figure"), line, match[0], info))
        return LineOutcome.LEAF


class IndentedCode(OpenBlock):
    """Lines indented by four columns."""

    accepts_lines = True
    literal = True

    def __init__(self, element: etree.Element, line: int) -> None:
        """Open a block of indented code."""
        super().__init__(element, line)
        self.lines: list[str] = []

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue with indented and with blank lines."""
        if line.indent < 4 and not line.blank:
            return LineOutcome.NO
        line.advance_columns(4)
        return LineOutcome.CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Take a line without its indentation."""
        self.lines.append("" if line.blank and line.offset >= len(line.text) else line.rest())

    def close(self, parser: NoteParser) -> None:
        """Show the code; blank lines at its end are not part of it."""
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        code = "".join([line + "\n" for line in self.lines])
        parser.findings.code.append(code)
        add_code(self.element, code, InfoString())


class IndentedRule(BlockRule):
    """Code by indentation; it cannot interrupt a paragraph."""

    triggers = INDENTATION

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a block of indented code."""
        if isinstance(parser.tip, Paragraph) or (
            parser.tip.accepts_lines and parser.matched == len(parser.stack)
        ):
            return LineOutcome.NO
        line.advance_columns(4)
        parser.push(IndentedCode(parser.begin("figure"), line.number))
        return LineOutcome.LEAF


def read_info(info: str) -> InfoString:
    """Parse an info string: the first word is the language; `title="…"` and `{1,3-5}` (marked lines) are our own options."""
    first, _, rest = unescape(info).replace("\t", " ").partition(" ")
    if _TITLE.match(info):
        first, rest = "", info  # a title alone is not a language
    if first.startswith("{") and not _MARKED.match(info):
        language = first.strip("{}.").split(",")[0]  # ```{python} and ```{.python} of notebooks
    else:
        language, brace, more = first.partition("{")
        rest = brace + more + " " + rest
    titled = _TITLE.search(rest)
    marks = _MARKED.search(rest)
    title = next((group for group in titled.groups() if group), "") if titled else ""
    return InfoString(language, title, _numbers(marks[1]) if marks else frozenset())


def add_code(
    figure: etree.Element, code: str, info: InfoString, coloured: ColouredCode | None = None
) -> None:
    """Fill `figure` with a block of code; `coloured` are blocks that need not be coloured again."""
    figure.set("class", "code")
    if info.title:
        etree.SubElement(figure, "figcaption").text = info.title
    if info.language:
        figure.set("data-language", info.language)
    pre = etree.SubElement(figure, "pre", {"tabindex": "0"})
    element = etree.SubElement(pre, "code", {"class": f"language-{info.language}"} if info.language else {})
    if info.language or info.marked:
        element.set(CODE, code)
        known = (coloured or {}).get((info.language, code)) if not info.marked else None
        etree.SubElement(element, RAW).text = known or highlighted(code, info.language, info.marked)
    else:
        element.text = code


def _add_not_rendered(
    parser: NoteParser, figure: etree.Element, code: str, language: str, place: tuple[int, int]
) -> None:
    """Show a fence of one of Obsidian's plugins as source, and report that it is not rendered."""
    name = NOT_RENDERED[language.lower()]
    parser.findings.report("not-rendered", place, f"{name}: shown as source, not rendered")
    fill_box(parser.findings, figure, name, code, language)


def _numbers(ranges: str) -> frozenset[int]:
    """Return the numbers in ranges such as `1,3-5`."""
    numbers: set[int] = set()
    for match in _RANGE.finditer(ranges):
        first = min(int(match[1]), _LAST_LINE)
        last = min(int(match[2] or match[1]), _LAST_LINE)
        numbers.update(range(first, last + 1))
    return frozenset(numbers)
