"""The index of the search as it stands in the output, in which the words of a few notes change.

Only the parts with those words are read and written again, as long as the same notes take part: their places are in all parts.
`index` says what is in the files.
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
"""The words of parts that have been read, by the numbers of the parts: each with the numbers of its entry."""


class _Part(NamedTuple):
    """A part of the words: its content, or the number under which it stands."""

    first: str
    content: bytes | None = None
    number: int = -1


class StandingSearch:
    """The files of an index that stand in the output; `paths` are the notes that take part, in order.

    `content` gives the content of a file, `content_hash` its SHA-256 in hexadecimal.
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
        """All files of the index as it is now."""
        return (*map(words_file, range(len(self._parts))), *self._others(), SaveAs(routes.SEARCH_INDEX))

    def with_terms(self, changed: Iterable[tuple[VaultPath, str, str]]) -> Iterator[Artifact]:
        """Yield the files that differ once some notes have got other terms (`Body.terms`), given before and after."""
        touched: _Touched = {}
        self._change(touched, self._paths, changed)
        if touched:
            self._parts = list(self._cut_again(touched))
            yield from self._files()

    def words(
        self, paths: Sequence[VaultPath], changed: Iterable[tuple[VaultPath, str, str]]
    ) -> list[tuple[str, bytes]]:
        """Return the parts of all words, each with its first word, once the notes `paths` take part.

        `changed` are notes with other terms, given before and after: empty for one that takes no part.
        """
        touched: _Touched = {}
        changes = list(changed)
        if tuple(paths) == tuple(self._paths):
            self._change(touched, paths, changes)
        else:
            touched = {number: self._words(number) for number in range(max(1, len(self._parts)))}
            new = frozenset(paths)
            known = frozenset(self._paths)
            self._change(
                touched,
                self._paths,
                ((path, one, other if path in new else "") for path, one, other in changes if path in known),
            )
            moved = shifts(self._paths, paths)
            for entries in touched.values():
                for numbers in entries.values():
                    shift_places(numbers, moved)
            self._change(
                touched, paths, ((path, "", other) for path, _, other in changes if path in new - known)
            )
        return [
            (part.first, self._content(words_file(part.number)) if part.content is None else part.content)
            for part in (self._cut_again(touched) if touched else self._parts)
        ]

    def _change(
        self, touched: "_Touched", paths: Sequence[VaultPath], changed: Iterable[tuple[VaultPath, str, str]]
    ) -> None:
        """Change the entries of words that some notes have got, or have no longer, their places being those in `paths`."""
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
        """Yield the parts of all words; those that are touched, and what follows until a part ends where one has ended."""
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
        hashes = []
        for number, part in enumerate(self._parts):
            if part.number == number:
                hashes.append(self._hash(words_file(number)))
                continue
            content = self._content(words_file(part.number)) if part.content is None else part.content
            hashes.append(sha256(content).hexdigest())
            yield Artifact(words_file(number), content)
        hashes += map(self._hash, self._others())
        self._index["words"] = [part.first for part in self._parts]
        yield index_file(self._index, hashes)

    def _others(self) -> Iterator[SaveAs]:
        yield from notes_files(self._index["notes"])
        yield from (SaveAs(f"{routes.SEARCH_FOLDER}/{group}.json") for group in self._index["filters"])

    def _words(self, number: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = json.loads(self._content(words_file(number))) if self._parts else {}
        return found
