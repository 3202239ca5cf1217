"""The problems that a build reports about its output folder and about what is remembered of it."""

import os
from pathlib import Path

from garden.model.diagnostic import Diagnostic, Place
from garden.model.errors import StorageError


def foreign_file(file: Path) -> Diagnostic:
    """Return the problem that a file of somebody else is where a file of the site has to be."""
    message = (
        "this file was not written by a build: it stays, and what belongs there is missing from the site"
    )
    return _problem(file, "output-foreign", message)


def changed_file(file: Path, copy: Path) -> Diagnostic:
    """Return the problem that somebody has changed a file of the site, of which `copy` has been made."""
    message = "this file was changed after it was built; it has been replaced, and a copy is in"
    return _problem(file, "output-changed", f"{message} {_shown(copy)}")


def damaged_memory(file: Path) -> Diagnostic:
    """Return the problem that the memory in `file` could not be used."""
    message = "the stored record of the output was damaged; the whole site has been made again"
    return _problem(file, "cache-damaged", message)


def unstored_memory(file: Path, error: StorageError) -> Diagnostic:
    """Return the problem that the memory cannot be stored in `file`."""
    message = "the site is complete, but no record of it can be stored, so the next build starts from scratch"
    return _problem(file, "cache-unusable", f"{message}: {error}")


def _problem(file: Path, code: str, message: str) -> Diagnostic:
    return Diagnostic(Place(_shown(file), 1, 1), code, message)


def _shown(path: Path) -> str:
    """Return a path as an author would name it: relative to the working folder if it is inside."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown
