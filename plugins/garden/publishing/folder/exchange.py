"""Swapping two folders in one step: a system call that Python does not offer."""

import os
import sys
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
"""The flag of both systems: RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""

CAN_EXCHANGE: Final = sys.platform in ("linux", "darwin")
"""Whether there is such a call; it may fail all the same."""


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places; return False, nothing being changed, where that fails."""
    import ctypes  # few builds replace the whole folder

    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        # A C library that is older than the call does not have it.
        call = getattr(libc, "renameat2", None)
        return call is not None and bool(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE) == 0)
    if sys.platform == "darwin":
        return bool(ctypes.CDLL(None).renamex_np(*paths, _EXCHANGE) == 0)
    return False
