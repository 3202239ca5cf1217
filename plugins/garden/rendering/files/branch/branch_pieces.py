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
    """What the text of a note in a branch depends on: its page's fingerprint, and its place in the branch."""

    mark: str
    depth: int
    number: int


@pickled_quickly
class BranchPiece(NamedTuple):
    """The text of a note in a file, and whether it shows a view."""

    text: str
    has_views: bool = False


@pickled_quickly
class PiecePlaces(NamedTuple):
    """Where the text of each note begins and ends in the characters of a file that has this content.

    With each place it says whether the text shows a view.
    """

    content_hash: str
    places: dict[PieceKey, tuple[int, int, bool]]


KnownPieces: TypeAlias = Callable[[int], BranchPiece | None]
"""Gives the text of the note with a number in a branch, None where it has to be made."""


def nothing_known(number: int) -> BranchPiece | None:
    """Return no text."""
    del number
    return None


def pieces_in(content: bytes, places: PiecePlaces) -> dict[PieceKey, BranchPiece]:
    """Return the texts of a file by what they depend on."""
    text = content.decode("utf-8", "replace")
    return {
        key: BranchPiece(text[start:end], has_views) for key, (start, end, has_views) in places.places.items()
    }


def _place_of(piece: str, text: str, after: int) -> int:
    """Return where a piece begins in a text, as `find` does, which first looks at all of what it is to find."""
    beginning = piece[:_BEGINNING]
    start = text.find(beginning, after)
    while start >= 0 and not text.startswith(piece, start):
        start = text.find(beginning, start + 1)
    return start


def places_in(content: bytes, pieces: Iterable[tuple[PieceKey, BranchPiece]]) -> PiecePlaces:
    """Return the places of texts in a file, in which they follow each other in this order."""
    text = content.decode("utf-8", "replace")
    found: dict[PieceKey, tuple[int, int, bool]] = {}
    end = 0
    for key, piece in pieces:
        start = _place_of(piece.text, text, end)
        if start < 0:
            break  # the theme shows it in another way
        end = start + len(piece.text)
        found[key] = (start, end, piece.has_views)
    return PiecePlaces(sha256(content).hexdigest(), found)
