"""The differences between two states of a vault, from which linking decides what it has to do again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from msgspec import Struct

from garden.linking.resolving.referring_notes import NameKey, file_names, names_that_differ
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Document

Key = TypeVar("Key")
Value = TypeVar("Value")

NotesByPath = Mapping[VaultPath, Document]


class VaultChanges(Struct, frozen=True):
    """The notes that have changed, and the names that may mean something else."""

    before: NotesByPath
    """All notes before the changes."""
    after: NotesByPath
    """All notes after the changes."""
    paths: frozenset[VaultPath]
    """The paths of changed, new and deleted notes."""
    names: frozenset[NameKey]
    """The names of those notes and of new and deleted files that references may now resolve differently."""
    renamed: bool
    """Whether names have changed by which links find notes and files, and not only statuses, titles, slugs or parts."""

    @property
    def pairs(self) -> Iterator[tuple[Document | None, Document | None]]:
        """Each changed note before and after, None where it does not exist."""
        return ((self.before.get(path), self.after.get(path)) for path in sorted(self.paths))

    def differ(self, facts: Callable[[Document], object]) -> bool:
        """Say whether a changed note differs in what `facts` returns; every new or deleted note does."""
        return any(one is None or other is None or facts(one) != facts(other) for one, other in self.pairs)

    def affect(self, places: Iterable[Place]) -> bool:
        """Say whether any of the places is in a note that has changed."""
        return any(place.path in self.paths for place in places)


def same_where_equal(former: Mapping[Key, Value], present: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return `present` with equal values replaced by the objects of `former`, or `former` itself if all are equal.

    Later comparisons can then be by identity.
    """
    found = {}
    same = len(former) == len(present)
    for key, value in present.items():
        old = former.get(key)
        found[key] = old if old is not None and (old is value or old == value) else value
        same = same and old is found[key]
    return former if same and list(former) == list(found) else found


def vault_changes(
    before: NotesByPath,
    after: NotesByPath,
    files_before: AbstractSet[VaultPath],
    files_after: AbstractSet[VaultPath],
) -> VaultChanges:
    """Compare two states of a vault; notes are compared by identity. The files are those that are not notes."""
    paths = frozenset(
        path for path in before.keys() | after.keys() if before.get(path) is not after.get(path)
    )
    pairs = [(before.get(path), after.get(path)) for path in paths]
    names = {name for one, other in pairs for name in names_that_differ(one, other)}
    names.update(name for path in files_before ^ files_after for name in file_names(path))
    renamed = files_before != files_after or any(
        one is None or other is None or one.meta.aliases != other.meta.aliases for one, other in pairs
    )
    return VaultChanges(before, after, paths, frozenset(names), renamed)
