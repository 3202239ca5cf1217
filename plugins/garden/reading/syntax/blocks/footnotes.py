"""Footnotes: `[^id]` with `[^id]: text`, and `^[inline text]` (FN)."""

import re
import xml.etree.ElementTree as etree

from garden.model.names import fold
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock
from garden.reading.syntax.engine.element_builder import ElementBuilder
from garden.reading.syntax.engine.findings import Findings, FoundFootnote, Leaf
from garden.reading.syntax.engine.inline_scan import MAX_INLINE_DEPTH, InlineRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW, slot

_DEFINITION = re.compile(r"\[\^([^\]\s\[]+)\]:")
# Searched in the masked text, where hidden characters match too: the label as shown is checked by _LABEL.
_REFERENCE = re.compile(r"(!?)\[\^([^\]\s\[]+)\]")
_LABEL = re.compile(r"[^\]\s\[]+")


class FootnoteText(OpenBlock):
    """The text of a footnote, continued by blocks that are indented by two or more spaces (FN-1)."""

    container = True
    lazy = False  # a line that is not indented ends it, no matter what is above

    def __init__(self, definition: FoundFootnote, line: int, findings: Findings) -> None:
        """Open a footnote's text, outside the tree of the note."""
        super().__init__(definition.element, line)
        self.definition = definition
        self.padding = 0  # columns that every continued line loses, 0 until the first one
        # The numbers of findings before the text: everything after these was found in the footnote.
        self.before = (len(findings.leaves), len(findings.headings), len(findings.blocks))

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue with blank and with indented lines."""
        if line.blank:
            return LineOutcome.CONTAINER
        if line.indent < 2:
            return LineOutcome.NO
        # The first continued line decides how far the text is indented; more than four columns would be code.
        self.padding = self.padding or min(line.indent, 4)
        line.advance_columns(min(self.padding, line.indent))
        return LineOutcome.CONTAINER

    def close(self, parser: NoteParser) -> None:
        """Remove everything found in the text from the findings of the note, until something refers to the footnote (FN-3)."""
        findings = parser.findings
        leaves, headings, blocks = self.before
        self.definition.leaves = findings.leaves[leaves:]
        self.definition.headings = findings.headings[headings:]
        self.definition.blocks = findings.blocks[blocks:]
        del findings.leaves[leaves:], findings.headings[headings:], findings.blocks[blocks:]


class FootnoteRule(BlockRule):
    """`[^id]: text` at the beginning of a line (FN-1)."""

    triggers = "["
    begins = r"\[\^"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a footnote's text; the first definition of a label counts."""
        match = _DEFINITION.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        parser.leave()
        definition = FoundFootnote(etree.Element("li"))
        parser.findings.footnotes.setdefault(fold(match[1]), definition)
        parser.push(FootnoteText(definition, line.number, parser.findings))
        line.to_start()
        line.advance(match.end() - match.start())
        # As after the marker of a list item, five or more spaces are one space followed by indented code.
        line.advance_columns(line.indent if line.indent < 5 else 1)
        return LineOutcome.CONTAINER


class FootnoteReferenceRule(InlineRule):
    """`[^id]` in text; an exclamation mark before it does not make it an image."""

    triggers = (r"\[(?=\^)", r"!(?=\[\^)")

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the mark of a reference; a reference without a definition is text (FN-3)."""
        match = _REFERENCE.match(scan.masked, at, scan.end)
        written = scan.ahead.shown(*match.span(2)) if match else ""
        if match is None or not _LABEL.fullmatch(written):
            return None
        label = fold(written)
        if scan.findings.use_footnote(label):
            if match[1]:
                scan.nodes.append(match[1])
            scan.nodes.append(_mark(label))
            return match.end()
        if match[1]:
            return None  # `![^id]` may still be an image
        scan.findings.report(
            "footnote-undefined",
            scan.place(at),
            f"there is no text for the footnote [^{written}]",
            f"write it as [^{written}]: …",
        )
        scan.nodes.append(f"[^{written}]")
        return match.end()


class InlineFootnoteRule(InlineRule):
    """`^[text]` (FN-1)."""

    triggers = (r"\^(?=\[)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the mark of a reference whose text is between the brackets."""
        end = scan.partner(at + 1)
        if scan.depth >= MAX_INLINE_DEPTH or end < 0 or not scan.ahead.shown(at + 2, end).strip():
            return None
        element = etree.Element("li")
        paragraph = etree.SubElement(element, "p")
        build = ElementBuilder(scan.findings, Leaf(paragraph, scan.leaf.text, "inline"))
        build.add(scan.inner(at + 2, end))
        build.finish()
        # A label that no author can write, since it contains a space.
        label = f"inline {len(scan.findings.footnotes)}"
        scan.findings.footnotes[label] = FoundFootnote(element, used=True)
        scan.nodes.append(_mark(label))
        return end + 1


def _mark(label: str) -> Atom:
    """Return the slot that rendering fills with the number of the footnote."""
    element = etree.Element(RAW)
    element.text = slot("footnote", label)
    return Atom(element, is_footnote=True)
