"""The cache on disk: converted notes by content, in one SQLite file.

A Document depends on one file's bytes, its path, the reading settings and our code; the key is a
hash of these, so nothing has to be invalidated. Facts and bodies are kept apart: linking needs the
facts of all notes, a page the bodies of a few.
"""

import os
import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from garden.model.note import Body, Document

CacheKey = bytes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (key BLOB PRIMARY KEY, facts BLOB NOT NULL, body BLOB NOT NULL) WITHOUT ROWID
"""
# SQLite's limit on the values of one statement is at least this.
_AT_ONCE = 500


class Cache:
    """Converted notes on disk. Safe to delete at any time; a damaged file is begun anew."""

    def __init__(self, file: Path) -> None:
        """Open or make the cache in `file`."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._process = os.getpid()
        self._connection = self._open()

    def facts(self, keys: Iterable[CacheKey]) -> dict[CacheKey, Document]:
        """Return the Documents, without bodies, of the keys that are known."""
        wanted = list(keys)
        found: dict[CacheKey, Document] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(f"SELECT key, facts FROM document WHERE key IN ({marks})", some)  # noqa: S608 (only question marks are put in)
            for key, facts in rows:
                found[key] = unpack_facts(facts)
        return found

    def body(self, key: CacheKey) -> bytes | None:
        """Return the packed body stored under `key`, None when it is gone."""
        if self._process != os.getpid():
            # A connection must not be used in a forked process.
            self._process = os.getpid()
            self._connection = self._connect()
        row = self._connection.execute("SELECT body FROM document WHERE key = ?", (key,)).fetchone()
        return cast(bytes, row[0]) if row else None

    def add(self, packed: Mapping[CacheKey, tuple[bytes, bytes]]) -> None:
        """Store documents that `pack` has packed."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?)",
                [(key, facts, body) for key, (facts, body) in packed.items()],
            )

    def keep_only(self, keys: Iterable[CacheKey], most: int) -> None:
        """Forget everything but `keys` once more than `most` documents are stored."""
        (count,) = self._connection.execute("SELECT count(*) FROM document").fetchone()
        if count <= most:
            return
        with self._connection:
            self._connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
            self._connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", [(key,) for key in keys])
            self._connection.execute("DELETE FROM document WHERE key NOT IN (SELECT key FROM kept)")
            self._connection.execute("DROP TABLE kept")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise  # another process holds it: nothing is wrong with the file
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=30)
        # A cache may be lost; waiting for the disk on every build is not worth it.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_SCHEMA)
        return connection


def pack(document: Document) -> tuple[bytes, bytes]:
    """Return a Document's facts and body as bytes."""
    bare = replace(document, body=Body())
    return pickle.dumps(bare, pickle.HIGHEST_PROTOCOL), pickle.dumps(document.body, pickle.HIGHEST_PROTOCOL)


def unpack_facts(facts: bytes) -> Document:
    """Return a Document, without its body, from what `pack` made of it."""
    return cast(Document, pickle.loads(facts))  # noqa: S301 (our own cache folder and processes)


def unpack_body(body: bytes) -> Body:
    """Return a body from what `pack` made of it."""
    return cast(Body, pickle.loads(body))  # noqa: S301 (our own cache folder and processes)
