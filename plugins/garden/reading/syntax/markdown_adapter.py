"""The one place that touches Python-Markdown: its object runs our stages instead of its own.

Python-Markdown's block parser does not follow CommonMark (FT-5), and its inline pass tries every pattern
on every text in turn, so that the earliest opener does not win (MK-1), positions are lost (DG-3) and
hostile input costs quadratic time (HC-10). So its two parsers are replaced here, and nowhere else: the
block parser by `engine.block_rules`, the tree processors by `engine.inline_scan` and `tree.finish`, the serializer
by `engine.serialize`. What it still does is to run them in its order. Rules are plain classes that know
nothing of it; which ones there are, and in which order they are tried, is written in `syntax/__init__`.
"""

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from garden.reading.syntax import BLOCK_RULES, INLINE_RULES
from garden.reading.syntax.engine.block_rules import BlockRules
from garden.reading.syntax.engine.findings import Findings, Leaf
from garden.reading.syntax.engine.inline_scan import InlineRules, scan_leaves
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import BARE, serialize
from garden.reading.syntax.tree.finish import finish
from garden.reading.syntax.tree.formulas import typeset
from garden.reading.syntax.tree.markdown import markdown
from garden.reading.syntax.tree.open_elements import close_open_elements

_BLOCKS = BlockRules(BLOCK_RULES)
_INLINES = InlineRules(INLINE_RULES)


class ConvertedBody(NamedTuple):
    """A note's body as HTML and as Markdown, with slots and marks in it, which `reading.document` cuts into parts."""

    html: str
    markdown: str


def convert(text: str, findings: Findings, first_line: int) -> ConvertedBody:
    """Convert the body of a note that begins at `first_line` of its file, and collect into `findings`."""
    md = _markdown()
    md.findings, md.first_line, md.markdown = findings, first_line, ""
    md.inline_rules = _INLINES.for_note(text, findings.settings)
    return ConvertedBody(md.convert(text), md.markdown)


def convert_inline(text: str, root: etree.Element, findings: Findings) -> None:
    """Convert one text without blocks into the content of `root`, and collect into `findings`."""
    # A paragraph without its element, so that HTML in it ends with it (HT-3).
    element = etree.SubElement(root, BARE)
    findings.leaves.append(Leaf(element, MappedText([(text, 1, 1)]), "inline"))
    scan_leaves(_INLINES.for_note(text, findings.settings), findings)
    typeset(findings)
    close_open_elements(root, findings)


class NoteMarkdown(Markdown):
    """A `Markdown` object whose stages are ours; it converts one note at a time."""

    findings: Findings
    first_line: int
    inline_rules: InlineRules
    markdown: str

    def __init__(self) -> None:
        """Create the object; `findings`, `first_line` and `inline_rules` are set for each note."""
        super().__init__()
        # The constructor sets these last.
        self.serializer = serialize
        self.stripTopLevelTags = False

    def build_parser(self) -> "NoteMarkdown":
        """Put our stages where the constructor would put Python-Markdown's own."""
        self.preprocessors = Registry()
        self.parser = _BlockStage(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(_TreeStage(self), "note", 0)
        self.postprocessors = Registry()
        return self


class _BlockStage(BlockParser):
    """Our block parser in the place of Python-Markdown's."""

    md: NoteMarkdown

    def parseDocument(self, lines: Iterable[str]) -> "etree.ElementTree[etree.Element | None]":  # noqa: N802 (the frame's name)
        parser = NoteParser(_BLOCKS, self.md.findings, self.md.first_line)
        return etree.ElementTree(parser.parse(lines))


class _TreeStage(Treeprocessor):
    """Our inline scan, and all that is done to the tree, as the only tree processor."""

    md: NoteMarkdown

    def run(self, root: etree.Element) -> None:
        scan_leaves(self.md.inline_rules, self.md.findings)
        finish(root, self.md.findings)
        self.md.markdown = markdown(root)


@lru_cache(maxsize=1)
def _markdown() -> NoteMarkdown:
    # One object serves all notes of a process: what belongs to a note is in its parser and its findings.
    return NoteMarkdown()
