"""What of a vault differs from its state when it was linked before, as far as linking can stay the same for the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from msgspec import Struct

from garden.linking.resolving.asked_names import NameKey, file_names, names_that_differ
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Document

Key = TypeVar("Key")
Value = TypeVar("Value")

NotesByPath = Mapping[VaultPath, Document]


class VaultChanges(Struct, frozen=True):
    """The notes that are others, and the names that may mean something else.

    `paths` are those of changed, new and deleted notes; `former` are all notes as they were, `documents` as they are. With `renamed`
    the names by which links find notes and files have changed, and not only states, titles, slugs, or parts.
    """

    former: NotesByPath
    documents: NotesByPath
    paths: frozenset[VaultPath]
    names: frozenset[NameKey]
    renamed: bool

    @property
    def pairs(self) -> Iterator[tuple[Document | None, Document | None]]:
        """Each changed note as it was and as it is, None where it was not or is not there."""
        return ((self.former.get(path), self.documents.get(path)) for path in sorted(self.paths))

    def differ(self, facts: Callable[[Document], object]) -> bool:
        """Say whether the changed notes differ in some facts; new and deleted ones do."""
        return any(one is None or other is None or facts(one) != facts(other) for one, other in self.pairs)

    def stand_at(self, places: Iterable[Place]) -> bool:
        """Say whether some places are in notes that have changed."""
        return any(place.path in self.paths for place in places)


def same_where_equal(former: Mapping[Key, Value], present: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return the present entries with the very values of before where they are equal, or, if all are, the former mapping itself.

    What is the same object need not be compared again.
    """
    found = {}
    same = len(former) == len(present)
    for key, value in present.items():
        old = former.get(key)
        found[key] = old if old is not None and (old is value or old == value) else value
        same = same and old is found[key]
    return former if same and list(former) == list(found) else found


def vault_changes(
    former: NotesByPath,
    documents: NotesByPath,
    files_before: AbstractSet[VaultPath],
    files: AbstractSet[VaultPath],
) -> VaultChanges:
    """Compare two states of a vault, notes by identity; `files` are the paths of all files that are no notes."""
    paths = frozenset(
        path for path in former.keys() | documents.keys() if former.get(path) is not documents.get(path)
    )
    pairs = [(former.get(path), documents.get(path)) for path in paths]
    names = {name for one, other in pairs for name in names_that_differ(one, other)}
    names.update(name for path in files_before ^ files for name in file_names(path))
    renamed = files_before != files or any(
        one is None or other is None or one.meta.aliases != other.meta.aliases for one, other in pairs
    )
    return VaultChanges(former, documents, paths, frozenset(names), renamed)
