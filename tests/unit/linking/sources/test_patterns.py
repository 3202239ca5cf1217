"""Regular expressions over names."""

from garden.model.settings import EdgeSource, Settings

PARENTS = Settings(
    edge_sources=(
        EdgeSource("regex-notes", patterns=((r"^(\w+) lecture \d+", r"\1 lectures"), ("^Q:", "Questions"))),
    )
)
NOTES = Settings(edge_sources=(EdgeSource("regex-notes"),))


def test_a_pattern_names_the_parent(read, related):
    """The parent is a note or a hub; the first pattern that fits the name or the title counts."""
    snapshot = read(
        {"git lecture 1.md": "", "git lecture 2.md": "# Q: why", "Git lectures.md": "", "x.md": "# Q: who\n"},
        PARENTS,
    )
    assert related(snapshot, "Git lectures.md", "down") == ["git lecture 1.md", "git lecture 2.md"]
    assert related(snapshot, "x.md", "up") == ["hub:questions"]
    assert snapshot.hubs["questions"].title == "Questions"


def test_a_regex_note_collects_what_fits(read, related):
    """The expression is held against whole paths, with flags such as `i`; `g` means nothing here.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Regex Notes».
    """
    front = (
        '---\nBC-regex-note-regex: "^LOG/.*day"\nBC-regex-note-field: down\nBC-regex-note-flags: gi\n---\n'
    )
    snapshot = read({"note.md": front, "log/monday.md": "", "log/week.md": "", "log/Friday.md": ""}, NOTES)
    assert related(snapshot, "note.md", "down") == ["log/Friday.md", "log/monday.md"]


def test_a_broken_expression_is_reported(read, related):
    """It collects nothing."""
    snapshot = read({"note.md": '---\nBC-regex-note-regex: "(a"\n---\n', "a.md": ""}, NOTES)
    assert [problem.code for problem in snapshot.diagnostics] == ["relation-source-invalid"]
    assert snapshot.relations == {}
