"""Values that a build stores for the next one, each under a name, in one file of the cache folder.

They are read one by one, so that a build loads only what it needs. Nothing in the file is trusted: each value is stored
with a hash that covers its name, and counts as lost (`KeptLostError`) if the hash does not match.
"""

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cached_property
from itertools import chain
from os import urandom
from pathlib import Path
from typing import Any, Final, TypeVar
from zlib import crc32

from garden.linking.incremental.changed_mapping import ChangedMapping
from garden.vault.files_in_use import put_in_place
from garden.vault.stored.cache import BROKEN, sealed, unsealed
from garden.vault.stored.unpickling import unpickled

# The table has row ids, which is the default. `WITHOUT ROWID` would put the long values into the tree of the names, in which
# each new value moves others: 70 MB took 3.7 s instead of 0.1 s.
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS kept (name BLOB PRIMARY KEY, content BLOB NOT NULL)"

# The modules besides those of the model whose classes may be loaded (`unpickling`).
_MODULES: Final = frozenset(
    (
        "garden.linking.hierarchy.order",
        "garden.linking.hierarchy.siblings",
        "garden.linking.relation",
        "garden.linking.resolving.index",
        "garden.linking.resolving.resolution",
        "garden.rendering.branches",
        "garden.rendering.files.branch.branch_pieces",
        "garden.rendering.files.headers",
        "garden.rendering.places",
        "garden.rendering.reading_order",
        "garden.rendering.reading_paths",
        "garden.rendering.related.related_notes",
        "garden.rendering.related.relatedness",
    )
)


_BUILD: Final = "build"
"""The name of the value by which a build recognises the file that it has begun."""

_ENTRIES: Final = 40
"""The average number of entries of a mapping that are read together."""

NamedValue = tuple[str, object]
"""A value with its name."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class KeptLostError(Exception):
    """A value is missing or damaged, so it has to be computed again."""


class KeptDamagedError(KeptLostError):
    """Something in the file, which the text names, is damaged."""


class KeptValues:
    """The values of one file, which may be deleted at any time."""

    def __init__(self, file: Path) -> None:
        """Use a file, which need not exist."""
        self._file = file

    def open(self) -> "OpenValues":
        """Return the values for reading. Raises KeptLostError when there is no such file."""
        if not self._file.is_file():
            raise KeptLostError(self._file.name)
        try:
            return OpenValues(sqlite3.connect(self._file, timeout=30), self._file)
        except BROKEN as error:
            raise KeptDamagedError(str(self._file)) from error

    def change(self, values: Iterable[NamedValue]) -> None:
        """Store new values under some names, all or none. If that fails, all values of the file are lost."""
        if not _stored(self._file, values):
            _forget(self._file)


class NewValues:
    """All values of one file, stored in steps, which different processes may take.

    The steps write a new file, which replaces the old one at the end. If a step fails, the old one is removed, too: its
    values are outdated.
    """

    def __init__(self, file: Path) -> None:
        """Store values in `file`, at first in a new one beside it."""
        self._file = file
        self._new = file.with_name(f"{file.name}.new")
        self._build = urandom(8).hex()  # distinguishes this build from another one that is doing the same

    def begin(self, values: Iterable[NamedValue] = ()) -> bool:
        """Store the first values; return whether that has succeeded."""
        _forget(self._new)
        return _stored(self._new, chain([(_BUILD, self._build)], values))

    def finish(self, values: Iterable[NamedValue]) -> None:
        """Add the last values, and put the file into its place."""
        if not (self._is_ours() and _stored(self._new, values)):
            _forget(self._new)
            _forget(self._file)
            return
        try:
            put_in_place(self._new, self._file)
        except OSError:
            _forget(self._new)
            _forget(self._file)

    def _is_ours(self) -> bool:
        try:
            with closing(KeptValues(self._new).open()) as values:
                return bool(values[_BUILD] == self._build)
        except KeptLostError:
            return False


def _stored(file: Path, values: Iterable[NamedValue]) -> bool:
    """Store values in a file, all or none, and say whether that has succeeded."""
    # A generator, since all pickled values together would take a lot of memory.
    rows = ((_key(name), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for name, value in values)
    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection, connection:
            # Nothing is lost with a cache, so it is not worth waiting for the disk in every build.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_SCHEMA)
            connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?)",
                ((key, sealed(key, content)) for key, content in rows),
            )
    except BROKEN:
        return False
    return True


def _forget(file: Path) -> None:
    """Remove a file of values, and what SQLite may have left beside it."""
    for name in (file.name, f"{file.name}-journal"):
        with suppress(OSError):
            file.with_name(name).unlink(missing_ok=True)


class OpenValues:
    """The values of one file, read one by one on demand."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def close(self) -> None:
        """Close the file; nothing more is read."""
        self._connection.close()

    def __getitem__(self, name: str) -> Any:
        """Return a value. Raises KeptDamagedError."""
        key = _key(name)
        try:
            row = self._connection.execute("SELECT content FROM kept WHERE name = ?", (key,)).fetchone()
            content = unsealed(key, row[0]) if row else None
            found = unpickled(content, _MODULES) if content is not None else _LOST
        # Unpickling a damaged value, or one of an older version, can raise any exception.
        except Exception as error:
            raise KeptDamagedError(str(self._file)) from error
        if found is _LOST:
            raise KeptDamagedError(str(self._file))
        return found


_LOST: Final = object()


def parted(name: str, mapping: Mapping[Any, object]) -> Iterator[NamedValue]:
    """Yield a mapping as parts of a few entries each, from which `KeptMapping` makes it again."""
    parts: list[dict[Any, object]] = [{} for _ in range(max(1, len(mapping) // _ENTRIES))]
    for key, value in mapping.items():
        parts[_part(key, len(parts))][key] = value
    yield name, len(parts)
    yield f"{name} keys", tuple(mapping)
    yield from ((f"{name} {number}", part) for number, part in enumerate(parts))


class KeptMapping(Mapping[Key, Value]):
    """A mapping that was stored in parts, which are read on demand.

    Any access may raise KeptLostError, if a part is lost.
    """

    def __init__(self, values: OpenValues, name: str) -> None:
        """Read the parts that `parted` has yielded under this name."""
        self._values = values
        self._name = name
        self._known: dict[Key, Value] = {}
        self._read: set[int] = set()

    @cached_property
    def _number(self) -> int:
        """The number of parts."""
        found: int = self._values[self._name]
        return found

    def __getitem__(self, key: Key) -> Value:
        found = self._known.get(key)
        return self._with_part(key)[key] if found is None else found

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the value of a key, or something else for a key without one."""
        found = self._known.get(key)
        return self._with_part(key).get(key, default) if found is None else found

    def __contains__(self, key: object) -> bool:
        return key in self._known or key in self._with_part(key)

    def _with_part(self, key: object) -> Mapping[Any, Value]:
        """Return all entries that have been read, after reading the part in which a key would be."""
        if len(self._read) < self._number:
            number = _part(key, self._number)
            if number not in self._read:
                self._known |= self._values[f"{self._name} {number}"]
                self._read.add(number)
        return self._known

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values[f"{self._name} keys"])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def changes_of(mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return the entries of a mapping that differ from the stored mapping of which it is made."""
    return mapping.changed if isinstance(mapping, ChangedMapping) else {}


def _part(key: object, parts: int) -> int:
    """Return the number of the part in which a key is; the same in every process, unlike `hash`."""
    return crc32(str(key).encode("utf-8", "surrogatepass")) % parts


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
