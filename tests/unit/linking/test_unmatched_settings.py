"""Settings that name notes and files which are not there."""

from collections.abc import Callable

import pytest

from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import IN_SETTINGS
from garden.model.note import Document, Status
from garden.model.settings import OWN_FILES, Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def reported(snapshot: Snapshot) -> list[str]:
    """Return what is reported about the settings."""
    assert {(problem.place, problem.code) for problem in snapshot.diagnostics} <= {
        (IN_SETTINGS, "setting-unused")
    }
    return [problem.full_message for problem in snapshot.diagnostics]


@pytest.mark.parametrize(
    ("home", "message"),
    [
        ("", []),
        ("b", []),
        ("sub/B.md", []),
        ("nosuch.md", ['GARDEN["home"]: no note matches "nosuch.md" (write the path']),
        ("garden-nots", ['GARDEN["home"]: no note matches "garden-nots" (did you mean "garden-notes"?)']),
        ("d.md", ['GARDEN["home"]: "d.md" is not published, or in no list']),
    ],
)
def test_the_home_page_is_a_note_that_is_there(
    note: Notes, linked: Links, home: str, message: list[str]
) -> None:
    """A name that leads to no public note is reported, with one that is near."""
    draft = note("d.md", "x", status=Status.DRAFT)
    notes = note("index.md", "x"), note("sub/b.md", "x"), note("garden-notes.md", "x"), draft
    found = reported(linked(*notes, settings=Settings(home=home)))
    assert len(found) == len(message)
    assert all(text.startswith(start) for text, start in zip(found, message, strict=True))


def test_static_files_are_there(note: Notes, linked: Links) -> None:
    """What is missing is reported; those that every site may have need not be there."""
    static = (*OWN_FILES, "CNAME", "pictures/", "a.png", "n.md")
    found = reported(linked(note("n.md", "x"), files=("pictures/a.png",), settings=Settings(static=static)))
    assert [text.partition(" (")[0] for text in found] == [
        'GARDEN["static"]: no file in the folder of notes matches "CNAME"',
        'GARDEN["static"]: no file in the folder of notes matches "a.png"',
    ]
