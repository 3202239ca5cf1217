"""The options of a view inside a note: what the documentation of the plugin says, and nothing else."""

import pytest

from garden.model.body import Slot, SlotKind
from garden.model.diagnostic import Severity
from garden.model.names import Folded
from garden.model.note import Document
from garden.model.settings import ReadingSettings
from garden.model.views.hierarchy_view import (
    Condition,
    HasTag,
    HierarchyView,
    InFolder,
    LinksTo,
    Operator,
    ViewKind,
)
from garden.reading.syntax.fences.hierarchy_query import QueryError, read_query
from garden.reading.syntax.fences.hierarchy_views import ViewError, ViewOptions, read_options
from tests.support.vault import read_note

SETTINGS = ReadingSettings()


def read(text: str) -> Document:
    return read_note(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", HierarchyView()),
        (
            "type: tree\nfields: [down]\ndepth: [0, 3]\nsort: basename asc",
            HierarchyView(fields=("down",), below=3),
        ),
        ("depth: [2]", HierarchyView(above=1)),
        ("depth: [1, 3]", HierarchyView(below=3)),
        ("depth: [0, 0]", HierarchyView(below=1)),
        ("fields: up, X\nmerge-fields: false", HierarchyView(fields=("up", "x"), merge=False)),
        ("field-groups: [ups, downs]", HierarchyView(fields=("up", "down"))),
        ("fields: [same, up]\nfield-groups: [ups, nexts]", HierarchyView(fields=("same", "up", "next"))),
        ("type: markmap", HierarchyView(kind=ViewKind.MARKMAP)),
        ("content: closed", HierarchyView(content="closed")),
        ("show-attributes: [field]\nfield-prefix: true", HierarchyView(attributes=("field",), prefix=True)),
        (
            "dataview-from: '#tag and !\"Folder\"'",
            HierarchyView(
                query=(HasTag(Folded("tag")), InFolder(Folded("folder")), Operator.NOT, Operator.AND)
            ),
        ),
        (
            "sort: path desc\nflat: true\ncollapse: true",
            HierarchyView(sort="path", descending=True, flat=True, collapse=True),
        ),
        ("sort: neighbour-field:next", HierarchyView(sort="neighbour-field", sort_field="next")),
        (
            "type: mermaid\nmermaid-direction: TB\nmermaid-curve: natural\nshow-attributes: [field, source]",
            HierarchyView(kind=ViewKind.MERMAID, direction="TB", attributes=("field", "source")),
        ),
        ("title: 'Parts: all'", HierarchyView(title="Parts: all")),
    ],
)
def test_options_are_read(source: str, expected: HierarchyView) -> None:
    """Whatever is left out has the plugin's default.

    Source: michaelpporter/breadcrumbs-docs, `src/content/docs/views/codeblocks.md`: the ends of `depth` are
    inclusive, and `[0, 0]` leaves the top-level edges.
    """
    assert read_options(source, SETTINGS) == ViewOptions(expected)


def test_groups_of_the_settings_are_known() -> None:
    """Breadcrumbs lets an author name groups; a group without fields leaves nothing to follow."""
    settings = ReadingSettings(field_groups=(("My kin", ("same", "x")), ("none", ())))
    assert read_options("field-groups: [My kin]", settings).view.fields == ("same", "x")
    for source in ("field-groups: [none]", "field-groups: [ups]"):
        with pytest.raises(ViewError):
            read_options(source, settings)


def test_an_option_of_an_unknown_name_is_reported_and_ignored() -> None:
    """The plugin shows the rest, with a message above it (`src/codeblocks/index.ts`)."""
    document = read("```breadcrumbs\nfields: [down]\ncolour: red\nfrom: '#tag'\n```\n")
    assert [problem.message for problem in document.problems] == [
        'there is no option "colour"; it is ignored',
        'there is no option "from"; it is ignored',
    ]
    (slot,) = [part for part in document.body.parts if isinstance(part, Slot)]
    assert isinstance(slot.value, HierarchyView)
    assert slot.value.fields == ("down",)


def test_notes_in_a_query_are_references() -> None:
    """So publication counts for them too (PB-4)."""
    document = read("```breadcrumbs\ndataview-from: '[[b|shown]] or not [[c]]'\nstart-note: d\n```\n")
    assert not document.problems
    (slot,) = [part for part in document.body.parts if isinstance(part, Slot)]
    view = slot.value
    assert isinstance(view, HierarchyView)
    assert [document.refs[view.start].target.path] == ["d"]
    links = [item.ref for item in view.query if isinstance(item, LinksTo)]
    assert [document.refs[index].target.path for index in links] == ["b", "c"]


def _said(item: Condition | Operator) -> str:
    match item:
        case HasTag(tag):
            return f"tag {tag}"
        case InFolder(folder):
            return f"folder {folder}"
        case LinksTo(name):
            return f"link {name}"
        case operator:
            return operator.value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#a", "tag a"),
        ("#A/b", "tag a/b"),
        ('"Some Folder/"', "folder some folder"),
        ('""', "folder "),
        ("#a or #b and #c", "tag a|tag b|tag c|and|or"),
        ("(#a OR #b) AND #c", "tag a|tag b|or|tag c|and"),
        ("not #a and #b", "tag a|not|tag b|and"),
        ("!(#a and -#b)", "tag a|tag b|not|and|not"),
        ("#a && #b || [[n]]", "tag a|tag b|and|link n|or"),
        ("not not #a", "tag a|not|not"),
        ("(" * 1500 + "#a" + ")" * 1500, "tag a"),
    ],
)
def test_queries_have_words_symbols_and_brackets(written: str, expected: str) -> None:
    """Not binds closest, or least; brackets may be as deep as they like (HC-10)."""
    assert "|".join(map(_said, read_query(written))) == expected


@pytest.mark.parametrize(
    "written", ["", "#a #b", "#a and", "and #a", "(#a", "#a)", "()", '"a', "tag", "#a and (or #b)", "notes"]
)
def test_what_is_not_a_query_is_an_error(written: str) -> None:
    """Nothing is guessed: the view is not shown."""
    with pytest.raises(QueryError):
        read_query(written)


@pytest.mark.parametrize("written", ["folder/b.md", "'[[folder/b.md|shown]]'", "[[folder/b.md|shown]]"])
def test_a_start_note_is_a_name_or_a_link(written: str) -> None:
    """Quotes round a link may be missing, as in front matter."""
    assert read_options(f"start-note: {written}", SETTINGS) == ViewOptions(HierarchyView(), "folder/b.md")


@pytest.mark.parametrize(
    "source",
    [
        "type: canvas",
        "fields: [foo]",
        "fields: []",
        "field-groups: [uncles]",
        "content: ajar",
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
        "dataview-from: '#tag and'",
        "dataview-from: 3",
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
        read_options(source, SETTINGS)


def test_a_view_is_a_slot_at_its_place() -> None:
    """The note to begin with is a reference, so that publication counts for it (PB-4)."""
    document = read("text\n\n```breadcrumbs\nstart-note: b\n```\n")
    (slot,) = [part for part in document.body.parts if isinstance(part, Slot)]
    assert slot.kind is SlotKind.VIEW
    view = slot.value
    assert isinstance(view, HierarchyView)
    assert (view.line, document.refs[view.start].target.path) == (3, "b")


def test_a_wrong_view_is_shown_as_source_with_one_problem() -> None:
    """It is folded, and escaped."""
    document = read("```breadcrumbs\ntype: <b>\n```\n")
    (problem,) = document.problems
    assert (problem.code, problem.severity, str(problem.place)) == (
        "view-invalid",
        Severity.WARNING,
        "a.md:1:1",
    )
    html = "".join(map(str, document.body.parts))
    assert "Slot(kind=<SlotKind.WORD: 'word'>, value='source')</summary>" in html
    assert "type: &lt;b&gt;" in html


def test_another_language_is_code() -> None:
    """Only the plugin's own word makes a view."""
    document = read("```yaml\ntype: tree\n```\n")
    assert not document.problems
    assert "language-yaml" in str(document.body.parts[0])
