"""«Did you mean …»: the name nearest to one that leads nowhere, or nothing where none is near.

A wrong hint is worse than none: words must be the same or nearly so, and numbers must be the same, since
`2024-05-01` is not a typo for `2024-05-02`.

The cost must not depend on the number of names, since a vault may have thousands of dead
links. Candidates are names that equal the wanted one when each loses at most one character, those
with the same words in another order, and its neighbours in dictionary order, read forwards and
backwards; only those are compared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from garden.model.names import fold

_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_COMPARED = 24  # characters of a name that variants are made of: long names must not cost their square
_NEIGHBOURS = 4  # on each side
_LIKE_ENOUGH = 0.8  # ratio of SequenceMatcher between neighbours
_LIKE_ENOUGH_BY_ONE = 0.6  # the same where one character is wrong: `Gti` is 0.67 like `Git`
_WORD_LIKE_ENOUGH = 0.7  # ratio between two words that may be one, misspelt or in another form
_SAME_FOLDER = 0.05  # added to the ratio: of two names alike the one in the same folder is meant
_SHORTEST = 3  # names of one or two characters are all near each other

MOST_SEARCHES: Final = 2000
"""Dead names after which a hint is worth less than the time."""


class NearNames:
    """A set of names that can be asked for the one nearest to another."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a name and the folder it is in; of names that look alike the first is proposed."""
        self._names: dict[str, str] = {}
        self._folders: dict[str, set[str]] = {}
        self._variants: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self.renew()
        for name, folder in names:
            key = _squeeze(name)
            if not key:
                continue
            self._folders.setdefault(key, set()).add(folder)
            if self._names.setdefault(key, name) is name:
                self._by_words.setdefault(tuple(sorted(_words(name))), key)
                for variant in _variants(key):
                    self._variants.setdefault(variant, key)
        self._forwards = sorted(self._names)
        self._backwards = sorted(key[::-1] for key in self._names)

    def renew(self) -> None:
        """Search as often as at first."""
        self._left = MOST_SEARCHES

    def nearest(self, name: str, folder: str = "") -> str:
        """Return the name most similar to `name`, as seen from `folder`; empty if none is similar."""
        key = _squeeze(name)
        if key in self._names:
            return self._names[key]
        if len(key) < _SHORTEST or not self._left:
            return ""
        self._left -= 1
        words = _words(name)
        same_words = self._by_words.get(tuple(sorted(words)))
        if same_words:
            return self._names[same_words]
        numbers = _NUMBER.findall(key)
        # The matcher keeps what it knows of `b` from one candidate to the next, so `b` is what stays the same.
        matcher = SequenceMatcher(b=key, autojunk=False)
        best, likeness = "", 0.0
        for candidate, enough in self._candidates(key):
            if _NUMBER.findall(candidate) != numbers:
                continue
            matcher.set_seq1(candidate)
            # Both are upper bounds of the ratio, and far cheaper.
            if matcher.real_quick_ratio() < enough or matcher.quick_ratio() < enough:
                continue
            ratio = matcher.ratio()
            if ratio < enough or (
                enough == _LIKE_ENOUGH and not _same_words(words, _words(self._names[candidate]))
            ):
                continue
            ratio += _SAME_FOLDER if folder in self._folders[candidate] else 0
            if ratio > likeness:
                best, likeness = candidate, ratio
        return self._names.get(best, "")

    def _candidates(self, key: str) -> Iterator[tuple[str, float]]:
        """Yield keys to compare, each with the likeness that it must have."""
        close = dict.fromkeys(self._variants[v] for v in _variants(key) if v in self._variants)
        for candidate in close:
            # Beyond what variants are made of two names may differ in much more than one character.
            yield candidate, _LIKE_ENOUGH_BY_ONE if len(key) <= _COMPARED else _LIKE_ENOUGH
        # Names with a longer difference still begin or end alike: sorted either way, they are near each other.
        beside = _neighbours(self._forwards, key)
        behind = (candidate[::-1] for candidate in _neighbours(self._backwards, key[::-1]))
        for candidate in dict.fromkeys((*beside, *behind)):
            if candidate not in close:
                yield candidate, _LIKE_ENOUGH


def _squeeze(name: str) -> str:
    """Drop case, spaces and punctuation, which people mistype most."""
    return _NO_WORD.sub("", fold(name))


def _words(name: str) -> list[str]:
    return [word for word in _NO_WORD.split(fold(name)) if word]


def _same_words(wanted: list[str], found: list[str]) -> bool:
    """Say whether two names have the same words, each misspelt or in another form at most."""
    if len(wanted) != len(found):
        # Spaces are left out or put in: the words cannot be told apart.
        return "".join(wanted)[:4] == "".join(found)[:4]
    return all(
        one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _WORD_LIKE_ENOUGH
        for one, other in zip(wanted, found, strict=True)
    )


def _variants(key: str) -> Iterator[str]:
    """Yield the beginning of `key`, whole and with each one of its characters left out.

    Two names share one of them where a character is missing, added or wrong, or two neighbours are swapped: the usual typos, found by looking up as many texts as the name has characters.
    """
    start = key[:_COMPARED]
    yield start
    for at in range(len(start)):
        yield start[:at] + start[at + 1 :]


def _neighbours(ordered: list[str], key: str) -> list[str]:
    at = bisect_left(ordered, key)
    return ordered[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
