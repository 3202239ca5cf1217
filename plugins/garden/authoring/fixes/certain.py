"""Whether a misspelt name certainly means the nearest one: it is almost the same, and no other name is."""

import re
from collections.abc import Iterable
from typing import Final

from garden.model.names import fold
from garden.reading.frontmatter.misspelling import LIKELY_TYPOS, typo

_NO_WORD: Final = re.compile(r"[\W_]+")
_LIKELY_TYPO_FROM: Final = 5  # characters: in shorter names even a likely typo may make another word
_TYPO_FROM: Final = 8  # characters: in shorter names a wrong letter may make another word


def is_certain(written: str, near: str, names: Iterable[str]) -> bool:
    """Say whether `written` can only mean `near`; `names` are all names, `near` among them."""
    return _is_close(written, near) and all(
        name == near or fold(name) == fold(near) or not _is_close(written, name) for name in names
    )


def _is_close(written: str, name: str) -> bool:
    """Say whether two names differ only in case and punctuation, or by one typo.

    Names whose digits differ are never close: `2023 plan` is not a typo of `2024 plan`.
    """
    one, other = _squeezed(written), _squeezed(name)
    if one == other:
        return bool(one)
    if any(char.isdigit() for char in one) and _digits(one) != _digits(other):
        return False
    length = min(len(one), len(other))
    found = typo(one, other) if length >= _LIKELY_TYPO_FROM else None
    return found in LIKELY_TYPOS or (found is not None and length >= _TYPO_FROM)


def _squeezed(name: str) -> str:
    """Return the letters and digits of a name, folded."""
    return _NO_WORD.sub("", fold(name))


def _digits(name: str) -> str:
    return "".join(char for char in name if char.isdigit())
