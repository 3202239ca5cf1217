"""Changes a few files of an output that is as the last build has left it, without looking at all the others.

Any other case is left to `replacing`, which looks at the whole folder: many files, a file that somebody else has changed,
something of others where a file has to be.
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
"""Up to this many files are moved one by one: that takes less than a millisecond, an exchange of folders more."""

_ONE_IN: Final = 10
"""In a large site, up to one file in this many is moved by itself: an exchange has to link and remove all of them."""


def are_few(changes: int, files: int) -> bool:
    """Say whether this number of changes, in a site of this number of files, is made one by one."""
    return changes <= FEW or changes * _ONE_IN <= files


class SmallChange:
    """The step to a site of which a few files are new or gone; all others are in `root` already."""

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
        """Take the names of files: `staged` are new, `stale` have to go, `put` have been put into place before.

        `possible` explains the other parameters.
        """
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
        """Return the step from what is in `root` to the files `wanted`; None unless it is as simple as the module describes.

        `wanted` and `put` have the hashes of the contents. `before` are the files that the last build has left, `record` is
        the hash of its record of them, and `put` are files that have been put into place since then. The caller has made
        sure that all other files that are wanted are in `root`.
        """
        known = set(before)
        staged = _few_files(staging, len(known))
        added = added_lines(put)
        content = _content(root / RECORD)
        recorded = content.removesuffix(added)
        is_as_known = len(recorded) + len(added) == len(content) and sha256(recorded).hexdigest() == record
        # Another line in the record is of a build that was killed, which may have left files that only the record knows.
        if staged is None or not is_as_known:
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
        return cls(root, staging, wanted, record=recorded, staged=staged, stale=stale, put=names)

    def run(self) -> None:
        """Put one file after another into its place. Raises OSError.

        What must no longer be public is removed first, and what pages need comes before the pages. Meanwhile the record
        names all files, so that the next build knows them even if this one is killed.
        """
        new = {name: self._wanted[name] for name in sorted(self._staged)}
        add_to_record(self._root, new.items())
        for name in self._stale:
            remove(self._root / name)
        gone = all_parents(self._stale) - all_parents(self._wanted) if self._stale else set()
        for folder in sorted(gone, reverse=True):
            with suppress(OSError):  # something of others may be in it
                (self._root / folder).rmdir()
        for name in sorted(new, key=pages_last):
            place = self._root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            put_in_place(self._staging / name, place)
        new |= {name: self._wanted[name] for name in self._put}
        (self._staging / RECORD).write_bytes(changed_record(self._record, new, self._stale, gone))
        put_in_place(self._staging / RECORD, self._root / RECORD)


def pages_last(name: str) -> tuple[bool, str]:
    """Return the key by which files are put into place: pages come after the files that they need."""
    return name.endswith(".html"), name


def _few_files(folder: Path, site_files: int) -> set[str] | None:
    """Return the names of the files in a folder, None if they are many for a site of `site_files` files."""
    found: set[str] = set()
    for place, _, files in os.walk(folder):
        prefix = Path(place).relative_to(folder)
        found.update((prefix / name).as_posix() for name in files)
        if not are_few(len(found), site_files):
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
