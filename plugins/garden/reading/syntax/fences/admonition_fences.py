"""Fences ```` ```ad-type ````, as the plugin Admonition has them: callouts in another form (AD).

Their text is Markdown of the note, so the fence is a container and not code: its lines are read where they
stand, and what is found in them keeps its place in the file.
"""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.blocks.callouts import CANONICAL, Callout, begin_callout
from garden.reading.syntax.engine.block_rules import LineOutcome
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.fences.fenced_block import FencedBlock

_KIND = re.compile(r"ad-(\S+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(title|collapse|icon|color|metadata):[ \t]*(.*?)[ \t]*$", re.IGNORECASE)
_ALSO_KNOWN = {"seealso": "note"}


def admonition_kind(info: str) -> str:
    """Return the type that the info string of a fence asks for, in lower case; empty for a fence of another kind."""
    match = _KIND.match(info)
    return match[1].lower() if match else ""


class AdmonitionFence(FencedBlock, Callout):
    """A callout between two fences; its first lines may be parameters (AD-2)."""

    lazy = False

    def __init__(self, parser: NoteParser, line: Line, mark: str, kind: str) -> None:
        """Open a fence of `mark` characters at `line`."""
        self.place = (line.number, line.start + 1)
        alias = _ALSO_KNOWN.get(kind)
        outer = begin_callout(parser, "div", alias or kind, self.place)
        outer.set("data-callout", kind)
        super().__init__(outer, etree.SubElement(outer, "div", {"class": "callout-body"}), line.number)
        self.kind = kind
        self.known = alias is not None or kind in CANONICAL
        self.mark = mark
        self.indent = line.indent
        self.parameters: dict[str, tuple[str, int, int]] = {}
        self.titled = False

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue until a line that holds nothing but a fence at least as long."""
        if self.ends_at(parser, line):
            return LineOutcome.DONE
        if not self.titled:
            found = _PARAMETER.match(line.text, line.start)
            if found and found[1].lower() not in self.parameters:
                self.parameters[found[1].lower()] = (found[2], line.number, found.start(2) + 1)
                return LineOutcome.DONE
            self._add_title(parser)
        line.advance_columns(min(self.indent, line.indent))
        return LineOutcome.CONTAINER

    def take_lazy(self, parser: NoteParser, line: Line) -> bool:
        """Every line up to the closing fence is inside: none lacks a marker."""
        del parser, line
        return False

    def close(self, parser: NoteParser) -> None:
        """A fence without content is its title alone."""
        if not self.titled:
            self._add_title(parser)
        self.report_unclosed(parser, self.place, "admonition")
        super().close(parser)

    def _add_title(self, parser: NoteParser) -> None:
        """Put the title before the content, when all parameters are known."""
        self.titled = True
        text, line, column = self.parameters.get("title", ("", 0, 0))
        collapse = self.parameters.get("collapse", ("none", 0, 0))[0].lower()
        folded = collapse != "none"
        if folded:
            self.outer.tag = "details"
            if collapse == "open":
                self.outer.set("open", "open")
        elif "title" in self.parameters and not text:
            return
        title = etree.Element("summary" if folded else "div", {"class": "callout-title"})
        self.outer.insert(0, title)
        if text:
            parser.add_leaf(title, MappedText([(text, line, column)]), "title")
        else:
            title.text = (self.kind if self.known else self.kind.replace("-", " ")).title()
