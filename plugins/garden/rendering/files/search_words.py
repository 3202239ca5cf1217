"""The words of the search index, each with the notes that have it, kept from one site to the next.

As long as the same notes take part, only the words of changed notes are computed again; adding or removing a note
changes the numbers of all that follow it.
"""

import json
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from garden.model.names import VaultPath

_PART: Final = 12_000
"""Characters of a part of the words: some 5 kB on the wire, of which a query needs about one for each word."""

_PLACES: Final = 32
"""An entry of a word is a note's distance from the one before times this, plus the word's weight there."""


class SearchWords:
    """All words of a site, as the index has them."""

    def __init__(self, words: Sequence[str] = (), entries: Sequence[str] = ()) -> None:
        """Begin with the `words` in order and their entries, as an index that was `kept` has them."""
        self._order = list(words)
        self._entries = dict(zip(words, entries, strict=True))
        self._terms: dict[VaultPath, str] = {}

    def kept(self) -> tuple[list[str], list[str]]:
        """Return the words in order, and their entries."""
        return self._order, [self._entries[word] for word in self._order]

    def take(self, terms: Mapping[VaultPath, str]) -> None:
        """Take the terms (`Document.terms`) of all notes that take part, in the order of their places."""
        if list(terms) == list(self._terms):
            for place, (path, after) in enumerate(terms.items()):
                self.change(place, self._terms[path], after)
        else:
            self._begin(terms.values())
        self._terms = dict(terms)

    def change(self, place: int, before: str, after: str) -> None:
        """Take other terms of the note at a place."""
        if before == after:
            return
        old, new = dict(_weighed(before)), dict(_weighed(after))
        for word in sorted(word for word in old.keys() | new.keys() if old.get(word) != new.get(word)):
            entry = self._entries.get(word)
            weights = _weights(entry) if entry else {}
            weights.pop(place, None)
            if word in new:
                weights[place] = new[word]
            if not weights:
                del self._entries[word]
                del self._order[bisect_left(self._order, _rank(word), key=_rank)]
                continue
            if entry is None:
                insort(self._order, word, key=_rank)
            self._entries[word] = _entry(word, weights)

    def _begin(self, terms: Iterable[str]) -> None:
        """Take the terms of all notes, whatever was known before."""
        weights: dict[str, dict[int, int]] = {}
        for place, text in enumerate(terms):
            for word, weight in _weighed(text):
                weights.setdefault(word, {})[place] = weight
        self._entries = {word: _entry(word, found) for word, found in weights.items()}
        self._order = sorted(self._entries, key=_rank)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the words in order, cut into parts of about one size, each with its first word."""
        part: list[str] = []
        first = ""
        size = 0
        for word in self._order:
            if not part:
                first = word
            entry = self._entries[word]
            part.append(entry)
            size += len(entry)
            if size >= _PART:
                yield first, _object(part)
                part, size = [], 0
        if part:
            yield first, _object(part)


def _rank(word: str) -> bytes:
    """Return a key that orders words as JavaScript does, which looks the parts up: by UTF-16 units."""
    return word.encode("utf-16-be")


def _weighed(terms: str) -> Iterator[tuple[str, int]]:
    for line in terms.splitlines():
        word, _, weight = line.partition(" ")
        yield word, int(weight)


def _entry(word: str, weights: Mapping[int, int]) -> str:
    found = []
    last = 0
    for place in sorted(weights):
        found.append(str((place - last) * _PLACES + weights[place]))
        last = place
    return f"{json.dumps(word, ensure_ascii=False)}:[{','.join(found)}]"


def _weights(entry: str) -> dict[int, int]:
    """Return the weights of a word by the places of its notes, from what `_entry` made of them."""
    found = {}
    place = 0
    for number in json.loads(entry[entry.rindex("[") :]):
        place += number // _PLACES
        found[place] = number % _PLACES
    return found


def _object(entries: list[str]) -> bytes:
    return f"{{{','.join(entries)}}}".encode()
