"""The settings of Breadcrumbs, read as its documentation and its own migrations understand them."""

import json

import pytest
from msgspec.structs import replace

from garden.linking.snapshot import Snapshot
from garden.model.settings import (
    RELATIONS,
    EdgeSource,
    ImpliedRelation,
    RelationField,
    Settings,
)
from garden.vault.breadcrumbs import FILE, breadcrumbs_file, with_breadcrumbs
from garden.vault.scan import scan
from garden.vault.site import read_site

OLD_DIRECTIONS = {"up": ["up"], "same": ["same"], "down": ["down"], "next": ["next"], "prev": ["prev"]}


def effective(data: object, settings: Settings | None = None) -> Settings:
    """Return the settings of a vault with this file; it must be without faults."""
    merged, problems = with_breadcrumbs(json.dumps(data), settings or Settings())
    assert problems == ()
    return merged


def field(settings: Settings, name: str) -> RelationField:
    """Return a relation by name."""
    return next(relation for relation in settings.relations if relation.name == name)


def test_the_defaults_of_version_4_are_the_specs():
    """An empty file means five fields with a group each and their opposites, and nothing changes.

    Source: src/const/settings.ts of github.com/michaelpporter/breadcrumbs, where Breadcrumbs 4 is kept:
    `edge_fields`, `edge_field_groups`, and five rules in `implied_relations.transitive` of one round that close
    reversed. `X` is our own addition (HI-1).
    """
    settings = effective({})
    assert [relation.name for relation in settings.relations] == ["up", "down", "same", "next", "prev", "X"]
    assert [relation.inverse for relation in settings.relations] == [
        "down",
        "up",
        "same",
        "prev",
        "next",
        "X",
    ]
    assert settings.implied_relations == ()


def test_fields_groups_and_rules_of_version_4():
    """A field that is in the group of the trail counts as a parent; rules close chains, some of them reversed.

    Source: publish.obsidian.md/breadcrumbs-docs, «Edge Fields», «Field Groups», «Transitive Implied
    Relations»; src/interfaces/settings.ts for the keys.
    """
    settings = effective(
        {
            "edge_fields": [{"label": "up"}, {"label": "parent"}, {"label": "child"}, {"label": "Kin Of"}],
            "edge_field_groups": [
                {"label": "ups", "fields": ["up", "parent"]},
                {"label": "downs", "fields": ["child"]},
            ],
            "implied_relations": {
                "transitive": [
                    {
                        "chain": [{"field": "parent"}],
                        "close_field": "child",
                        "close_reversed": True,
                        "rounds": 1,
                    },
                    {
                        "chain": [{"field": "child"}],
                        "close_field": "parent",
                        "close_reversed": True,
                        "rounds": 3,
                    },
                    {
                        "chain": [{"field": "parent"}, {"field": "Kin Of"}],
                        "close_field": "parent",
                        "rounds": 2,
                    },
                    {"chain": [{"field": "up"}], "close_field": "up", "rounds": 0},
                ]
            },
        }
    )
    assert field(settings, "parent") == RelationField("parent", "parent", "child", "up", 1)
    assert field(settings, "child") == RelationField("child", "child", "parent", "down", 3)
    assert field(settings, "Kin Of") == RelationField("Kin Of", "Kin Of", "", "", 1)
    assert field(settings, "up").label == "Part of"
    assert settings.implied_relations == (ImpliedRelation(("parent", "Kin Of"), "parent", rounds=2),)
    assert settings.reading.relations[:4] == ("up", "parent", "child", "kin-of")
    groups = dict(settings.reading.field_groups)
    assert groups["ups"] == ("up", "parent")
    assert groups["downs"] == ("child",)
    assert groups["nexts"] == ("next",)


def test_the_trail_view_says_which_groups_lead_up():
    """`views.page.trail.field_group_labels` names the groups that trails follow.

    Source: src/const/settings.ts of github.com/michaelpporter/breadcrumbs, where it is `["ups"]` by default.
    """
    settings = effective(
        {
            "edge_fields": [{"label": "topic"}],
            "edge_field_groups": [{"label": "mine", "fields": ["topic", "elsewhere"]}],
            "views": {"page": {"trail": {"field_group_labels": ["mine"]}}},
        }
    )
    assert field(settings, "topic").direction == "up"
    assert dict(settings.reading.field_groups)["mine"] == ("topic",)


def test_hierarchies_of_version_3():
    """`userHiers` lists fields by direction; opposite directions imply each other, other rules have a switch.

    Source: tests/__mocks__/settings/v3-pch-settings.json and src/settings/migration.ts of
    github.com/SkepticMystic/breadcrumbs. That only one round is run there is a matter of the migration: in
    version 3 opposites were in place before, which takes two rounds.
    """
    settings = effective(
        {
            "userHiers": [
                OLD_DIRECTIONS,
                {"up": ["E-Up"], "same": ["E-Same"], "down": ["E-Down"], "next": ["E+1"], "prev": []},
            ],
            "impliedRelations": {
                "sameParentIsSibling": True,
                "cousinsIsSibling": False,
                "siblingIdentity": True,
            },
        }
    )
    assert field(settings, "E-Up") == RelationField("E-Up", "E-Up", "E-Down", "up", 1)
    assert field(settings, "E+1") == RelationField("E+1", "E+1", "", "next", 1)
    assert settings.implied_relations == (
        ImpliedRelation(("up", "down"), "same", rounds=2),
        ImpliedRelation(("E-Up", "E-Down"), "E-Same", rounds=2),
    )


def test_hierarchies_of_early_version_4():
    """`hierarchies` wraps the directions and has rounds for each kind of rule; custom rules stand apart.

    Source: tests/settings/migration.test.ts of github.com/SkepticMystic/breadcrumbs, «v4-with-directions»: the
    groups become `up, parent` and so on, and the custom rule `[up, same] -> up` is kept.
    """
    parents = {"up": ["parent"], "same": ["sibling"], "down": ["child"], "next": ["right"], "prev": ["left"]}
    settings = effective(
        {
            "hierarchies": [
                {"dirs": OLD_DIRECTIONS, "implied_relationships": {"same_sibling_is_sibling": {"rounds": 1}}},
                {"dirs": parents, "implied_relationships": {"opposite_direction": {"rounds": 1}}},
            ],
            "custom_implied_relations": {
                "transitive": [
                    {"rounds": 1, "chain": [{"field": "up"}, {"field": "same"}], "close_field": "up"}
                ]
            },
        }
    )
    directions = {relation.name: relation.direction for relation in settings.relations}
    assert directions["parent"] == "up"
    assert directions["left"] == "prev"
    assert field(settings, "right").inverse == "left"
    assert settings.implied_relations == (
        ImpliedRelation(("same", "same"), "same", rounds=1),
        ImpliedRelation(("up", "same"), "up", rounds=1),
    )


def test_sources_are_taken_over():
    """Notes that collect others need no switch in Breadcrumbs; names and dates have one each.

    Source: src/const/settings.ts of github.com/michaelpporter/breadcrumbs, `explicit_edge_sources`.
    """
    settings = effective(
        {
            "explicit_edge_sources": {
                "list_note": {"default_neighbour_field": "next"},
                "tag_note": {"default_field": "down", "default_sibling_field": "same"},
                "dendron_note": {"enabled": True, "delimiter": "-", "default_field": "up"},
                "johnny_decimal_note": {"enabled": False},
                "date_note": {
                    "enabled": True,
                    "date_format": "yyyy-MM-dd",
                    "default_field": "next",
                    "week_start": "sunday",
                    "month": {"enabled": True, "date_format": "yyyy-MM", "up_field": "up"},
                    "year": {"enabled": False, "date_format": "yyyy", "up_field": "up"},
                },
            }
        }
    )
    assert settings.edge_sources == (
        EdgeSource("folder-notes", ""),
        EdgeSource("tag-notes", "down", sibling_field="same"),
        EdgeSource("list-notes", "", "next"),
        EdgeSource("regex-notes", "up"),
        EdgeSource("traverse-notes", "up"),
        EdgeSource("dendron-names", "up", delimiter="-"),
        EdgeSource(
            "date-notes",
            "up",
            "next",
            week_start="sunday",
            formats=(("day", "yyyy-MM-dd"), ("month", "yyyy-MM")),
        ),
    )
    assert settings.reading.outlines


def test_longer_periods_need_no_days():
    """Weeks and years may be levels where daily notes are none.

    Source: src/graph/builders/explicit/date_note.ts of github.com/michaelpporter/breadcrumbs, which adds the
    edges of periods whether or not date notes are enabled.
    """
    year = {"enabled": True, "date_format": "yyyy", "up_field": "up"}
    settings = effective({"explicit_edge_sources": {"date_note": {"enabled": False, "year": year}}})
    assert settings.edge_sources[-1].formats == (("year", "yyyy"),)


def test_the_authors_own_settings_win():
    """A relation that they change, their rules, their sources, and the switch for all of it."""
    own = Settings(
        relations=(
            RelationField("up", "Above", "below"),
            RelationField("below", "Below", "up", "down"),
            *RELATIONS[2:],
        ),
        implied_relations=(ImpliedRelation(("up", "up"), "up"),),
        edge_sources=(EdgeSource("dendron-names", delimiter="_"),),
    )
    data = {
        "edge_fields": [{"label": "up"}, {"label": "parent"}],
        "implied_relations": {
            "transitive": [{"chain": [{"field": "up"}, {"field": "up"}], "close_field": "parent"}]
        },
        "explicit_edge_sources": {"dendron_note": {"enabled": True, "delimiter": "."}},
    }
    settings = effective(data, own)
    assert field(settings, "up") == own.relations[0]
    assert "parent" in [relation.name for relation in settings.relations]
    assert settings.implied_relations == own.implied_relations
    assert settings.edge_sources[0] == own.edge_sources[0]
    assert [source.name for source in settings.edge_sources].count("dendron-names") == 1
    off = replace(own, breadcrumbs=False)
    assert effective(data, off) == off


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "Expecting"),
        ("[]", "there is [] where an object should be"),
        ('{"edge_fields": 3}', "there is 3 where a list should be"),
        ('{"edge_fields": [{"label": 3}]}', "there is 3 where a string should be"),
        ('{"userHiers": [{"up": {}}]}', "there is {} where a list should be"),
        ('{"views": {"page": []}}', "there is [] where an object should be"),
        ("[" * 100_000, "Breadcrumbs' settings"),
    ],
)
def test_a_broken_file_changes_nothing_and_is_reported_once(text, says):
    """The build goes on with the author's own settings (HC-9)."""
    settings, (problem,) = with_breadcrumbs(text, Settings())
    assert settings == Settings()
    assert str(problem).startswith(f"{FILE}:1:1: warning [breadcrumbs-unreadable] Breadcrumbs' settings: ")
    assert says in problem.message


def test_what_cannot_be_used_is_left_out():
    """A rule without fields and a format with names of months are reported; everything else counts."""
    data = {
        "implied_relations": {"transitive": [{"chain": [{}], "close_field": "up"}]},
        "explicit_edge_sources": {"date_note": {"enabled": True, "date_format": "LLL d"}},
    }
    settings, (problem,) = with_breadcrumbs(json.dumps(data), Settings())
    assert settings.edge_sources[-1].formats == ()
    assert "steps without a field" in problem.message
    assert '"LLL" in the format "LLL d" is not known' in problem.message


def read(tmp_path, data: str, notes: dict[str, str]) -> Snapshot:
    """Read a vault on disk with this Breadcrumbs file."""
    for name, text in {FILE: data, **notes}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read_site(scan(tmp_path, Settings()), Settings()).snapshot


def test_a_vault_is_read_with_its_own_fields(tmp_path, related):
    """Fields of the file are relations in front matter and text, shown by their own names, and make hubs."""
    data = {
        "edge_fields": [{"label": "up"}, {"label": "parent"}, {"label": "child"}],
        "edge_field_groups": [{"label": "ups", "fields": ["up", "parent"]}],
        "implied_relations": {
            "transitive": [
                {"chain": [{"field": one}], "close_field": other, "close_reversed": True, "rounds": 1}
                for one, other in (("parent", "child"), ("child", "parent"))
            ]
        },
    }
    notes = {
        "a.md": '---\nparent: "[[b]]"\n---\n',
        "b.md": "parent:: [[Top]]",
        "l.md": "---\nBC-list-note-field: child\n---\n- [[a]]",
    }
    snapshot = read(tmp_path, "\ufeff" + json.dumps(data), notes)
    assert related(snapshot, "a.md", "parent") == ["b.md", "l.md"]
    assert related(snapshot, "b.md", "child") == ["a.md"]
    trails = [[node.key for node in trail] for trail in snapshot.trails["note", "a.md"]]
    assert trails == [["l.md"], ["top", "b.md"]]
    assert breadcrumbs_file(tmp_path).startswith("\ufeff")


def test_a_broken_file_is_one_warning_of_the_build(tmp_path):
    """All notes have their pages."""
    snapshot = read(tmp_path, "{", {"a.md": "up:: [[b]]", "b.md": "text"})
    assert [problem.code for problem in snapshot.diagnostics] == ["breadcrumbs-unreadable"]
    assert len(snapshot.addresses) == 2
