"""A finished site takes the place of the last one, and nothing else is touched.

The folder is exchanged for the new one by a single system call. What is not ours in it comes along: a file (`CNAME`) is
linked into the new folder before, a folder (`.git`) is moved there right after; if a build is killed between the two, the
next one moves the folder.

The folder is not exchanged if it is a mount point, if the system cannot exchange folders, or if the author has put a file
`.keep` into it; nor for a few files, unless all must change at once. Then one file after another is put into its place.
The record names them all before the first is moved, so that a build that is killed meanwhile leaves nothing that the next
one does not know.
"""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from garden.publishing.folder.exchange import CAN_EXCHANGE, exchange
from garden.publishing.folder.record import (
    RECORD,
    Record,
    all_parents,
    hash_of_file,
    parents,
    read_record,
    record_of,
)
from garden.publishing.folder.small_change import are_few, pages_last
from garden.publishing.folder.workspace import INSIDE
from garden.vault.files_in_use import put_in_place, remove

_KEEP: Final = ".keep"
"""With a file of this name, the author keeps the folder itself in its place, for example because it is mounted somewhere."""

_NOT_SITE: Final = frozenset((RECORD, INSIDE))
"""What is ours in the output folder, but not part of the site."""

IsUnchanged = Callable[[str], bool]
"""Says of a name whether its file is certainly as a build left it, by its size and time."""


class Replaced(NamedTuple):
    """What was found while the site was replaced."""

    # Files of the site for which there is no place, since something of others is in the way
    foreign: tuple[str, ...]
    kept_aside: tuple[str, ...]  # files of ours that others had changed, of which copies have been made


@dataclass(slots=True)
class _Tree:
    """What is in an output folder. Links are files here, whatever they lead to."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)


class Replacement:
    """The step from the content of `root` to a site whose new files are in `staging`.

    `wanted` has all files of the site with the hashes of their contents; those that are not in `staging` are
    in `root`. `record` is what builds have written into `root` so far.
    """

    def __init__(
        self,
        root: Path,
        staging: Path,
        wanted: Mapping[str, str],
        record: Record,
        is_unchanged: IsUnchanged,
    ) -> None:
        self._root = root
        self._staging = staging
        self._wanted = wanted
        self._record = record
        self._is_unchanged = is_unchanged
        self._before = _tree(root)
        self._staged = _tree(staging).files
        self._ours = {name for name in self._before.files if record.has(name)}
        self._our_folders = {folder for folder in self._before.folders if record.has(f"{folder}/")}
        # Folders of which files are linked into a new folder one by one. All others are moved there as they are.
        self._shared = self._our_folders | (self._before.folders & all_parents(wanted))

    def run(self, old: Path, aside: Path, *, at_once: bool = False) -> Replaced:
        """Replace the site. Files of ours that somebody has changed are copied into the folder `aside` before they go.

        `old` is a free path for a folder that is exchanged. `at_once` says that even a few files must not change one
        after the other. Raises OSError.
        """
        self._adopt()
        foreign = self._in_the_way()
        self._staged -= foreign
        stale = self._ours - self._wanted.keys()
        changed = sorted(
            name
            for name in stale | (self._staged & self._ours)
            if not self._is_unchanged(name) and self._is_changed(name)
        )
        for name in changed:
            _copy(self._root / name, aside / name)
        changes = len(self._staged) + len(stale)
        is_new = not self._before.files and not self._before.folders
        is_much = bool(changes) if at_once else not are_few(changes, len(self._before.files))
        must_exchange = (is_new or is_much) and _KEEP not in self._before.files
        if foreign or not must_exchange or not self._exchange(old, aside):
            self._move(stale, foreign)
        return Replaced(tuple(sorted(foreign)), tuple(changed))

    def _adopt(self) -> None:
        """Regard a file as ours that is not in the record, but is byte for byte what we would write."""
        for name in self._staged & self._before.files - self._ours:
            if hash_of_file(self._root / name) == self._wanted[name]:
                self._ours.add(name)

    def _in_the_way(self) -> set[str]:
        """Return the new files that cannot be put into place because something is there that is not ours."""
        files = self._before.files - self._ours
        folders = self._before.folders - self._our_folders
        # Something of others, or a folder that has something of others in it, is where the file has to be.
        blocked = files | folders | all_parents(files | folders)
        # Or a file or link of others is where a folder of the file has to be.
        found = {name for name in self._staged if name in blocked or not files.isdisjoint(parents(name))}
        # A file that seemed to be there already, so that it was not made, is behind a link of others.
        return found | (self._wanted.keys() - self._staged - self._before.files)

    def _is_changed(self, name: str) -> bool:
        """Say whether a file has a content that no build has written, and that this one does not write."""
        content = hash_of_file(self._root / name)
        return not self._record.wrote(name, content) and content != self._wanted.get(name)

    def _exchange(self, old: Path, aside: Path) -> bool:
        """Exchange the whole folder; return False when the system cannot do it."""
        if self._root.exists() and not CAN_EXCHANGE:
            return False  # before every file is linked needlessly
        record_of(self._wanted).write(self._staging / RECORD)
        try:
            self._link_kept()
            if not self._root.exists():
                self._staging.rename(self._root)
                return True
            shutil.copystat(self._root, self._staging)
            if _owner(self._root) != _owner(self._staging):
                return False
            # Under this name the next build sweeps it, if this one is killed before or after the exchange.
            self._staging.rename(old)
            if not self._change_places(old):
                old.rename(self._staging)
                return False
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            if old.exists() and not self._staging.exists():
                old.rename(self._staging)
            return False  # not every file system has hard links, for example
        sweep(old, aside, self._root)
        return True

    def _change_places(self, old: Path) -> bool:
        """Exchange the output and the folder `old`, and take along the folders of others."""
        outermost = _outermost(self._before.folders - self._shared)
        if any((self._root / folder).is_mount() for folder in outermost) or not exchange(old, self._root):
            return False
        moved = []
        try:
            for folder in outermost:
                (old / folder).rename(self._root / folder)
                moved.append(folder)
        except OSError:
            # For example, something is mounted deep in it.
            for folder in moved:
                (self._root / folder).rename(old / folder)
            exchange(old, self._root)
            return False
        return True

    def _link_kept(self) -> None:
        """Link into the new folder what stays as it is: files of ours, and of others beside ours."""
        folders = {name.rpartition("/")[0] for name in self._staged}
        others = (
            name
            for name in self._before.files - self._ours
            if "/" not in name or name.rpartition("/")[0] in self._shared
        )
        for name in (*(self._wanted.keys() - self._staged), *others):
            folder = name.rpartition("/")[0]
            if folder not in folders:
                (self._staging / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            os.link(f"{self._root}/{name}", f"{self._staging}/{name}", follow_symlinks=False)
        for folder in _outermost(self._before.folders - self._shared):
            (self._staging / folder).parent.mkdir(parents=True, exist_ok=True)

    def _move(self, stale: set[str], foreign: set[str]) -> None:
        """Put one file after another into its place, in the folder that is there.

        What must no longer be public is removed first, so that it is gone even if the build is killed after that. What
        pages need comes before the pages. If the build is killed, the next one does not finish this, but makes its own
        site, since what is new here may be private by then.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        new = record_of({name: mark for name, mark in self._wanted.items() if name not in foreign})
        self._write_record(self._record.union(new))
        self._remove(stale)
        for name in sorted(self._staged, key=pages_last):
            place = self._root / name
            try:
                put_in_place(self._staging / name, place)
            except FileNotFoundError:  # its folder is new
                place.parent.mkdir(parents=True, exist_ok=True)
                put_in_place(self._staging / name, place)
        self._write_record(new)

    def _remove(self, stale: set[str]) -> None:
        """Remove files of ours, and all folders of ours that are empty then."""
        for name in stale:
            remove(self._root / name)
        # Not only those of `stale`: a build that was killed may have left empty folders.
        for folder in sorted(self._our_folders - all_parents(self._wanted), reverse=True):
            with suppress(OSError):
                (self._root / folder).rmdir()

    def _write_record(self, record: Record) -> None:
        record.write(self._staging / RECORD)
        put_in_place(self._staging / RECORD, self._root / RECORD)


def give_back(folder: Path, root: Path) -> None:
    """Move folders of others from `folder`, which has been the output, into the output `root`, if they are missing there.

    A build that was killed right after it had exchanged the two has left them.
    """
    record = read_record(folder)
    if record is None or not root.is_dir():
        return
    others = {name for name in _tree(folder).folders if not record.has(f"{name}/")}
    for name in _outermost(others):
        if not os.path.lexists(root / name):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(root / name)


def sweep(folder: Path, aside: Path, root: Path) -> None:
    """Remove `folder`, which has been the output that `root` is now.

    Files of others that are not in `root` are copied into the folder `aside` before.
    """
    record = read_record(folder) or Record()
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in [*files, *links]:
            path = Path(parent, name)
            below = path.relative_to(folder).as_posix()
            if not record.has(below) and below != RECORD and not _is_same(path, root / below):
                _copy(path, aside / below)
    # The record goes last: a sweep that is killed must know what is left.
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != RECORD:
            child.unlink()
    shutil.rmtree(folder)


def _outermost(folders: set[str]) -> list[str]:
    """Return the folders that are not inside another one of them."""
    return sorted(folder for folder in folders if folders.isdisjoint(parents(folder)))


def _is_same(path: Path, other: Path) -> bool:
    """Say whether two names are of one file."""
    with suppress(OSError):
        return os.path.samestat(path.lstat(), other.lstat())
    return False


def _tree(root: Path) -> _Tree:
    found = _Tree()
    if root.is_dir():
        _add_entries(found, str(root), "")
    return found


def _add_entries(found: _Tree, root: str, prefix: str) -> None:
    """Add what is in a folder of the site; `prefix` is its path, empty or with a slash at the end."""
    with os.scandir(f"{root}/{prefix}") as entries:
        for entry in entries:
            if entry.name in _NOT_SITE and not prefix:
                continue
            if entry.is_dir(follow_symlinks=False):
                found.folders.add(prefix + entry.name)
                _add_entries(found, root, f"{prefix}{entry.name}/")
            else:
                found.files.add(prefix + entry.name)


def _copy(path: Path, to: Path) -> None:
    """Copy a file or a link, in place of what is there."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.unlink(missing_ok=True)
    if stat.S_ISREG(path.lstat().st_mode) or path.is_symlink():
        shutil.copyfile(path, to, follow_symlinks=False)


def _owner(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return found.st_uid, found.st_gid
