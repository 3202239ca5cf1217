"""What a build remembers about the output folder for the next one, in the cache folder: it saves work, and nothing depends on it."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self

from garden.model.pickling import pickled_quickly
from garden.publishing.build_report import Audience, ReportLine
from garden.vault.stored.sealed_files import read_sealed_json, write_sealed_json


@pickled_quickly
class WrittenFile(NamedTuple):
    """What is remembered of a file in the output."""

    size: int  # in bytes
    time: int  # of its last change, in nanoseconds
    fingerprint: str  # a hash of what it was made from
    content_hash: str  # the SHA-256 of its content, hexadecimal

    @classmethod
    def at(cls, path: str, fingerprint: str, content_hash: str) -> Self:
        """Return what to remember of the file at `path`. Raises OSError."""
        stat = os.lstat(path)
        return cls(stat.st_size, stat.st_mtime_ns, fingerprint, content_hash)

    def is_still_at(self, path: str) -> bool:
        """Say whether the file at `path` is as it was written, by its size and time; it may be missing."""
        try:
            stat = os.lstat(path)
        except OSError:
            return False
        return stat.st_size == self.size and stat.st_mtime_ns == self.time


WrittenFiles = dict[str, WrittenFile]
"""Files of the output by their names in it."""


@dataclass(slots=True)
class Memory:
    """What the last build has left."""

    inputs: str = ""  # the hash of all that went into it
    record: str = ""  # the hash of the record in the output
    files: WrittenFiles = field(default_factory=dict)
    report: list[ReportLine] = field(default_factory=list)
    errors: int = 0  # the number of them in the report
    counts: tuple[int, ...] = ()  # what the build has counted for its last line
    is_damaged: bool = False  # whether it could not be loaded, so that everything else is empty


def memory_file(root: Path, cache: Path) -> Path:
    """Return the file in the folder `cache` that remembers the output folder `root`."""
    return cache / f"output-{sha256(os.fsencode(root)).hexdigest()[:16]}.json"


def version_of(file: Path) -> tuple[int, int, int] | None:
    """Return what distinguishes one version of a file from the next, None when it is not there.

    The clock of a file system advances only every few milliseconds, so the time alone is not enough. Builds replace the
    file instead of writing into it, so each version has another inode.
    """
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def load_memory(file: Path) -> Memory:
    """Return what is remembered: nothing before the first build, or when the file is damaged."""
    data = read_sealed_json(file)
    if data is None:
        return Memory(is_damaged=file.exists() and not listed_before(file))
    if "names" not in data:
        return Memory()  # a build of another version remembered it in another form
    return Memory(
        data["inputs"],
        data["record"],
        dict(zip(data["names"], map(WrittenFile, *data["files"]), strict=True)),
        [ReportLine(text, Audience(audience)) for audience, text in data["report"]],
        data["errors"],
        tuple(data["counts"]),
    )


def store_memory(file: Path, memory: Memory) -> None:
    """Store what is remembered. Raises StorageError."""
    write_sealed_json(
        file,
        {
            "inputs": memory.inputs,
            "record": memory.record,
            # Long lists of plain values are read several times as quickly as a list for each file.
            "names": list(memory.files),
            "files": [
                [file[column] for file in memory.files.values()] for column in range(len(WrittenFile._fields))
            ],
            "report": [(line.audience.value, line.text) for line in memory.report],
            "errors": memory.errors,
            "counts": memory.counts,
        },
    )


def listed_before(file: Path) -> WrittenFiles:
    """Return the files of a build from before there were records, which listed them in the cache only."""
    try:
        listed = json.loads(file.read_bytes())["files"]
        return {name: WrittenFile(size, time, "", "") for name, (size, time, _) in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
