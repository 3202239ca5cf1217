"""Code fidelity: every piece of code on a page is proved to stand in the source as it is shown (CB-1, CB-4).

This looks at the HTML and at the text of the source alone and knows nothing of the parser, so that it
finds what the parser gets wrong.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import product
from typing import NamedTuple

_TAG = re.compile(r"<[^>]*>")
_RUN = re.compile("`+")
_PARAGRAPHS = re.compile(r"\n{2,}")
# Indentation, quote marks, list markers and labels of footnotes: what containers put before a line of code.
_PREFIX = re.compile(r"(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]+\]:)*")
# What may begin a line without being part of its paragraph: a quote mark is text when it is indented far.
_CONTINUATIONS = (re.compile(r"^[ \t>]+", re.MULTILINE), re.compile(r"^(?: {0,3}>)*[ \t]*", re.MULTILINE))
_NEAR = 200
"""Characters before a `<code>` in which its `<pre>` is looked for."""


class Code(NamedTuple):
    """The text of a `<code>` element; `block` tells a block from a span within a line."""

    text: str
    block: bool


def altered_code(html: str, sources: Iterable[str]) -> tuple[str, ...]:
    """The text of all code in the HTML that is in none of the sources.

    `html` is a note's body, `sources` are the whole texts of the notes that it shows. `<code>` that an
    author types as HTML is not code in the sense of Markdown; as many are let pass as they typed.
    """
    codes = list(_codes(html))
    texts = [text.replace("\0", "\ufffd") for text in sources] if codes else []
    spans, lines = SourceSpans(texts), SourceLines(texts)
    lost = [code.text for code in codes if code.text not in (lines if code.block else spans)]
    if not lost:
        return ()
    typed = [code.text for text in texts for code in _codes(text)]
    lost = [text for text in lost if text not in typed]
    shown = {code.text for code in codes}
    own_markup = sum(text not in shown for text in typed)
    return tuple(lost[own_markup:])


def _codes(html: str) -> Iterator[Code]:
    """Yield the code elements of an HTML text, in order."""
    at = html.find("<code")
    while at != -1:
        start = html.find(">", at) + 1
        end = html.find("</code>", start)
        if not start or end == -1:
            return
        text = unescape(_TAG.sub("", html[start:end]))
        before = html[max(0, at - _NEAR) : at].rpartition("<pre")
        yield Code(text, "\n" in text or (bool(before[1]) and "</pre" not in before[2]))
        at = html.find("<code", end)


class SourceSpans:
    """The text of every code span that the sources may hold, and some that they do not.

    A run of backticks pairs with the next run of its length whatever is between them, so the
    real spans are among them however the text round them is read.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        self._found: set[str] = set()
        for source, continuation in product(sources, _CONTINUATIONS):
            for paragraph in _PARAGRAPHS.split(continuation.sub("", source)):
                if "`" in paragraph:
                    self._found.update(_spans(paragraph.replace("\n", " ")))

    def __contains__(self, code: str) -> bool:
        """Say whether a span with this text is there; a bar may be escaped for a table (TB-1)."""
        return _without_escaped_bars(code) in self._found


def _spans(paragraph: str) -> Iterator[str]:
    closing: dict[int, int] = {}
    for run in reversed(list(_RUN.finditer(paragraph))):
        start, end = run.span()
        lengths = [end - start]
        if start and paragraph[start - 1] == "\\":
            lengths.append(end - start - 1)  # the backslash may have taken the first one
        for length in lengths:
            close = closing.get(length, -1)
            if close != -1:
                yield _without_escaped_bars(_trimmed(paragraph[end:close]))
        closing[end - start] = start


def _trimmed(code: str) -> str:
    """Drop one space at either end, as Markdown does when there is more than spaces."""
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip(" "):
        return code[1:-1]
    return code


def _without_escaped_bars(code: str) -> str:
    return code.replace("\\|", "|")


class _Line(NamedTuple):
    """A line of a source; `key` is what is left without `prefix` characters and spaces at the end."""

    text: str
    prefix: int
    key: str


class SourceLines:
    """The lines of all sources, indexed by their text."""

    def __init__(self, sources: Iterable[str]) -> None:
        """Index all lines; None keeps a block from running from one source into the next."""
        self._lines: list[_Line | None] = []
        self._places: dict[str, list[int]] = {}
        for source in sources:
            for text in source.split("\n"):
                line = _line(text)
                self._places.setdefault(line.key, []).append(len(self._lines))
                self._lines.append(line)
            self._lines.append(None)

    def __contains__(self, code: str) -> bool:
        """Say whether this block of code is on consecutive lines, with only containers before it."""
        block = [_line(text) for text in code.removesuffix("\n").split("\n")]
        if not any(line.key for line in block):
            return True
        # The rarest line has the fewest places to try.
        rarest = min(range(len(block)), key=lambda index: len(self._places.get(block[index].key, ())))
        places = self._places.get(block[rarest].key, ())
        return any(self._stands_at(block, place - rarest) for place in places)

    def _stands_at(self, block: list[_Line], start: int) -> bool:
        sources = self._lines[start : start + len(block)] if start >= 0 else []
        return len(sources) == len(block) and all(
            source is not None and _is_tail(source, code) for source, code in zip(sources, block, strict=True)
        )


def _line(text: str) -> _Line:
    match = _PREFIX.match(text)
    prefix = match.end() if match else 0
    return _Line(text, prefix, text[prefix:].rstrip())


def _is_tail(source: _Line, code: _Line) -> bool:
    """Say whether a line of source is this line of code behind a container's prefix."""
    if source.key != code.key:
        return False
    if source.text.endswith(code.text):
        return len(source.text) - len(code.text) <= source.prefix
    # A tab that a container takes only a part of leaves spaces behind.
    rest = code.text.lstrip(" \t")
    before = source.text.removesuffix(rest)
    indent = code.text.removesuffix(rest)
    return (
        source.text.endswith(rest)
        and "\t" in before
        and len(before) <= source.prefix
        and len(indent.expandtabs(4)) <= len(before.expandtabs(4))
    )
