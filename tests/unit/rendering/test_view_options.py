"""The options of a view inside a note: what the documentation of the plugin says, and nothing else."""

import pytest

from garden.model.diagnostic import Severity
from garden.model.names import VaultPath
from garden.model.note import Document, Slot, SlotKind, Source
from garden.model.settings import Reading
from garden.model.view import View, read_view
from garden.reading.document import read_document
from garden.reading.syntax.views import ViewError, read_options

FIELDS = Reading().relations


def read(text: str) -> Document:
    return read_document(Source(VaultPath("a.md"), text, ""), Reading())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", View()),
        ("type: tree\nfields: [down]\ndepth: [0, 3]\nsort: basename asc", View(fields=("down",), below=3)),
        ("depth: [2]", View(above=2)),
        ("depth: [0, 0]", View(below=-1)),
        ("fields: up, X\nmerge-fields: false", View(fields=("up", "x"), merge=False)),
        (
            "sort: path desc\nflat: true\ncollapse: true",
            View(sort="path", descending=True, flat=True, collapse=True),
        ),
        ("sort: neighbour-field:next", View(sort="neighbour-field:next")),
        (
            "type: mermaid\nmermaid-direction: TB\nmermaid-curve: natural\nshow-attributes: [field, source]",
            View(kind="mermaid", direction="TB", attributes=("field", "source")),
        ),
        ("title: 'Parts: all'", View(title="Parts: all")),
    ],
)
def test_options_are_read(source: str, expected: View) -> None:
    """Whatever is left out has the plugin's default."""
    assert read_options(source, FIELDS) == (expected, "")


@pytest.mark.parametrize("written", ["folder/b.md", "'[[folder/b.md|shown]]'", "[[folder/b.md|shown]]"])
def test_a_start_note_is_a_name_or_a_link(written: str) -> None:
    """Quotes round a link may be missing, as in front matter."""
    assert read_options(f"start-note: {written}", FIELDS) == (View(), "folder/b.md")


@pytest.mark.parametrize(
    "source",
    [
        "type: markmap",
        "fields: [foo]",
        "fields: 3",
        "depth: 3",
        "depth: [3, 1]",
        "depth: [-1]",
        "depth: [true]",
        "sort: colour",
        "sort: path up",
        "flat: maybe",
        "show-attributes: [colour]",
        "mermaid-direction: XY",
        "dataview-from: '#tag'",
        "colour: red",
        "just text",
        "a: [",
        "a: &x [1]\nb: *x",
        "title: [a, b]",
        "x: " + "y" * 5000,
    ],
)
def test_what_is_not_known_is_an_error(source: str) -> None:
    """The message says which option."""
    with pytest.raises(ViewError):
        read_options(source, FIELDS)


def test_a_view_is_a_slot_at_its_place() -> None:
    """The note to begin with is a reference, so that publication counts for it (PB-4)."""
    document = read("text\n\n```breadcrumbs\nstart-note: b\n```\n")
    (slot,) = [part for part in document.body.parts if isinstance(part, Slot)]
    assert slot.kind is SlotKind.VIEW
    view = read_view(str(slot.value))
    assert (view.line, document.refs[view.start].target.path) == (3, "b")


def test_a_wrong_view_is_shown_as_source_with_one_problem() -> None:
    """It is folded, and escaped."""
    document = read("```breadcrumbs\ntype: <b>\n```\n")
    (problem,) = document.problems
    assert (problem.code, problem.severity, str(problem.place)) == ("view-invalid", Severity.INFO, "a.md:1:1")
    html = "".join(map(str, document.body.parts))
    assert "<details><summary>Source</summary>" in html
    assert "type: &lt;b&gt;" in html


def test_another_language_is_code() -> None:
    """Only the plugin's own word makes a view."""
    document = read("```yaml\ntype: tree\n```\n")
    assert not document.problems
    assert "language-yaml" in str(document.body.parts[0])
