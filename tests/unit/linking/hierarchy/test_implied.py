"""Relations that follow from others."""

import time

import pytest

from garden.linking.snapshot import Node
from garden.model.settings import RELATIONS, ImpliedRelation, RelationField, Settings

UP_SAME = Settings(implied_relations=(ImpliedRelation(("up", "same"), "up"),))
FAMILY = (
    RelationField("parent", "Parent", "child", "up"),
    RelationField("child", "Child", "parent", "down"),
    RelationField("grandparent", "Grandparent", "", "up"),
    RelationField("sibling", "Sibling", "sibling", "same"),
)


def test_a_topic_beside_the_parent_is_a_parent_too(read, related):
    """The edge is implied, has its inverse, and takes part in trails."""
    snapshot = read({"a.md": "up:: [[b]]", "b.md": "same:: [[c]]", "c.md": "up:: [[d]]", "d.md": ""}, UP_SAME)
    assert related(snapshot, "a.md", "up") == ["b.md", "c.md"]
    assert [edge.implied for edge in snapshot.relations["note", "a.md"]["up"]] == [False, True]
    assert related(snapshot, "c.md", "down") == ["a.md"]
    trails = [[node.key for node in trail] for trail in snapshot.trails["note", "a.md"]]
    assert trails == [["b.md"], ["d.md", "c.md"]]


def test_a_chain_collapses_to_its_closing_field(read, related):
    """A parent's parent is a grandparent when a rule says so, and nothing is implied back without an inverse.

    Source: publish.obsidian.md/breadcrumbs-docs, «Transitive Implied Relations»: `[parent, parent] ->
    grandparent`, closed from the start of the chain to its end.
    """
    rules = (ImpliedRelation(("parent", "parent"), "grandparent", rounds=1),)
    notes = {"Me.md": "parent:: [[Mother]]", "Mother.md": "parent:: [[Grandfather]]", "Grandfather.md": ""}
    settings = Settings(relations=FAMILY, implied_relations=rules)
    settings = with_reading(settings)
    snapshot = read(notes, settings)
    assert related(snapshot, "Me.md", "grandparent") == ["Grandfather.md"]
    assert related(snapshot, "Grandfather.md", "child") == ["Mother.md"]
    assert [node.key for node in snapshot.trails["note", "Me.md"][0]] == ["Grandfather.md"]


def test_a_reversed_rule_leads_back(read, related):
    """With «close reversed» the end of the chain is related to its start.

    Source: publish.obsidian.md/breadcrumbs-docs, «Transitive Implied Relations», «Opposite Direction».
    """
    relations = (RelationField("up", "Part of", ""), RelationField("down", "Contains", ""))
    rules = (ImpliedRelation(("up",), "down", reverse=True, rounds=1),)
    snapshot = read(
        {"A.md": "up:: [[B]]", "B.md": ""}, Settings(relations=relations, implied_relations=rules)
    )
    assert related(snapshot, "B.md", "down") == ["A.md"]


@pytest.mark.parametrize(("rounds", "siblings"), [(0, []), (1, []), (2, ["B.md"])])
def test_rounds_decide_what_a_rule_sees(read, related, rounds, siblings):
    """In the documentation's example A and B are siblings by `[up, down] -> same` from two rounds on.

    In the first round `down` is not there yet: it is implied by the opposite direction. No rounds
    switch a rule off.

    Source: breadcrumbs-docs.michaelpporter.com/implied-edge-builders/implied-relation-rounds.
    """
    rules = (ImpliedRelation(("up", "down"), "same", rounds=rounds),)
    notes = {"A.md": "up:: [[Parent]]", "B.md": "up:: [[Parent]]", "Parent.md": ""}
    snapshot = read(notes, Settings(implied_relations=rules))
    assert related(snapshot, "A.md", "same") == siblings


def test_closing_ends(read, related):
    """Rules that feed each other stop when nothing new follows, and a ring relates no note to itself."""
    rules = (ImpliedRelation(("up", "up"), "up"), ImpliedRelation(("same", "same"), "same"))
    notes = {"a.md": "up:: [[b]]\nsame:: [[b]]", "b.md": "up:: [[c]]\nsame:: [[c]]", "c.md": "up:: [[a]]"}
    snapshot = read(notes, Settings(implied_relations=rules))
    assert related(snapshot, "a.md", "up") == ["b.md", "c.md"]
    assert related(snapshot, "a.md", "same") == ["b.md", "c.md"]


def test_rules_do_not_show_hidden_notes(read, related):
    """No relation of others leads to a hidden note by a rule (PB-2)."""
    notes = {"a.md": "up:: [[b]]", "b.md": "same:: [[c]]", "c.md": "---\nstatus: hidden\n---\nsame:: [[b]]"}
    assert related(read(notes, UP_SAME), "a.md", "up") == ["b.md"]


def test_a_rule_with_an_unknown_field_says_nothing(read, related):
    """Such as one that Breadcrumbs keeps after its field was deleted."""
    rules = (ImpliedRelation(("up", "cousin"), "up"),)
    assert related(
        read({"a.md": "up:: [[b]]", "b.md": ""}, Settings(implied_relations=rules)), "b.md", "down"
    )


def test_many_siblings_stay_bounded(read, related):
    """A rule that relates each child with each other one ends at a number, and says so once (HC-10)."""
    rules = (ImpliedRelation(("up", "down"), "same"),)
    notes = {f"{number:04}.md": "up:: [[top]]" for number in range(600)}
    begin = time.process_time()
    snapshot = read(notes, Settings(implied_relations=rules))
    assert time.process_time() - begin < 8
    assert {len(related(snapshot, path, "same")) for path in notes} == {60}
    assert len(related(snapshot, "top", "down", kind="hub")) == 600
    assert [problem.code for problem in snapshot.diagnostics].count("relations-cut") == 1


def test_a_relation_may_serve_as_another(read, related):
    """Trails, siblings, hubs and children follow every field of the group `up`, each shown by its own name."""
    relations = (
        *RELATIONS,
        RelationField("parent", "Child of", "child", "up"),
        RelationField("child", "Parent of", "parent", "down"),
    )
    notes = {
        "a.md": "parent:: [[b]]",
        "b.md": "up:: [[c]]",
        "d.md": "up:: [[b]]",
        "e.md": "parent:: [[MLOps]]",
    }
    settings = with_reading(Settings(relations=relations))
    snapshot = read(notes, settings)
    assert related(snapshot, "a.md", "parent") == ["b.md"]
    assert [[node.key for node in trail] for trail in snapshot.trails["note", "a.md"]] == [["c", "b.md"]]
    assert snapshot.siblings["note", "a.md"] == (Node("note", "d.md"),)
    assert snapshot.children["note", "b.md"] == (Node("note", "d.md"), Node("note", "a.md"))
    assert related(snapshot, "mlops", "child", kind="hub") == ["e.md"]


def with_reading(settings: Settings) -> Settings:
    """Return the settings with the relations known to the reader too."""
    from msgspec.structs import replace

    from garden.model.names import field_key

    names = tuple(field_key(relation.name) for relation in settings.relations)
    return replace(settings, reading=replace(settings.reading, relations=names))
