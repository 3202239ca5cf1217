"""A few files change in an output that stands as the last build has left it: they alone are looked at.

Whatever is not as plain as that is the work of `replacing`, which looks at the whole folder: many files, a file that
somebody else has changed, something of others where a file has to be.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from garden.publishing.folder.record import RECORD, add_to_record, added_lines, all_parents, changed_record
from garden.vault.files_in_use import put_in_place, remove

FEW: Final = 40
"""Up to so many files are moved one by one: that takes less than a millisecond, an exchange of folders more."""

_SHARE: Final = 10
"""So are those of a large site as long as they are at most one in so many: an exchange has to link and remove all of its files."""


def are_few(changes: int, files: int) -> bool:
    """Say whether so many changes of a site with so many files are made one by one."""
    return changes <= FEW or changes * _SHARE <= files


class SmallChange:
    """The step to a site of which a few files are new or gone; all others stand in `root`."""

    def __init__(  # noqa: PLR0913 (each says of what site)
        self,
        root: Path,
        staging: Path,
        wanted: Mapping[str, str],
        *,
        record: bytes,
        staged: set[str],
        stale: set[str],
        put: set[str],
    ) -> None:
        """Take the names of the files that are new in `staging`, of those that go, and of those that have been put; see `possible`."""
        self._root = root
        self._staging = staging
        self._wanted = wanted
        self._record = record
        self._staged = staged
        self._stale = stale
        self._put = put

    @classmethod
    def possible(  # noqa: PLR0913 (each says of what site)
        cls,
        root: Path,
        staging: Path,
        wanted: Mapping[str, str],
        *,
        before: Iterable[str],
        record: str,
        put: Sequence[tuple[str, str]],
        is_unchanged: Callable[[str], bool],
    ) -> Self | None:
        """Return the step to the files `wanted`, given with the hashes of their contents; None where it is not so plain.

        `before` are the files that the last build has left, `record` is the hash of what it has noted of them. `put` are those
        that have been put into their places since then, with the hashes of their contents. Of those that stay somebody has
        made sure that they stand there.
        """
        known = set(before)
        staged = _few_files(staging, len(known))
        added = added_lines(put)
        # A line that nobody here has added is of a build that was killed: it may have left files that nobody knows.
        content = _content(root / RECORD)
        noted = content.removesuffix(added)
        if staged is None or len(noted) + len(added) != len(content) or sha256(noted).hexdigest() != record:
            return None
        stale = known - wanted.keys()
        is_plain = (
            are_few(len(staged) + len(stale), len(known))
            and staged <= wanted.keys() <= known | staged
            and all(map(is_unchanged, stale | (staged & known)))
            and not any(os.path.lexists(root / name) for name in staged - known)
            and all(map(_is_folder, {root / folder for folder in all_parents(staged | stale)}))
        )
        if not is_plain:
            return None
        names = {name for name, _ in put} & wanted.keys()
        return cls(root, staging, wanted, record=noted, staged=staged, stale=stale, put=names)

    def run(self) -> None:
        """Put file after file into its place: what must no longer be public is removed first, what pages need before the pages.

        The record names all of them meanwhile, for the build that comes after one that is killed. Raises OSError.
        """
        new = {name: self._wanted[name] for name in sorted(self._staged)}
        add_to_record(self._root, new.items())
        for name in self._stale:
            remove(self._root / name)
        gone = all_parents(self._stale) - all_parents(self._wanted) if self._stale else set()
        for folder in sorted(gone, reverse=True):
            with suppress(OSError):  # something of others may be in it
                (self._root / folder).rmdir()
        for name in sorted(new, key=lambda name: (name.endswith(".html"), name)):
            place = self._root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            put_in_place(self._staging / name, place)
        new |= {name: self._wanted[name] for name in self._put}
        (self._staging / RECORD).write_bytes(changed_record(self._record, new, self._stale, gone))
        put_in_place(self._staging / RECORD, self._root / RECORD)


def _few_files(folder: Path, of: int) -> set[str] | None:
    """Return the names of the files in a folder, None where there are many for a site `of` that many files."""
    found: set[str] = set()
    for place, _, files in os.walk(folder):
        prefix = Path(place).relative_to(folder)
        found.update((prefix / name).as_posix() for name in files)
        if not are_few(len(found), of):
            return None
    return found


def _content(file: Path) -> bytes:
    """Return what is in a file of our own, nothing where there is none."""
    try:
        return b"" if file.is_symlink() else file.read_bytes()
    except OSError:
        return b""


def _is_folder(path: Path) -> bool:
    """Say whether a folder is there, or nothing, so that it can be made."""
    return not os.path.lexists(path) or (path.is_dir() and not path.is_symlink())
