"""The record of what builds have written, in the output folder itself: the files that it names are ours, all others are not.

Since it is in the folder, it moves with the folder: a lost cache, a moved project or a restored backup cannot separate the
two. So a file that was written and must no longer be public is always found (PB-3), and nothing else is ever touched. A web
server may show the record; therefore it has only hashes of names: from a name one can tell whether it is in the record, but
not the other way round, since hidden notes must not be in any list (PB-2). It depends on nothing but the files (HC-7).
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from garden.model import routes

RECORD: Final = routes.RECORD

_TITLE: Final = "Files that garden has written here: hashes of their names and contents. Keep this file.\n"
_NAME_LENGTH: Final = 24
"""Characters of the hash of a name: enough that two of them never coincide."""

_CONTENT_LENGTH: Final = 64
"""Characters of the hash of a content, which is a whole SHA-256."""

_FOLDER: Final = "folder"
"""What a line about a folder has instead of the hash of a content."""


@dataclass(slots=True)
class Record:
    """Hashes of names, each with the hash of the content that was written: of both contents while a file is being replaced.

    The name of a folder ends in a slash.
    """

    entries: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether a file of this name was written by a build."""
        return _hash_of_name(name) in self.entries

    def wrote(self, name: str, content_hash: str) -> bool:
        """Say whether a build wrote this content under this name."""
        return content_hash in self.entries.get(_hash_of_name(name), ())

    def union(self, other: "Record") -> "Record":
        """Return a record of what is in either of the two."""
        joined = dict(self.entries)
        for name, contents in other.entries.items():
            joined[name] = joined.get(name, frozenset()) | contents
        return Record(joined)

    def write(self, file: Path) -> None:
        """Write the record as a file."""
        lines = sorted(
            f"{name} {content}\n" for name, contents in self.entries.items() for content in contents
        )
        file.write_text(_TITLE + "".join(lines), encoding="ascii")


def record_of(files: Mapping[str, str]) -> Record:
    """Return the record of files, and of their folders.

    Files are given as names with the hashes of their contents (SHA-256, hexadecimal).
    """
    return Record({_hash_of_name(name): frozenset((content,)) for name, content in _entries(files).items()})


def add_to_record(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Add contents that are about to be written, given as names with hashes, to the record in a folder. Raises OSError."""
    with (folder / RECORD).open("ab") as file:
        file.write(added_lines(files))


def added_lines(files: Iterable[tuple[str, str]]) -> bytes:
    """Return the lines that `add_to_record` adds for these files, whether it adds them together or one after the other."""
    entries = ((name, content) for file in files for name, content in _entries(dict((file,))).items())
    return "".join(f"{_hash_of_name(name)} {content}\n" for name, content in entries).encode("ascii")


def changed_record(
    record: bytes, written: Mapping[str, str], removed: Iterable[str], folders: Iterable[str]
) -> bytes:
    """Return the content of `record` after some changes, without making it anew from all files.

    `written` are new files with the hashes of their contents; `removed` are the names of files that are gone, `folders` of
    folders that are gone with them.
    """
    title, *lines = record.decode("ascii").splitlines(keepends=True)
    for name, content in _entries(written).items():
        mark = _hash_of_name(name)
        place = bisect_left(lines, mark)
        end = place + 1 if place < len(lines) and lines[place].startswith(mark) else place
        lines[place:end] = [f"{mark} {content}\n"]
    for name in (*removed, *(f"{folder}/" for folder in folders)):
        mark = _hash_of_name(name)
        place = bisect_left(lines, mark)
        if place < len(lines) and lines[place].startswith(mark):
            del lines[place]
    return "".join((title, *lines)).encode("ascii")


def read_record(folder: Path) -> Record | None:
    """Return the record in a folder, None where there is none; a damaged line names nothing."""
    try:
        lines = (folder / RECORD).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    entries: dict[str, frozenset[str]] = {}
    for line in lines:
        name, _, content = line.partition(" ")
        if len(name) == _NAME_LENGTH and (len(content) == _CONTENT_LENGTH or content == _FOLDER):
            entries[name] = entries.get(name, frozenset()) | {content}
    return Record(entries)


def hash_of_file(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal, empty when it is not an ordinary file."""
    if path.is_symlink() or not path.is_file():
        return ""
    digest = sha256()
    with path.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def stamp_of(stat: os.stat_result) -> str:
    """Return a value that changes whenever a file of the author's does, without reading the file.

    Size and time of the last change are not enough: programs that synchronise folders set the time, and the size may be the
    same. No program can set the time at which the file's metadata has changed (on Windows `st_ctime_ns` is instead the time at
    which the file was made). Notes need no stamp, because they are read.
    """
    return f"{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"


def parents(name: str) -> Iterator[str]:
    """Yield the folders that a file or folder is in, the nearest first."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def all_parents(names: Iterable[str]) -> set[str]:
    """Return all folders that some files or folders are in."""
    found: set[str] = set()
    for name in names:
        for parent in parents(name):
            if parent in found:
                break
            found.add(parent)
    return found


def _entries(files: Mapping[str, str]) -> dict[str, str]:
    """Return what a record says about files and their folders, by name."""
    return {f"{folder}/": _FOLDER for folder in all_parents(files)} | dict(files)


def _hash_of_name(name: str) -> str:
    return sha256(os.fsencode(name)).hexdigest()[:_NAME_LENGTH]
