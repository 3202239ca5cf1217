"""Whether the name that is nearest to a wrong one is certainly meant: it is all but the same, and it is the only such one."""

import re
from collections.abc import Iterable
from typing import Final

from garden.model.names import fold
from garden.reading.frontmatter.misspelling import SLIPS, fault

_NO_WORD: Final = re.compile(r"[\W_]+")
_SLIP_FROM: Final = 5  # characters of a name from which a slip of the finger leaves no other word
_FAULT_FROM: Final = 8  # characters from which a wrong letter does not, either


def is_certain(written: str, near: str, names: Iterable[str]) -> bool:
    """Say whether `written` can only mean `near`; `names` are all that it could mean."""
    return _is_close(written, near) and all(
        name == near or fold(name) == fold(near) or not _is_close(written, name) for name in names
    )


def _is_close(written: str, name: str) -> bool:
    one, other = _squeezed(written), _squeezed(name)
    if one == other:
        return bool(one)
    if any(char.isdigit() for char in one) and _digits(one) != _digits(other):
        return False
    length = min(len(one), len(other))
    found = fault(one, other) if length >= _SLIP_FROM else None
    return found in SLIPS or (found is not None and length >= _FAULT_FROM)


def _squeezed(name: str) -> str:
    return _NO_WORD.sub("", fold(name))


def _digits(name: str) -> str:
    return "".join(char for char in name if char.isdigit())
