"""Admonitions: `!!! note "Title"` with an indented body, shown as callouts are (FT-9)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.blocks.callouts import Callout, begin_callout
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.extra.indented import continue_indented

_BEGIN = re.compile(r'!!! ?([\w-]+)((?: +[\w-]+)*)(?: +"(.*)")?[ \t]*$')


class Admonition(Callout):
    """A callout whose content is indented instead of marked."""

    lazy = False
    ignores_blank = False

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue with blank and with indented lines."""
        return continue_indented(line)


class AdmonitionRule(BlockRule):
    """`!!! type "title"`; an empty title is none."""

    triggers = "!"
    begins = "!!!"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open an admonition: the words after its type are classes."""
        match = _BEGIN.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        at = (line.number, line.start + 1)
        if not parser.findings.asks_for("admonitions", at):
            return LineOutcome.NO
        kind = match[1].lower()
        element = begin_callout(parser, "div", kind, at, match[2].split())
        if match[3] != "":
            title = etree.SubElement(element, "div", {"class": "callout-title"})
            if match[3]:
                text = MappedText([(match[3], line.number, match.start(3) + 1)])
                parser.add_leaf(title, text, "title")
            else:
                title.text = kind.title()
        content = etree.SubElement(element, "div", {"class": "callout-body"})
        parser.push(Admonition(element, content, line.number))
        return LineOutcome.DONE
