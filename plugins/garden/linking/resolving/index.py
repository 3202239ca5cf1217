"""The index of all names in a vault: which notes and files a link could lead to, whichever note the link is in.

It has every note, drafts included (PB-4: publishing never changes where a link leads), and every attachment. A lookup is a
dictionary access, independent of the size of the vault: all ends of a path from a component on are keys, so that `b/c` finds
`a/b/c.md` without a search.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple

from garden.linking.relation import Node
from garden.linking.resolving.near_names import NearNames
from garden.linking.resolving.resolution import Found
from garden.linking.sections import Sections
from garden.model.names import (
    FOLDER_PAGES,
    Folded,
    VaultPath,
    extension,
    fold,
    folder,
    is_note,
    is_view_file,
    media_kind,
    own_folder,
    stem,
    without_any_ending,
    without_ending,
)
from garden.model.note import Document
from garden.model.pickling import pickled_quickly

_NOTE = "note"
# French has a no-break space after an opening mark.
_QUOTES = re.compile('["“”„«»‘’‚‹›]\u00a0?')
_SEPARATORS = re.compile(r"[-_\s]+")


@pickled_quickly
class IndexEntry(NamedTuple):
    """A note or an attachment; `name` is its path in NFC, a note's without `.md`."""

    path: VaultPath
    name: str
    is_note: bool


class IndexMatch(NamedTuple):
    """The entry that a name means; `candidates` are the paths of all that it could mean, if there are several."""

    entry: IndexEntry
    candidates: tuple[VaultPath, ...] = ()
    by_alias: bool = False


class Index:
    """Notes and attachments by path, by the end of their path, and by alias.

    `pages` has the resolution of a plain link to each published note.
    """

    def __init__(self, documents: Mapping[VaultPath, Document], attachments: Iterable[VaultPath]) -> None:
        """Index all `documents`, drafts included, and the paths of all other files."""
        self.documents = documents
        self.pages: Mapping[VaultPath, Found] = _plain_resolutions(documents)
        # Paths are compared by fold, here and below.
        self._by_path: dict[str, list[IndexEntry]] = {}
        self._by_suffix: dict[str, list[IndexEntry]] = {}
        self._by_alias: dict[Folded, list[IndexEntry]] = {}
        self._anywhere: dict[str, IndexMatch | None] = {}  # the results of `anywhere`
        self._sections: dict[VaultPath, Sections] = {}  # the results of `sections`
        for path in sorted(documents):
            entry = IndexEntry(path, _nfc(without_any_ending(path)), is_note=True)
            self._add(entry)
            if not (is_note(path) or is_view_file(path)):
                # Links to a note of another format may contain its ending; that of Markdown is never part of a name.
                self._add(IndexEntry(path, _nfc(path), is_note=True))
            for alias in dict.fromkeys(map(_alias_key, documents[path].meta.aliases)):
                if alias:
                    self._by_alias.setdefault(alias, []).append(entry)
        for path in sorted(set(attachments)):
            # Pelican's own pages may be Markdown files, too, and links to them lack the ending.
            self._add(IndexEntry(path, _nfc(without_ending(path)), is_note=False))

    def candidates(self, path: str) -> Sequence[IndexEntry]:
        """Return all entries whose path ends with the components of `path`, compared by fold (WL-4)."""
        return self._by_suffix.get(_fold_path(path), ())

    def at(self, path: str, *, prefer_files: bool = False) -> IndexMatch | None:
        """Return the entry at exactly this path from the vault root (WL-6.2), compared by fold (WL-4).

        Of a note and an attachment with the same name it is the note, unless `prefer_files` (WL-5).
        """
        return _pick(self._by_path.get(_fold_path(path), ()), path, prefer_files)

    def anywhere(self, path: str, *, prefer_files: bool = False) -> IndexMatch | None:
        """Return the entry whose path ends with the components of `path` (WL-6.4)."""
        if prefer_files:
            return _pick(self.candidates(path), path, prefer_files)
        if path not in self._anywhere:
            self._anywhere[path] = _pick(self.candidates(path), path)
        return self._anywhere[path]

    def folder_at(self, path: str) -> IndexMatch | None:
        """Return the note that is the page of the folder at this path from the vault root (TI-3)."""
        entry = self._by_folder.get(_fold_path(path)) if path else None
        return entry and IndexMatch(entry)

    def folder_anywhere(self, path: str) -> IndexMatch | None:
        """Return the page of the folder whose path ends with the components of `path` (TI-3)."""
        return _shortest(self._by_folder_suffix.get(_fold_path(path), ()))

    def alias(self, name: str) -> IndexMatch | None:
        """Return the note that has `name` as an alias (WL-6.5)."""
        match = _shortest(self._by_alias.get(fold(name), ()))
        return match and match._replace(by_alias=True)

    @cached_property
    def _by_folder(self) -> dict[str, IndexEntry]:
        """The pages of folders; of several in one folder the one whose name comes first in FOLDER_PAGES."""
        found: dict[str, IndexEntry] = {}
        notes = (entry for entries in self._by_path.values() for entry in entries if entry.is_note)
        for entry in sorted((entry for entry in notes if own_folder(entry.path)), key=_folder_page_order):
            found.setdefault(_fold_path(_nfc(own_folder(entry.path))), entry)
        return found

    @cached_property
    def _by_folder_suffix(self) -> dict[str, list[IndexEntry]]:
        """The pages of folders by all ends of the folders' paths."""
        found: dict[str, list[IndexEntry]] = {}
        for path, entry in self._by_folder.items():
            suffix = path
            while suffix:
                found.setdefault(suffix, []).append(entry)
                suffix = suffix.partition("/")[2]
        return found

    def spelled_alike(self, name: str) -> IndexEntry | None:
        """Return the note whose stem, slug or title is `name`, where `-`, `_` and spaces are the same (PB-6).

        This is only for parents: other links do not match titles and slugs (WL-6).
        """
        return self._by_spelling.get(_spelling(name))

    @cached_property
    def _by_spelling(self) -> dict[Folded, IndexEntry]:
        """The notes by what all spellings of their stem, slug or title have in common."""
        notes = [entry for entries in self._by_path.values() for entry in entries if entry.is_note]
        notes.sort(key=lambda entry: (len(entry.path), entry.path))
        found: dict[Folded, IndexEntry] = {}
        # Any stem goes before any slug, and that before any title.
        for name_of in (_stem_of, self._slug_of, self._title_of):
            for entry in notes:
                found.setdefault(_spelling(name_of(entry)), entry)
        found.pop(_spelling(""), None)
        return found

    def _slug_of(self, entry: IndexEntry) -> str:
        return self.documents[entry.path].meta.slug

    def _title_of(self, entry: IndexEntry) -> str:
        return self.documents[entry.path].title

    @classmethod
    def of_tables(
        cls, documents: Mapping[VaultPath, Document], tables: Mapping[str, Mapping[Any, list[IndexEntry]]]
    ) -> "Index":
        """Return the index of notes from the `tables` of one that has been stored."""
        found = cls({}, ())
        vars(found).update(tables, documents=documents, pages=_Pages(documents))
        return found

    @property
    def tables(self) -> dict[str, Mapping[Any, list[IndexEntry]]]:
        """All tables by the names of their attributes: what has to be stored for `of_tables`."""
        return {"_by_path": self._by_path, "_by_suffix": self._by_suffix, "_by_alias": self._by_alias}

    def among(self, documents: Mapping[VaultPath, Document], *, restated: bool = False) -> "Index":
        """Return the index of the same notes with other texts; their paths and aliases must be as before.

        Their titles, slugs and statuses must be, too, unless `restated`.
        """
        other = copy(self)
        vars(other).update(documents=documents, _sections={})
        # `vars` has a cached property only once that has been computed.
        for near in vars(self).get("_near", {}).values():
            near.restore_budget()
        if restated:
            other.pages = _plain_resolutions(documents)
            vars(other).pop("_by_spelling", None)
        return other

    def forget_sections(self, path: VaultPath) -> None:
        """Forget the `sections` of a note, since its Document in `documents` has changed."""
        self._sections.pop(path, None)

    def sections(self, path: VaultPath) -> Sections:
        """Return the headings and blocks of a note by name; they are indexed on the first call."""
        if path not in self._sections:
            self._sections[path] = Sections(self.documents[path])
        return self._sections[path]

    def suggestion(self, path: str, source: VaultPath) -> str:
        """Return the name that the unresolved `path` in the note `source` is probably meant for, empty when none is near.

        It is a name of the same kind: of a note for a note, of an image for an image.
        """
        name, kind = path.rpartition("/")[2], self._kind(path)
        elsewhere = self.anywhere(name)  # the folder may be wrong, and the name right
        if elsewhere and self._kind_of(elsewhere.entry) == kind:
            return elsewhere.entry.name
        names = self._near.get(kind)
        return names.nearest(name, folder(source)) if names else ""

    @cached_property
    def _near(self) -> dict[str, NearNames]:
        """The names of each kind of file, with their folders, for suggestions."""
        names: dict[str, list[tuple[str, str]]] = {_NOTE: []}
        for entries in self._by_path.values():
            for entry in entries:
                name = entry.name.rpartition("/")[2]
                names.setdefault(self._kind_of(entry), []).append((name, folder(entry.path)))
        for path, document in self.documents.items():
            names[_NOTE] += [(alias, folder(path)) for alias in document.meta.aliases]
        return {kind: NearNames(found) for kind, found in names.items()}

    def _kind(self, path: str) -> str:
        """Return the kind of file that a name asks for: a medium, another kind that exists in the vault, or else a note."""
        return media_kind(path) or (extension(path) if extension(path) in self._extensions else _NOTE)

    def _kind_of(self, entry: IndexEntry) -> str:
        return _NOTE if entry.is_note else media_kind(entry.path) or extension(entry.path)

    @cached_property
    def _extensions(self) -> frozenset[str]:
        """The extensions of all attachments."""
        entries = (entry for entries in self._by_path.values() for entry in entries)
        return frozenset(extension(entry.path) for entry in entries if not entry.is_note)

    def _add(self, entry: IndexEntry) -> None:
        """Add an entry to the tables of paths, under its path and all ends of it."""
        folded = _fold_path(entry.name)
        self._by_path.setdefault(folded, []).append(entry)
        suffix = folded
        while suffix:
            self._by_suffix.setdefault(suffix, []).append(entry)
            suffix = suffix.partition("/")[2]


def _plain_resolutions(documents: Mapping[VaultPath, Document]) -> dict[VaultPath, Found]:
    """Return the resolution of a plain link to each published note."""
    return {path: Found(Node("note", path)) for path, document in documents.items() if document.published}


class _Pages(Mapping[VaultPath, Found]):
    """The resolutions of plain links to published notes, created on demand."""

    def __init__(self, documents: Mapping[VaultPath, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: VaultPath) -> Found:
        if not self._documents[path].published:
            raise KeyError(path)
        return Found(Node("note", path))

    def __iter__(self) -> Iterator[VaultPath]:
        return (path for path, document in self._documents.items() if document.published)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _pick(entries: Sequence[IndexEntry], written: str, prefer_files: bool = False) -> IndexMatch | None:
    """Choose among entries that are equal by fold: an exact match first (WL-4), then a note, or a file for an embed (WL-5)."""
    if len(entries) > 1 and prefer_files:
        entries = [entry for entry in entries if not entry.is_note] or entries
    if len(entries) > 1:
        name = _nfc(written)
        exact = [entry for entry in entries if entry.name == name or entry.name.endswith("/" + name)]
        entries = exact or entries
        entries = [entry for entry in entries if entry.is_note] or entries
    return _shortest(entries)


def _shortest(entries: Sequence[IndexEntry]) -> IndexMatch | None:
    """Choose the shortest path, then the first in code-point order, with all of them as candidates (WL-6.4)."""
    if len(entries) < 2:
        return IndexMatch(entries[0]) if entries else None
    ordered = sorted(entries, key=lambda entry: (len(entry.path), entry.path))
    return IndexMatch(ordered[0], tuple(entry.path for entry in ordered))


def _folder_page_order(entry: IndexEntry) -> tuple[int, int, str]:
    """Return the sort key of the page of a folder: by precedence of its name, then by path."""
    return FOLDER_PAGES.index(fold(stem(entry.path))), len(entry.path), entry.path


def _fold_path(path: str) -> str:
    return "/".join(map(fold, path.split("/"))) if "/" in path else fold(path)


def _alias_key(alias: str) -> Folded:
    """Return the key of an alias, without an ending such as `.md`, which is ignored in a link, too (WL-3)."""
    return fold(without_ending(alias.strip()))


def _spelling(name: str) -> Folded:
    """Return what all spellings of a name have in common, with `-`, `_` or spaces and any kind of quotation marks."""
    # Titles have typographic punctuation (FT-8), names are as typed.
    return fold(_SEPARATORS.sub(" ", _QUOTES.sub("'", name)))


def _stem_of(entry: IndexEntry) -> str:
    return entry.name.rpartition("/")[2]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
