"""Where tests put their files: into memory where the system offers that, since a disk takes twenty times as long for small ones."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""

ROOM = 2 << 30
"""The bytes that have to be free there: a run leaves a tenth of that at its end."""


def use_memory(memory: Path = MEMORY) -> None:
    """Let temporary files of this process, and of those that it starts, be in memory, unless TMPDIR says where they belong."""
    if "TMPDIR" not in os.environ and _is_usable(memory):
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # it is asked again


def _is_usable(folder: Path) -> bool:
    """Say whether there is room, and programs in it can be run: in a container they often cannot."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    return shutil.disk_usage(folder).free >= ROOM and not os.statvfs(folder).f_flag & os.ST_NOEXEC
