"""Groups the listed notes by tag, category and author (TG)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from garden.linking.relation import NoteGroup
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document


class NoteGroups(Struct, frozen=True):
    """The tags, categories and authors of a vault, each by fold."""

    tags: Mapping[Folded, NoteGroup]
    categories: Mapping[Folded, NoteGroup]
    authors: Mapping[Folded, NoteGroup]

    @property
    def names(self) -> list[tuple[Folded, str]]:
        """The keys and names of all groups: tags, categories, authors."""
        return [
            (key, entry.name)
            for entries in (self.tags, self.categories, self.authors)
            for key, entry in entries.items()
        ]


def facts_of_groups(document: Document) -> tuple[object, ...]:
    """Return everything in a note that the groups depend on."""
    meta = document.meta
    tags = [tag.name for tag in document.tags]
    return document.published, document.listed, tags, meta.category, meta.authors


def collect_groups(documents: Sequence[Document]) -> NoteGroups:
    """Return the groups of the published `documents`, which are in path order."""
    return NoteGroups(collect_tags(documents), collect_categories(documents), collect_authors(documents))


def collect_tags(documents: Iterable[Document]) -> dict[Folded, NoteGroup]:
    """Return the tags of the published `documents` and the tags they are nested in, by fold (TG-4).

    `documents` are in path order; a tag is shown in the spelling that comes first (TG-3). A tag that only hidden notes have
    gets an entry without notes, since their pages link to it.
    """
    groups = _Groups()
    for document in documents:
        for tag in document.tags:
            for name in lineage(tag.name):
                groups.add(document, name, written=name == tag.name)
    return groups.entries()


def collect_categories(documents: Iterable[Document]) -> dict[Folded, NoteGroup]:
    """Return the categories of the published `documents`, which are in path order, by fold."""
    groups = _Groups()
    for document in documents:
        groups.add(document, document.meta.category)
    return groups.entries()


def collect_authors(documents: Iterable[Document]) -> dict[Folded, NoteGroup]:
    """Return the authors of the published `documents`, which are in path order, by fold."""
    groups = _Groups()
    for document in documents:
        for author in document.meta.authors:
            groups.add(document, author)
    return groups.entries()


class _Groups:
    """Listed notes by fold of a name, with the first spelling of that name."""

    def __init__(self) -> None:
        self._names: dict[Folded, str] = {}  # the first spelling
        self._written: dict[Folded, str] = {}  # the first that is not only part of a nested tag
        self._notes: dict[Folded, dict[VaultPath, None]] = {}

    def add(self, document: Document, name: str, *, written: bool = True) -> None:
        """Add a note to the group of a name; `written` says that the note has that very name, and not one nested in it."""
        key = fold(name)
        if not key:
            return
        self._names.setdefault(key, name)
        if written:
            self._written.setdefault(key, name)
        notes = self._notes.setdefault(key, {})
        if document.listed:
            notes[document.path] = None

    def entries(self) -> dict[Folded, NoteGroup]:
        """Return all groups in the order of their keys."""
        names = self._names | self._written
        return {key: NoteGroup(key, names[key], tuple(self._notes[key])) for key in sorted(names)}


def lineage(name: str) -> Iterator[str]:
    """Yield the tags that a tag is nested in, and then itself: `a`, `a/b`, `a/b/c` for `a/b/c`."""
    at = name.find("/", 1)
    while at != -1:
        if name[at - 1] != "/":
            yield name[:at]
        at = name.find("/", at + 1)
    yield name
