"""What survives malformed YAML (FM-9)."""

import pytest

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.read import FrontMatter, read_front_matter
from garden.reading.source import read_source


def read(yaml: str) -> FrontMatter:
    return read_front_matter(
        read_source(VaultPath("n.md"), f"---\n{yaml}\n---\nBody".encode()), ReadingSettings()
    )


def test_lines_that_are_valid_alone_count():
    """FM-9: title, date, tags and status survive a broken line, and the front matter is not shown."""
    note = read(
        "title: T\nbad: [x\ndate: 2023-01-17\ntags:\n  - a\n  - b\nstatus: hidden\nup: [[x]]\nworse: a: b"
    )
    meta = note.meta
    assert (meta.title, meta.status) == ("T", Status.HIDDEN)
    assert meta.date is not None
    assert meta.date.iso == "2023-01-17"
    assert [tag.name for tag in meta.tags] == ["a", "b"]
    assert [(ref.raw, ref.relation, ref.place.line, ref.place.column) for ref in meta.refs] == [
        ("x", "up", 9, 5)
    ]
    assert "bad" not in meta.properties
    assert [problem.code for problem in note.problems] == ["yaml-malformed"]
    assert (note.body, note.body_line) == ("Body", 12)


def test_a_key_with_broken_lines_below_keeps_its_own_line():
    """FM-9: the line `key: value` counts alone when what follows spoils it."""
    assert read("title: T\n  sub: x\nother: 1").meta.title == "T"


@pytest.mark.parametrize(
    "yaml",
    [
        "status: [draft",
        "status: draft: really",
        "Status: 'published",
        "publish: {false",
        "draft: [true\ntitle: T",
        "title: T\n status: draft",
        "status:\n\tdraft",
        "status:\ndraft",
        "title: T\nstatus:draft",
        "status:draft",
        '"status": [draft',
        '{"title": "T", "status": "draft"',
        '{\n  "status": "draft",\n  "title": "T\n}',
    ],
)
def test_a_status_that_cannot_be_read_makes_a_draft(yaml):
    """FM-9: fail closed."""
    note = read(yaml)
    assert note.meta.status is Status.DRAFT
    assert [problem.code for problem in note.problems] == ["yaml-malformed"]


@pytest.mark.parametrize(
    "yaml",
    [
        "title: [x",
        "title: [x\nstatus: published",
        "title: [x\nprivate:\nother: 1",
        "title: [x\ndraft: false\npublish: true",
        "title: [x\nmy-status: [y",
        "title: [x\ntext: |\n  status: of things",
    ],
)
def test_a_readable_or_absent_status_is_not_made_a_draft(yaml):
    """FM-9: only a status key that is there and unreadable makes a draft."""
    note = read(yaml)
    assert note.meta.status is Status.PUBLISHED
    assert [problem.code for problem in note.problems] == ["yaml-malformed"]
