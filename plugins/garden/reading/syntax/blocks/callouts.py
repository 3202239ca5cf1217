"""Callouts: quotes whose first line is `[!type]` (CO)."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from garden.reading.syntax.blocks.quotes import Quote, read_marker
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser

_ALIASES = {
    "note": "",
    "abstract": "summary tldr",
    "info": "",
    "todo": "",
    "tip": "hint important",
    "success": "check done",
    "question": "help faq",
    "warning": "caution attention",
    "failure": "fail missing",
    "danger": "error",
    "bug": "",
    "example": "",
    "quote": "cite",
}
CANONICAL = {alias: name for name, aliases in _ALIASES.items() for alias in [name, *aliases.split()]}
"""Every known type with the canonical one (CO-2)."""

_BEGIN = re.compile(r">[ \t]*\[!")
# Type, metadata after a bar, which is ignored, and whether the callout can be folded.
_MARKER = re.compile(r"\[!([^\]|\[]+)(?:\|[^\]]*)?\]([+-]?)[ \t]*")


class CalloutRule(BlockRule):
    """`> [!type]- title`; tried before the plain quote."""

    triggers = ">"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open a callout: its first line is the title, the rest is its content."""
        if not _BEGIN.match(line.text, line.start):
            return LineOutcome.NO
        start = line.start
        read_marker(line)
        match = _MARKER.match(line.text, line.start) if line.indent < 4 else None
        kind = match[1].strip().lower() if match else ""
        if match is None or not kind:
            # It is a plain quotation, whose marker has been read.
            parser.push(Quote(parser.begin("blockquote"), line.number))
            return LineOutcome.CONTAINER
        fold = match[2]
        element = begin_callout(parser, "details" if fold else "div", kind, (line.number, start + 1))
        if fold == "+":
            element.set("open", "open")
        title = etree.SubElement(element, "summary" if fold else "div", {"class": "callout-title"})
        text = line.text[match.end() :].rstrip(" \t")
        if text:
            parser.add_leaf(title, MappedText([(text, line.number, match.end() + 1)]), "title")
        else:
            title.text = kind.title()
        content = etree.SubElement(element, "div", {"class": "callout-body"})
        parser.push(Callout(element, content, line.number))
        return LineOutcome.DONE


class Callout(Quote):
    """A quote whose children go into an element of their own, after the title."""

    def __init__(self, outer: etree.Element, content: etree.Element, line: int) -> None:
        """Open a callout shown as `outer`."""
        super().__init__(content, line)
        self.outer = outer

    def take_lazy(self, parser: NoteParser, line: Line) -> bool:
        """Accept the line right below the title, which continues it."""
        if self.children or line.number != self.line + 1:
            return False
        parser.matched = len(parser.stack)
        parser.open_paragraph(line).add(parser, line)
        return True

    def close(self, parser: NoteParser) -> None:
        """Remove the empty content of a callout that is only a title (CO-6)."""
        if not len(self.element):
            self.outer.remove(self.element)


def begin_callout(
    parser: NoteParser, tag: str, kind: str, at: tuple[int, int], classes: Sequence[str] = ()
) -> etree.Element:
    """Begin the element of a callout whose type `kind` is at a (line, column); report an unknown one (CO-3)."""
    if kind not in CANONICAL:
        message = f'the callout type "{kind}" is not known; it is shown as a note'
        parser.findings.report("callout-unknown", at, message)
    element = parser.begin(tag)
    element.set("class", " ".join(("callout", f"callout-{CANONICAL.get(kind, 'note')}", *classes)))
    element.set("data-callout", kind)
    return element
