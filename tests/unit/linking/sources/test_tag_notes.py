"""Notes that collect a tag."""

from garden.model.settings import EdgeSource, Settings

SETTINGS = Settings(edge_sources=(EdgeSource("tag-notes"),))
TAGGED = {"a.md": "#tag", "b.md": "#tag/child", "c.md": "#tags", "d.md": "---\nstatus: hidden\n---\n#tag"}


def test_a_tag_note_is_related_to_the_notes_of_its_tag(read, related):
    """Whatever has the tag is related to the note by the field it names; a nested tag counts as the outer one.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Tag Notes». Hidden notes
    are in no listing (PB-2).
    """
    front = '---\nBC-tag-note-tag: "#tag"\nBC-tag-note-field: down\n---\n'
    snapshot = read({**TAGGED, "note.md": front}, SETTINGS)
    assert related(snapshot, "note.md", "down") == ["a.md", "b.md"]
    assert related(snapshot, "a.md", "up") == ["note.md"]


def test_exact_leaves_nested_tags_out(read, related):
    """With `BC-tag-note-exact` only notes with the very tag count.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «BC-tag-note-exact».
    """
    front = "---\nBC-tag-note-tag: tag\nBC-tag-note-field: down\nBC-tag-note-exact: true\n---\n"
    assert related(read({**TAGGED, "note.md": front}, SETTINGS), "note.md", "down") == ["a.md"]


def test_without_a_field_the_default_counts(read, related):
    """The shipped default of Breadcrumbs for tag notes is `up`: the note points up to what has its tag.

    Source: src/const/settings.ts of github.com/SkepticMystic/breadcrumbs, `tag_note.default_field`.
    """
    snapshot = read({**TAGGED, "note.md": "---\nBC-tag-note-tag: tag/child\n---\n"}, SETTINGS)
    assert related(snapshot, "note.md", "up") == ["b.md"]


def test_a_tag_that_is_not_a_text_is_reported(read, related):
    """A list names no tag."""
    snapshot = read({"note.md": "---\nBC-tag-note-tag: [a, b]\n---\n"}, SETTINGS)
    assert [problem.code for problem in snapshot.diagnostics] == ["relation-source-invalid"]


def test_tagged_notes_can_be_siblings(read, related):
    """Each is related to those after it, and they to it.

    Source: breadcrumbs-docs.michaelpporter.com, «Tag Notes», `BC-tag-note-sibling-field`.
    """
    front = "---\nBC-tag-note-tag: tag\nBC-tag-note-field: down\nBC-tag-note-sibling-field: same\n---\n"
    snapshot = read({**TAGGED, "e.md": "#tag", "note.md": front}, SETTINGS)
    assert related(snapshot, "a.md", "same") == ["b.md", "e.md"]
    assert related(snapshot, "e.md", "same") == ["a.md", "b.md"]
    assert related(snapshot, "note.md", "same") == []


def test_hc_10_a_tag_of_many_notes_relates_the_first_ones(read, related):
    """Relating everything to everything would be a million relations for a thousand notes; that is reported."""
    settings = Settings(edge_sources=(EdgeSource("tag-notes", "down", sibling_field="same"),))
    many = {f"n{number:03}.md": "#tag" for number in range(100)}
    snapshot = read({**many, "note.md": "---\nBC-tag-note-tag: tag\n---\n"}, settings)
    assert len(related(snapshot, "note.md", "down")) == 100
    assert len(related(snapshot, "n000.md", "same")) == 59
    assert related(snapshot, "n060.md", "same") == []
    assert [problem.code for problem in snapshot.diagnostics] == ["relations-cut"]
