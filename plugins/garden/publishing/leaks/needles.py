"""What the leak gate looks for: words, names and passages of private sources, each with a number.

Words are looked for if they are long enough to give something away by themselves. A name (a title, file name, alias,
heading, tag, value of a property, or a line of two or three words) is looked for as a whole, and so is each folder together
with what is in it. In all other text, every four consecutive words are a passage. Only the hash of a passage is kept,
because a large vault has millions of them. A longer passage is the sequence of the numbers of its passages of four words,
so that each text has to be searched only once (`Trace`).

Numbers are assigned in the order of the sources, and hashes are made from the numbers of words, not from the words: the same
private sources give the same numbers and hashes in every process, so they can be remembered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

from garden.model.names import page_name, stem, without_ending
from garden.publishing.leaks.sources import Passage
from garden.publishing.leaks.traces import PASSAGE, Needle, PrivateNeedles, Trace
from garden.publishing.leaks.words import (
    ENDS,
    MARKS,
    PAUSE,
    SLASH,
    as_shown,
    plain_path,
    readable,
    runs_of_words,
    weight,
    words_of,
)

NAME_LENGTHS: Final = (2, 3, 4)
"""Lengths of names that are looked for as a whole, including marks of a pause."""

# The minimum number of letters of what is looked for; shorter ones are in any text.
_SHORTEST_WORD: Final = 4
_SHORTEST_CODE: Final = 6  # letters and digits in one word: what is shorter may be a number with a unit
_SHORTEST_NAME: Final = 4  # of two or three words together
_SHORTEST_NAME_OF_ONE_WORD: Final = 3
_SHORTEST_PATH: Final = 6  # of two parts of a path together
_SHORTEST_LINE: Final = 12  # of a line, or of a cell of a table, that counts as a name
_SHORTEST_TIME: Final = 8  # digits of a date with a time: fewer may be the number of a section
_SHORTEST_TIME_WITH_WORD: Final = 5  # the same with a word, as in "at 4.04.08"

_LONGEST_LINE: Final = 80  # the maximum number of characters of a line that counts as a name
_PAUSE: Final = 1  # the number of a pause in the vocabulary
_INDEX: Final = ["index"]  # the name of the file of each page
_TERM: Final = 40  # the number of letters after which the search index cuts a word
_HEADING: Final = re.compile(r"[ \t>]*#{1,6}[ \t]")
_TAG: Final = re.compile(r"(?:^|(?<=[\s,;(\[]))#[^\s#,;()\[\]]+")


class Occurrence(NamedTuple):
    """A needle in the words of a text: from `start` up to, but not including, `end`."""

    needle: Needle
    start: int
    end: int


@dataclass(slots=True)
class Needles:
    """The numbers of all words, names and passages of private sources.

    `words` has words, `phrases` has the hashes of names of two to four words by their length, `passages` has the hashes of
    passages. `names` are the numbers of those that are names, `count` is the number of all needles. `vocabulary` numbers
    each word in a name or passage, since hashes are made from these numbers; 0 stands for any other word.
    """

    vocabulary: dict[str, int] = field(default_factory=lambda: {PAUSE: 1, SLASH: 2})
    words: dict[str, Needle] = field(default_factory=dict)
    phrases: dict[int, dict[int, Needle]] = field(
        default_factory=lambda: {length: {} for length in NAME_LENGTHS}
    )
    passages: dict[int, Needle] = field(default_factory=dict)
    names: set[Needle] = field(default_factory=set)
    count: int = 0

    def add(self, passages: Iterable[Passage], files: Iterable[str] = ()) -> list[tuple[Needle, ...]]:
        """Number the needles of private sources and of the names of `files`.

        Return the runs of passages: the numbers of overlapping passages, one after the other.
        """
        runs: list[tuple[Needle, ...]] = []
        for passage in passages:
            for name in names_in(passage):
                self._add_name(name)
            self._add_path(without_ending(passage.path))
            for line in short_lines(passage.text):
                self._add_whole_name(line)
            text = readable(passage.text)
            for view in text_forms(text):
                every = words_of(view)
                for word in every:
                    self._add_word(word)
                runs += self._add_runs(every)
        for file in files:
            for part in file.split("/"):
                self._add_name(words_of(readable(part)))
            # A caption may be the file's name without its ending; a single word, such as "logo", is too common.
            caption = words_of(readable(file.rpartition("/")[2].rpartition(".")[0]))
            if len(caption) > 1:
                self._add_name(caption)
            self._add_path(file)
        return runs

    def trace(self, every: Sequence[str]) -> Trace:
        """Return the trace of a text, given as words."""
        singles = [self.words[word] for word in self.words.keys() & every]
        numbers = self._numbers_of(every)
        for length, known in self.phrases.items():
            if known:
                singles += [known[phrase] for phrase in known.keys() & hashes(numbers, length)]
        plain = [number for number in numbers if number != _PAUSE] if _PAUSE in numbers else numbers
        passages = list(hashes(plain, PASSAGE))
        if self.passages.keys().isdisjoint(passages):
            return Trace(frozenset(singles))
        runs: list[tuple[Needle, ...]] = []
        run: list[Needle] = []
        for needle in map(self.passages.get, passages):
            if needle is not None:
                run.append(needle)
            elif run:
                runs.append(tuple(run))
                run = []
        if run:
            runs.append(tuple(run))
        return Trace(frozenset(singles), tuple(dict.fromkeys(runs)))

    def occurrences(self, every: Sequence[str], wanted: PrivateNeedles) -> Iterator[Occurrence]:
        """Yield each occurrence of a wanted needle in a text, in the order of the text."""
        found: list[Occurrence] = []
        for at, word in enumerate(every):
            if word in self.words and self.words[word] in wanted.singles:
                found.append(Occurrence(self.words[word], at, at + 1))
        words = self._numbers_of(every)
        for length, known in self.phrases.items():
            for at, phrase in enumerate(hashes(words, length) if known else ()):
                if phrase in known and known[phrase] in wanted.singles:
                    found.append(Occurrence(known[phrase], at, at + length))
        places = [at for at, word in enumerate(words) if word != _PAUSE]
        plain = [words[at] for at in places]
        # -1 stands for anything that no private source has.
        numbers = [self.passages.get(phrase, -1) for phrase in hashes(plain, PASSAGE)]
        for at, number in enumerate(numbers):
            if number in wanted.singles:
                found.append(Occurrence(number, places[at], places[at + PASSAGE - 1] + 1))
            for length in wanted.lengths if number >= 0 else ():
                needle = wanted.long.get(tuple(numbers[at : at + length]))
                if needle is not None:
                    found.append(Occurrence(needle, places[at], places[at + length + PASSAGE - 2] + 1))
        return iter(sorted(found, key=lambda one: (one.start, -one.end)))

    def _numbers_of(self, every: Iterable[str]) -> list[int]:
        number = self.vocabulary.get
        return [number(word, 0) for word in every]

    def _hash(self, phrase: Iterable[str]) -> int:
        """Return the hash of a phrase; words that are new get a number."""
        return hash(tuple(map(self._vocabulary_number, phrase)))

    def _vocabulary_number(self, word: str) -> int:
        return self.vocabulary.setdefault(word, len(self.vocabulary) + 1)

    def _number(self, known: dict[Any, Needle], key: object) -> Needle:
        """Return the number of a needle, the next one if it is new."""
        needle = known.get(key)
        if needle is None:
            needle = known[key] = self.count
            self.count += 1
        return needle

    def _add_word(self, word: str) -> None:
        if is_telling(word):
            self._number(self.words, word)
            if len(word) > _TERM:  # as it is in the search index
                self._number(self.words, word[:_TERM])

    def _add_runs(self, every: Sequence[str]) -> Iterator[tuple[Needle, ...]]:
        """Number all passages, and yield runs of them. A passage needs two words of letters: numbers may be anything."""
        for piece in runs_of_words(every, ENDS):
            numbers = [self._vocabulary_number(word) for word in piece] if len(piece) >= PASSAGE else []
            is_word = [word.isalpha() for word in piece]
            run: list[Needle] = []
            for at, phrase in enumerate(hashes(numbers, PASSAGE)):
                if sum(is_word[at : at + PASSAGE]) > 1:
                    run.append(self._number(self.passages, phrase))
                elif run:
                    yield tuple(run)
                    run = []
            if run:
                yield tuple(run)

    def _add_name(self, name: Sequence[str]) -> None:
        """Number a name, its words, and its passages if it is longer than one."""
        for piece in _pieces_of_name(name):
            words = [word for word in piece if word != PAUSE]
            if len(words) == 1:
                if is_telling(words[0], _SHORTEST_NAME_OF_ONE_WORD) or _is_number(words):
                    self.names.add(self._number(self.words, words[0]))
                continue
            if _is_number(words) or (weight(words) >= _SHORTEST_NAME and not all(map(str.isdigit, words))):
                self._add_whole_name(piece)
            for at in range(len(words) - PASSAGE + 1):
                if _is_time(words[at : at + PASSAGE]):
                    self._number(self.passages, self._hash(words[at : at + PASSAGE]))
            for _ in self._add_runs(words):
                pass
            for word in words:
                self._add_word(word)

    def _add_path(self, path: str) -> None:
        """Number each folder of a path together with what is in it, as written and as in addresses.

        Of long names only the words beside the slash are used. The path without slashes, as it is in ids, is numbered by
        its passages, since shorter parts of it may be in any text.
        """
        for form in dict.fromkeys((path, plain_path(path))):
            parts = [_part_of_path(part) for part in form.split("/")]
            for folder, inner in pairwise(parts):
                words = [word for word in (*folder, *inner) if word != PAUSE]
                is_telling_pair = weight(words) >= _SHORTEST_PATH and any(map(str.isalpha, words))
                if folder and inner and is_telling_pair and inner != _INDEX:
                    after = inner[:2]
                    pair = (*folder[len(after) - 3 :], SLASH, *after)
                    self.names.add(self._number(self.phrases[len(pair)], self._hash(pair)))
        for _ in self._add_runs(plain_path(path).replace("/", " ").split()):
            pass

    def _add_whole_name(self, name: Sequence[str]) -> None:
        """Number a name with its pauses and without them, as it is in addresses."""
        words = [word for word in name if word != PAUSE]
        for form in (_without_pauses_around(name), words):
            if len(form) in self.phrases:
                self.names.add(self._number(self.phrases[len(form)], self._hash(form)))


def text_forms(text: str) -> Iterator[str]:
    """Yield a text as it is written, and then its lines with links or quotation marks as readers see them.

    There a link is only its display text, and a straight quotation mark does not end a sentence.
    """
    yield text
    if "](" in text or "]]" in text or '"' in text:
        lines = (line for line in text.split("\n") if "](" in line or "]]" in line or '"' in line)
        yield "\n".join(as_shown(line).replace('"', PAUSE) for line in lines)


def is_telling(word: str, shortest: int = _SHORTEST_WORD) -> bool:
    """Say whether a word can give something away by itself: numbers and words shorter than `shortest` are in any text."""
    if word.isalpha():
        return len(word) >= shortest
    letters = sum(map(str.isalpha, word))
    return len(word) >= _SHORTEST_CODE and letters >= 2


def names_in(passage: Passage) -> Iterator[list[str]]:
    """Yield the names in a note: the parts of its path, headings, tags, and the values of its properties and fields."""
    called = stem(passage.path)
    for part in dict.fromkeys((*passage.path.split("/")[:-1], called, page_name(called))):
        yield words_of(readable(part))
    is_front = passage.is_property
    for number, line in enumerate(passage.text.split("\n")):
        if line.rstrip() in ("---", "+++") and (number == 0 or is_front):
            is_front = number == 0
        elif is_front:
            for part in line.lstrip(" -").split(","):
                yield from (words_of(readable(side)) for side in part.split(":", 1))
        elif "::" in line:
            yield from (words_of(readable(side)) for side in line.split("::", 1))
        elif _HEADING.match(line):
            yield words_of(readable(line))
        elif "#" in line:
            for tag in _TAG.findall(line):
                yield words_of(readable(tag))


def short_lines(text: str) -> Iterator[list[str]]:
    """Yield the lines and table cells that have too few words for a passage, but enough letters for a name."""
    for line in text.split("\n"):
        for cell in as_shown(line).split("|") if "|" in line else (line,):
            if len(cell) <= _LONGEST_LINE and not cell.isspace() and "::" not in cell:
                every = words_of(readable(as_shown(cell)))
                words = [word for word in every if word not in MARKS]
                if 1 < len(words) < PASSAGE and weight(words) >= _SHORTEST_LINE and ENDS.isdisjoint(every):
                    yield every


def _part_of_path(part: str) -> list[str]:
    """Return the words of a part of a path, with the pauses between them."""
    return _without_pauses_around([word for word in words_of(readable(part)) if word not in ENDS])


def _without_pauses_around(words: Sequence[str]) -> list[str]:
    return " ".join(words).strip(f" {PAUSE}").split()


def hashes(found: Sequence[int], length: int) -> Iterator[int]:
    """Yield the hashes of all phrases of `length` words in a text, given as numbers of words."""
    return map(hash, zip(*(found[start:] for start in range(length)), strict=False))


def _pieces_of_name(name: Sequence[str]) -> Iterator[list[str]]:
    """Yield the pieces of a name that are looked for: those between ends, and then those between pauses, if it has any."""
    for ends in (ENDS, MARKS):
        piece: list[str] = []
        for word in (*name, SLASH):
            if word not in ends:
                piece.append(word)
                continue
            while piece and piece[0] == PAUSE:
                del piece[0]
            while piece and piece[-1] == PAUSE:
                del piece[-1]
            if piece:
                yield piece
            piece = []
        if PAUSE not in name:
            return


def _is_time(words: Sequence[str]) -> bool:
    """Say whether four words of a name are numbers of a date with a time, which is unlikely to be in another note."""
    digits = [len(word) for word in words if word.isdigit()]
    if len(digits) == PASSAGE:
        return sum(digits) >= _SHORTEST_TIME
    return len(digits) == PASSAGE - 1 and sum(digits) >= _SHORTEST_TIME_WITH_WORD


def _is_number(words: Sequence[str]) -> bool:
    """Say whether a name consists of digits, and has enough of them to be looked for."""
    return all(map(str.isdigit, words)) and sum(map(len, words)) >= _SHORTEST_CODE
