"""The words of the search index, each with the notes that have it, kept in memory from one build to the next.

The entry of a word is a list of numbers, one for each note that has the word: how far the note's place is from that of the
note before, and what the word weighs in it. So as long as the index has the same notes, only the words of changed notes
are computed again; adding or removing a note changes one number in the entry of each word that a later note has.
"""

from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise
from json.encoder import encode_basestring
from typing import Final
from zlib import crc32

from msgspec.json import Decoder, Encoder

from garden.model.names import VaultPath

_PART: Final = 12_000
"""The usual number of characters in a part of the words: some 5 kB when compressed; a query needs about one part for each word.

From half of that on, a part ends after a word whose own hash says so. If parts ended after a fixed number of characters, one
longer entry would move the ends of all later parts; so it moves few, and mostly none.
"""

PLACES: Final = 32
"""A number in an entry is the distance of a note's place from the one before, times this, plus the word's weight, which is less."""

_FEW: Final = 40
"""The number of notes that are new or gone up to which entries are changed, instead of all being made again."""

_encoded: Final = Encoder().encode
_decoded: Final = Decoder(list[int]).decode


class SearchWords:
    """All words of a site, as the index has them."""

    def __init__(self) -> None:
        """Start empty."""
        self._order: list[str] = []
        self._entries: dict[str, str] = {}
        self._terms: Mapping[VaultPath, str] = {}

    def take(self, terms: Mapping[VaultPath, str]) -> None:
        """Take the terms (`Body.terms`) of all notes that take part, in the order of their places.

        They are compared with those that were taken before, if these are still in memory.
        """
        if len(terms.keys() ^ self._terms.keys()) <= (_FEW if self._terms else 0):
            self._follow(self._terms, terms)
        else:
            self._begin(terms.values())
        self._terms = terms

    def _follow(self, before: Mapping[VaultPath, str], after: Mapping[VaultPath, str]) -> None:
        """Change the entries, when few notes are new or gone."""
        places = list(before)
        for place, path in enumerate(places):
            self._change(place, before[path], after.get(path, ""))
        moved = shifts(places, list(after))
        if moved:
            for word, entry in self._entries.items():
                numbers = _decoded(entry[entry.rindex("[") :])
                if shift_places(numbers, moved):
                    self._entries[word] = entry_of(word, numbers)
        for place, path in enumerate(after):
            if path not in before:
                self._change(place, "", after[path])

    def _change(self, place: int, before: str, after: str) -> None:
        """Change the entries of the words that the note at a place has gained or lost, or that weigh more or less in it."""
        for word, weight in changed_weights(before, after):
            entry = self._entries.get(word)
            weights = weights_by_place(_decoded(entry[entry.rindex("[") :])) if entry else {}
            weights.pop(place, None)
            if weight is not None:
                weights[place] = weight
            if not weights:
                del self._entries[word]
                del self._order[bisect_left(self._order, word_rank(word), key=word_rank)]
                continue
            if entry is None:
                insort(self._order, word, key=word_rank)
            self._entries[word] = entry_of(word, places_with_weights(weights))

    def _begin(self, terms: Iterable[str]) -> None:
        """Make all entries again."""
        # A site has millions of these numbers: an array of four bytes for each takes little memory.
        found: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        for place, text in enumerate(terms):
            base = place * PLACES
            for weight, words in _weighed(text):
                number = base + weight
                for word in words:
                    found[word].append(number)
        self._entries = {}
        while found:  # what has become an entry is not needed any more
            word, numbers = found.popitem()
            # From places to distances: the weight that is in the number before must not be subtracted.
            self._entries[word] = entry_of(
                word, [each - before + before % PLACES for before, each in pairwise((0, *numbers))]
            )
        self._order = sorted(self._entries, key=word_rank)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the words in order, cut into parts of about one size, each with its first word."""
        parts = WordParts()
        for word in self._order:
            parts.add(word, self._entries[word])
        return iter(parts)


class WordParts:
    """Words in order, cut into parts of about one size, each with its first word."""

    def __init__(self) -> None:
        self._complete: list[tuple[str, bytes]] = []
        self._first = ""
        self._part: list[str] = []
        self._size = 0

    def add(self, word: str, entry: str) -> None:
        """Add the next word with its entry."""
        if not self._part:
            self._first = word
        self._part.append(entry)
        self._size += len(entry)
        half = _PART / 2
        # The probability of an end is the share that the entry has of the half: then a part ends after another half on
        # average, whether its entries are long or short. The hash is a number below 2³² that depends on the word alone.
        if self._size >= half and crc32(word.encode()) / 2**32 < len(entry) / half:
            self._complete.append((self._first, _object(self._part)))
            self._part, self._size = [], 0

    @property
    def is_complete(self) -> bool:
        """Whether the last word has ended a part."""
        return bool(self._complete) and not self._part

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        yield from self._complete
        if self._part:
            yield self._first, _object(self._part)


def word_rank(word: str) -> bytes:
    """Return the key that sorts words as JavaScript does, in which the browser looks the parts up: by UTF-16 code units."""
    return word.encode("utf-16-be")


def changed_weights(before: str, after: str) -> Iterator[tuple[str, int | None]]:
    """Yield the words whose weight in a note differs, with the new one, None where the word is gone."""
    if before == after:
        return
    old, new = _weights(before), _weights(after)
    for word in sorted(word for word in old.keys() | new.keys() if old.get(word) != new.get(word)):
        yield word, new.get(word)


def entry_of(word: str, numbers: Iterable[int]) -> str:
    """Return the entry of a word, as it is written."""
    return f"{encode_basestring(word)}:{_encoded(list(numbers)).decode()}"


def places_with_weights(weights: Mapping[int, int]) -> list[int]:
    """Return the numbers of a word's entry from its weights by the places of notes."""
    found = []
    last = 0
    for place in sorted(weights):
        found.append((place - last) * PLACES + weights[place])
        last = place
    return found


def weights_by_place(numbers: Iterable[int]) -> dict[int, int]:
    """Return the weights of a word by the places of notes from the numbers of its entry."""
    found = {}
    place = 0
    for number in numbers:
        place += number // PLACES
        found[place] = number % PLACES
    return found


def _weights(terms: str) -> dict[str, int]:
    """Return the weights of a note's words."""
    return {word: weight for weight, words in _weighed(terms) for word in words}


def shifts(before: Sequence[VaultPath], after: Sequence[VaultPath]) -> list[tuple[int, int]]:
    """Return pairs of a place and a number: from this former place on, notes move by so many places more.

    `before` and `after` are the sorted notes of two indexes.
    """
    found: Counter[int] = Counter()
    found.subtract(place for place, path in enumerate(before) if not _is_in(after, path))
    found.update(bisect_left(before, path) for path in after if not _is_in(before, path))
    return [(place, shift) for place, shift in sorted(found.items()) if shift]


def _is_in(paths: Sequence[VaultPath], path: VaultPath) -> bool:
    place = bisect_left(paths, path)
    return place < len(paths) and paths[place] == path


def shift_places(numbers: list[int], moved: Sequence[tuple[int, int]]) -> bool:
    """Move the places in an entry, and say whether that has changed it; `moved` is what `shifts` has returned.

    Since an entry has distances, only one number changes for each pair: that of the first note from the place on.
    """
    places = list(accumulate([number // PLACES for number in numbers]))
    is_changed = False
    for start, shift in moved:
        at = bisect_left(places, start)
        if at < len(numbers):
            numbers[at] += shift * PLACES
            is_changed = True
    return is_changed


def _weighed(terms: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each weight with the words of a note that have it: terms have one line for each weight."""
    for line in terms.splitlines():
        weight, *words = line.split(" ")
        yield int(weight), words


def _object(entries: list[str]) -> bytes:
    return f"{{{','.join(entries)}}}".encode()
