"""Notes whose links are a hierarchy."""

from garden.model.settings import EdgeSource, Settings

SETTINGS = Settings(edge_sources=(EdgeSource("traverse-notes"),))
ROOT = "---\nBC-traverse-note-field: down\n---\n"


def test_links_are_walked(read, related):
    """In the documentation's example the index contains two topics, and the first of them a subtopic.

    Source: breadcrumbs-docs.michaelpporter.com, «Traverse Notes».
    """
    notes = {
        "Index.md": ROOT + "[[Topic A]] [[Topic B]]",
        "Topic A.md": "[[Subtopic]]",
        "Topic B.md": "",
        "Subtopic.md": "",
    }
    snapshot = read(notes, SETTINGS)
    assert sorted(related(snapshot, "Index.md", "down")) == ["Topic A.md", "Topic B.md"]
    assert related(snapshot, "Topic A.md", "down") == ["Subtopic.md"]
    assert related(snapshot, "Subtopic.md", "up") == ["Topic A.md"]


def test_each_note_is_met_once(read, related):
    """A circle ends, and of two ways to a note the one by the last link counts.

    Source: src/graph/builders/explicit/traverse_note.ts of github.com/michaelpporter/breadcrumbs.
    """
    notes = {"i.md": ROOT + "[[a]] [[b]]", "a.md": "[[c]] [[i]]", "b.md": "[[c]] [[a]]", "c.md": "[[c]]"}
    snapshot = read(notes, SETTINGS)
    assert related(snapshot, "i.md", "down") == ["b.md"]
    assert related(snapshot, "b.md", "down") == ["a.md"]
    assert related(snapshot, "a.md", "down") == ["c.md"]


def test_what_is_not_there_ends_the_way(read, related):
    """Missing notes, files and drafts give no relation, and nothing behind a draft is reached (PB-3)."""
    notes = {
        "i.md": ROOT + "[[missing]] [[draft]] ![[p.png]] [[seen]]",
        "draft.md": "---\nstatus: draft\n---\n[[behind]]",
        "behind.md": "",
        "seen.md": "",
    }
    snapshot = read(notes, SETTINGS)
    assert related(snapshot, "i.md", "down") == ["seen.md"]
    assert related(snapshot, "behind.md", "up") == []
    assert snapshot.hubs == {}


def test_without_a_field_the_default_counts(read, related):
    """An unknown one is reported."""
    snapshot = read({"i.md": "---\nBC-traverse-note-field:\n---\n[[a]]", "a.md": ""}, SETTINGS)
    assert related(snapshot, "i.md", "up") == ["a.md"]
    snapshot = read({"i.md": "---\nBC-traverse-note-field: around\n---\n[[a]]", "a.md": ""}, SETTINGS)
    assert [problem.code for problem in snapshot.diagnostics] == ["relation-source-invalid"]
