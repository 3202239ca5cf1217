"""The constructs of a note, one module each, and the order in which they are tried.

If two constructs begin with the same character, the earlier rule in these tuples is tried first, and the first one
that accepts the text gets it. The position of a rule whose first character no other rule has does not matter. Rules
have no state, so one object of each is used for all notes. A new rule needs no other registration.
"""

from garden.reading.syntax.blocks.anchors import BlockIdRule
from garden.reading.syntax.blocks.callouts import CalloutRule
from garden.reading.syntax.blocks.comments import CommentRule, CommentSpan
from garden.reading.syntax.blocks.footnotes import FootnoteReferenceRule, FootnoteRule, InlineFootnoteRule
from garden.reading.syntax.blocks.headings import AtxRule, SetextRule
from garden.reading.syntax.blocks.lists import ListRule
from garden.reading.syntax.blocks.math import MathBlockRule, MathSpanRule
from garden.reading.syntax.blocks.quotes import QuoteRule
from garden.reading.syntax.blocks.raw_html import HtmlBlockRule, HtmlCommentSpan, HtmlSpanRule
from garden.reading.syntax.blocks.tables import TableRule
from garden.reading.syntax.blocks.thematic_breaks import ThematicBreakRule
from garden.reading.syntax.boards import BoardDateRule
from garden.reading.syntax.engine.block_rules import BlockRule
from garden.reading.syntax.engine.inline_scan import InlineRule
from garden.reading.syntax.extra.abbreviations import AbbreviationRule
from garden.reading.syntax.extra.admonitions import AdmonitionRule
from garden.reading.syntax.extra.attribute_lists import AttributesRule, BlockAttributesRule
from garden.reading.syntax.extra.contents import ContentsRule
from garden.reading.syntax.extra.definition_lists import DefinitionListRule
from garden.reading.syntax.fences.fences import FenceRule, IndentedRule
from garden.reading.syntax.inlines.code_spans import CodeSpanRule
from garden.reading.syntax.inlines.emphasis import EmphasisRule, PairRule
from garden.reading.syntax.inlines.escapes import BreakRule, EntityRule, EscapeRule
from garden.reading.syntax.inlines.fields import FieldBracketRule, FieldLineRule, SingleColonRule
from garden.reading.syntax.inlines.punctuation import PunctuationRule
from garden.reading.syntax.inlines.tags import TagRule
from garden.reading.syntax.links.autolinks import BareUrlRule, BracketedUrlRule
from garden.reading.syntax.links.markdown_links import (
    BracketRule,
    CloseBracketRule,
    DestinationRule,
    LinkDefinitionRule,
)
from garden.reading.syntax.links.wikilinks import EmbedRule, WikilinkRule

BLOCK_RULES: tuple[BlockRule, ...] = (
    CommentRule(),  # first: it hides even what looks like another block
    CalloutRule(),  # before the quote, which it is one of
    QuoteRule(),
    AtxRule(),
    FenceRule(),
    HtmlBlockRule(),
    SetextRule(),  # before the break: `---` under a paragraph makes it a heading
    ThematicBreakRule(),  # before the list: `- - -` and `***` are breaks
    TableRule(),  # before the list: a delimiter row may begin with `-`
    AbbreviationRule(),  # alone with `*[`
    ListRule(),
    AdmonitionRule(),  # alone with its trigger, as is the definition list
    DefinitionListRule(),
    FootnoteRule(),
    MathBlockRule(),
    LinkDefinitionRule(),  # before the block id: it takes its lines off the beginning of a closing paragraph
    BlockAttributesRule(),  # before the block id: its line is below
    ContentsRule(),
    BlockIdRule(),
    IndentedRule(),  # alone with its trigger
)
"""What may begin on a line, in the order in which it is tried."""

INLINE_RULES: tuple[InlineRule, ...] = (
    EscapeRule(),  # alone with its trigger, as are code, comments, math, entities, tags and line breaks
    CodeSpanRule(),
    WikilinkRule(),  # before all that begins with one `[`
    EmbedRule(),  # before the image that `![` begins
    FootnoteReferenceRule(),  # before the bracket, and before the image that `![^` might be
    FieldBracketRule(),  # before the bracket
    FieldLineRule(),  # takes whole lines: has no trigger
    SingleColonRule(),  # takes nothing: reports whole lines
    BracketRule(),
    CloseBracketRule(),
    DestinationRule(),  # alone with its trigger: for the mask only
    BracketedUrlRule(),  # before HTML: `<https:` begins no tag
    HtmlCommentSpan(),  # before the tags that begin as it does
    HtmlSpanRule(),
    CommentSpan(),
    MathSpanRule(),
    BoardDateRule(),  # alone with its trigger
    InlineFootnoteRule(),
    EntityRule(),
    AttributesRule(),  # alone with its trigger
    BareUrlRule(),
    TagRule(),
    PairRule(),
    EmphasisRule(),
    PunctuationRule(),  # alone with its triggers
    BreakRule(),
)
"""What may begin within a line, in the order in which it is tried."""
