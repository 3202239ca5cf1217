"""The log of a build becomes what the pages of notes show of it."""

import json

import pytest

from garden.hosts.serve.editors import EDITORS, editor_link, editor_pattern
from garden.hosts.serve.note_problems import NoteProblems

LOG = """\
Done: Processed 2 articles
a folder/note: one.md:2:3: warning [tag-invalid] "#1" is not a tag (write #one)
other.md:1:1: error [yaml-late] late
Built in 0.3 s, with errors in notes: http://localhost:8765
"""


def test_a_note_gets_its_own_problems_and_the_errors_of_others(tmp_path):
    """Warnings of other notes are left to their own pages; what is not a problem is left out."""
    note = tmp_path / "a folder/note: one.md"
    note.parent.mkdir()
    note.write_text("# One\nA #1\n")
    shown = json.loads(NoteProblems(LOG, tmp_path, EDITORS["vscode"]).as_json("a folder/note: one.md"))
    [own], [other] = shown["own"], shown["others"]
    assert own["place"] == "a folder/note: one.md:2:3"
    assert (own["severity"], own["code"]) == ("warning", "tag-invalid")
    assert own["excerpt"] == "    A #1\n      ^"
    assert own["editor"].endswith("/a%20folder/note:%20one.md:2:3")
    # A file that is not there has no line, and nothing to open.
    assert (other["code"], other["excerpt"], other["editor"]) == ("yaml-late", "", "")
    assert json.loads(NoteProblems(LOG, tmp_path).as_json("other.md"))["others"] == []


def test_what_a_build_has_failed_of_has_its_line(tmp_path, monkeypatch):
    """A template or the settings file: the line, a mark at its beginning, and a link; other files are not guessed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts.html").write_text("<p>\n  {{ no_such_name }}\n")
    log = "Done\nfacts.html:2: error `nmae` is not defined\ngarden: gone.py:1: SyntaxError: x\n"
    [cause] = json.loads(NoteProblems(log, tmp_path / "vault", EDITORS["vscode"]).as_json(""))["causes"]
    assert cause["message"] == "error `nmae` is not defined"
    assert cause["excerpt"] == "      {{ no_such_name }}\n      ^"
    assert cause["editor"] == f"vscode://file{tmp_path}/facts.html:2:3"


@pytest.mark.parametrize(
    ("wanted", "variable", "pattern"),
    [
        ("", "code --wait", "vscode"),
        ("", "/usr/local/bin/subl -w", "sublime"),
        ("", "vim", "obsidian"),
        ("zed", "code", "zed"),
    ],
)
def test_the_editor_is_the_authors(tmp_path, monkeypatch, wanted, variable, pattern):
    """The one that is named, or that of the environment, or that of the vault."""
    (tmp_path / ".obsidian").mkdir()
    monkeypatch.setenv("VISUAL", variable)
    assert editor_pattern(wanted, tmp_path) == EDITORS[pattern]


def test_an_address_of_ones_own_is_filled(tmp_path):
    """Nothing in the name of a file ends a parameter."""
    pattern = editor_pattern("edit://{path}?l={line}&c={column}", tmp_path)
    link = editor_link(pattern, tmp_path / "a&b #1.md", 4, 2)
    assert link == f"edit://{tmp_path}/a%26b%20%231.md?l=4&c=2"
