"""Which notes refer to which names, so that after a change of names only the references to one of them are resolved again.

Names are compared more roughly here than anywhere else, by the letters of their last component: whatever a reference may
match (a path, an alias, the page of a folder, a parent in another spelling, a hub) agrees in these. So no note is missed
that a change may affect; a note too many is only resolved again with the same result.
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
"""The key of a reference whose last component is not a name, such as `..` or `{tag}x`: any change may affect it."""


@lru_cache(maxsize=65536)
def name_key(name: str) -> NameKey:
    """Return the key of a name or path."""
    last = without_ending(fold(name.rpartition("/")[2]))
    return NameKey(_PASSED_OVER.sub("", last))


class ReferringNotes(Struct, frozen=True):
    """The notes that refer to each name; notes too many do no harm."""

    by_name: Mapping[NameKey, tuple[VaultPath, ...]]

    def concerned(self, names: AbstractSet[NameKey]) -> Iterator[VaultPath]:
        """Yield the notes with references that may resolve differently once these names have changed, some repeatedly."""
        if names:
            for name in (ANYTHING, *names):
                yield from self.by_name.get(name, ())

    def with_notes(self, documents: Iterable[Document]) -> "ReferringNotes":
        """Return these with new or changed notes added."""
        new: dict[NameKey, list[VaultPath]] = {}
        for document in documents:
            for name in _names_in(document):
                if document.path not in self.by_name.get(name, ()):
                    new.setdefault(name, []).append(document.path)
        return ReferringNotes(
            {**self.by_name, **{name: (*self.by_name.get(name, ()), *paths) for name, paths in new.items()}}
        )


def referring_notes(documents: Iterable[Document]) -> ReferringNotes:
    """Return which notes refer to which names."""
    found: dict[NameKey, list[VaultPath]] = {}
    for document in documents:
        for name in _names_in(document):
            found.setdefault(name, []).append(document.path)
    return ReferringNotes({name: tuple(paths) for name, paths in found.items()})


def _names_in(document: Document) -> Iterable[NameKey]:
    """Return the names that a note refers to, each once; a reference to the note itself, such as `[[#Heading]]`, has none."""
    return dict.fromkeys(_name_in(path) for ref in document.refs if (path := ref.target.path))


def _name_in(path: str) -> NameKey:
    """Return the key of the name that the path of a reference ends with."""
    name = path.rstrip("/").rpartition("/")[2].strip()
    # Some of Pelican's own links, such as `{tag}x`, name no note, and neither does the end of a path such as `a/..`.
    return ANYTHING if path[0] in "{|" or name in ("", ".", "..") else name_key(name)


def names_that_differ(before: Document | None, after: Document | None) -> frozenset[NameKey]:
    """Return the names that may mean something else after a note has changed; None is a note that does not exist."""
    one, other = (_names(document) if document else frozenset() for document in (before, after))
    if before is None or after is None or _parts(before) != _parts(after):
        return frozenset(key for _, key in one | other)
    return frozenset(key for _, key in one ^ other)


def file_names(path: VaultPath) -> tuple[NameKey, NameKey]:
    """Return the keys of an attachment's name, without and with its ending."""
    return name_key(path), NameKey(_PASSED_OVER.sub("", fold(path.rpartition("/")[2])))


def _names(document: Document) -> frozenset[tuple[str, NameKey]]:
    """Return the names of a note, each with its kind, which decides between several notes of one name."""
    path, meta = document.path, document.meta
    named = [("path", path), ("path", without_any_ending(path)), ("folder", own_folder(path))]
    named += [("slug", meta.slug), ("title", document.title), *(("alias", alias) for alias in meta.aliases)]
    return frozenset((kind, name_key(name)) for kind, name in named if name)


def _parts(document: Document) -> tuple[object, ...]:
    """Return everything in a note, besides its names, that the resolutions of references to it depend on."""
    return document.published, document.headings, document.blocks, document.raw_ids, document.view
