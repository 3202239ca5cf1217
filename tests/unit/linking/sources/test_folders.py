"""Folders as hierarchy."""

from garden.model.settings import EdgeSource, Settings

NAMES = Settings(edge_sources=(EdgeSource("folder-names"),))
NOTES = Settings(edge_sources=(EdgeSource("folder-notes", ""),))


def test_nothing_follows_from_folders_unless_asked_for(read, related):
    """A note's folder has no meaning of its own (HC-1)."""
    snapshot = read({"git/git.md": "", "git/a.md": ""})
    assert snapshot.relations == {}


def test_a_note_called_like_its_folder_is_the_parent_of_the_others(read, related):
    """The note lies in the folder or beside it; folders without one are passed over."""
    snapshot = read(
        {
            "Git/git.md": "",
            "Git/a.md": "",
            "Git/deep/b.md": "",
            "Git/hooks/hooks.md": "",
            "Git/hooks/c.md": "",
            "data.md": "",
            "data/d.md": "",
            "loose.md": "",
        },
        NAMES,
    )
    assert related(snapshot, "Git/git.md", "down") == ["Git/a.md", "Git/deep/b.md", "Git/hooks/hooks.md"]
    assert related(snapshot, "Git/hooks/c.md", "up") == ["Git/hooks/hooks.md"]
    assert related(snapshot, "data/d.md", "up") == ["data.md"]
    assert related(snapshot, "Git/git.md", "up") == []
    assert related(snapshot, "loose.md", "up") == []


def test_an_unpublished_folder_note_leaves_no_trace(read, related):
    """A draft is nobody's parent (PB-3)."""
    snapshot = read({"git/git.md": "---\nstatus: draft\n---\n", "git/a.md": ""}, NAMES)
    assert snapshot.relations == {}


FOLDER = {
    "f/note.md": "---\nBC-folder-note-field: down\n---\n",
    "f/a.md": "",
    "f/g/b.md": "",
    "other.md": "",
}


def test_a_folder_note_of_breadcrumbs_collects_its_own_folder(read, related):
    """A folder note is related, by the field it names, to the other notes in its folder, not to deeper ones.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Folder Notes».
    """
    snapshot = read(FOLDER, NOTES)
    assert related(snapshot, "f/note.md", "down") == ["f/a.md"]
    assert related(snapshot, "f/a.md", "up") == ["f/note.md"]


def test_recursion_is_flat(read, related):
    """With `BC-folder-note-recurse` the notes of deeper folders are related to that note itself as well.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «BC-folder-note-recurse».
    """
    recursing = "---\nBC-folder-note-field: down\nBC-folder-note-recurse: true\n---\n"
    snapshot = read({**FOLDER, "f/note.md": recursing}, NOTES)
    assert related(snapshot, "f/note.md", "down") == ["f/a.md", "f/g/b.md"]


def test_a_field_that_is_not_a_relation_is_reported(read, related):
    """The place is the key's."""
    snapshot = read({"f/note.md": "---\nBC-folder-note-field: below\n---\n", "f/a.md": ""}, NOTES)
    assert [str(problem).split(" ")[:3] for problem in snapshot.diagnostics] == [
        ["f/note.md:2:1:", "warning", "[relation-source-invalid]"]
    ]
    assert snapshot.relations == {}
