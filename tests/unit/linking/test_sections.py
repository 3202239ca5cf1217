"""Headings and blocks by name (AN)."""

import time
from collections.abc import Callable

import pytest

from garden.linking.sections import Sections
from garden.model.note import Document

Notes = Callable[..., Document]

HEADINGS = ["# A", "## B", "# C", "## D", "### B", "# A", "## E", "#### B"]


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ("A", 0),
        ("B", 1),
        ("A#B", 1),
        ("C#B", 4),
        ("C#D#B", 4),
        ("A#E", 6),
        ("A#E#B", 7),
        ("D#A", None),
        ("B#A", None),
        ("C#E", None),
        ("A#A", None),
        ("X", None),
    ],
)
def test_chains(note: Notes, chain: str, expected: int | None) -> None:
    """Each heading of a chain lies in the section of the one before, at a deeper level (AN-3)."""
    document = note("n.md", headings=HEADINGS)
    found = Sections(document).heading(tuple(chain.split("#")))
    assert found == (None if expected is None else document.headings[expected])


@pytest.mark.parametrize(
    "written", ["What is C++?", "what is  c", "What is `C++`", "_What is_ C", "[[What is]] C"]
)
def test_punctuation_and_case_do_not_matter(note: Notes, written: str) -> None:
    """Marks of emphasis, code and links and other punctuation are ignored (AN-2)."""
    document = note("n.md", headings=["# What is C++"])
    assert Sections(document).heading((written,)) == document.headings[0]


def test_the_first_of_a_name_counts(note: Notes) -> None:
    """A repeated heading or block id means its first place (AN-2, AN-6)."""
    document = note("n.md", headings=["# A", "# A"], blocks=["x", "x"])
    parts = Sections(document)
    assert parts.heading(("a",)) is document.headings[0]
    assert parts.block("X") is document.blocks[0]
    assert parts.element("^x") is document.blocks[0]


def test_many_equal_headings_do_not_stall(note: Notes) -> None:
    """A chain through thousands of equal headings takes no quadratic time (HC-10)."""
    parts = Sections(note("n.md", headings=["# A", "## B", "### C"] * 2000))
    begin = time.process_time()
    assert parts.heading(("A", "B", "C", "D")) is None
    assert parts.heading(("A", "B", "C")) is not None
    assert time.process_time() - begin < 2
