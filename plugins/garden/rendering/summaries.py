"""Returns a short text that represents a note: its summary or its beginning, cut at the end of a phrase."""

import re
from typing import Final, NamedTuple

from garden.model.note import Document

SUMMARY_LENGTH = 160
"""The maximum number of characters of such a text in a listing or a search result."""

_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|[。！？]+[」』”]*")
_CLAUSE_END: Final = re.compile(r"[,;:](?=\s)|\s[–—](?=\s)|[，；：、]")


def description(document: Document, length: int = SUMMARY_LENGTH) -> str:
    """Return a note's summary without backticks, or else its first words, cut after at most `length` characters."""
    return summary_of(document, length).replace("`", "")


def summary_of(document: Document, length: int = SUMMARY_LENGTH) -> str:
    """Return a note's summary, in which backticks mark code, or else its first words, as whole phrases if possible."""
    text = document.meta.summary or document.opening[: 4 * length].replace("`", "")
    return phrases(text, length)


class SummaryPiece(NamedTuple):
    """A piece of a summary: code, or other text."""

    text: str
    is_code: bool


def summary_pieces(summary: str) -> tuple[SummaryPiece, ...]:
    """Return the pieces of a summary: text between two backticks is code; a backtick without a partner is text."""
    pieces = summary.split("`")
    if len(pieces) % 2 == 0:
        return (SummaryPiece(summary, is_code=False),)
    return tuple(SummaryPiece(piece, is_code=at % 2 == 1) for at, piece in enumerate(pieces))


def phrases(text: str, length: int) -> str:
    """Return whole sentences of `text` on one line, or else whole clauses, or else words: at most `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = line[: length + 1]
    sentence = max((match.end() for match in _SENTENCE_END.finditer(start)), default=0)
    if sentence >= length // 2:
        return start[:sentence].rstrip()
    clause = max((match.start() for match in _CLAUSE_END.finditer(start)), default=0)
    cut = start[:clause] if clause >= length // 2 else shortened(line, length).removesuffix("…")
    # An odd number of backticks: the cut is in the middle of code.
    return (cut + "`" if cut.count("`") % 2 else cut) + "…"


def shortened(text: str, length: int) -> str:
    """Return `text` on one line, cut between words after at most `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = line[: length + 1].rpartition(" ")[0]
    return (start or line[:length]).rstrip(" .,;:–—-") + "…"
