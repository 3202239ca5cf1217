"""The rules and their order."""

from garden.reading.syntax import BLOCK_RULES, INLINE_RULES
from garden.reading.syntax.engine.inline_scan import InlineRules, LineRule
from garden.reading.syntax.markdown_adapter import NoteMarkdown


def test_no_stock_rule_is_left():
    """FT-5: Python-Markdown's own rules would read other syntax."""
    markdown = NoteMarkdown()
    assert not list(markdown.preprocessors)
    assert not list(markdown.parser.blockprocessors)
    assert not list(markdown.inlinePatterns)
    assert not list(markdown.postprocessors)
    assert [type(stage).__name__ for stage in markdown.treeprocessors] == ["_TreeStage"]


def test_every_rule_can_be_reached():
    """A rule without a trigger would never be asked."""
    for block_rule in BLOCK_RULES:
        assert block_rule.triggers or block_rule.closes_paragraphs
    for inline_rule in INLINE_RULES:
        assert inline_rule.triggers or isinstance(inline_rule, LineRule)


def test_every_trigger_begins_with_a_literal_character():
    """HC-10: so that the search can jump over text that begins nothing."""
    rules = InlineRules(INLINE_RULES)
    for rule in INLINE_RULES:
        for trigger in rule.triggers:
            first = trigger.removeprefix("\\")[0]
            assert trigger.startswith(("\\", first))
            assert trigger[0] not in "([.^"
            assert rule in rules.by_trigger["\n" if trigger == "\\n" else first]
    assert rules.trigger.search("Just words, numbers 12 and a colon: nothing.") is None
