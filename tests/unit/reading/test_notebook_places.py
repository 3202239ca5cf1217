"""Problems of a notebook are reported with the cell, and with the line of the file that an editor opens."""

import json
from pathlib import Path
from typing import Any

import pytest

from garden.hosts.settings.configuration import FORMATS
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.reading.formats.notebook import notebook_text
from garden.reading.formats.notebook_places import NotebookPlaces
from garden.vault.note_files import note_content
from garden.vault.places_in_files import with_places_in_files

PATH = VaultPath("book.ipynb")


def cell(kind: str, source: str | list[str], **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def written(*cells: dict[str, Any], indent: int | None = 1) -> bytes:
    """The bytes of a notebook, indented as Jupyter does it, or on one line."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=indent).encode()


CELLS = (
    cell("raw", "---\ntitle: A book\n---"),
    cell("markdown", ["\n", "# Part\n", 'A "quoted" \U0001f600 word, then [[nowhere]].\n', "last"]),
    cell("code", "x = 1\nprint('needle')", outputs=[{"output_type": "stream", "text": "printed"}]),
    cell("markdown", "![a](attachment:a.png) and\n[[there]]", attachments={"a.png": {"image/png": "eA=="}}),
)


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize(
    ("needle", "within"),
    [
        ("title", "cell 1, line 2"),
        ("# Part", "cell 2, line 2"),
        ("[[nowhere", "cell 2, line 3"),
        ("last", "cell 2, line 4"),
        ("x = 1", "cell 3, line 1"),
        ("needle", "cell 3, line 2"),
        ("[[there", "cell 4, line 2"),
    ],
)
def test_a_place_is_that_of_the_cell_and_of_the_file(needle: str, within: str, indent: int | None) -> None:
    """Through lists of lines, escapes, characters that JSON writes as two, and pictures that are put into a cell."""
    data = written(*CELLS, indent=indent)
    before, _, _ = notebook_text(PATH, data).partition(needle)
    found = NotebookPlaces(data).place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert found.within == within
    line = data.decode().split("\n")[found.line - 1]
    assert line[found.column - 1 :].startswith(needle)


def test_lines_of_metadata_have_their_own_line() -> None:
    """They are reported in YAML with one line added."""
    data = written(cell("raw", ["\n", "Title: A book\n", "Date: never\n"]), *CELLS[1:])
    assert NotebookPlaces(data).place(3, 1).within == "cell 1, line 3"
    with_gap = written(cell("raw", "Title: A book\n\nDate: never"))
    assert NotebookPlaces(with_gap).place(3, 1).within == "cell 1"


def test_an_output_has_no_line_of_its_own() -> None:
    """What it shows may be written in many ways: the cell is named, and the line at which its outputs begin."""
    data = written(*CELLS)
    before, _, _ = notebook_text(PATH, data).partition("printed")
    found = NotebookPlaces(data).place(before.count("\n") + 1, 1)
    assert found.within == "cell 3"
    assert data.decode().split("\n")[found.line - 1].lstrip().startswith('"outputs"')


@pytest.mark.parametrize("source", [None, 7, [], ["a", 7], {"a": 1}])
def test_any_source_of_a_cell_has_a_place(source: Any) -> None:
    """Programs write many things; none of them is a reason to stop."""
    data = written(cell("markdown", source), cell("code", source, outputs={}))
    for line in range(1, notebook_text(PATH, data).count("\n") + 3):
        NotebookPlaces(data).place(line, 5)


def test_metadata_beside_a_notebook_is_reported_in_its_file(tmp_path: Path) -> None:
    """A note of reStructuredText is named as a whole; Markdown keeps its places."""
    (tmp_path / PATH).write_bytes(written(*CELLS[1:]))
    (tmp_path / "broken.ipynb").write_text('{"cells": [1 2]}', encoding="utf-8")
    (tmp_path / "book.nbdata").write_text("---\ntitle: x\ndate: never\n---\n", encoding="utf-8")
    assert note_content(tmp_path / PATH)
    told = with_places_in_files(
        [
            Diagnostic(Place(PATH, 3, 1), "date-invalid", "x", related=(Place(PATH, 6, 1),)),
            Diagnostic(Place("a.rst", 3, 1), "link-unresolved", "x"),
            Diagnostic(Place("a.md", 3, 1), "link-unresolved", "x"),
            Diagnostic(Place("gone.ipynb", 3, 1), "link-unresolved", "x"),
            Diagnostic(Place("broken.ipynb", 1, 1), "note-unreadable", "x"),
        ],
        tmp_path,
        FORMATS.items(),
    )
    assert [str(problem.place) for problem in told] == [
        "book.nbdata:3:1",
        "a.rst:1:1",
        "a.md:3:1",
        "gone.ipynb:1:1",
        "broken.ipynb:1:1",
    ]
    assert told[0].related[0].within == "cell 1, line 3"
