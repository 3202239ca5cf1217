"""The whole vault by name: what a target could mean, without saying from where it is meant.

Holds every note, drafts too (PB-4: publishing never changes where a link leads), and every
attachment. Each lookup is a dictionary access, whatever the vault's size: all suffixes of a
path on component boundaries are keys, so that `b/c` finds `a/b/c.md` without a search.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from garden.linking.near_names import NearNames
from garden.linking.relation import Node
from garden.linking.resolution import Found
from garden.linking.sections import Sections
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document

_SEPARATORS = re.compile(r"[-_\s]+")
_MD = re.compile(r"\.md$", re.IGNORECASE)


class IndexEntry(NamedTuple):
    """A note or an attachment; `name` is its path in NFC, a note's without `.md`."""

    path: VaultPath
    name: str
    is_note: bool


class IndexMatch(NamedTuple):
    """The entry that answers to a name; `candidates` are all that do, when there are several."""

    entry: IndexEntry
    candidates: tuple[VaultPath, ...] = ()
    by_alias: bool = False


class Index:
    """Notes and attachments by path, by the end of their path, and by alias.

    `pages` has the answer to a plain link to each published note.
    """

    def __init__(self, documents: Mapping[VaultPath, Document], attachments: Iterable[VaultPath]) -> None:
        """Index all `documents`, drafts included, and the paths of all other files."""
        self.documents = documents
        self.pages = {
            path: Found(Node("note", path)) for path, document in documents.items() if document.published
        }
        self._by_path: dict[str, list[IndexEntry]] = {}
        self._by_suffix: dict[str, list[IndexEntry]] = {}
        self._by_alias: dict[Folded, list[IndexEntry]] = {}
        self._anywhere: dict[str, IndexMatch | None] = {}
        self._sections: dict[VaultPath, Sections] = {}
        for path in sorted(documents):
            entry = IndexEntry(path, _nfc(_MD.sub("", path)), is_note=True)
            self._add(entry)
            for alias in dict.fromkeys(map(_alias_key, documents[path].meta.aliases)):
                if alias:
                    self._by_alias.setdefault(alias, []).append(entry)
        for path in sorted(set(attachments)):
            self._add(IndexEntry(path, _nfc(path), is_note=False))

    def candidates(self, path: str) -> Sequence[IndexEntry]:
        """Return all whose path ends with `path` on a component boundary, compared by fold (WL-4)."""
        return self._by_suffix.get(_fold_path(path), ())

    def at(self, path: str) -> IndexMatch | None:
        """Return what lies at this very path from the vault root (WL-6.2), compared by fold (WL-4)."""
        return _pick(self._by_path.get(_fold_path(path), ()), path)

    def anywhere(self, path: str) -> IndexMatch | None:
        """Return what has a path that ends with `path` on a component boundary (WL-6.4)."""
        if path not in self._anywhere:
            self._anywhere[path] = _pick(self.candidates(path), path)
        return self._anywhere[path]

    def alias(self, name: str) -> IndexMatch | None:
        """Return the note that has `name` as an alias (WL-6.5)."""
        match = _shortest(self._by_alias.get(fold(name), ()))
        return match and match._replace(by_alias=True)

    def spelled_alike(self, name: str) -> IndexEntry | None:
        """Return the note whose stem, slug or title is `name` with `-`, `_` and blanks alike (PB-6).

        Only parents are found so: titles and slugs are not what a link matches (WL-6).
        """
        return self._by_spelling.get(_spelling(name))

    @cached_property
    def _by_spelling(self) -> dict[Folded, IndexEntry]:
        notes = [entry for entries in self._by_path.values() for entry in entries if entry.is_note]
        notes.sort(key=lambda entry: (len(entry.path), entry.path))
        found: dict[Folded, IndexEntry] = {}
        for name_of in (_stem_of, self._slug_of, self._title_of):
            for entry in notes:
                found.setdefault(_spelling(name_of(entry)), entry)
        found.pop(_spelling(""), None)
        return found

    def _slug_of(self, entry: IndexEntry) -> str:
        return self.documents[entry.path].meta.slug

    def _title_of(self, entry: IndexEntry) -> str:
        return self.documents[entry.path].title

    def sections(self, path: VaultPath) -> Sections:
        """Return the headings and blocks of a note, made ready for lookup once."""
        if path not in self._sections:
            self._sections[path] = Sections(self.documents[path])
        return self._sections[path]

    def suggestion(self, path: str) -> str:
        """Return the name that an unresolved `path` may have been meant for, empty when none is near."""
        elsewhere = self.anywhere(path.rpartition("/")[2])
        return elsewhere.entry.name if elsewhere else self._near.nearest(path.rpartition("/")[2])

    @cached_property
    def _near(self) -> NearNames:
        return NearNames(self._names())

    def _names(self) -> Iterator[str]:
        for entries in self._by_path.values():
            for entry in entries:
                yield entry.name.rpartition("/")[2]
        for document in self.documents.values():
            yield from document.meta.aliases

    def _add(self, entry: IndexEntry) -> None:
        folded = _fold_path(entry.name)
        self._by_path.setdefault(folded, []).append(entry)
        suffix = folded
        while suffix:
            self._by_suffix.setdefault(suffix, []).append(entry)
            suffix = suffix.partition("/")[2]


def _pick(entries: Sequence[IndexEntry], written: str) -> IndexMatch | None:
    """Choose among equals by fold: an exact match first (WL-4), then a note (WL-5)."""
    if len(entries) > 1:
        name = _nfc(written)
        ending = "/" + name
        entries = [e for e in entries if e.name == name or e.name.endswith(ending)] or entries
        entries = [e for e in entries if e.is_note] or entries
    return _shortest(entries)


def _shortest(entries: Sequence[IndexEntry]) -> IndexMatch | None:
    """Choose the shortest path, then the first in code-point order, and name the others (WL-6.4)."""
    if len(entries) < 2:
        return IndexMatch(entries[0]) if entries else None
    ordered = sorted(entries, key=lambda entry: (len(entry.path), entry.path))
    return IndexMatch(ordered[0], tuple(entry.path for entry in ordered))


def _fold_path(path: str) -> str:
    return "/".join(map(fold, path.split("/"))) if "/" in path else fold(path)


def _alias_key(alias: str) -> Folded:
    """Drop `.md`, which is not significant in a target either (WL-3)."""
    return fold(_MD.sub("", alias.strip()))


def _spelling(name: str) -> Folded:
    return fold(_SEPARATORS.sub(" ", name))


def _stem_of(entry: IndexEntry) -> str:
    return entry.name.rpartition("/")[2]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
