"""The cache on disk: converted notes by content, in one SQLite file.

A Document depends on one file's bytes, its path, the reading settings and our code; the key is a
hash of these, so nothing has to be invalidated. Facts (a Document without its body) and bodies are stored separately:
linking needs the facts of all notes, a page the bodies of a few.

Nothing in the file is trusted: each record begins with a hash, and if that does not match, the note is read again. Records
are pickled, which is the fastest way to restore values; only classes of our own model are instantiated, so that a file
written by somebody else cannot run code.
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

# The table has row ids, which is the default. `WITHOUT ROWID` would put the long values into the tree of the keys: that takes
# three times as long to write, and four times to read.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS document (key BLOB PRIMARY KEY, facts BLOB NOT NULL, body BLOB NOT NULL)
"""
_AT_ONCE: Final = 500
"""The number of keys in one statement; SQLite's own limit is never below 999."""

_SEAL: Final = 16
"""The number of bytes of the hash at the beginning of each record."""

BROKEN: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The exceptions for a damaged or unreadable file. SQLite's messages may contain bytes of the file that are not UTF-8."""

_BUSY: Final = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))


class Cache:
    """Converted notes on disk. The file may be deleted at any time; notes of damaged records are read again, and reported once.

    No error of the file or of the system ever leaves this class: at worst nothing is stored.
    """

    def __init__(self, file: Path) -> None:
        """Open or make the cache in `file`."""
        self._file = file
        self._process = os.getpid()
        self._problem: tuple[str, str] | None = None  # the id and the message of a diagnostic
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
        """Delete everything but `keys` if more than `most` documents are stored."""
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
        """Replace a file in which something is damaged, which `error` has shown, by a new one."""
        self._connection.close()
        self._connection = self._opened_again(error)

    def _opened_again(self, error: Exception) -> sqlite3.Connection:
        """Return a connection to a new file, or, if none can be made, to a database in memory."""
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
            # Nothing is lost with a cache, so it is not worth waiting for the disk in every build.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()  # Windows cannot remove a file that is open
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
    """Return the record for some content under `key`: a hash of both, then the content."""
    return sha256(key + content).digest()[:_SEAL] + content


def unsealed(key: CacheKey, record: object) -> bytes | None:
    """Return the content of a record stored under `key`, None if it is damaged or belongs to another key."""
    if not isinstance(record, bytes) or not isinstance(key, bytes):
        return None
    content = record[_SEAL:]
    return content if sha256(key + content).digest()[:_SEAL] == record[:_SEAL] else None
