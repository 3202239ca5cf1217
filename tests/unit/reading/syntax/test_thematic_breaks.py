"""The rules and their order."""

import pytest
from markdown import Markdown

from garden.reading.syntax import BLOCK_RULES, INLINE_RULES, make_markdown
from garden.reading.syntax.engine.inlines import InlineRule, InlineTree


@pytest.fixture
def markdown() -> Markdown:
    """The parser as notes are read with it."""
    return make_markdown()


def test_the_block_rules_are_tried_in_this_order(markdown):
    """FT-5: a number that moves a rule past another one changes what notes mean."""
    order = [rule.__class__.__name__ for rule in markdown.parser.blockprocessors]
    assert order == [
        "CommentRule", "CalloutRule", "QuoteRule", "AtxRule", "FenceRule", "HtmlBlockRule", "SetextRule",
        "ThematicBreakRule", "TableRule", "ListRule", "FootnoteRule", "MathBlockRule", "DefinitionRule", "BlockIdRule",
        "IndentedRule",
    ]  # fmt: skip


def test_the_inline_rules_are_tried_in_this_order(markdown):
    """MK-1: where two constructs begin with one character, the first of these wins."""
    order = [rule.__class__.__name__ for rule in markdown.inlinePatterns]
    assert order == [
        "EscapeRule", "CodeSpanRule", "WikilinkRule", "EmbedRule", "FootnoteReferenceRule", "FieldBracketRule",
        "FieldLineRule", "BracketRule", "CloseBracketRule", "BracketedUrlRule", "HtmlSpanRule", "CommentSpan",
        "MathSpanRule", "InlineFootnoteRule", "EntityRule", "BareUrlRule", "TagRule", "PairRule", "EmphasisRule",
        "BreakRule",
    ]  # fmt: skip


def test_no_stock_rule_is_left(markdown):
    """FT-5: Python-Markdown's own rules would read other syntax."""
    assert not list(markdown.preprocessors)
    assert not list(markdown.postprocessors)
    assert [processor.__class__.__name__ for processor in markdown.treeprocessors] == [
        "InlineTree",
        "NoteTree",
    ]


def test_every_rule_has_a_number_of_its_own():
    """Two rules with one number would be tried in the order of registration."""
    for rules in (BLOCK_RULES, INLINE_RULES):
        numbers = [number for _, _, number in rules]
        assert numbers == sorted(set(numbers), reverse=True)


def test_every_trigger_begins_with_a_literal_character(markdown):
    """HC-10: so that the search can jump over text that begins nothing."""
    inline = markdown.treeprocessors["inline"]
    assert isinstance(inline, InlineTree)
    for rule in markdown.inlinePatterns:
        assert isinstance(rule, InlineRule)
        for trigger in rule.triggers:
            first = trigger.removeprefix("\\")[0]
            assert trigger.startswith(("\\", first))
            assert trigger[0] not in "([.^"
            assert rule in inline.table.rules["\n" if trigger == "\\n" else first]
    assert inline.table.trigger.search("Just words, numbers 12 and a colon: nothing.") is None
