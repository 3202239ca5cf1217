"""Where front matter begins and ends (FM-1, FM-2)."""

import pytest

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.read import FrontMatter, read_front_matter
from garden.reading.source import read_source


def read(text: str) -> FrontMatter:
    return read_front_matter(read_source(VaultPath("n.md"), text.encode()), ReadingSettings())


def said(note: FrontMatter) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in note.problems]


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: T\n---\nBody\n", "Body\n", 4),
        ("--- \t\ntitle: T\n---  \nBody", "Body", 4),
        ("---\ntitle: T\n---\n\nBody", "\nBody", 4),
        ("---\ntitle: T\n---\nBody\n\n---\n\nMore", "Body\n\n---\n\nMore", 4),
        ("---\r\ntitle: T\r\n---\r\nBody", "Body", 4),
        ("\ufeff---\ntitle: T\n---\nBody", "Body", 4),
        ("---\n# a comment\n\ntitle: T # and another\n---\nBody", "Body", 6),
        ("---\ntitle: T\ntext: |\n  ---\n---\nBody", "Body", 6),
    ],
)
def test_front_matter_stands_between_two_lines_of_dashes(text, body, line):
    """FM-1: it starts on the first line and ends at the next `---`; the body begins after that."""
    note = read(text)
    assert (note.meta.title, note.body, note.body_line, said(note)) == ("T", body, line, [])


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n\n---\nBody", "---\n# nothing\n---\nBody"])
def test_front_matter_may_be_empty(text):
    """FM-1: empty front matter is not a problem and no body text."""
    note = read(text)
    assert (note.body, dict(note.meta.properties), said(note)) == ("Body", {}, [])


@pytest.mark.parametrize(
    "text",
    [
        "Body\n---\ntitle: T\n---\n",
        "----\ntitle: T\n---\n",
        " ---\ntitle: T\n---\n",
        "--- x\ntitle: T\n---\n",
        "---",
        "",
    ],
)
def test_dashes_elsewhere_are_not_front_matter(text):
    """FM-1: a `---` elsewhere is a rule or a Setext underline."""
    note = read(text)
    assert (note.body, note.body_line, note.meta.title, said(note)) == (text, 1, "", [])


@pytest.mark.parametrize("blank", ["\n", "\n\n", " \t\n\n"])
def test_blank_lines_before_front_matter_are_tolerated(blank):
    """FM-1: a draft is not published because of a blank line above its front matter."""
    note = read(f"{blank}---\nstatus: draft\n---\nBody")
    lines = blank.count("\n")
    assert (note.meta.status, note.body, note.body_line) == (Status.DRAFT, "Body", lines + 4)
    assert said(note) == [f"{lines + 1}:1 yaml-late"]


@pytest.mark.parametrize("inner", ["# comment\ntitle: T", '{"title": "T"}'])
def test_late_front_matter_may_begin_with_a_comment_or_be_json(inner):
    """FM-1: what looks like front matter after blank lines is front matter."""
    note = read(f"\n---\n{inner}\n---\nBody")
    assert (note.meta.title, note.body) == ("T", "Body")


def test_two_rules_after_a_blank_line_are_not_front_matter():
    """FM-1: text between two rules further down stays in the body."""
    text = "\n---\n\nA paragraph between rules.\n\n---\n"
    assert (read(text).body, said(read(text))) == (text, [])


def test_unclosed_front_matter_ends_at_the_first_blank_line():
    """FM-2: the leading run of lines counts, the rest is the body."""
    note = read("---\n\ntitle: T\nstatus: draft\n\nBody: text\n")
    assert (note.meta.title, note.meta.status) == ("T", Status.DRAFT)
    assert (note.body, note.body_line, said(note)) == ("\nBody: text\n", 5, ["1:1 yaml-unclosed"])


def test_unclosed_front_matter_may_be_the_whole_file():
    """FM-2: without a blank line everything is front matter."""
    note = read("---\ntitle: T")
    assert (note.meta.title, note.body, said(note)) == ("T", "", ["1:1 yaml-unclosed"])


def test_late_and_unclosed_front_matter_is_both():
    """FM-1, FM-2: both problems are reported at the opening line."""
    note = read("\n---\ntitle: T\n\nBody")
    assert (note.meta.title, said(note)) == ("T", ["2:1 yaml-late", "2:1 yaml-unclosed"])


@pytest.mark.parametrize(
    "text",
    ["---\n\nA rule opens this note.\n", "---\nup:: [[x]]\n", "---\nhttps://example.org\n", "---\n- a: b\n"],
)
def test_a_rule_at_the_top_is_a_rule(text):
    """FM-2: without a line that looks like `key:` an unclosed `---` is body text."""
    note = read(text)
    assert (note.body, note.body_line, said(note)) == (text, 1, [])


def test_problems_come_in_the_order_of_their_places():
    """HC-7: the order of diagnostics does not depend on which rule found them."""
    note = read("---\ntags: '#1'\ndate: x\nstatus: y\ntags: b\n---\n")
    assert said(note) == [
        "2:8 tag-invalid",
        "3:1 date-invalid",
        "4:1 status-unknown",
        "5:1 yaml-duplicate-key",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Title: T\nstatus: published\n\nBody",
        "title: T\nDate: 2024-01-02 10:00\n\nBody",
        "TITLE:T\nsome-key: x: y\n  goes on\nUrl: a/b\n\nBody",
    ],
)
def test_pelicans_header_is_front_matter(text):
    """FM-13: lines `Key: value` from the first line to the first blank line."""
    note = read(text)
    assert (note.meta.title, note.body.strip(), said(note)) == ("T", "Body", ["1:1 header-pelican"])
    assert note.meta.status is Status.PUBLISHED


def test_lists_of_pelicans_header_are_split_at_commas_or_semicolons():
    """FM-13: tags and authors; a space does not split."""
    note = read("Tags: one two, three\nAuthors: Doe, Jane; Roe\nTitle: a, b\n\nBody")
    assert [(tag.name, tag.place.column) for tag in note.meta.tags] == [("one-two", 7), ("three", 16)]
    assert (note.meta.authors, note.meta.title) == (("Doe, Jane", "Roe"), "a, b")


@pytest.mark.parametrize(
    "text",
    [
        "Tags: [[x]]\n\nBody",
        "Tags: #x\n\nBody",
        "Status: #seedling\nTags: [[x]]\n\nBody",
        "Title: T\nand a line of text\n\nBody",
        "Note: that this is text\nTitle: T\n\nBody",
        "Title:: T\n\nBody",
        "url://example.org\n\nBody",
        "\nTitle: T\n\nBody",
        "  Title: T\n\nBody",
    ],
)
def test_other_first_lines_are_text(text):
    """FM-13, not: a link, a tag, another key, or a line that is none."""
    note = read(text)
    assert (note.meta.title, note.body, note.meta.status, said(note)) == ("", text, Status.PUBLISHED, [])


@pytest.mark.parametrize(
    "text",
    [
        "Tags: [[x]]\nStatus: draft\n\nBody",
        "Title: T\nStatus: wip\nBody without a blank line",
        "Title: T\nStatus: draft # later\nBody",
        "Title: T\nPublish: false\nBody",
        "\n\nTitle: T\nStatus: draft\n\nBody",
        "Status: #draft\nTags: [[x]]",
        "Status: [[Draft]]\n\nBody",
        "**Status:** draft\n\nBody",
        "status：draft\n\nBody",
        "draft = true\n\nBody",
        "Draft: true\nTitle: T\n\nBody",
        "----\nstatus: draft\n----\nBody",
        "— — —\nstatus: draft\n",
        "# Heading\n---\nstatus: draft\n---\nBody",
        "%% a comment %%\n<!-- another\none -->\n---\nstatus: draft\n---\nBody",
        "---\n# Heading\nstatus: draft\n",
        " ---\nstatus: draft\n---\nBody",
        '{\n  "title": "T",\n  "draft": true\n}\nBody',
        "---\ntitle: T\n---\nstatus: draft\n\nBody",
        "---\ntitle: T\nstatus：draft\n---\nBody",
    ],
)
def test_a_status_outside_front_matter_holds_the_note_back(text):
    """PB-1b, FM-13: what would hold the note back at its head does, with a word to its author."""
    note = read(text)
    assert note.meta.status is Status.DRAFT
    assert {line.split()[1] for line in said(note)} & {"status-near", "yaml-malformed"}


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n\nstatus: draft\n",
        "Text\n---\nstatus: draft\n---\n",
        "# Status: draft\n\nText",
        "```yaml\nstatus: draft\n```\n",
        "Status of the art: draft\n\nText",
        "The status: draft\n\nText",
        "---\ntitle: T\n---\n\n---\n\nstatus: draft\n",
        "---\nstatus: published\n---\nstatus: draft\n",
        "%% never closed\nstatus: draft\n",
    ],
)
def test_text_about_a_status_is_text(text):
    """PB-1b, not: prose, code, a second block, or a note that says plainly what it is."""
    note = read(text)
    assert (note.meta.status, [line for line in said(note) if "status" in line]) == (Status.PUBLISHED, [])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('+++\ntitle = "T"\ndraft = true\n+++\nBody', Status.DRAFT),
        ('+++  \ntitle = "T"\nStatus = "hidden"\n+++\nBody', Status.HIDDEN),
        ('+++\ntitle = "T"\n[params]\ndraft = true\n+++\nBody', Status.DRAFT),
        ('+++\ntitle = "T"\ntags = ["x"]\n+++\nBody', Status.PUBLISHED),
    ],
)
def test_toml_is_front_matter(text, status):
    """FM-14: between lines `+++`, with the same keys."""
    note = read(text)
    assert (note.meta.title, note.body, note.meta.status) == ("T", "Body", status)


def test_toml_has_the_values_that_yaml_has():
    """FM-14, FM-5: lists, dates, numbers, tables; Zola's tags stand in a table of their own."""
    note = read(
        "+++\ntitle = 'T'\ndate = 2024-01-02T03:04:05Z\nupdated = 2024-02-03\nn = 7\n"
        'up = "[[x]]"\n[taxonomies]\ntags = ["a b", "c"]\n[extra]\nk = [1, true]\n+++\n'
    )
    meta = note.meta
    assert meta.date
    assert meta.modified
    assert (meta.date.iso, meta.modified.iso) == ("2024-01-02T03:04:05+00:00", "2024-02-03")
    assert [tag.name for tag in meta.tags] == ["a-b", "c"]
    assert (meta.properties["n"], meta.properties["extra"]) == (7, {"k": [1, True]})
    assert [(ref.raw, ref.relation, ref.place.line) for ref in meta.refs] == [("x", "up", 6)]
    assert said(note) == []


@pytest.mark.parametrize(
    ("text", "status", "problem"),
    [
        ('+++\ntitle = "T"\nbad = x\ndraft = true\n+++\n', Status.DRAFT, "3:7 yaml-malformed"),
        ('+++\ntitle = "T"\ndraft = maybe\n+++\n', Status.DRAFT, "3:9 yaml-malformed"),
        ('+++\ntitle = "T"\nbad = x\n+++\n', Status.PUBLISHED, "3:7 yaml-malformed"),
        ('+++\ntitle = "T"\ndraft = true\n\nBody', Status.DRAFT, "1:1 yaml-unclosed"),
        ('\n+++\ntitle = "T"\ndraft = true\n+++\n', Status.DRAFT, "2:1 yaml-late"),
    ],
)
def test_broken_toml_keeps_what_can_be_read(text, status, problem):
    """FM-14: FM-1, FM-2 and FM-9 hold for it too."""
    note = read(text)
    assert (note.meta.title, note.meta.status, said(note)) == ("T", status, [problem])


@pytest.mark.parametrize(
    "text", ["\n---\nText: of a kind\n---\nBody", "\n\n---\n\nText.\n\n---\n", "\n+++\nText\n+++\n"]
)
def test_a_rule_after_blank_lines_is_a_rule(text):
    """FM-1: then only a block with a key that has a meaning is front matter; no text is lost."""
    note = read(text)
    assert (note.body, said(note)) == (text, [])


@pytest.mark.parametrize("text", ["a." * 24_000 + "b = 1", "[" + "a." * 24_000 + "b]", "a = " + "[" * 24_000])
def test_toml_that_is_nested_without_end_is_malformed(text):
    """HC-10: within a moment."""
    note = read(f"+++\n{text}\ndraft = true\n+++\nBody")
    assert (note.body, note.meta.status) == ("Body", Status.DRAFT)
    assert [line.split()[1] for line in said(note)] == ["yaml-malformed"]
