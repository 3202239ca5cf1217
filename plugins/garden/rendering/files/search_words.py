"""The words of the search index, each with the notes that have it, kept from one site to the next.

While the same notes take part, only the words of a note that has changed are worked out anew; a note more or less
gives another number to all that follow it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from garden.model.names import VaultPath

_PART: Final = 12_000
"""Characters of a part of the words: some 5 kB on the wire, of which a query needs about one for each word."""

_PLACES: Final = 32
"""An entry of a word is a note's distance from the one before times this, plus the word's weight there."""


class SearchWords:
    """All words of a site, as the index has them."""

    def __init__(self) -> None:
        """Know no note yet."""
        self._terms: dict[VaultPath, str] = {}
        self._weights: dict[str, dict[int, str]] = {}  # of each word by the place of the note
        self._entries: dict[str, str] = {}
        self._order: list[str] = []

    def take(self, terms: Mapping[VaultPath, str]) -> None:
        """Take the terms (`Document.terms`) of all notes that take part, in the order of their places."""
        if list(terms) == list(self._terms):
            changed = [(place, path) for place, path in enumerate(terms) if terms[path] != self._terms[path]]
        else:
            self._terms, self._weights, self._entries, self._order = {}, {}, {}, []
            changed = list(enumerate(terms))
        touched: set[str] = set()
        for place, path in changed:
            for word, _ in _weighed(self._terms.get(path, "")):
                self._weights[word].pop(place, None)
                touched.add(word)
            for word, weight in _weighed(terms[path]):
                self._weights.setdefault(word, {})[place] = weight
                touched.add(word)
        self._terms = dict(terms)
        self._write(touched)

    def _write(self, touched: set[str]) -> None:
        """Write the entries of some words."""
        has_other_words = False
        for word in touched:
            weights = self._weights[word]
            if weights:
                has_other_words = has_other_words or word not in self._entries
                self._entries[word] = _entry(word, weights)
            else:
                has_other_words = True
                del self._weights[word]
                self._entries.pop(word, None)
        if has_other_words:
            # JavaScript compares texts by UTF-16 units, and looks the parts up by that order.
            self._order = sorted(self._entries, key=lambda word: word.encode("utf-16-be"))

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


def _weighed(terms: str) -> Iterator[tuple[str, str]]:
    for line in terms.splitlines():
        word, _, weight = line.partition(" ")
        yield word, weight


def _entry(word: str, weights: Mapping[int, str]) -> str:
    found = []
    last = 0
    for place in sorted(weights):
        found.append(str((place - last) * _PLACES + int(weights[place])))
        last = place
    return f"{json.dumps(word, ensure_ascii=False)}:[{','.join(found)}]"


def _object(entries: list[str]) -> bytes:
    return f"{{{','.join(entries)}}}".encode()
