"""Math: `$x$` and `$$x$$` (MA). The formulas are converted after all have been found (`tree.formulas`)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.blocks.lists import ListItem
from garden.reading.syntax.blocks.quotes import Quote
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock, Paragraph
from garden.reading.syntax.engine.findings import Formula
from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.note_parser import NoteParser

_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)  # or an escaped character, which is not one
# What stands before the dollar of a currency.
_COUNTRIES = frozenset({"AU", "CA", "HK", "NZ", "SG", "TW", "US"})
_AMOUNT = re.compile(r"[ \u00a0]\d")
_QUOTE_MARKER = re.compile(r"[ \t]{0,3}>[ \t]?")
_BLOCK_START = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \t]|\Z)|#{1,6}(?:[ \t]|\Z)|```|~~~|>")
# The beginnings of lines that end a paragraph: an item with text, a heading, a fence, a quotation, a thematic break, the
# delimiter row of a table, a footnote, a comment.
_PARAGRAPH_END = re.compile(
    r"(?:[-+*]|\d{1,9}[.)])[ \t]+\S|#{1,6}(?:[ \t]|\Z)|```|~~~|>"
    r"|([-*_])(?:[ \t]*\1){2,}[ \t]*\Z|[-:| \t]*\|[-:| \t]*\Z|\[\^|%%|<!--"
)
_MARK = re.compile(r"\\?`+|\\.|\$\$")  # backticks, an escaped character, or the mark of a formula


class MathBlock(OpenBlock):
    """Display math over several lines; it consumes all lines up to its second mark, whatever they look like."""

    literal = True
    accepts_lines = True

    def __init__(self, element: etree.Element, line: Line, until: int) -> None:
        """Open display math whose second mark is on the line `until`."""
        super().__init__(element, line.number)
        self.takes_until = until
        self.pieces: list[tuple[str, int, int]] = []

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue until the second mark has been seen."""
        del parser
        return LineOutcome.NO if line.number > self.takes_until else LineOutcome.CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Take a line; text after the closing mark belongs to a paragraph of its own."""
        begin = line.offset if self.pieces else line.start
        text = line.text[begin:]
        end = text.find("$$", 0 if self.pieces else 2)
        if end < 0:
            self.pieces.append((text, line.number, begin + 1))
            return
        self.pieces.append((text[: end + 2], line.number, begin + 1))
        rest = text[end + 2 :]
        self.takes_until = 0
        parser.close_to(len(parser.stack) - 1)
        parser.matched = len(parser.stack)
        if rest.strip():
            line.advance(begin + end + 2 - line.offset)
            parser.open_paragraph(line).add(parser, line)

    def close(self, parser: NoteParser) -> None:
        """Leave the formula to be typeset."""
        text = MappedText(self.pieces)
        tex = text.text[2:-2].strip("\n")
        element = make_formula(self.element, tex, "block")
        parser.findings.formulas.append(_formula_at(element, tex, text, 0))


class MathBlockRule(BlockRule):
    """`$$` first on its line, with nothing but the formula up to the next mark."""

    triggers = "$"
    begins = r"\$\$"
    extends_paragraphs = True
    needs = "$$"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open display math, unless the line is a paragraph with math in it."""
        text = line.text
        if not text.startswith("$$", line.start):
            return LineOutcome.NO
        end = text.find("$$", line.start + 2)
        until = line.number
        if end < 0:
            # Its lines may look like other blocks (`+ c`), so a paragraph must not continue with them.
            until = _closing_line(parser, line)
            opens = until > 0
        else:
            is_alone = not text[end + 2 :].strip()
            is_empty = not text[line.start + 2 : end].strip()
            opens = is_alone and not is_empty and not parser.in_paragraph
        if not opens:
            return LineOutcome.NO
        parser.push(MathBlock(parser.begin("div"), line, until))
        return LineOutcome.LEAF

    def extending(self, parser: NoteParser, paragraph: Paragraph, line: Line) -> None:
        """Let a paragraph keep the lines of a formula that begins within it.

        They may look like a heading (`=`), and the last one may stand further left than the list item.
        """
        text = paragraph.pieces[-1][0]
        if "$$" in text and _ends_in_formula(text, paragraph.takes_until == line.number):
            paragraph.takes_until = _closing_line(parser, line, in_paragraph=True)


def _ends_in_formula(text: str, inside: bool) -> bool:
    """Say whether a formula is open after `text`; `inside` says so for the text before. Marks in code do not count (MK-1)."""
    marks = list(_MARK.finditer(text))
    last = {mark[0]: mark.start() for mark in marks}
    code = ""  # the backticks of the code that a mark is in
    for mark in marks:
        found = mark[0]
        if code:
            code = "" if found.lstrip("\\") == code else code
        elif found == "$$":
            inside = not inside
        elif not inside and found.startswith("`") and last[found] > mark.start():
            code = found  # as many backticks come later: it is code
    return inside


def _closing_line(parser: NoteParser, line: Line, *, in_paragraph: bool = False) -> int:
    """Return the number of the line with the mark that closes a formula, 0 without one in its container.

    In a quotation all lines have the marker. In a list item lines may have any indentation (MA-5), up to one that is
    clearly not part of the item: another item, a heading or a fence further left, or text further left below a blank
    line. A formula that begins within a paragraph ends with it at the latest, and none of its lines may begin a
    block.
    """
    if not parser.stands_below("$$", line):
        return 0
    containers = parser.stack[: parser.matched]
    quotes = sum(isinstance(block, Quote) for block in containers)
    indentation = sum(block.padding for block in containers if isinstance(block, ListItem))
    blank_before = False
    for number, text in enumerate(parser.lines_below(line), start=line.number + 1):
        rest = text
        for _ in range(quotes):
            marker = _QUOTE_MARKER.match(rest)
            if marker is None:
                return 0
            rest = rest[marker.end() :]
        content = rest.lstrip()
        if in_paragraph and (not content or _PARAGRAPH_END.match(content)):
            return 0
        if "$$" in rest:
            return number
        outside = content and len(rest.expandtabs(4)) - len(content.expandtabs(4)) < indentation
        if outside and (blank_before or _BLOCK_START.match(content)):
            return 0
        blank_before = not content
    return 0


class MathSpanRule(OpaqueRule):
    """`$x$`, and `$$x$$` inside a paragraph."""

    triggers = (r"\$\$?",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the mark that closes the formula (MA-1)."""
        text = ahead.text
        if text.startswith("$$", at) and at + 2 <= stop:
            end = ahead.find("$$", at + 2, raw=True)
            return end + 2 if 0 <= end <= stop - 2 and text[at + 2 : end].strip() else None
        if at + 1 >= stop or text[at + 1].isspace():
            return None
        match = _DOLLAR.search(text, at + 1, stop)
        while match is not None and match[0] != "$":
            match = _DOLLAR.search(text, match.end(), stop)
        if match is None:
            return None
        end = match.start()
        after = text[end + 1 : end + 2]
        if text[end - 1].isspace() or after.isdigit() or after == "$" or _is_amount(text, end):
            return None
        return end + 1

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a formula; two dollars without partner are text."""
        double = scan.text.startswith("$$", at) and at + 2 <= scan.end
        end = self.end(scan.ahead, at, scan.end)
        if end is None:
            if double:
                scan.nodes.append("$$")
            return at + 2 if double else None
        width = 2 if double else 1
        scan.nodes.append(
            _recorded_formula(scan, at, scan.text[at + width : end - width], "block" if double else "inline")
        )
        return end


def _is_amount(text: str, at: int) -> bool:
    """Say whether a dollar is part of a currency with an amount after it (`US$ 3`): in `$6, US$ 3` it closes no formula."""
    return (
        text[at - 2 : at] in _COUNTRIES
        and not text[at - 3 : at - 2].isalnum()
        and _AMOUNT.match(text, at + 1) is not None
    )


def make_formula(element: etree.Element, tex: str, display: str) -> etree.Element:
    """Mark `element` as a formula and keep its TeX (MA-3); `display` is "inline" or "block"."""
    element.set("class", f"math {display}")
    element.set("data-tex", tex)
    if display == "block":
        element.set("tabindex", "0")  # it may scroll
    return element


def _recorded_formula(scan: Scan, begin: int, tex: str, display: str) -> Atom:
    """Record a formula within a line, and return its node."""
    element = make_formula(etree.Element("span"), tex, display)
    scan.findings.formulas.append(_formula_at(element, tex, scan.leaf.text, begin))
    return Atom(element, tex)


def _formula_at(element: etree.Element, tex: str, text: MappedText, begin: int) -> Formula:
    """Return a formula that begins, with its mark, at `begin` of `text`."""
    return Formula(element, tex, text, text.place(begin), text.text.index(tex, begin + 1))
