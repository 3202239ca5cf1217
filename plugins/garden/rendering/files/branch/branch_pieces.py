"""Finds the texts of notes in an existing file of a whole branch.

Such a file is large, and most of its notes have not changed: their texts are taken from the file of the last build
instead of being filled again.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

from garden.model.pickling import pickled_quickly

_BEGINNING: Final = 80
"""The number of characters at the beginning of a piece by which it is searched."""


@pickled_quickly
class PieceKey(NamedTuple):
    """What the text of a note in a branch depends on."""

    fingerprint: str  # of the note's page
    depth: int  # below the top of the branch
    number: int  # of the note in the branch


@pickled_quickly
class BranchPiece(NamedTuple):
    """The text of a note in a file, and whether it shows a view."""

    text: str
    has_views: bool = False


@pickled_quickly
class PiecePlaces(NamedTuple):
    """Where the texts of notes are in a file with this content."""

    content_hash: str
    # The first character, the one after the last, whether it shows a view
    places: dict[PieceKey, tuple[int, int, bool]]


KnownPieces: TypeAlias = Callable[[int], BranchPiece | None]
"""Returns the text of the note with a number in a branch, None if it has to be made."""


def nothing_known(number: int) -> BranchPiece | None:
    """Return None: every text has to be made."""
    del number
    return None


def pieces_in(content: bytes, places: PiecePlaces) -> dict[PieceKey, BranchPiece]:
    """Return the texts of a file by what they depend on."""
    text = content.decode("utf-8", "replace")
    return {
        key: BranchPiece(text[start:end], has_views) for key, (start, end, has_views) in places.places.items()
    }


def _find(piece: str, text: str, after: int) -> int:
    """Return what `text.find(piece, after)` returns, which would first prepare its search for the whole long piece."""
    beginning = piece[:_BEGINNING]
    start = text.find(beginning, after)
    while start >= 0 and not text.startswith(piece, start):
        start = text.find(beginning, start + 1)
    return start


def places_in(content: bytes, pieces: Iterable[tuple[PieceKey, BranchPiece]]) -> PiecePlaces:
    """Return the places of texts in a file that has them in this order."""
    text = content.decode("utf-8", "replace")
    found: dict[PieceKey, tuple[int, int, bool]] = {}
    end = 0
    for key, piece in pieces:
        start = _find(piece.text, text, end)
        if start < 0:
            break  # the theme changes the texts that it shows
        end = start + len(piece.text)
        found[key] = (start, end, piece.has_views)
    return PiecePlaces(sha256(content).hexdigest(), found)
