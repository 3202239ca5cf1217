"""Problems that a note silences itself."""

import pytest

from garden.authoring.silences import reported_by_builds, without_silenced
from garden.model.diagnostic import Diagnostic, Place, Severity
from garden.model.note import Document
from garden.model.settings import Settings
from tests.support.vault import read_note


def left(note: Document, *codes: str) -> list[str]:
    """Return the ids that are still reported when the note has problems of these ids."""
    found = [Diagnostic(Place(note.path, 9, 1), code, "x") for code in codes]
    return [problem.code for problem in without_silenced(found, {note.path: note}).problems]


@pytest.mark.parametrize(
    "written",
    [
        "silence:\n  link-unresolved: they are examples",
        "silence:\n  - link-unresolved: they are examples",
        'silence: "link-unresolved: they are examples"',
        'Silence: ["link-unresolved: they are examples"]',
        "silence:\n  link-*: they are examples",
    ],
)
def test_a_note_silences_a_problem_with_a_reason(written: str) -> None:
    """It may be written as a mapping or as a text; other problems are reported."""
    note = read_note(f"---\n{written}\n---\ntext")
    assert left(note, "link-unresolved", "date-invalid") == ["date-invalid"]


def test_another_note_is_reported_all_the_same() -> None:
    """A silence is that of its note."""
    note = read_note("---\nsilence: {link-unresolved: why}\n---\n[[x]]")
    other = Diagnostic(Place("b.md", 1, 1), "link-unresolved", "x")
    found = without_silenced([other], {note.path: note}).problems
    assert [(problem.place.path, problem.code) for problem in found] == [
        ("a.md", "silence-unused"),
        ("b.md", "link-unresolved"),
    ]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("silence: link-unresolved", "there is no reason"),
        ("silence: {link-unresolved: }", "there is no reason"),
        ("silence: {nothing: why}", "is not the id"),
        ("silence: {silence-invalid: why}", "is not the id"),
    ],
)
def test_a_silence_without_reason_or_id_is_reported_and_silences_nothing(written: str, says: str) -> None:
    """The place is that of the key."""
    note = read_note(f"---\ntitle: x\n{written}\n---\ntext")
    problem = Diagnostic(Place(note.path, 9, 1), "link-unresolved", "x")
    told, kept = without_silenced([problem], {note.path: note}).problems
    assert (told.code, told.place, kept) == ("silence-invalid", Place("a.md", 3, 1), problem)
    assert says in told.message


def test_a_silence_is_part_of_no_page() -> None:
    """The key is a known one, and nothing of it is text."""
    note = read_note("---\nsilence: {link-unresolved: secret reason}\n---\ntext")
    assert note.problems == ()
    assert "secret" not in note.body.plain


def test_a_build_reports_what_is_left() -> None:
    """With the severities of the settings; what it cannot know about a silence it does not tell."""
    note = read_note("---\nsilence: {link-unresolved: why, note-orphan: why}\n---\ntext")
    found = [
        Diagnostic(Place(note.path, 9, 1), code, "x")
        for code in ("link-unresolved", "date-invalid", "heading-missing")
    ]
    settings = Settings(severities=(("date-invalid", "error"), ("heading-missing", "off")))
    told = reported_by_builds(found, {note.path: note}, settings)
    assert [(problem.code, problem.severity) for problem in told] == [("date-invalid", Severity.ERROR)]
