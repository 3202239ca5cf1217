"""The settings that shape the hierarchy become data, and a mistake in them a plain sentence."""

import pytest

from garden.hosts.settings.configuration import settings_from
from garden.model.errors import SettingsError
from garden.model.settings import RELATIONS, EdgeSource, ImpliedRelation, ParentPolicy, RelationField


def test_a_relation_may_belong_to_a_group():
    """The fourth part is a direction; without it a relation called like one has that direction."""
    relations = [("up", "In", "child"), ("parent", "In", "child", "up"), ("child", "Has", "up", "down")]
    settings = settings_from({"GARDEN": {"relations": relations}})
    assert settings.relations[1] == RelationField("parent", "In", "child", "up")
    assert [relation.direction for relation in settings.relations] == ["up", "up", "down"]
    assert settings_from({"GARDEN": {"relations": RELATIONS}}).relations == RELATIONS


def test_rules_sources_policies_and_tags():
    """Lists and dictionaries are read in the order they are written."""
    settings = settings_from(
        {
            "GARDEN": {
                "implied_relations": [
                    (["up", "same"], "up"),
                    [("up", "up"), "up", 2],
                    ImpliedRelation(("x",), "x"),
                ],
                "edge_sources": [
                    "list-notes",
                    ("dendron-names", {"delimiter": "-", "field": "same"}),
                    ("date-notes", {"formats": {"day": "DD.MM.YYYY"}, "next_field": "next"}),
                    ("regex-notes", {"patterns": [(r"^(\w+) \d", r"\1")]}),
                    EdgeSource("folder-names"),
                ],
                "missing_parents": {"MOC_*": "label", "*": "hide"},
                "unpublished_parents": [("*", "label")],
                "hub_titles": {"^MOC_": "", "_": " "},
                "tag_aliases": {"#ML": "machine-learning"},
            }
        }
    )
    assert settings.implied_relations == (
        ImpliedRelation(("up", "same"), "up"),
        ImpliedRelation(("up", "up"), "up", rounds=2),
        ImpliedRelation(("x",), "x"),
    )
    assert settings.edge_sources == (
        EdgeSource("list-notes"),
        EdgeSource("dendron-names", "same", delimiter="-"),
        EdgeSource("date-notes", next_field="next", formats=(("day", "DD.MM.YYYY"),)),
        EdgeSource("regex-notes", patterns=((r"^(\w+) \d", r"\1"),)),
        EdgeSource("folder-names"),
    )
    assert settings.missing_parents == (("MOC_*", ParentPolicy.LABEL), ("*", ParentPolicy.HIDE))
    assert settings.unpublished_parents == (("*", ParentPolicy.LABEL),)
    assert settings.hub_titles == (("^MOC_", ""), ("_", " "))
    assert settings.tag_aliases == (("ML", "machine-learning"),)


def test_outlines_are_read_for_list_notes_only():
    """Reading depends on it, so the cache must know."""
    assert settings_from({"GARDEN": {"edge_sources": ["list-notes"]}}).reading.outlines
    assert not settings_from({"GARDEN": {"edge_sources": ["tag-notes"]}}).reading.outlines


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            {"relations": [("a", "A", "a", "above")]},
            'the direction of "a" must be one of up, down, same, next, prev',
        ),
        ({"implied_relations": "up"}, "must be a list of (chain, relation)"),
        ({"implied_relations": ["up"]}, "each rule is (chain, relation), optionally with a number of rounds"),
        ({"implied_relations": [("up", "up")]}, 'a chain is a list of relations, not "up"'),
        ({"implied_relations": [([], "up")]}, "a chain is a list of relations, not []"),
        ({"implied_relations": [(["up"], 3)]}, "must be a string, not 3"),
        ({"implied_relations": [(["up"], "up", 11)]}, "a rule runs in at most 10 rounds, not 11"),
        ({"edge_sources": "folder-names"}, "must be a list of names"),
        ({"edge_sources": ["folder-note"]}, '"folder-note" is not a source; did you mean "folder-notes"?'),
        ({"edge_sources": [("list-notes", "x")]}, 'the options of "list-notes" must be a dictionary'),
        ({"edge_sources": [("list-notes", {"feild": "x"})]}, 'did you mean "field"?'),
        ({"edge_sources": [("date-notes", {"formats": {"dya": "yyyy"}})]}, '"dya" is not one of day, week'),
        ({"edge_sources": [("date-notes", {"formats": {"day": "yyyy"}})]}, "must contain exactly these"),
        ({"edge_sources": [("regex-notes", {"patterns": [("(", "x")]})]}, '"(" is not a regular expression'),
        ({"missing_parents": {"a": "show"}}, '"a" must be one of page, label, hide, not "show"'),
        ({"missing_parents": "hide"}, "must be a dictionary or a list of pairs"),
        ({"missing_parents": ["hide"]}, "must be a pair of strings"),
        ({"hub_titles": {"a": r"\1"}}, '"a" is not a regular expression: invalid group reference'),
        ({"hub_title_case": "upper"}, 'must be one of "as-written", "sentence", "title"'),
        ({"child_order": "date"}, 'must be one of "title", "reading"'),
        ({"tag_aliases": {"a": 1}}, "must be a string, not 1"),
        ({"outlines": True}, 'GARDEN["outlines"] is not known'),
    ],
)
def test_a_wrong_setting_is_named(written, says):
    """The message says which part is wrong and what it should be."""
    with pytest.raises(SettingsError) as caught:
        settings_from({"GARDEN": written})
    assert says in str(caught.value)
