"""Converts the places of problems in notes of other formats to places in the author's files.

Such a note is converted to Markdown, and its problems have lines of that text, which the author never sees. For a
notebook the line in the file is found; for reStructuredText and HTML that is not possible, so the place is the
beginning of the note.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import extension
from garden.reading.formats import UnreadableNoteError
from garden.reading.formats.notebook_places import NotebookPlaces
from garden.vault.note_files import NOTEBOOK, metadata_file, note_content

Notebooks = dict[str, NotebookPlaces | None]
"""The places of notebooks by path, None for one that cannot be read."""


def with_places_in_files(
    problems: Iterable[Diagnostic], root: Path, formats: Iterable[tuple[str, str]]
) -> list[Diagnostic]:
    """Return problems of the vault in `root` with places in the author's files; `formats` are as in the settings."""
    endings = frozenset(ending for ending, _ in formats)
    notebooks: Notebooks = {}
    in_file = partial(_in_file, root=root, endings=endings, notebooks=notebooks)
    return [
        replace(problem, place=in_file(problem.place), related=tuple(map(in_file, problem.related)))
        if endings
        else problem
        for problem in problems
    ]


def _in_file(place: Place, *, root: Path, endings: frozenset[str], notebooks: Notebooks) -> Place:
    """Return a place in the author's file; `notebooks` has those that have been read so far."""
    ending = extension(place.path)
    if ending not in endings:
        return place
    whole = Place(place.path, 1, 1)
    if f".{ending}" != NOTEBOOK:
        return whole
    file = root / place.path
    if place.path not in notebooks:
        notebooks[place.path] = _places(file)
    places = notebooks[place.path]
    if places is None:
        return whole
    line, column, within, is_beside = places.place(place.line, place.column)
    beside = metadata_file(file) if is_beside else None
    path = str(Path(place.path).with_suffix(beside.suffix).as_posix()) if beside else place.path
    return Place(path, line, column, within)


def _places(file: Path) -> NotebookPlaces | None:
    """Return the places of a notebook, None if it cannot be read."""
    try:
        return NotebookPlaces(note_content(file))
    except (OSError, UnreadableNoteError):
        return None
