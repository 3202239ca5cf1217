"""Finds the cache folder: the one that the settings name if it can be written, or else a temporary one."""

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic, Place


class CacheFolder(NamedTuple):
    """A folder that can be written, and the problems to report about it."""

    path: Path
    problems: tuple[Diagnostic, ...]


def cache_folder(wanted: Path) -> CacheFolder:
    """Return `wanted`, creating it if it is missing, or a temporary folder if it cannot be written.

    If it is new, only its owner may read it, and git ignores it, because drafts are in it.
    """
    try:
        is_new = not wanted.exists()
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_new:
            (wanted / ".gitignore").write_text("*\n", encoding="ascii")
        with tempfile.TemporaryFile(dir=wanted):
            pass
    except OSError as error:
        temporary = Path(tempfile.mkdtemp(prefix="garden-cache-"))
        atexit.register(shutil.rmtree, temporary, ignore_errors=True)
        message = f"the cache cannot be written, so every build starts from scratch: {error.strerror}"
        advice = "give yourself permission to write there, make room, or set another CACHE_PATH"
        return CacheFolder(
            temporary, (Diagnostic(Place(str(wanted), 1, 1), "cache-unusable", message, advice),)
        )
    return CacheFolder(wanted, ())
