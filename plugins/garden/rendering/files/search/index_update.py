"""Updates the index of the search that is in the output after changes of a few notes; `index` says what is in its files.

As long as the same notes are in the index, only the parts with changed words are read and written again. If a note is new or
gone, all parts are: they have the places of notes, which move.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from garden.model import routes
from garden.model.names import SaveAs, VaultPath
from garden.model.pages.page import Artifact
from garden.rendering.files.search.index import index_file, notes_files, words_file
from garden.rendering.files.search.words import (
    WordParts,
    changed_weights,
    entry_of,
    places_with_weights,
    shift_places,
    shifts,
    weights_by_place,
    word_rank,
)

_Touched = dict[int, dict[str, list[int]]]
"""The entries of words in the parts that may change, by the number of the part and by word."""


class _Part(NamedTuple):
    """A part of the words: a new one has a content, one that is in the output a number."""

    first: str
    content: bytes | None = None
    number: int = -1


class IndexUpdate:
    """An index in the output and what changes in it; `paths` are the notes that it has, in order.

    `content` returns the content of a file, `content_hash` its SHA-256 in hexadecimal.
    """

    def __init__(
        self,
        paths: Sequence[VaultPath],
        content: Callable[[SaveAs], bytes],
        content_hash: Callable[[SaveAs], str],
    ) -> None:
        self._paths = paths
        self._content = content
        self._hash = content_hash
        self._index = json.loads(content(SaveAs(routes.SEARCH_INDEX)))
        self._parts = [_Part(first, None, number) for number, first in enumerate(self._index["words"])]

    @property
    def files(self) -> tuple[SaveAs, ...]:
        """The names of all files of the index, after the changes."""
        return (*map(words_file, range(len(self._parts))), *self._others(), SaveAs(routes.SEARCH_INDEX))

    def with_terms(self, changed: Iterable[tuple[VaultPath, str, str]]) -> Iterator[Artifact]:
        """Yield the files that differ after changes of the terms (`Body.terms`) of some notes, given before and after."""
        touched: _Touched = {}
        self._change(touched, self._paths, changed)
        if touched:
            self._parts = list(self._cut_again(touched))
            yield from self._files()

    def words(
        self, paths: Sequence[VaultPath], changed: Iterable[tuple[VaultPath, str, str]]
    ) -> list[tuple[str, bytes]]:
        """Return the parts of all words, each with its first word, for an index that has the notes `paths`.

        `changed` are notes with other terms, given before and after: empty where a note is not in the index.
        """
        touched: _Touched = {}
        changes = list(changed)
        if tuple(paths) == tuple(self._paths):
            self._change(touched, paths, changes)
        else:
            # First change and remove what is there, with the places that notes have had; then move all places; then add
            # what is new.
            touched = {number: self._words(number) for number in range(max(1, len(self._parts)))}
            known, wanted = frozenset(self._paths), frozenset(paths)
            of_known = [change for change in changes if change[0] in known]
            self._change(
                touched,
                self._paths,
                ((path, before, after if path in wanted else "") for path, before, after in of_known),
            )
            moved = shifts(self._paths, paths)
            for entries in touched.values():
                for numbers in entries.values():
                    shift_places(numbers, moved)
            of_new = [change for change in changes if change[0] in wanted - known]
            self._change(touched, paths, ((path, "", after) for path, _, after in of_new))
        return [
            (part.first, self._content(words_file(part.number)) if part.content is None else part.content)
            for part in (self._cut_again(touched) if touched else self._parts)
        ]

    def _change(
        self, touched: "_Touched", paths: Sequence[VaultPath], changed: Iterable[tuple[VaultPath, str, str]]
    ) -> None:
        """Change the entries of words that some notes have gained or lost; their places are those in `paths`."""
        ranks = [word_rank(part.first) for part in self._parts]
        for path, before, after in changed:
            place = bisect_left(paths, path)
            for word, weight in changed_weights(before, after):
                number = max(0, bisect_right(ranks, word_rank(word)) - 1)
                if number not in touched:
                    touched[number] = self._words(number)
                weights = weights_by_place(touched[number].get(word, ()))
                weights.pop(place, None)
                if weight is not None:
                    weights[place] = weight
                touched[number][word] = places_with_weights(weights)

    def _cut_again(self, touched: _Touched) -> Iterator[_Part]:
        """Yield the parts of all words, in which touched ones are cut again.

        A touched part may have grown or shrunk, so the parts after it are cut again, too, until one ends where one has
        ended before.
        """
        number = 0
        while number < max(1, len(self._parts)):
            if number not in touched:
                yield self._parts[number]
                number += 1
                continue
            parts = WordParts()
            while not parts.is_complete or number in touched:
                entries = touched.get(number) or self._words(number)
                for word in sorted((word for word in entries if entries[word]), key=word_rank):
                    parts.add(word, entry_of(word, entries[word]))
                number += 1
                if number >= len(self._parts):
                    break
            yield from (_Part(first, content) for first, content in parts)

    def _files(self) -> Iterator[Artifact]:
        """Yield the parts that are new or have another number, and the file that lists all parts."""
        hashes = []
        for number, part in enumerate(self._parts):
            if part.number == number:  # it stays as it is
                hashes.append(self._hash(words_file(number)))
                continue
            content = self._content(words_file(part.number)) if part.content is None else part.content
            hashes.append(sha256(content).hexdigest())
            yield Artifact(words_file(number), content)
        hashes += map(self._hash, self._others())
        self._index["words"] = [part.first for part in self._parts]
        yield index_file(self._index, hashes)

    def _others(self) -> Iterator[SaveAs]:
        """Yield the names of the files that do not have words."""
        yield from notes_files(self._index["notes"])
        yield from (SaveAs(f"{routes.SEARCH_FOLDER}/{group}.json") for group in self._index["filters"])

    def _words(self, number: int) -> dict[str, list[int]]:
        """Return the entries of a part that is in the output."""
        found: dict[str, list[int]] = json.loads(self._content(words_file(number))) if self._parts else {}
        return found
