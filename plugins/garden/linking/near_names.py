"""«Did you mean …»: the name nearest to one that leads nowhere.

The cost must not depend on the number of names, since a vault may have thousands of dead
links. Candidates are names that equal the wanted one when each loses at most one character,
and its neighbours in dictionary order, read forwards and backwards; only those are compared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from garden.model.names import fold

_NO_WORD = re.compile(r"[\W_]+")
_COMPARED = 24  # characters of a name that variants are made of: long names must not cost their square
_NEIGHBOURS = 4  # on each side
_LIKE_ENOUGH = 0.75  # ratio of SequenceMatcher between neighbours
_LIKE_ENOUGH_BY_ONE = 0.6  # the same where one character is wrong: `Gti` is 0.67 like `Git`
_SEARCHES = 2000  # after so many dead names the hint is worth less than the time


class NearNames:
    """A set of names that can be asked for the one nearest to another."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index `names`; of names that look alike the first is the one that is proposed."""
        self._names: dict[str, str] = {}
        self._variants: dict[str, str] = {}
        self._left = _SEARCHES
        for name in names:
            key = _squeeze(name)
            if key and self._names.setdefault(key, name) is name:
                for variant in _variants(key):
                    self._variants.setdefault(variant, key)
        self._forwards = sorted(self._names)
        self._backwards = sorted(key[::-1] for key in self._names)

    def nearest(self, name: str) -> str:
        """Return the name that is most like `name`, empty when none is near."""
        key = _squeeze(name)
        if key in self._names:
            return self._names[key]
        if not key or not self._left:
            return ""
        self._left -= 1
        # The matcher keeps what it knows of `b` from one candidate to the next, so `b` is what stays the same.
        matcher = SequenceMatcher(b=key, autojunk=False)
        best, likeness = "", 0.0
        for candidate, enough in self._candidates(key):
            matcher.set_seq1(candidate)
            least = max(likeness, enough)
            # Both are upper bounds of the ratio, and far cheaper.
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                ratio = matcher.ratio()
                if ratio >= enough and ratio > likeness:
                    best, likeness = candidate, ratio
        return self._names.get(best, "")

    def _candidates(self, key: str) -> Iterator[tuple[str, float]]:
        """Yield keys to compare, each with the likeness that it must have."""
        close = dict.fromkeys(self._variants[v] for v in _variants(key) if v in self._variants)
        for candidate in close:
            yield candidate, _LIKE_ENOUGH_BY_ONE
        # Names with a longer difference still begin or end alike: sorted either way, they are near each other.
        beside = _neighbours(self._forwards, key)
        behind = (candidate[::-1] for candidate in _neighbours(self._backwards, key[::-1]))
        for candidate in dict.fromkeys((*beside, *behind)):
            if candidate not in close:
                yield candidate, _LIKE_ENOUGH


def _squeeze(name: str) -> str:
    """Drop case, blanks and punctuation, which people mistype most."""
    return _NO_WORD.sub("", fold(name))


def _variants(key: str) -> Iterator[str]:
    """Yield the beginning of `key`, whole and with each one of its characters left out.

    Two names share one of them where a character is missing, added or wrong, or two neighbours are
    swapped: the usual slips, found by looking up as many texts as the name has characters.
    """
    start = key[:_COMPARED]
    yield start
    for at in range(len(start)):
        yield start[:at] + start[at + 1 :]


def _neighbours(ordered: list[str], key: str) -> list[str]:
    at = bisect_left(ordered, key)
    return ordered[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
