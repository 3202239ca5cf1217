"""`[TOC]` alone in a paragraph: the note's own headings as a nested list of links (FT-9)."""

import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.block_rules import BlockRule, Paragraph
from garden.reading.syntax.engine.findings import Findings, FoundHeading
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import slot

_MARKER = "[TOC]"


class ContentsRule(BlockRule):
    """Takes the text of a paragraph that is nothing but `[TOC]`; further ones are text, since one list is enough."""

    closes_paragraphs = True
    needs = _MARKER

    def closing(self, parser: NoteParser, paragraph: Paragraph) -> None:
        """Leave an element for the list in place of the paragraph."""
        text, line, column = paragraph.pieces[0]
        if len(paragraph.pieces) > 1 or not text.startswith(_MARKER) or text.rstrip(" \t") != _MARKER:
            return
        findings = parser.findings
        if not findings.asks_for("toc", (line, column)) or findings.contents is not None:
            return
        findings.contents = etree.Element("div", {"class": "toc"})
        blocks = parser.tip.element
        blocks.insert(len(blocks) - 1, findings.contents)
        paragraph.pieces.clear()


def fill_contents(findings: Findings) -> None:
    """Fill the element that `[TOC]` has left; the headings already have their ids."""
    if findings.contents is None:
        return
    open_lists: list[tuple[int, etree.Element]] = []  # (level, list), the outermost first
    for heading in findings.headings:
        if not heading.shown or heading.nested:
            continue
        while len(open_lists) > 1 and heading.level < open_lists[-1][0]:
            open_lists.pop()
        if not open_lists:
            open_lists.append((heading.level, etree.SubElement(findings.contents, "ul")))
        elif heading.level > open_lists[-1][0]:
            item = open_lists[-1][1][-1]
            open_lists.append((heading.level, etree.SubElement(item, "ul")))
        _add(open_lists[-1][1], heading)


def _add(items: etree.Element, heading: FoundHeading) -> None:
    """Add a link to a heading to a list."""
    item = etree.SubElement(items, "li")
    link = etree.SubElement(item, "a", {"href": slot("fragment", heading.anchor or "")})
    link.text = heading.text
