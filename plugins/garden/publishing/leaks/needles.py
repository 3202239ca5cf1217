"""What the leak gate looks for: words and phrases of private sources that no public source has.

A word is one that only private text has. A phrase is four words in a row or, for names (titles, file names,
aliases, headings, tags, values of properties), two or three. Of a phrase the hash is kept: a large vault has
millions of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from garden.model.names import stem
from garden.publishing.leaks.sources import Passage
from garden.publishing.leaks.words import END, readable, words_of

LENGTHS: Final = (2, 3, 4)
"""Lengths of phrases in words; those of ordinary text are the longest."""

_SHORTEST_WORD: Final = 4
_SHORTEST_CODE: Final = 6  # letters with digits: what is shorter may be any number with its unit
_SHORTEST_NAME: Final = 8  # letters of a name of two or three words
_TERM: Final = 40  # letters after which the search index cuts a word
_TAG: Final = re.compile(r"(?:^|(?<=[\s,;(\[]))#[^\s#,;()\[\]]+")


Needle = str | int
"""What is looked for: a word, or the hash of a phrase."""


@dataclass(slots=True)
class Needles:
    """Words, and hashes of phrases by their length."""

    words: set[str] = field(default_factory=set)
    phrases: dict[int, set[int]] = field(default_factory=lambda: {length: set() for length in LENGTHS})

    def add(self, other: "Needles") -> None:
        """Add the needles of another source."""
        self.words |= other.words
        for length, known in other.phrases.items():
            self.phrases[length] |= known

    def remove(self, found: Sequence[str]) -> None:
        """Forget what a public text has, too; it is given as words."""
        self.words.difference_update(found)
        self.words.difference_update([word[:_TERM] for word in found if len(word) > _TERM])
        for length, known in self.phrases.items():
            if known:
                known.difference_update(phrase_hashes(found, length))

    def keep_only(self, wanted: Iterable[Needle]) -> None:
        """Forget all others."""
        kept = set(wanted)
        self.words &= kept
        for known in self.phrases.values():
            known.intersection_update(kept)

    def found_in(self, found: Sequence[str]) -> set[Needle]:
        """Return what of it a text has, which is given as words."""
        every: set[Needle] = {*self.words.intersection(found)}
        for length, known in self.phrases.items():
            if known:
                every.update(known.intersection(phrase_hashes(found, length)))
        return every

    def first_in(self, found: Sequence[str]) -> tuple[str, Needle] | None:
        """Return what of it stands first in a text, in words and as itself: the longest that begins there."""
        for start, word in enumerate(found):
            for length in reversed(LENGTHS):
                phrase = tuple(found[start : start + length])
                if hash(phrase) in self.phrases[length]:
                    return " ".join(phrase), hash(phrase)
            if word in self.words:
                return word, word
        return None

    def have_any_of(self, others: "Needles") -> bool:
        """Say whether one of the others is among these."""
        return not self.words.isdisjoint(others.words) or any(
            not known.isdisjoint(others.phrases[length]) for length, known in self.phrases.items()
        )

    def have(self, some: Iterable[Needle]) -> bool:
        """Say whether one of some needles is among these."""
        return any(
            needle in self.words or any(needle in known for known in self.phrases.values()) for needle in some
        )

    def __bool__(self) -> bool:
        return bool(self.words) or any(self.phrases.values())


def needles_of(passages: Iterable[Passage], files: Iterable[str]) -> Needles:
    """Return what these private passages say, and what these files are called."""
    found = Needles()
    for passage in passages:
        every = words_of(readable(passage.text))
        found.words.update(every)
        found.phrases[LENGTHS[-1]].update(_inner(every, LENGTHS[-1]))
        for name in names_in(passage):
            _add_name(found, name)
    for file in files:
        _add_name(found, words_of(readable(file.rpartition("/")[2])))
    found.words = {word[:_TERM] for word in found.words if is_telling(word)} | set(
        filter(is_telling, found.words)
    )
    return found


def is_telling(word: str) -> bool:
    """Say whether a word alone can give something away: numbers and short words stand everywhere."""
    if word.isalpha():
        return len(word) >= _SHORTEST_WORD
    letters = sum(map(str.isalpha, word))
    return len(word) >= _SHORTEST_CODE and letters >= 2


def names_in(passage: Passage) -> Iterator[list[str]]:
    """Yield what names a note: its path, headings, tags, and the values of its properties and fields."""
    for part in (*passage.path.split("/")[:-1], stem(passage.path)):
        yield words_of(readable(part))
    is_front = passage.is_property
    for number, line in enumerate(passage.text.split("\n")):
        if line.rstrip() in ("---", "+++") and (number == 0 or is_front):
            is_front = number == 0
        elif is_front:
            for part in line.lstrip(" -").split(","):
                yield words_of(readable(part.replace(":", ": ")))
        elif line.startswith("#") or "::" in line:
            yield words_of(readable(line.replace("::", ": ")))
        elif "#" in line:
            for tag in _TAG.findall(line):
                yield words_of(readable(tag))


def runs_of_words(found: Iterable[str]) -> Iterator[list[str]]:
    """Yield the runs of words between the marks END."""
    piece: list[str] = []
    for word in found:
        if word != END:
            piece.append(word)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def phrase_hashes(found: Sequence[str], length: int) -> Iterator[int]:
    """Yield the hashes of all phrases of a length."""
    return map(hash, zip(*(found[start:] for start in range(length)), strict=False))


def _inner(found: Sequence[str], length: int) -> Iterator[int]:
    """Yield the hashes of those phrases that run over no end of a piece and are more than numbers."""
    for phrase in zip(*(found[start:] for start in range(length)), strict=False):
        if END not in phrase and sum(map(str.isalpha, phrase)) > 1:
            yield hash(phrase)


def _add_name(needles: Needles, name: Iterable[str]) -> None:
    for piece in runs_of_words(name):
        needles.words.update(piece)
        if len(piece) > LENGTHS[-1]:
            needles.phrases[LENGTHS[-1]].update(_inner(piece, LENGTHS[-1]))
        elif len(piece) > 1 and sum(map(len, piece)) >= _SHORTEST_NAME:
            needles.phrases[len(piece)].add(hash(tuple(piece)))
