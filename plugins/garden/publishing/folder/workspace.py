"""The workspace in which a build makes its files before any of them is public, and the lock that admits one build at a time.

The workspace is a folder beside the output, since a file can be moved in one step only within a file system. If the output
is a mount point, or nothing may be written beside it, the workspace is inside it. It is removed at the end; the next build
removes what a killed build has left there.
"""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from garden.model.errors import storage_error

INSIDE: Final = ".garden-building"
"""The name of the workspace when it is in the output."""

_NOT_BESIDE: Final = frozenset((errno.EACCES, errno.EPERM, errno.EROFS, errno.EXDEV))
"""The errors for a folder that cannot be made beside the output, and for a rename that would lead to another file system."""

_OLD: Final = "old"
"""The beginning of the names of folders that were the output."""

_LOCK_STAYS: Final = sys.platform == "win32"
"""Whether the file of the lock cannot be removed while this process has it open."""


class Workspace:
    """The workspace of one build, which holds the lock from `__init__` to `close`."""

    def __init__(self, output: Path, on_wait: Callable[[], None]) -> None:
        """Wait for other builds of the folder `output` (`on_wait` is called once) and clear what they left.

        Raises StorageError when nothing can be written.
        """
        try:
            self.folder, self._lock = self._enter(output, on_wait)
            for left in self.folder.iterdir():
                if left.is_dir() and not left.name.startswith(_OLD):
                    shutil.rmtree(left)
            self.staging = self.folder / f"new-{os.urandom(8).hex()}"
            self.staging.mkdir()
        except OSError as error:
            raise storage_error(error, output) from error

    @property
    def replaced(self) -> list[Path]:
        """Folders that were the output until a build put a new one in their place."""
        return sorted(path for path in self.folder.iterdir() if path.name.startswith(_OLD))

    def old(self) -> Path:
        """Return a path for the folder that the new output replaces."""
        return self.folder / f"{_OLD}-{os.urandom(8).hex()}"

    def close(self) -> None:
        """Remove the workspace and admit the next build, which also removes old outputs that are still there."""
        shutil.rmtree(self.staging, ignore_errors=True)
        if not self.replaced and not _LOCK_STAYS:
            shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)
        if _LOCK_STAYS:
            # If the next build already has the lock, neither of the two can be removed, nor should it be.
            with suppress(OSError):
                (self.folder / "lock").unlink()
                self.folder.rmdir()

    @staticmethod
    def _enter(output: Path, on_wait: Callable[[], None]) -> tuple[Path, int]:
        """Return the workspace and the descriptor that holds its lock."""
        _check_folder(output)
        beside = workspace_of(output)
        lock = -1
        try:
            beside.mkdir(parents=True, exist_ok=True)
            lock = _locked(beside / "lock", on_wait)
            if output.is_dir():
                _check_rename(beside, output)
        except OSError as error:
            if lock >= 0:
                shutil.rmtree(beside, ignore_errors=True)
                os.close(lock)
            if error.errno not in _NOT_BESIDE or not output.is_dir():
                raise
        else:
            return beside, lock
        inside = output / INSIDE
        inside.mkdir(exist_ok=True)
        return inside, _locked(inside / "lock", on_wait)


def check_output(output: Path) -> None:
    """Raise StorageError when a site cannot be put into the folder `output`, as far as that can be known beforehand."""
    try:
        _check_folder(output)
    except OSError as error:
        raise storage_error(error, output) from error


def _check_folder(output: Path) -> None:
    """Raise OSError when a folder can be neither written nor made, for example because it is a file of the author's."""
    existing = next(path for path in (output, *output.parents) if os.path.lexists(path))
    if not existing.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{'it' if existing == output else existing} is not a folder")
    if existing != output:
        Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=existing)).rmdir()
    elif not os.access(output, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def workspace_of(output: Path) -> Path:
    """Return the workspace beside an output folder."""
    return output.parent / f".{output.name}.garden"


def is_left(output: Path) -> bool:
    """Say whether there is a workspace: of a build that was killed, or of one that is running."""
    return workspace_of(output).exists() or (output / INSIDE).exists()


def _check_rename(one: Path, other: Path) -> None:
    """Raise OSError when files cannot be renamed from one folder to another, as between file systems."""
    if one.stat().st_dev != other.stat().st_dev:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(other))
    # Between two mounts of one file system nothing can be renamed either, which only an attempt shows. It need not succeed:
    # for a file that does not exist, the error is another one.
    with suppress(FileNotFoundError):
        (one / "nothing").rename(other / "nothing")


def _locked(file: Path, on_wait: Callable[[], None]) -> int:
    """Return a descriptor that holds the lock; the system frees it when the process ends, even if that is killed."""
    has_waited = False
    while True:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _try_lock(descriptor):
                if not has_waited:
                    on_wait()
                    has_waited = True
                _wait_for_lock(descriptor)
            # The build before us may have removed the file that we have waited for; others lock a new one then.
            if _is_same(descriptor, file):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_same(descriptor: int, file: Path) -> bool:
    """Say whether the open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        # This waits for ten seconds, then fails.
        while True:
            with suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

else:
    import fcntl

    # These locks are not inherited by forked processes, so a worker that outlives its build holds nothing.
    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX)
