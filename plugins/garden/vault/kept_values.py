"""Values that a build keeps for the next one, each under a name, in one file of the cache folder.

They are read one by one, so that a build takes up no more than it needs. Nothing in the file is believed: each value has a
hash of its own, with its name in it, and one that does not fit it counts as lost (`KeptLostError`).
"""

import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from garden.vault.cache import BROKEN, sealed, unsealed
from garden.vault.unpickling import unpickled

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS kept (name BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID"
)

# What modules of other layers define to hold values.
_MODULES: Final = frozenset(
    (
        "garden.linking.hierarchy.build",
        "garden.linking.hierarchy.order",
        "garden.linking.relation",
        "garden.linking.resolution",
        "garden.rendering.branches",
        "garden.rendering.files.branch_pieces",
        "garden.rendering.files.headers",
        "garden.rendering.places",
        "garden.rendering.reading_order",
        "garden.rendering.reading_paths",
        "garden.rendering.related_notes",
    )
)


class KeptLostError(Exception):
    """A value is not there, or not as it was kept: what it spares has to be done."""


class KeptValues:
    """The values of one file. Safe to delete at any time."""

    def __init__(self, file: Path) -> None:
        """Take the file, which need not exist."""
        self._file = file

    def open(self) -> "OpenValues":
        """Return the values for reading. Raises KeptLostError when there is no such file."""
        if not self._file.is_file():
            raise KeptLostError(self._file.name)
        try:
            return OpenValues(sqlite3.connect(self._file, timeout=30))
        except BROKEN as error:
            raise KeptLostError(self._file.name) from error

    def write(self, values: Mapping[str, object], *, others_stay: bool) -> None:
        """Keep some values, all at once or none; whether the others stay or go. What cannot be kept is lost."""
        rows = [(name, sealed(name, content)) for name, content in _packed(values.items())]
        if not others_stay:
            self.forget()
        for _ in range(2):
            try:
                with closing(sqlite3.connect(self._file, timeout=30)) as connection, connection:
                    # A cache may be lost; waiting for the disk on every build is not worth it.
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.execute(_SCHEMA)
                    if not others_stay:
                        connection.execute("DELETE FROM kept")
                    connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
            except BROKEN:
                self.forget()
                if others_stay:
                    return  # without them these say nothing
            else:
                return

    def forget(self) -> None:
        """Keep nothing."""
        for name in (self._file.name, f"{self._file.name}-journal"):
            with suppress(OSError):
                self._file.with_name(name).unlink(missing_ok=True)


class OpenValues:
    """The values of one file, read one by one when they are asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Read nothing more."""
        self._connection.close()

    def __getitem__(self, name: str) -> Any:
        """Return a value. Raises KeptLostError."""
        key = _key(name)
        try:
            row = self._connection.execute("SELECT content FROM kept WHERE name = ?", (key,)).fetchone()
            content = unsealed(key, row[0]) if row else None
            found = unpickled(content, _MODULES) if content is not None else _LOST
        # Whatever is wrong with the file, or with a value that an older version has written.
        except Exception as error:
            raise KeptLostError(name) from error
        if found is _LOST:
            raise KeptLostError(name)
        return found


_LOST: Final = object()


def _packed(values: Iterable[tuple[str, object]]) -> Iterable[tuple[bytes, bytes]]:
    return ((_key(name), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for name, value in values)


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
