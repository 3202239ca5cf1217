"""Finding the texts of notes again in a file that puts those of a whole branch together.

Such a file is large, and most of its notes are what they were: what they have in the file of the last build is taken
from there, and nothing of it is filled again.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple, TypeAlias


class PieceKey(NamedTuple):
    """What the text of a note in a branch depends on: its page's fingerprint, and its place in the branch."""

    mark: str
    depth: int
    number: int


class PiecePlaces(NamedTuple):
    """Where the text of each note begins and ends in the characters of a file that has this content."""

    content_hash: str
    places: dict[PieceKey, tuple[int, int]]


KnownPieces: TypeAlias = Callable[[int], str | None]
"""Gives the text of the note with a number in a branch, None where it has to be made."""


def nothing_known(number: int) -> str | None:
    """Return no text."""
    del number
    return None


def pieces_in(content: bytes, places: PiecePlaces) -> dict[PieceKey, str]:
    """Return the texts of a file by what they depend on."""
    text = content.decode("utf-8", "replace")
    return {key: text[start:end] for key, (start, end) in places.places.items()}


def places_in(content: bytes, pieces: Iterable[tuple[PieceKey, str]]) -> PiecePlaces:
    """Return the places of texts in a file, in which they follow each other in this order."""
    text = content.decode("utf-8", "replace")
    found: dict[PieceKey, tuple[int, int]] = {}
    end = 0
    for key, piece in pieces:
        start = text.find(piece, end)
        if start < 0:
            break  # the theme shows it in another way
        end = start + len(piece)
        found[key] = (start, end)
    return PiecePlaces(sha256(content).hexdigest(), found)
