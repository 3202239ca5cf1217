"""The version of the program's code: results of an earlier build are only used if the same code has computed them."""

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from garden.vault.note_files import file_content


def _modules(folder: str) -> Iterator[str]:
    """Yield all files with code in a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path
            elif entry.is_dir():
                yield from _modules(entry.path)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of our own code and the Python that runs it: other code may read a note differently."""
    digest = sha256(sys.version.encode())
    for file in sorted(_modules(str(Path(__file__).parents[1]))):
        digest.update(file_content(file))
    # Installing another version of a library touches the folder that all of them are in.
    for folder in sorted({entry for entry in sys.path if entry.endswith("site-packages")}):
        if Path(folder).is_dir():
            digest.update(f"{folder} {Path(folder).stat().st_mtime_ns}".encode())
    return digest.hexdigest()
