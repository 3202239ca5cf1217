"""Code fidelity: every piece of code on a page is proved to stand in the source as it is shown (CB-1, CB-4).

This looks at the finished HTML and at the source's text alone and knows nothing
of the parser, so that it finds what the parser gets wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final, NamedTuple

from garden.checking.codelines import SourceLines
from garden.checking.codespans import SourceSpans
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath

_TAG: Final = re.compile(r"<[^>]*>")
_WORD: Final = re.compile(r"\w+")

_NEAR: Final = 200
"""Characters before a `<code>` in which its `<pre>` is looked for."""

_EXCERPT: Final = 60


class Code(NamedTuple):
    """The text of a `<code>` element; `block` tells a block from a span within a line."""

    text: str
    block: bool


def altered_code(html: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the text of every code on the page that stands in none of the sources.

    `html` is a note's body, `sources` are the whole texts of the notes that it shows. `<code>` that
    an author types as HTML is not code in the sense of Markdown; as many are let pass as he typed.
    """
    codes = list(_codes(html))
    if not codes:
        return ()
    texts = [text.replace("\0", "\ufffd") for text in sources]
    longest = max((len(code.text) for code in codes if not code.block), default=0)
    spans = SourceSpans(texts, longest)
    lines = SourceLines(texts if any(code.block for code in codes) else ())
    lost = [code.text for code in codes if code.text not in (lines if code.block else spans)]
    if not lost:
        return ()
    typed = [code.text for text in texts for code in _codes(text)]
    lost = [text for text in lost if text not in typed]
    shown = {code.text for code in codes}
    own_markup = sum(text not in shown for text in typed)
    return tuple(lost[own_markup:])


def code_problems(html: str, path: VaultPath, sources: Mapping[VaultPath, str]) -> tuple[Diagnostic, ...]:
    """Return an error for each altered code on the page of `path`, at the place that is most like it."""
    return tuple(
        Diagnostic(
            _likely_place(text, path, sources),
            "code-altered",
            f'the page of {path} shows code that its source does not have: "{_excerpt(text)}"',
        )
        for text in altered_code(html, sources.values())
    )


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


def _likely_place(text: str, path: VaultPath, sources: Mapping[VaultPath, str]) -> Place:
    """Return the first source line that holds the longest word of the code."""
    word = max(_WORD.findall(text), key=len, default="")
    for source, content in sources.items():
        at = content.find(word) if word else -1
        if at != -1:
            start = content.rfind("\n", 0, at) + 1
            return Place(source, content.count("\n", 0, at) + 1, at - start + 1)
    return Place(path, 1, 1)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"
