"""Recognises misspelt keys (PB-1b, FM-16), which have one typo, or rarely two.

A typo is a letter that is missing, doubled, wrong or added, or two letters that are swapped. The kinds are
distinguished, since two words that differ by a wrong letter are often both correct (`drift` and `draft`).
"""

from enum import Enum
from functools import lru_cache

from garden.reading.frontmatter.property import KNOWN_KEYS
from garden.reading.frontmatter.statuses import gate_key


class Typo(Enum):
    """The kind of typo in a word."""

    LEFT_OUT = "a letter left out"
    DOUBLED = "a letter doubled"
    SWAPPED = "two letters swapped"
    WRONG = "a wrong letter"
    ADDED = "a letter too many"


LIKELY_TYPOS = frozenset({Typo.LEFT_OUT, Typo.DOUBLED, Typo.SWAPPED})
"""The kinds of typos that hardly ever turn a word into another one."""


def typo(written: str, meant: str) -> Typo | None:
    """Return the typo that turns `meant` into `written`, None if there is none or more than one."""
    longer = len(written) - len(meant)
    if written == meant or abs(longer) > 1:
        return None
    same = _common_start(written, meant)  # the typo is right after it
    if longer < 0:
        return Typo.LEFT_OUT if written[same:] == meant[same + 1 :] else None
    if longer > 0:
        if written[same + 1 :] != meant[same:]:
            return None
        return Typo.DOUBLED if same and written[same] == written[same - 1] else Typo.ADDED
    if written[same + 1 :] == meant[same + 1 :]:
        return Typo.WRONG
    swapped = written[same : same + 2] == meant[same : same + 2][::-1]
    return Typo.SWAPPED if swapped and written[same + 2 :] == meant[same + 2 :] else None


def has_two_typos(written: str, meant: str) -> bool:
    """Say whether two typos, at different places, turn `meant` into `written`."""
    same = _common_start(written, meant)
    if written == meant or abs(len(written) - len(meant)) > 2:
        return False
    rest, wanted = written[same:], meant[same:]
    # The first typo is where the words begin to differ; after it there must be at most one more.
    tails = [(rest, wanted[1:]), (rest[1:], wanted), (rest[1:], wanted[1:])]
    if rest[:2] == wanted[:2][::-1]:
        tails.append((rest[2:], wanted[2:]))
    return any(left == right or typo(left, right) is not None for left, right in tails)


@lru_cache(maxsize=4096)
def nearest(written: str) -> str:
    """Return the known key that `written` is one typo away from, empty when there is none (FM-16).

    Short keys are similar to many words (`name` to `same`, `data` to `date`): with four letters only likely typos
    count, with three or fewer none. Only likely typos count for the keys that decide who sees a note, too, which
    `publication` checks as well (`publisher` and `drift` are words).
    """
    for meant in sorted(KNOWN_KEYS):
        found = typo(written, meant) if len(meant) > 3 else None
        careful = len(meant) == 4 or gate_key(meant) is not None
        if found in LIKELY_TYPOS or (found is not None and not careful):
            return meant
    return ""


def _common_start(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
