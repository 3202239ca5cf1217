"""Footnotes: `[^id]` with `[^id]: text`, and `^[inline text]` (FN)."""

import re
import xml.etree.ElementTree as etree

from garden.model.names import fold
from garden.reading.syntax.engine.blocks import BlockRule, NoteParser, OpenBlock, Outcome
from garden.reading.syntax.engine.build import Builder
from garden.reading.syntax.engine.findings import Definition, Leaf
from garden.reading.syntax.engine.inlines import MAX_DEPTH, InlineRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.serialize import RAW, slot

_DEFINITION = re.compile(r"\[\^([^\]\s\[]+)\]:")
_REFERENCE = re.compile(r"\[\^([^\]\s\[]+)\]")


class FootnoteText(OpenBlock):
    """The text of a footnote: blocks indented by two or more blanks go on with it."""

    container = True

    def __init__(self, element: etree.Element, line: int) -> None:
        """Open a footnote's text, outside the tree of the note."""
        super().__init__(element, line)
        self.padding = 0

    def continues(self, parser: NoteParser, line: Line) -> Outcome:
        """Go on with blank and with indented lines."""
        if line.blank:
            return Outcome.CONTAINER
        if line.indent < 2:
            return Outcome.NO
        # The first continued line decides how far the text is indented.
        self.padding = self.padding or min(line.indent, 4)
        line.advance_columns(min(self.padding, line.indent))
        return Outcome.CONTAINER


class FootnoteRule(BlockRule):
    """`[^id]: text`."""

    triggers = "["

    def open(self, parser: NoteParser, line: Line) -> Outcome:
        """Open a footnote's text; the first definition of a label counts."""
        match = _DEFINITION.match(line.text, line.start)
        if match is None:
            return Outcome.NO
        parser.leave()
        element = etree.Element("li")
        place = (line.number, line.start + 1)
        parser.findings.footnotes.setdefault(fold(match[1]), Definition(element, place))
        parser.push(FootnoteText(element, line.number))
        line.to_start()
        line.advance(match.end() - match.start())
        line.advance_columns(line.indent if line.indent < 5 else 1)
        return Outcome.CONTAINER


class FootnoteReferenceRule(InlineRule):
    """`[^id]` in text."""

    triggers = (r"\[(?=\^)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put a reference mark; one without definition is text (FN-3)."""
        match = _REFERENCE.match(scan.text, at, scan.end)
        if match is None:
            return None
        label = fold(match[1])
        if label not in scan.findings.footnotes:
            scan.findings.report(
                "footnote-undefined",
                scan.place(at),
                f"no text is given for the footnote [^{match[1]}]",
                f"write it as [^{match[1]}]: …",
            )
            scan.nodes.append(match[0])
            return match.end()
        scan.nodes.append(_mark(label))
        return match.end()


class InlineFootnoteRule(InlineRule):
    """`^[text]`."""

    triggers = (r"\^(?=\[)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put a reference mark whose text stands right here."""
        end = scan.partner(at + 1)
        if scan.depth >= MAX_DEPTH or end < 0 or end >= scan.end or not scan.text[at + 2 : end].strip():
            return None
        element = etree.Element("li")
        paragraph = etree.SubElement(element, "p")
        build = Builder(scan.findings, Leaf(paragraph, scan.leaf.text, "inline"))
        build.add(scan.inner(at + 2, end))
        build.finish()
        # A label that nobody can write: it holds a blank.
        label = f"inline {len(scan.findings.footnotes)}"
        scan.findings.footnotes[label] = Definition(element, scan.place(at))
        scan.nodes.append(_mark(label))
        return end + 1


def _mark(label: str) -> Atom:
    element = etree.Element(RAW)
    element.text = slot("footnote", label)
    return Atom(element)
