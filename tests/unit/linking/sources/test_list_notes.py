"""Notes whose lists are a hierarchy."""

import pytest

from garden.model.settings import EdgeSource, Settings

SETTINGS = Settings(edge_sources=(EdgeSource("list-notes", ""),))
NOTES = dict.fromkeys(["A.md", "B.md", "C.md", "D.md"], "")
LIST = "- [[A]]\n  - [[B]]\n    - [[C]]\n  - [[D]]\n"


def test_nesting_is_hierarchy(read, related):
    """In the documentation's example B and D are below A, C is below B, and A below the list note.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4) and
    publish.obsidian.md/breadcrumbs-docs, «List Notes».
    """
    snapshot = read({**NOTES, "list.md": "---\nBC-list-note-field: down\n---\n" + LIST}, SETTINGS)
    assert related(snapshot, "list.md", "down") == ["A.md"]
    assert related(snapshot, "A.md", "down") == ["B.md", "D.md"]
    assert related(snapshot, "B.md", "down") == ["C.md"]
    assert related(snapshot, "C.md", "up") == ["B.md"]


@pytest.mark.parametrize("key", ["BC-list-note-exclude", "BC-list-note-exclude-index"])
def test_the_note_itself_can_be_left_out(read, related, key):
    """A key, which older documentation and the plugin call differently, takes the note's own relations away.

    Source: README.md of github.com/SkepticMystic/breadcrumbs, «BC-list-note-exclude»;
    breadcrumbs-docs.michaelpporter.com, «List Notes», `BC-list-note-exclude-index`.
    """
    front = f"---\nBC-list-note-field: down\n{key}: true\n---\n"
    snapshot = read({**NOTES, "list.md": front + LIST}, SETTINGS)
    assert related(snapshot, "list.md", "down") == []
    assert related(snapshot, "A.md", "down") == ["B.md", "D.md"]


def test_a_field_before_the_link_replaces_the_notes_own(read, related):
    """In the documentation's example the item `child [[B]]` is a `child` of A; other words are not fields.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Field Overrides».
    """
    text = "---\nBC-list-note-field: down\n---\n- [[A]]\n  - same [[B]]\n  - some more on [[C]]\n"
    snapshot = read({**NOTES, "list.md": text}, SETTINGS)
    assert related(snapshot, "A.md", "same") == ["B.md"]
    assert related(snapshot, "A.md", "down") == ["C.md"]


def test_neighbours_follow_each_other(read, related):
    """In the documentation's example D follows B, which is on its level.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «BC-list-note-neighbour-field».
    """
    front = "---\nBC-list-note-field: down\nBC-list-note-neighbour-field: next\n---\n"
    snapshot = read({**NOTES, "list.md": front + LIST}, SETTINGS)
    assert related(snapshot, "B.md", "next") == ["D.md"]
    assert related(snapshot, "D.md", "prev") == ["B.md"]
    assert related(snapshot, "A.md", "next") == related(snapshot, "C.md", "next") == []


def test_a_list_may_point_upwards(read, related):
    """With `up` each item is below what is nested in it."""
    snapshot = read({**NOTES, "list.md": "---\nBC-list-note-field: up\n---\n- [[A]]\n  - [[B]]\n"}, SETTINGS)
    assert related(snapshot, "A.md", "up") == ["B.md"]
    assert related(snapshot, "list.md", "up") == ["A.md"]


def test_what_nobody_has_written_may_be_a_parent(read, related):
    """An item without a note that has others below it becomes a hub; one with nothing below is left out."""
    text = "---\nBC-list-note-field: down\n---\n- [[Topic]]\n  - [[A]]\n- [[nothing]]\n- plain\n  - [[B]]\n"
    snapshot = read({**NOTES, "list.md": text}, SETTINGS)
    assert related(snapshot, "A.md", "up") == ["hub:topic"]
    assert related(snapshot, "list.md", "down") == ["hub:topic"]
    assert related(snapshot, "topic", "up", kind="hub") == ["list.md"]
    assert related(snapshot, "B.md", "up") == []


def test_drafts_and_code_are_not_items(read, related):
    """Neither an unpublished note nor a list in a code block gives relations."""
    text = "---\nBC-list-note-field: down\n---\n- [[A]]\n\n```\n- [[B]]\n```\n\n%%\n- [[C]]\n%%\n"
    snapshot = read({**NOTES, "A.md": "---\nstatus: draft\n---\n", "list.md": text}, SETTINGS)
    assert snapshot.relations == {}


def test_notes_can_be_kept_out(read, related):
    """A note that is named there is not a child of anything; what is below it still belongs to it.

    Source: src/graph/builders/explicit/list_note.ts of github.com/michaelpporter/breadcrumbs.
    """
    front = '---\nBC-list-note-field: down\nBC-list-note-exclude: ["[[B]]", "[[D|x]]"]\n---\n'
    snapshot = read({**NOTES, "list.md": front + LIST}, SETTINGS)
    assert related(snapshot, "list.md", "down") == ["A.md"]
    assert related(snapshot, "A.md", "down") == []
    assert related(snapshot, "B.md", "down") == ["C.md"]


def test_notes_are_kept_out_however_they_are_written(read, related):
    """What is not a link for YAML is one here (FM-11); the links of the keys before and after do not count."""
    front = '---\nbefore: [[A]]\nBC-list-note-exclude: [[B]]\nBC-list-note-field: down\nsee: "[[D]]"\n---\n'
    snapshot = read({**NOTES, "list.md": front + LIST}, SETTINGS)
    assert related(snapshot, "list.md", "down") == ["A.md"]
    assert related(snapshot, "A.md", "down") == ["D.md"]
    assert related(snapshot, "B.md", "down") == ["C.md"]


def test_a_section_can_hold_the_list(read, related):
    """Only items below the named heading count, up to the next one of its level; a missing one is reported.

    Source: src/graph/builders/explicit/list_note.ts of github.com/michaelpporter/breadcrumbs.
    """
    text = "- [[A]]\n\n## Parts\n\n- [[B]]\n\n### More\n\n- [[C]]\n\n## Else\n\n- [[D]]\n"
    front = "---\nBC-list-note-field: down\nBC-list-note-section: {}\n---\n"
    snapshot = read({**NOTES, "list.md": front.format("Parts") + text}, SETTINGS)
    assert related(snapshot, "list.md", "down") == ["B.md", "C.md"]
    snapshot = read({**NOTES, "list.md": front.format("Absent") + text}, SETTINGS)
    assert related(snapshot, "list.md", "down") == []
    assert [str(problem.place) for problem in snapshot.diagnostics] == ["list.md:3:1"]


def test_a_cycle_of_names_without_a_note_is_reported(read):
    """Two items that are below each other are a cycle, also if no note has their names."""
    text = "---\nBC-list-note-field: down\n---\n- [[X]]\n  - [[Y]]\n- [[Y]]\n  - [[X]]\n"
    snapshot = read({"list.md": text}, SETTINGS)
    (problem,) = (one for one in snapshot.diagnostics if one.code == "hierarchy-cycle")
    assert problem.message == "notes are their own ancestors: x -> y -> x"
    assert str(problem.place).startswith("list.md:")
