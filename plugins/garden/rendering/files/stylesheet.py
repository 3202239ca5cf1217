"""A style sheet of the theme and those that it imports as one file, so that a page needs only one request for them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from garden.model.names import SaveAs
from garden.model.pages.page import Artifact

_IMPORT: Final = re.compile(
    r"""^@import\s+(?:url\()?["']([^"']+)["']\)?\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);[^\S\n]*$""",
    re.MULTILINE,
)
# Strings come first: what looks like a comment in one is not a comment.
_SPARE: Final = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/|[^\S\n]*\n\s*|(?<=:)[^\S\n]+|[^\S\n]+(?=\{)""",
    re.DOTALL,
)

# A line may end without a break where nothing but punctuation is on both sides of it.
_BREAK: Final = re.compile(r";?\n+(?=\})|(?<=[{};,])\n+(?=[\w.#:*@}\[-])")


def stylesheet(sheet: Path, save_as: SaveAs, own: Sequence[Path] = ()) -> Artifact:
    """Return a style sheet of the theme with the files that it imports put in place.

    `own` are style sheets of the author. They come last, in a layer of their own, so that they win
    over the theme whatever its selectors are, and stay as they are; the theme's lose comments,
    indentation and most line breaks. An import's layer and media query are kept as blocks. Imported files must not import
    others, and write addresses relative to `sheet`. Raises OSError when a file is missing.
    """

    def inlined(match: re.Match[str]) -> str:
        name, layer, media = match.groups()
        text = (sheet.parent / name).read_text(encoding="utf-8").strip()
        if layer:
            text = f"@layer {layer} {{\n{text}\n}}"
        return f"@media {media.strip()} {{\n{text}\n}}" if media.strip() else text

    sheets = [_compacted(_IMPORT.sub(inlined, sheet.read_text(encoding="utf-8")))]
    sheets += (f"@layer own {{\n{file.read_text(encoding='utf-8').strip()}\n}}\n" for file in own)
    return Artifact(save_as, "".join(sheets).encode())


@lru_cache(maxsize=4)
def _compacted(text: str) -> str:
    """Return a style sheet without what only its authors need; one process may build many sites with the same theme."""
    return _BREAK.sub("", _SPARE.sub(_compact, text).strip()) + "\n"


def _compact(match: re.Match[str]) -> str:
    """Return what stays of a string, a comment, a line's end with the next one's indentation, a space after a colon or before a brace."""
    return match[1] or ("\n" if "\n" in match[0] and "*" not in match[0] else "")
