"""Math: `$x$` and `$$x$$` (MA), as MathML made at build."""

import html
import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from garden.reading.syntax.engine.blocks import BlockRule, LineOutcome, NoteParser, OpenBlock, Paragraph
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.inlines import OpaqueRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.serialize import RAW, serialize
from garden.reading.syntax.engine.text import MappedText

_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)
_UNKNOWN = re.compile(r"<mi>\\([A-Za-z]+)</mi>")
# A formula needs no links, and a strict content security policy forbids styles.
_UNWANTED = frozenset(("href", "style"))
# The converter recurses and copies: longer formulas are shown as TeX (HC-10).
_LONGEST = 4_000


class MathBlock(OpenBlock):
    """Display math over several lines."""

    literal = True
    accepts_lines = True

    def __init__(self, element: etree.Element, line: Line) -> None:
        """Open display math."""
        super().__init__(element, line.number)
        self.pieces: list[tuple[str, int, int]] = []
        self.after: tuple[str, int, int] | None = None
        self.closed = False

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Go on until the second mark has been seen."""
        return LineOutcome.NO if self.closed else LineOutcome.CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Take a line; text behind the closing mark belongs to a paragraph of its own."""
        begin = line.offset if self.pieces else line.start
        text = line.text[begin:]
        end = text.find("$$", 0 if self.pieces else 2)
        if end < 0:
            self.pieces.append((text, line.number, begin + 1))
            return
        self.pieces.append((text[: end + 2], line.number, begin + 1))
        self.closed = True
        rest = text[end + 2 :]
        parser.close_to(len(parser.stack) - 1)
        parser.matched = len(parser.stack)
        if rest.strip():
            line.advance(begin + end + 2 - line.offset)
            parser.open_paragraph(line).add(parser, line)

    def close(self, parser: NoteParser) -> None:
        """Show the formula; one that is never closed is text."""
        text = MappedText(self.pieces)
        if not self.closed:
            self.element.tag = "p"
            parser.add_leaf(self.element, text)
            return
        fill_math(parser.findings, self.element, text.text[2:-2].strip("\n"), "block", text.place(0))


class MathBlockRule(BlockRule):
    """`$$` first on its line, with nothing but the formula up to the next mark."""

    triggers = "$"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open display math, unless the line is a paragraph with math in it."""
        text = line.text
        if not text.startswith("$$", line.start):
            return LineOutcome.NO
        end = text.find("$$", line.start + 2)
        if end < 0:
            # Its lines may look like blocks (`+ c`), so even a paragraph must not keep them.
            opens = parser.stands_below("$$", line) and not _in_formula(parser)
        else:
            alone = not text[end + 2 :].strip() and text[line.start + 2 : end].strip()
            opens = bool(alone) and not parser.in_paragraph
        if not opens:
            return LineOutcome.NO
        parser.push(MathBlock(parser.begin("div"), line))
        return LineOutcome.LEAF


def _in_formula(parser: NoteParser) -> bool:
    """Say whether the open paragraph has a formula that the next mark closes."""
    tip = parser.tip
    if not isinstance(tip, Paragraph) or not parser.in_paragraph:
        return False
    return sum(text.count("$$") for text, _, _ in tip.pieces) % 2 == 1


class MathSpanRule(OpaqueRule):
    """`$x$`, and `$$x$$` inside a paragraph."""

    triggers = (r"\$\$?",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Name the end of the mark that closes the formula (MA-1)."""
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
        if text[end - 1].isspace() or after.isdigit() or after == "$":
            return None
        return end + 1

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put a formula; two dollars without partner are text."""
        double = scan.text.startswith("$$", at) and at + 2 <= scan.end
        end = self.end(scan.ahead, at, scan.end)
        if end is None:
            if double:
                scan.nodes.append("$$")
            return at + 2 if double else None
        width = 2 if double else 1
        scan.nodes.append(
            _formula(scan, at, scan.text[at + width : end - width], "block" if double else "inline")
        )
        return end


def fill_math(
    findings: Findings, element: etree.Element, tex: str, display: str, at: tuple[int, int]
) -> None:
    """Fill `element` with a formula: MathML to see, its TeX in `data-tex` (MA-3)."""
    element.set("class", f"math {display}")
    element.set("data-tex", tex)
    if display == "block":
        element.set("tabindex", "0")  # it may scroll
    markup = _mathml(tex, display)
    if markup is None:
        element.text = tex
        findings.report("math-unknown", at, "this formula is not understood, its TeX is shown")
        return
    etree.SubElement(element, RAW).text = markup
    unknown = _UNKNOWN.search(markup)
    if unknown:
        findings.report(
            "math-unknown", at, f"the TeX command \\{unknown[1]} is not known, it is shown as it is"
        )


def _formula(scan: Scan, at: int, tex: str, display: str) -> Atom:
    element = etree.Element("span")
    fill_math(scan.findings, element, tex, display, scan.place(at))
    return Atom(element, tex)


@lru_cache(maxsize=1024)
def _mathml(tex: str, display: str) -> str | None:
    if len(tex) > _LONGEST:
        return None
    from latex2mathml.converter import convert_to_element

    root = etree.Element("math")
    try:
        root.append(convert_to_element(tex, display=display))
    except Exception:  # noqa: BLE001 (the converter raises what its stacks give, RecursionError too)
        return None
    # Its own text form leaves `<` in text as it is: the tree is made plain here and escaped by us.
    for element in root.iter():
        element.text = html.unescape(element.text or "")
        for name in _UNWANTED & element.attrib.keys():
            del element.attrib[name]
    return serialize(root)
