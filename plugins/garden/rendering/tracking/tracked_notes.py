"""Mappings and notes that record which of their entries and parts are asked for (see `questions`)."""

from collections.abc import Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, cast

from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document, Meta
from garden.rendering.tracking.questions import AnyTracker
from garden.rendering.tracking.subjects import FACT_OF_ALL, KEYS_OF, PART_OF_NOTE

Key = TypeVar("Key")
Value = TypeVar("Value")


class TrackedMapping(Mapping[Key, Value]):
    """A mapping that records which entries are asked for."""

    __slots__ = ("_keys", "_numbers", "_of", "_offset", "_record")

    def __init__(self, subject: str, of: Mapping[Key, Value], tracker: AnyTracker) -> None:
        self._of = of
        self._numbers, self._offset = tracker.numbering(subject)
        self._keys = partial(tracker.ask, KEYS_OF + subject, None)
        self._record = tracker.record

    def __getitem__(self, key: Key) -> Value:
        self._record(self._numbers[key] + self._offset)
        return self._of[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the value of a key, or something else for a key without one."""
        self._record(self._numbers[key] + self._offset)
        return self._of.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._record(self._numbers[key] + self._offset)
        return key in self._of

    def __iter__(self) -> Iterator[Key]:
        self._keys()
        return iter(self._of)

    def __len__(self) -> int:
        self._keys()
        return len(self._of)


class _TrackedNote:
    """A Document that records which of its parts are read: each part is a property of a subclass (`_tracked_note`)."""

    __slots__ = ("_of", "_path")

    def __init__(self, of: Document, path: VaultPath) -> None:
        self._of = of
        self._path = path


def _tracked_note(tracker: AnyTracker) -> type[_TrackedNote]:
    """Return the class of Documents that are tracked by `tracker`.

    Each property of the front matter is a question of its own: another alias does not concern a page that shows the date.
    """
    of_meta = {name: _tracked_part(f"meta.{name}", tracker) for name in Meta.__struct_fields__}
    meta: type[_TrackedNote] = type("_Meta", (_TrackedNote,), {"__slots__": (), **of_meta})

    def tracked_meta(note: _TrackedNote) -> _TrackedNote:
        return meta(note._of, note._path)  # noqa: SLF001 (it is made a property of a subclass)

    parts = (*Document.__struct_fields__, "published", "previewed", "listed")
    of_note = {name: _tracked_part(name, tracker) for name in parts} | {"meta": property(tracked_meta)}
    return type("_Note", (_TrackedNote,), {"__slots__": (), **of_note})


def _tracked_part(part: str, tracker: AnyTracker) -> property:
    """Return a property that gets a part of a note, and records that a page has asked for it."""
    numbers, offset = tracker.numbering(PART_OF_NOTE + part)
    record = tracker.record
    value = attrgetter(f"_of.{part}")

    def get(note: _TrackedNote) -> Any:
        record(numbers[note._path] + offset)  # noqa: SLF001 (it is made a property of a subclass)
        return value(note)

    return property(get)


class TrackedNotes(Mapping[VaultPath, Document]):
    """All Documents. Whether a note exists is one question; each part of it is another."""

    __slots__ = ("_exist", "_keys", "_kind", "_notes", "_of", "_offset", "_record", "_tracker", "_whole")

    def __init__(self, of: Mapping[VaultPath, Document], whole: Snapshot, tracker: AnyTracker) -> None:
        self._of = of
        self._whole = whole
        self._tracker = tracker
        self._exist, self._offset = tracker.numbering("documents")
        self._keys = partial(tracker.ask, KEYS_OF + "documents", None)
        self._record = tracker.record
        self._kind = _tracked_note(tracker)
        self._notes: dict[VaultPath, Document] = {}

    def __getitem__(self, path: VaultPath) -> Document:
        self._record(self._exist[path] + self._offset)
        found = self._notes.get(path)
        if found is None:
            found = self._notes[path] = cast(Document, self._kind(self._of[path], path))
        return found

    def whole_snapshot(self, facts: frozenset[str]) -> Snapshot:
        """Return the snapshot itself for a caller that depends only on some facts (see `untracked`)."""
        for fact in facts:
            self._tracker.ask(FACT_OF_ALL, fact)
        return self._whole

    def __contains__(self, path: object) -> bool:
        self._record(self._exist[path] + self._offset)
        return path in self._of

    def __iter__(self) -> Iterator[VaultPath]:
        self._keys()
        return iter(self._of)

    def __len__(self) -> int:
        self._keys()
        return len(self._of)
