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
    """FM-1: empty front matter is no problem and no body text."""
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
def test_dashes_elsewhere_are_no_front_matter(text):
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


def test_two_rules_after_a_blank_line_are_no_front_matter():
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
    """FM-1, FM-2: both problems are told at the opening line."""
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
