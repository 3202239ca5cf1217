"""Code as HTML: Pygments' token classes, both colour schemes left to the style sheet."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from garden.model.body import Body
from garden.reading.syntax.engine.serialize import escape

if TYPE_CHECKING:
    from garden.reading.syntax.fences.lexing import TokenFinder

# Some lexers backtrack: past this length a block is shown without colours (HC-10).
_LONGEST = 40_000

_BLOCK: Final = re.compile(
    r'<figure class="code"[^<>]*>(?:<figcaption>[^<]*</figcaption>\n)?'
    r'<pre tabindex="0"><code class="language-([\w+#.-]+)">(.*?)</code>',
    re.DOTALL,
)
_SPAN: Final = re.compile(r"</?span[^<>]*>")

ColouredCode = Mapping[tuple[str, str], str]
"""The HTML of blocks of code by their language and code."""


def coloured_in(body: Body) -> ColouredCode:
    """Return the blocks in an earlier body of a note.

    If only a sentence next to them has changed, they need no lexer, whose hundred regular expressions take longer to compile
    than the rest of the note takes to read. None are returned where there is HTML by the author, who may write the same
    elements with other content, nor those with marked lines.
    """
    if body.raw is not None:
        return {}
    texts = (part for part in body.parts if isinstance(part, str))
    blocks = (block for text in texts for block in _BLOCK.findall(text))
    return {(language, _code_in(html)): html for language, html in blocks if 'class="hll"' not in html}


def _code_in(html: str) -> str:
    """Return the code that is shown by the HTML of a block."""
    code = _SPAN.sub("", html)
    return code.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")


def highlighted(code: str, language: str, marked: frozenset[int] = frozenset()) -> str:
    """Return `code` as HTML whose text is exactly `code`; `marked` lines (from 1) get `hll`."""
    finder = _finder(language.lower()) if language and len(code) <= _LONGEST else None
    tokens = finder.tokens(code) if finder else [("", code)]
    if not marked:
        if "&" in code or "<" in code or ">" in code:
            tokens = [(kind, text if text.isalnum() else escape(text)) for kind, text in tokens]
        return "".join([f'<span class="{kind}">{text}</span>' if kind else text for kind, text in tokens])
    lines: list[list[str]] = [[]]
    for kind, text in tokens:
        for index, piece in enumerate(text.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(f'<span class="{kind}">{escape(piece)}</span>' if kind else escape(piece))
    return "\n".join(
        f'<span class="hll">{"".join(line)}</span>' if number in marked else "".join(line)
        for number, line in enumerate(lines, 1)
    )


@lru_cache(maxsize=256)
def _finder(language: str) -> "TokenFinder | None":
    """Return what finds the tokens of a language, None for an unknown one."""
    from pygments.lexers import get_lexer_by_name

    from garden.reading.syntax.fences.lexing import TokenFinder

    if language not in _known():
        return None
    return TokenFinder(get_lexer_by_name(language, stripnl=False, ensurenl=False))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    # Asking Pygments for an unknown name makes it look through all installed packages.
    from pygments.lexers import get_all_lexers

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)
