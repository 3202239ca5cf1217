"""Notes of an earlier build are loaded when they are asked for: one by one, or all at once when many are."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings
from garden.vault.scan import scan
from garden.vault.site import read_site
from garden.vault.stored import stored_notes
from garden.vault.stored.cache import Cache, CacheKey
from garden.vault.stored.kept_values import KeptLostError
from garden.vault.stored.stored_notes import kept_site

NOTES = 12


class CountingCache(Cache):
    """Counts how many notes are asked for at once, and has lost some of them."""

    asked: list[int]
    lost: frozenset[str] = frozenset()

    def facts(self, keys: Iterable[CacheKey]) -> dict[CacheKey, Document]:
        """Return the notes that are known."""
        wanted = list(keys)
        self.asked.append(len(wanted))
        return {key: note for key, note in super().facts(wanted).items() if str(note.path) not in self.lost}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CountingCache:
    """A cache with a few notes, of which three may be loaded one by one."""
    monkeypatch.setattr(stored_notes, "_FEWEST", 3)
    (tmp_path / "vault").mkdir()
    for number in range(NOTES):
        (tmp_path / "vault" / f"n{number:02}.md").write_text(f"Number {number}.\n")
    store = CountingCache(tmp_path / "documents.sqlite")
    store.asked = []
    return store


def notes_of(store: CountingCache) -> dict[str, Document | None]:
    """Ask for all notes one after the other; return them, None for those that are lost."""
    files = scan(store.folder / "vault", Settings())
    read_site(files, Settings(), store)
    store.asked.clear()
    site = kept_site(files, Settings(), store, lambda _: read_site(files, Settings()).snapshot)
    with pytest.raises(KeyError):
        site.read[VaultPath("nothing.md")]
    found: dict[str, Document | None] = {}
    for path in files.notes:
        try:
            found[path] = site.read[path]
        except KeptLostError:
            found[path] = None
    return found


def test_many_notes_are_loaded_at_once(store: CountingCache) -> None:
    """After some that were loaded one by one, as each of all would take three times as long."""
    found = notes_of(store)
    assert [note and note.title for note in found.values()] == [f"n{number:02}" for number in range(NOTES)]
    assert store.asked == [1, 1, 1, NOTES - 3]


def test_only_a_note_that_is_asked_for_is_missed(store: CountingCache) -> None:
    """What the cache has lost is found out when somebody asks for it."""
    store.lost = frozenset(("n01.md", "n07.md"))
    found = notes_of(store)
    assert [path for path, note in found.items() if note is None] == ["n01.md", "n07.md"]
