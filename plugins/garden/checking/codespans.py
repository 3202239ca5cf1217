"""Code within lines: what stands between two equal runs of backticks in a paragraph of a source."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RUN: Final = re.compile("`+")

# What begins a line without being part of its paragraph.
_CONTINUATION: Final = re.compile(r"^[ \t>]+", re.MULTILINE)

_PARAGRAPHS: Final = re.compile(r"\n{2,}")


class SourceSpans:
    """The text of every code span that the sources may hold, and some that they do not.

    A run of backticks pairs with the next run of its length whatever stands between them, so the
    real spans are among them however the text round them is read.
    """

    def __init__(self, sources: Iterable[str], longest: int) -> None:
        """Gather the spans of at most about `longest` characters: longer ones are not asked for."""
        self._found: set[str] = set()
        if longest:
            for source in sources:
                for paragraph in _PARAGRAPHS.split(_CONTINUATION.sub("", source)):
                    if "`" in paragraph:
                        self._found.update(_spans(paragraph.replace("\n", " "), longest))

    def __contains__(self, code: str) -> bool:
        """Say whether a span with this text is there; a bar may be escaped for a table (TB-1)."""
        return _without_escaped_bars(code) in self._found


def _spans(paragraph: str, longest: int) -> Iterator[str]:
    closing: dict[int, int] = {}
    for run in reversed(list(_RUN.finditer(paragraph))):
        start, end = run.span()
        lengths = [end - start]
        if start and paragraph[start - 1] == "\\":
            lengths.append(end - start - 1)  # the backslash may have taken the first one
        for length in lengths:
            close = closing.get(length, -1)
            # Blanks at both ends and escaped bars make a source longer than what is shown.
            if close != -1 and close - end <= 2 * longest + 2:
                yield _without_escaped_bars(_trimmed(paragraph[end:close]))
        closing[end - start] = start


def _trimmed(code: str) -> str:
    """Drop one blank at either end, as Markdown does when there is more than blanks."""
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip(" "):
        return code[1:-1]
    return code


def _without_escaped_bars(code: str) -> str:
    return code.replace("\\|", "|")
