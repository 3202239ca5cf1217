"""Swapping two folders in one step: a system call that Python does not offer."""

import os
import sys
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
"""What Linux takes instead of the descriptor of a folder: paths are those of the working folder."""

_EXCHANGE: Final = 2
"""The flag of both systems: RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""

CAN_EXCHANGE: Final = sys.platform in ("linux", "darwin")
"""Whether the system has such a call; it can still fail, since not every file system supports it."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one file system; return False, without changing anything, if that fails."""
    import ctypes  # few builds exchange folders, and importing it takes time

    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        # An old C library does not have the function.
        call = getattr(libc, "renameat2", None)
        return call is not None and bool(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE) == 0)
    if sys.platform == "darwin":
        return bool(ctypes.CDLL(None).renamex_np(*paths, _EXCHANGE) == 0)
    return False
