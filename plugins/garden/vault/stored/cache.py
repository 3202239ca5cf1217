"""The cache on disk: converted notes by content, in one SQLite file.

A Document depends on one file's bytes, its path, the reading settings and our code; the key is a
hash of these, so nothing has to be invalidated. Facts and bodies are stored separately: linking needs
the facts of all notes, a page the bodies of a few.

Nothing in the file is trusted: each record has its own hash, and the note of a record that does not match it is read
again. Records are pickled, which is the fastest way to restore values; only classes of our own model are
instantiated, so that a file written by somebody else cannot run code.
"""

import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

from msgspec.structs import replace

from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.note import Document
from garden.vault.stored.unpickling import unpickled

CacheKey = bytes

# With row ids: a tree that holds long values itself takes three times as long to write, and four times to read.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS document (key BLOB PRIMARY KEY, facts BLOB NOT NULL, body BLOB NOT NULL)
"""
# SQLite's limit on the values of one statement is at least this.
_AT_ONCE: Final = 500
_SEAL: Final = 16
"""Bytes of the hash at the beginning of each record."""

BROKEN: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The exceptions for a file that is damaged or cannot be read: messages of SQLite may contain bytes of the file."""

_BUSY: Final = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))


class Cache:
    """Converted notes on disk. Safe to delete at any time; damaged records are read again, and reported once.

    No error of the file or of the system ever leaves this class: at worst nothing is stored.
    """

    def __init__(self, file: Path) -> None:
        """Open or make the cache in `file`."""
        self._file = file
        self._process = os.getpid()
        self._problem: tuple[str, str] | None = None
        self._connection = self._open()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process opens the same file."""
        return Cache, (self._file,)

    @property
    def is_on_disk(self) -> bool:
        """Whether other processes can read what is stored."""
        return bool(self._connection.execute("PRAGMA database_list").fetchone()[2])

    @property
    def folder(self) -> Path:
        """The folder in which the cache is."""
        return self._file.parent

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The problem of the file, if there was one."""
        return (Diagnostic(Place(str(self._file), 1, 1), *self._problem),) if self._problem else ()

    def facts(self, keys: Iterable[CacheKey]) -> dict[CacheKey, Document]:
        """Return the Documents, without bodies, of the keys that are known."""
        wanted = list(keys)
        found: dict[CacheKey, Document] = {}
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(
                    f"SELECT key, facts FROM document WHERE key IN ({marks})",  # noqa: S608 (only question marks are put in)
                    some,
                )
                for key, record in rows:
                    facts = unsealed(key, record)
                    if facts is None:
                        self._problem = _DAMAGED
                    else:
                        found[key] = unpack_facts(facts)
        except BROKEN as error:
            self._begin_again(error)
            return {}
        return found

    def body(self, key: CacheKey) -> bytes | None:
        """Return the packed body stored under `key`, None when it is gone."""
        try:
            if self._process != os.getpid():
                # A connection must not be used in a forked process.
                self._process = os.getpid()
                self._connection = self._connect()
            row = self._connection.execute("SELECT body FROM document WHERE key = ?", (key,)).fetchone()
        except BROKEN:
            return None
        return unsealed(key, row[0]) if row else None

    def add(self, packed: Mapping[CacheKey, tuple[bytes, bytes]]) -> bool:
        """Store documents that `pack` has packed; return whether every process finds them there from now on."""
        rows = [(key, sealed(key, facts), sealed(key, body)) for key, (facts, body) in packed.items()]
        try:
            self._insert(rows)
        except BROKEN as error:
            self._begin_again(error)
            try:
                self._insert(rows)
            except BROKEN as again:
                self._problem = _unusable(again)
                return False
        return self.is_on_disk

    def keep_only(self, keys: Iterable[CacheKey], most: int) -> None:
        """Forget everything but `keys` once more than `most` documents are stored."""
        try:
            (count,) = self._connection.execute("SELECT count(*) FROM document").fetchone()
            if count <= most:
                return
            with self._connection:
                self._connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
                self._connection.executemany(
                    "INSERT OR IGNORE INTO kept VALUES (?)", [(key,) for key in keys]
                )
                self._connection.execute("DELETE FROM document WHERE key NOT IN (SELECT key FROM kept)")
                self._connection.execute("DROP TABLE kept")
        except BROKEN as error:
            self._begin_again(error)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _insert(self, rows: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._connect()
        except (OSError, *BROKEN) as error:
            return self._opened_again(error)

    def _begin_again(self, error: Exception) -> None:
        self._connection.close()
        self._connection = self._opened_again(error)

    def _opened_again(self, error: Exception) -> sqlite3.Connection:
        """Return a connection to a new file, or, where there can be none, to one in memory."""
        if getattr(error, "sqlite_errorcode", 0) in _BUSY:
            self._problem = _unusable(error)
            return _in_memory()
        try:
            if self._file.is_dir() and not self._file.is_symlink():
                shutil.rmtree(self._file)
            self._file.unlink(missing_ok=True)
            self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)
            connection = self._connect()
        except (OSError, *BROKEN) as reason:
            self._problem = _unusable(reason)
            return _in_memory()
        self._problem = _DAMAGED
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=30)
        try:
            # A cache may be lost; waiting for the disk on every build is not worth it.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()  # Windows removes no file that is open
            raise
        return connection


_DAMAGED: Final = "cache-damaged", "the stored notes were damaged and have been read again"


def _unusable(error: Exception) -> tuple[str, str]:
    return "cache-unusable", f"notes cannot be stored, so every build reads all of them: {error}"


def pack(document: Document) -> tuple[bytes, bytes]:
    """Return a Document's facts and body as bytes."""
    bare = replace(document, body=Body())
    return pickle.dumps(bare, pickle.HIGHEST_PROTOCOL), pickle.dumps(document.body, pickle.HIGHEST_PROTOCOL)


def unpack_facts(facts: bytes) -> Document:
    """Return a Document, without its body, from what `pack` made of it."""
    return cast(Document, unpickled(facts))


def unpack_body(body: bytes) -> Body:
    """Return a body from what `pack` made of it."""
    return cast(Body, unpickled(body))


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(_SCHEMA)
    return connection


def sealed(key: CacheKey, content: bytes) -> bytes:
    """Return the record for some content under `key`: it begins with a hash of both."""
    return sha256(key + content).digest()[:_SEAL] + content


def unsealed(key: CacheKey, record: object) -> bytes | None:
    """Return the content of a record stored under `key`, None if it is damaged or belongs to another key."""
    if not isinstance(record, bytes) or not isinstance(key, bytes):
        return None
    content = record[_SEAL:]
    return content if sha256(key + content).digest()[:_SEAL] == record[:_SEAL] else None
