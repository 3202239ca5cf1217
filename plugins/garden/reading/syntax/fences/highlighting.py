"""Code as HTML: Pygments' token classes, both colour schemes left to the style sheet."""

from functools import lru_cache
from typing import TYPE_CHECKING

from garden.reading.syntax.engine.serialize import escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

# Some lexers backtrack: past this length a block is shown without colours (HC-10).
_LONGEST = 40_000
# Names and spaces need no colour of their own: half of all spans.
_PLAIN = frozenset(("w", "n"))


def highlighted(code: str, language: str, marked: frozenset[int] = frozenset()) -> str:
    """Return `code` as HTML whose text is exactly `code`; `marked` lines (from 1) get `hll`."""
    lexer = _lexer(language.lower()) if language and len(code) <= _LONGEST else None
    tokens = _tokens(lexer, code) if lexer else [("", code)]
    if not marked:
        return "".join(
            [f'<span class="{kind}">{escape(text)}</span>' if kind else escape(text) for kind, text in tokens]
        )
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


def _tokens(lexer: "Lexer", code: str) -> list[tuple[str, str]]:
    """Return (class, text) pairs, neighbours of one class joined."""
    classes = _classes()
    kinds: list[str] = []
    texts: list[list[str]] = []
    # `get_tokens` would first change the text, which we do not want, and costs a call per token.
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        name = classes.get(kind)
        if name is None:
            name = classes[kind] = _class(kind)
        if kinds and kinds[-1] == name:
            texts[-1].append(text)
        else:
            kinds.append(name)
            texts.append([text])
    tokens = [(name, "".join(pieces)) for name, pieces in zip(kinds, texts, strict=True)]
    # A lexer that changes the text must not have its way (CB-1).
    return tokens if "".join([text for _, text in tokens]) == code else [("", code)]


@lru_cache(maxsize=1)
def _classes() -> "dict[_TokenType, str]":
    return {}


def _class(kind: "_TokenType") -> str:
    """Return the class of a kind of token: that of the nearest standard kind above it."""
    from pygments.token import STANDARD_TYPES

    name = next(STANDARD_TYPES[known] for known in reversed(kind.split()) if known in STANDARD_TYPES)
    return "" if name in _PLAIN else name


@lru_cache(maxsize=256)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name

    if language not in _known():
        return None
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    # Asking Pygments for an unknown name makes it look through all installed packages.
    from pygments.lexers import get_all_lexers

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)
