"""The constructs of a note, one module each, and the order in which they are tried.

The numbers matter only relative to each other: a higher one is tried first where two constructs
begin with the same character.
"""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.util import Registry

from garden.reading.syntax.anchors import BlockIdRule
from garden.reading.syntax.callouts import CalloutRule
from garden.reading.syntax.code_spans import CodeSpanRule
from garden.reading.syntax.comments import CommentRule, CommentSpan
from garden.reading.syntax.emphasis import EmphasisRule, PairRule
from garden.reading.syntax.engine.blocks import NoteParser
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.inlines import InlineTree
from garden.reading.syntax.engine.serialize import serialize
from garden.reading.syntax.escapes import BreakRule, EntityRule, EscapeRule
from garden.reading.syntax.fences.fences import FenceRule, IndentedRule
from garden.reading.syntax.fields import FieldBracketRule, FieldLineRule
from garden.reading.syntax.footnotes import FootnoteReferenceRule, FootnoteRule, InlineFootnoteRule
from garden.reading.syntax.headings import AtxRule, SetextRule
from garden.reading.syntax.links.autolinks import BareUrlRule, BracketedUrlRule
from garden.reading.syntax.links.markdown_links import BracketRule, CloseBracketRule, DefinitionRule
from garden.reading.syntax.links.wikilinks import EmbedRule, WikilinkRule
from garden.reading.syntax.lists import ListRule
from garden.reading.syntax.math import MathBlockRule, MathSpanRule
from garden.reading.syntax.quotes import QuoteRule
from garden.reading.syntax.raw_html import HtmlBlockRule, HtmlSpanRule
from garden.reading.syntax.tables import TableRule
from garden.reading.syntax.tags import TagRule
from garden.reading.syntax.thematic_breaks import ThematicBreakRule
from garden.reading.syntax.tree.finish import NoteTree

BLOCK_RULES = (
    (CommentRule, "comment", 200),  # hides even what looks like another block
    (CalloutRule, "callout", 110),  # before the quote, which it is one of
    (QuoteRule, "quote", 100),
    (AtxRule, "atx", 95),
    (FenceRule, "fence", 90),
    (HtmlBlockRule, "html", 85),
    (SetextRule, "setext", 80),  # `---` under a paragraph is a heading, not a break
    (ThematicBreakRule, "break", 75),  # `- - -` and `***` are breaks, not lists
    (TableRule, "table", 72),  # before the list: a delimiter row may begin with `-`
    (ListRule, "list", 70),
    (FootnoteRule, "footnote", 60),
    (MathBlockRule, "math", 55),
    (DefinitionRule, "definition", 50),  # takes its lines off a paragraph before a block id does
    (BlockIdRule, "block-id", 45),
    (IndentedRule, "indented", 10),
)

INLINE_RULES = (
    (EscapeRule, "escape", 200),
    (CodeSpanRule, "code", 190),
    (WikilinkRule, "wikilink", 185),  # `[[` before `[`
    (EmbedRule, "embed", 184),
    (FootnoteReferenceRule, "footnote", 180),  # `[^` before `[`, and before the image that `![^` might be
    (FieldBracketRule, "field", 175),  # `[key::` before `[`
    (FieldLineRule, "field-line", 174),
    (BracketRule, "bracket", 170),
    (CloseBracketRule, "close-bracket", 169),
    (BracketedUrlRule, "bracketed-url", 160),  # `<https:` is no tag
    (HtmlSpanRule, "html", 155),
    (CommentSpan, "comment", 150),
    (MathSpanRule, "math", 145),
    (InlineFootnoteRule, "inline-footnote", 140),
    (EntityRule, "entity", 130),
    (BareUrlRule, "url", 125),
    (TagRule, "tag", 120),
    (PairRule, "pair", 110),
    (EmphasisRule, "emphasis", 105),
    (BreakRule, "line-break", 100),
)


class NoteExtension(Extension):
    """Replaces the stock processors by ours."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the frame's name)
        """Register all rules."""
        # What Python-Markdown brings along for its own block and inline parsers.
        md.preprocessors = Registry()
        md.inlinePatterns = Registry()
        md.treeprocessors = Registry()
        md.postprocessors = Registry()
        parser = NoteParser(md)
        md.parser = parser
        for block_rule, name, priority in BLOCK_RULES:
            parser.blockprocessors.register(block_rule(parser), name, priority)
        for inline_rule, name, priority in INLINE_RULES:
            md.inlinePatterns.register(inline_rule(md), name, priority)
        inline = InlineTree(md)
        md.treeprocessors.register(inline, "inline", 20)
        md.treeprocessors.register(NoteTree(md), "note", 10)
        parser.prepare()
        inline.prepare()


def make_markdown() -> Markdown:
    """Return a `Markdown` object for notes; `attach` must be called before each conversion."""
    md = Markdown(extensions=[NoteExtension()])
    # The constructor sets these after the extensions have been registered.
    md.serializer = serialize
    md.stripTopLevelTags = False
    return md


def attach(md: Markdown, findings: Findings, first_line: int) -> None:
    """Let the next conversion collect into `findings`; the body begins at `first_line` of the file."""
    parser = md.parser
    assert isinstance(parser, NoteParser)
    parser.start(findings, first_line)
    inline, tree = md.treeprocessors["inline"], md.treeprocessors["note"]
    assert isinstance(inline, InlineTree)
    assert isinstance(tree, NoteTree)
    inline.findings = findings
    tree.findings = findings
