"""Changes of notes that a command proposes: shown as a diff, written when the author agrees."""

import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

from garden.authoring.fixes.note_text import NoteText
from garden.model.errors import AuthorError

_AGREEMENT: Final = frozenset(("y", "yes"))


class ChangedNote(NamedTuple):
    """A note with its new text, and its path as the author knows it."""

    path: str
    note: NoteText


def show_changes(changes: Sequence[ChangedNote]) -> None:
    """Print the changes as a diff."""
    for change in changes:
        print("\n".join(change.note.diff(change.path)))


def write_notes(changes: Sequence[ChangedNote]) -> int:
    """Write the notes and return how many were written; one that has changed in the meantime is reported and left as it is."""
    return sum(map(_write, changes))


def is_confirmed(question: str, option: str, *, is_agreed: bool) -> bool:
    """Ask the author, unless they have agreed already; if there is no terminal to ask at, say which option agrees."""
    if is_agreed:
        return True
    if sys.stdin.isatty() and sys.stderr.isatty():
        print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in _AGREEMENT:
            return True
        print("nothing was written", file=sys.stderr)
    else:
        print(f"{question} Nothing was written: use {option} to agree", file=sys.stderr)
    return False


def _write(change: ChangedNote) -> bool:
    try:
        change.note.write()
    except AuthorError as problem:
        print(f"garden: {problem}", file=sys.stderr)
        return False
    return True


def note_count(count: int) -> str:
    """Return `1 note`, `2 notes`."""
    return f"{count} note{'' if count == 1 else 's'}"
