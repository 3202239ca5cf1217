"""Which notes ask for which names, so that a change of names only concerns the notes that ask for one of them.

A name is compared more roughly here than anywhere else: whatever a reference may match (a path, an alias, the page of a folder, a
parent in another spelling, a hub) has the same last component in the same letters. So nothing that a change may concern is missed,
and a note that is asked once too often only gets the same answer again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, NewType

from msgspec import Struct

from garden.model.names import VaultPath, fold, own_folder, without_any_ending, without_ending
from garden.model.note import Document

NameKey = NewType("NameKey", str)
"""The last component of a name without case, separators, and quotation marks."""

_PASSED_OVER: Final = re.compile("[-_\\s'\"“”„«»‘’‚‹›]")

ANYTHING: Final = NameKey("")
"""What a reference asks for whose last component is no name, such as `..` or `{tag}x`."""


@lru_cache(maxsize=65536)
def name_key(name: str) -> NameKey:
    """Return the key of a name or path."""
    last = without_ending(fold(name.rpartition("/")[2]))
    return NameKey(_PASSED_OVER.sub("", last))


class AskedNames(Struct, frozen=True):
    """The notes that ask for each name; too many do no harm."""

    askers: Mapping[NameKey, tuple[VaultPath, ...]]

    def concerned(self, names: AbstractSet[NameKey]) -> Iterator[VaultPath]:
        """Yield the notes for which another answer is possible once these names mean something else, some repeatedly."""
        if names:
            for name in (ANYTHING, *names):
                yield from self.askers.get(name, ())

    def with_notes(self, documents: Iterable[Document]) -> "AskedNames":
        """Return what is asked when these notes are new, or have changed."""
        new: dict[NameKey, list[VaultPath]] = {}
        for document in documents:
            for name in _asked_by(document):
                if document.path not in self.askers.get(name, ()):
                    new.setdefault(name, []).append(document.path)
        return AskedNames(
            {**self.askers, **{name: (*self.askers.get(name, ()), *paths) for name, paths in new.items()}}
        )


def asked_names(documents: Iterable[Document]) -> AskedNames:
    """Return what notes ask for."""
    found: dict[NameKey, list[VaultPath]] = {}
    for document in documents:
        for name in _asked_by(document):
            found.setdefault(name, []).append(document.path)
    return AskedNames({name: tuple(paths) for name, paths in found.items()})


def _asked_by(document: Document) -> Iterable[NameKey]:
    """Return the names that the references of a note ask for, each once, except the note's own."""
    return dict.fromkeys(_asked(path) for ref in document.refs if (path := ref.target.path))


def _asked(path: str) -> NameKey:
    name = path.rstrip("/").rpartition("/")[2].strip()
    # Of Pelican's own links some ask for no note at all, and a path may end above where it begins.
    return ANYTHING if path[0] in "{|" or name in ("", ".", "..") else name_key(name)


def names_that_differ(before: Document | None, after: Document | None) -> frozenset[NameKey]:
    """Return the names that may mean something else once one state of a note has taken the place of another; None is no note."""
    one, other = (_names(document) if document else frozenset() for document in (before, after))
    if before is None or after is None or _parts(before) != _parts(after):
        return frozenset(key for _, key in one | other)
    return frozenset(key for _, key in one ^ other)


def file_names(path: VaultPath) -> tuple[NameKey, NameKey]:
    """Return the names of an attachment."""
    return name_key(path), NameKey(_PASSED_OVER.sub("", fold(path.rpartition("/")[2])))


def _names(document: Document) -> frozenset[tuple[str, NameKey]]:
    """Return the names of a note, each with what it is: of several notes the kind of name decides which is meant."""
    path, meta = document.path, document.meta
    named = [("path", path), ("path", without_any_ending(path)), ("folder", own_folder(path))]
    named += [("slug", meta.slug), ("title", document.title), *(("alias", alias) for alias in meta.aliases)]
    return frozenset((kind, name_key(name)) for kind, name in named if name)


def _parts(document: Document) -> tuple[object, ...]:
    """Return what of a note, besides its names, the answers to references to it depend on."""
    return document.published, document.headings, document.blocks, document.raw_ids, document.view
