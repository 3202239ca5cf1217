"""Hints of the kind «Did you mean …»: finds the name most similar to one that matches nothing, if any is similar enough.

A wrong hint is worse than none: words must be nearly the same, and numbers must be equal, since `2024-05-01` is not a
typo for `2024-05-02`.

A vault may have thousands of names and thousands of dead links, so a name is compared with few candidates: names that become
equal to it when both lose at most one character, names with the same words in another order, and its neighbours when all
names are sorted, once by their first and once by their last characters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from garden.model.names import fold

_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_COMPARED = 24  # the first characters of a name, which variants are made of: these take quadratic space
_NEIGHBOURS = 4  # on each side
_LIKE_ENOUGH = 0.8  # minimum ratio of SequenceMatcher between neighbours
_LIKE_ENOUGH_BY_ONE = 0.6  # the minimum for names that differ in one character: `Gti` and `Git` have 0.67
_WORD_LIKE_ENOUGH = 0.7  # minimum ratio between two words, of which one may be misspelt or inflected
_SAME_FOLDER = 0.05  # added to the ratio for a name in the same folder, which is meant more often
_SHORTEST = 3  # shorter names are all similar to each other
_SAME_START = 4  # letters that names must have in common at their beginning if their words cannot be compared

MOST_SEARCHES: Final = 2000
"""The number of names that are looked up; with more dead links, hints are not worth the time."""


class NearNames:
    """A set of names, in which `nearest` looks up the most similar one."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a name and the folder that it is in; of names that differ only in case or punctuation the first counts."""
        self._names: dict[str, str] = {}
        self._folders: dict[str, set[str]] = {}
        self._variants: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self.restore_budget()
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

    def restore_budget(self) -> None:
        """Allow as many searches as at first."""
        self._searches_left = MOST_SEARCHES

    def nearest(self, name: str, folder: str = "") -> str:
        """Return the name most similar to `name`, one in `folder` rather than another; empty if none is similar enough."""
        key = _squeeze(name)
        if key in self._names:
            return self._names[key]
        if len(key) < _SHORTEST or not self._searches_left:
            return ""
        self._searches_left -= 1
        words = _words(name)
        same_words = self._by_words.get(tuple(sorted(words)))
        if same_words:
            return self._names[same_words]
        numbers = _NUMBER.findall(key)
        # SequenceMatcher caches its analysis of `b`, so `b` is the name that all candidates are compared with.
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
        """Yield the keys of candidates, each with the minimum ratio that it must have."""
        close = dict.fromkeys(
            self._variants[variant] for variant in _variants(key) if variant in self._variants
        )
        for candidate in close:
            # Variants only have the beginning of a long name, so the rest may differ in more than one character.
            yield candidate, _LIKE_ENOUGH_BY_ONE if len(key) <= _COMPARED else _LIKE_ENOUGH
        # Names that differ in more characters still have the same beginning or end, so in one of the orders they are neighbours.
        beside = _neighbours(self._forwards, key)
        behind = (candidate[::-1] for candidate in _neighbours(self._backwards, key[::-1]))
        for candidate in dict.fromkeys((*beside, *behind)):
            if candidate not in close:
                yield candidate, _LIKE_ENOUGH


def _squeeze(name: str) -> str:
    """Return a name without case, spaces and punctuation, which people mistype most."""
    return _NO_WORD.sub("", fold(name))


def _words(name: str) -> list[str]:
    """Return the words of a name, without case."""
    return [word for word in _NO_WORD.split(fold(name)) if word]


def _same_words(wanted: list[str], found: list[str]) -> bool:
    """Say whether two names have the same words, apart from misspelt or inflected ones."""
    if len(wanted) != len(found):
        # A space is missing or added, so words cannot be compared one by one.
        return "".join(wanted)[:_SAME_START] == "".join(found)[:_SAME_START]
    return all(
        one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _WORD_LIKE_ENOUGH
        for one, other in zip(wanted, found, strict=True)
    )


def _variants(key: str) -> Iterator[str]:
    """Yield the beginning of `key`, first complete and then without each of its characters.

    Two names have a variant in common if they differ by one of the usual typos: a character is missing, added or wrong, or two
    adjacent ones are swapped. So these are found with as many lookups as the name has characters.
    """
    start = key[:_COMPARED]
    yield start
    for at in range(len(start)):
        yield start[:at] + start[at + 1 :]


def _neighbours(ordered: list[str], key: str) -> list[str]:
    """Return the keys around the place where `key` is, or would be."""
    at = bisect_left(ordered, key)
    return ordered[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
