"""A vault that an earlier build has read and linked, of which nothing is in memory yet: its notes are loaded on demand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import ReadingSettings, Settings
from garden.vault.scan import VaultFiles
from garden.vault.site import Site, cache_key, with_vault_settings
from garden.vault.stored.cache import Cache, CacheKey
from garden.vault.stored.kept_values import KeptLostError

_ONE_IN: Final = 8
"""When one note in this many has been loaded by itself, all others are loaded together, where each takes a third of the time."""

_FEWEST: Final = 50
"""In a small vault, this number of notes is loaded one by one before that."""


def kept_site(
    files: VaultFiles,
    settings: Settings,
    store: Cache,
    link: Callable[[Mapping[VaultPath, Document]], Snapshot],
) -> Site:
    """Return the site of a vault that has been read and linked before, with nothing in memory.

    `link` returns its snapshot, given the notes as they were read. Asking for a note that is not in `store` raises
    KeptLostError.
    """
    settings, _ = with_vault_settings(settings, files)
    keys = _Keys(files.notes, settings.reading)
    read = _StoredNotes(keys, store)
    return Site(files, settings, link(read), read, {}, keys, store)


class _Keys(Mapping[VaultPath, CacheKey]):
    """The keys under which the notes are stored, computed on demand."""

    def __init__(self, notes: Mapping[VaultPath, str], settings: ReadingSettings) -> None:
        self._notes = notes
        self._settings = settings

    def __getitem__(self, path: VaultPath) -> CacheKey:
        return cache_key(path, self._notes[path], self._settings)

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._notes)

    def __len__(self) -> int:
        return len(self._notes)


class _StoredNotes(Mapping[VaultPath, Document]):
    """Notes as they were read, before linking, loaded from the cache on demand."""

    def __init__(self, keys: Mapping[VaultPath, CacheKey], store: Cache) -> None:
        self._keys = keys
        self._store = store
        self._fetched: dict[VaultPath, Document] = {}

    def __getitem__(self, path: VaultPath) -> Document:
        found = self._fetched.get(path)
        if found is None:
            self._fetch((path,))
            found = self._fetched.get(path)
            if len(self._fetched) == max(_FEWEST, len(self._keys) // _ONE_IN):
                self._fetch(self._keys)
            if found is None:
                raise KeptLostError(path)
        return found

    def _fetch(self, paths: Iterable[VaultPath]) -> None:
        keys = {self._keys[path]: path for path in paths if path not in self._fetched}
        self._fetched |= {keys[key]: document for key, document in self._store.facts(keys).items()}

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
