"""A new note: named by its title, a draft, linked to its parent."""

from datetime import UTC, datetime

import pytest
import yaml

from garden.authoring.new_note import NewNoteError, NoteRequest, draft_text, has_natural_names, write_note

NOW = datetime(2024, 2, 29, 9, 5, tzinfo=UTC)


def front_matter(text: str) -> dict[str, object]:
    """Return the front matter of a note as YAML reads it."""
    _, block, _ = text.split("---\n", 2)
    read: dict[str, object] = yaml.safe_load(block)
    return read


def test_a_note_is_a_dated_draft_below_its_parent(tmp_path):
    """Everything that was asked for is in the file."""
    path = write_note(
        tmp_path, NoteRequest("Model cards", ("mlops", "[[docs|x]]"), ("data", "#model card")), NOW
    )
    assert path == tmp_path / "model-cards.md"
    assert path.read_text(encoding="utf-8") == (
        "---\nTitle: \"Model cards\"\nDate: '2024-02-29'\nStatus: draft\nTags: [data, model-card]\n---\n\n"
        "up:: [[mlops]], [[docs|x]]\n"
    )


def test_a_bare_note_has_no_empty_lines_of_metadata(tmp_path):
    """Without tags and parents nothing is written of them."""
    path = write_note(tmp_path, NoteRequest("Alone"), NOW)
    assert path.read_text(encoding="utf-8").endswith("Status: draft\n---\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('Say "hi": 100% #sure', "say-hi-100-sure.md"),
        ("a/b", "a-b.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("Größe und Maß", "größe-und-maß.md"),
        ("数据 版本", "数据-版本.md"),
        ("  two\n lines ", "two-lines.md"),
        ("%2e%2e%2fx", "2e-2e-2fx.md"),
    ],
)
def test_any_title_survives(tmp_path, title, name):
    """The title is kept as typed, in one line; its file stays in the vault."""
    path = write_note(tmp_path, NoteRequest(title), NOW)
    assert path == tmp_path / name
    assert front_matter(path.read_text(encoding="utf-8"))["Title"] == " ".join(title.split())


def test_tags_that_yaml_would_change_are_quoted(tmp_path):
    """A tag stays a text, also when it looks like a number or a truth."""
    path = write_note(tmp_path, NoteRequest("T", tags=("2024", "true", "a: b", "c/d")), NOW)
    assert front_matter(path.read_text(encoding="utf-8"))["Tags"] == ["2024", "true", "a:-b", "c/d"]


@pytest.mark.parametrize("existing", ["model-cards.md", "deep/folder/Model-Cards.MD", "Model-cards.markdown"])
def test_a_name_is_taken_once_in_the_vault(tmp_path, existing):
    """A second note of one name would make every link to it ambiguous; nothing is overwritten."""
    (tmp_path / existing).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / existing).write_text("mine")
    with pytest.raises(NewNoteError, match="there is already a note with that name"):
        write_note(tmp_path, NoteRequest("Model cards"), NOW)
    assert (tmp_path / existing).read_text() == "mine"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("title", ["", "???", "/../"])
def test_a_title_must_give_a_name(tmp_path, title):
    """Marks alone are not a name for a file."""
    with pytest.raises(NewNoteError, match="the title needs a letter or a digit"):
        write_note(tmp_path, NoteRequest(title), NOW)


def test_a_parent_must_be_a_name(tmp_path):
    """Brackets in brackets would be no link; no file is left behind."""
    with pytest.raises(NewNoteError, match="cannot be the name of a parent"):
        write_note(tmp_path, NoteRequest("Child", ("a]] [[b",)), NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_with_natural_names_gets_another(tmp_path):
    """The file is called as the title is, without what no file may have."""
    assert has_natural_names(["a/Data drift.md", "b.md", "Two words.md", "one-two.md"])
    assert not has_natural_names(["data-drift.md", "b.md"])
    path = write_note(tmp_path, NoteRequest("What: is/was #1?", is_natural=True, folder="deep/er"), NOW)
    assert path == tmp_path / "deep" / "er" / "What is was 1.md"


def test_a_folder_is_in_the_vault(tmp_path):
    """No note is written elsewhere."""
    with pytest.raises(NewNoteError, match="is not in"):
        write_note(tmp_path / "vault", NoteRequest("x", folder="../other"), NOW)


TEMPLATES = {
    "nothing of its own": (
        "# {{title}}\n\nWritten {{date:DD.MM.YYYY}} at {{time}} [{{date:[year] YY}}].\n",
        (
            "---\nTitle: \"T\"\nDate: '2024-02-29'\nStatus: draft\nTags: [x]\n---\n\nup:: [[p]]\n\n"
            "# T\n\nWritten 29.02.2024 at 09:05 [year 24].\n"
        ),
    ),
    "keys of its own": (
        "---\nkind: article\ncreated: {{date}}\ntitle:\ntags:\n  - article\nup:\n---\nText\n",
        '---\nkind: article\ncreated: 2024-02-29\ntitle: "T"\ntags:\n  - x\n  - article\nup: "[[p]]"\nstatus: draft\n---\nText\n',
    ),
    "a line for the parent": (
        "---\ntags: [a]\nstatus: hidden\n---\nup::\n\nText",
        "---\ntags: [a, x]\nstatus: hidden\ntitle: \"T\"\ndate: '2024-02-29'\n---\nup:: [[p]]\n\nText",
    ),
    "tags in one line": (
        "---\r\nTags: a, b\r\n---\r\n",
        "---\nTags: [a, b, x]\nTitle: \"T\"\nDate: '2024-02-29'\nStatus: draft\n---\n\nup:: [[p]]\n",
    ),
}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_keeps_what_it_says(kind):
    """Placeholders are filled, empty keys too, what is missing is added in its spelling."""
    template, expected = TEMPLATES[kind]
    assert draft_text(NoteRequest("T", ("p",), ("x",), template=template), NOW) == expected
