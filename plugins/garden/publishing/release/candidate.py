"""The candidate: a site that is built but not yet public, in a folder of its own in the cache.

There is one for each output folder. It is kept, so that the next build only writes what has changed. It shares no file
with the public site, so whatever other plugins do to it, readers see nothing before the author has agreed.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from garden.publishing.folder.output import Output
from garden.publishing.folder.record import RECORD, hash_of_file, read_record
from garden.publishing.folder.workspace import INSIDE


class BuiltFile(NamedTuple):
    """A file of the candidate: its size in bytes and the SHA-256 of its content, hexadecimal."""

    size: int
    content_hash: str


def candidate_folder(cache: Path, output: Path) -> Path:
    """Return the folder of the candidate for an output folder."""
    return cache.resolve() / f"candidate-{_name(output)}"


def leaks_file(cache: Path, output: Path) -> Path:
    """Return the file in which the leak gate keeps what it has found out about the candidate."""
    return cache.resolve() / f"leaks-{_name(output)}"


def _name(output: Path) -> str:
    return sha256(os.fsencode(os.path.realpath(output))).hexdigest()[:16]


def clear_others(candidate: Path) -> None:
    """Remove files from earlier builds that no build of ours has recorded, such as those of other plugins.

    Such a file may be private by now, and nothing else would remove it.
    """
    record = read_record(candidate)
    if record is None:
        shutil.rmtree(candidate, ignore_errors=True)
        return
    for name in _names(candidate):
        if not record.has(name):
            (candidate / name).unlink()


def built_files(candidate: Path, cache: Path) -> dict[str, BuiltFile]:
    """Return all files of the candidate by name; symbolic links are left out."""
    known = Output(candidate, cache).before.files
    found = {}
    for name in _names(candidate):
        stat = os.lstat(candidate / name)
        memory = known.get(name)
        if memory and (memory.size, memory.time) == (stat.st_size, stat.st_mtime_ns):
            found[name] = BuiltFile(memory.size, memory.content_hash)
        elif content_hash := hash_of_file(candidate / name):
            found[name] = BuiltFile(stat.st_size, content_hash)
    return found


def _names(candidate: Path) -> list[str]:
    """Return the names of all files and links, except what garden keeps there for itself."""
    found = []
    for parent, folders, files in os.walk(candidate):
        links = [folder for folder in folders if Path(parent, folder).is_symlink()]
        found += [Path(parent, name).relative_to(candidate).as_posix() for name in (*files, *links)]
    return sorted(name for name in found if name != RECORD and not name.startswith(f"{INSIDE}/"))
