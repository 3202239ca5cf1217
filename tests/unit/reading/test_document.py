"""Reading a note never fails (HC-9), and what it says apart from its HTML."""

import gc

import pytest

from garden.model.note import Status
from garden.reading import document
from tests.support.vault import read_note


def read(text: str):
    return read_note(text, "n.md")


def test_a_mistake_of_ours_shows_the_source(monkeypatch):
    """HC-9: the note keeps its title, its state and its text; the error names the note."""
    monkeypatch.setattr(document, "convert", lambda *_: 1 / 0)
    note = read("---\ntitle: T\nstatus: hidden\n---\na < b")
    assert (note.title, note.meta.status) == ("T", Status.HIDDEN)
    assert ">a &lt; b</pre>" in str(note.body.parts[0])
    assert [problem.code for problem in note.problems] == ["internal-error"]


def test_a_mistake_of_ours_in_the_front_matter_makes_a_draft(monkeypatch):
    """HC-9, PB-1: nobody knows whether the note may be seen."""
    monkeypatch.setattr(document, "read_front_matter", lambda *_: 1 / 0)
    note = read("---\ntitle: T\n---\na")
    assert not note.published
    assert note.body.parts == ()


@pytest.mark.parametrize(
    ("text", "plain", "words"),
    [
        ("a *b* `c` [[d|e f]] [g](h)", "a b c e f g", 6),
        ("a\nb\n\n- c\n- d", "a b\nc\nd", 4),
        ("a %%b%%\n\n```\nc\n```\n\n<p>d</p>\n\nup:: [[e]]", "a ", 1),
        ("> [!note] T\n> a", "T\na", 2),
        ("|a|b|\n|-|-|\n|c|d|", "a\nb\nc\nd", 4),
        ("日本語", "日本語", 2),
        ("a[^1]\n\n[^1]: b\n\n[^2]: c", "a\nb", 2),
    ],
)
def test_plain_text_and_words(text, plain, words):
    """Search and summaries have no comments, hierarchy lines, code, or footnotes that nothing refers to."""
    note = read(text)
    assert (note.body.plain, note.words) == (plain, words)


def test_a_reference_has_the_sentence_round_it():
    """WL-15: what a backlink quotes, and where in it the link is."""
    note = read("First. See *the* [[b|other]] note! Last.")
    ref = note.refs[0]
    assert ref.sentence == "See the other note!"
    assert ref.sentence[slice(*ref.cited)] == "other"


def test_one_note_does_not_remember_another():
    """HC-7: a document depends on its own text only."""
    text = "# A\n\n[x]: y\n\na[^1] ^id\n\n[^1]: b\n\n## A"
    first = read(text)
    read("%% never closed")
    read("```\nnever closed")
    assert read(text) == first
    assert read("[x] [^1]").refs == ()
    assert read("").body.parts == ()


def test_a_drawing_that_cannot_be_read_is_a_box_without_its_source():
    """A note of the Excalidraw plugin is named for what it is; its source may name what is not published."""
    note = read("---\nexcalidraw-plugin: parsed\ntitle: Plan\n---\n%%\n# Drawing\n```json\n{secret\n```\n%%")
    html = "".join(part if isinstance(part, str) else f"[{part.value}]" for part in note.body.parts)
    assert html.startswith('<figure class="not-rendered" data-view="error"')
    assert "secret" not in html
    assert [(problem.code, problem.place.line) for problem in note.problems] == [("view-syntax", 2)]


def test_nope_a_note_about_drawings_is_a_note():
    """Only the plugin's own key counts."""
    assert "not-rendered" not in str(read("---\ntags: excalidraw-plugin\n---\ntext").body.parts[0])


def test_reading_leaves_nothing_that_only_the_garbage_collector_finds():
    """Builds read all notes with the collector switched off: what refers to itself would fill their memory."""
    text = "# A\n\nup:: [[b]]\n\na *b* [[c|d]] #e ^f\n\n> [!note] g\n> - [ ] h\n>   1. i[^1]\n\n|a|b|\n|-|-|\n|c|$d$|\n\n```py\nx = 1\n```\n\n[^1]: <b>k</b>\n"
    read(text)
    gc.collect()
    gc.disable()
    try:
        read(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
