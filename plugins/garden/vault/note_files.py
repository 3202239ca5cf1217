"""The bytes of a note: those of its file, and of the file beside a notebook that holds its metadata.

Pelican's readers of notebooks take title, date, tags and status from `x.nbdata` or `x.ipynb-meta` beside `x.ipynb`. Both files together
are the note, so that a change of either is a change of the note.
"""

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final

from garden.reading.formats import METADATA_END

NOTEBOOK: Final = ".ipynb"
"""The ending of notebooks."""

_METADATA: Final = (".nbdata", ".ipynb-meta")


def note_content(file: Path | str) -> bytes:
    """Return the bytes of a note. Raises OSError for what is not a regular file or cannot be read."""
    content = file_content(file)
    beside = metadata_file(Path(file)) if os.fspath(file).lower().endswith(NOTEBOOK) else None
    return beside.read_bytes() + METADATA_END + content if beside else content


def file_content(file: Path | str) -> bytes:
    """Return the bytes of a file alone. Raises OSError as `note_content`."""
    if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116 (a Path for each note takes as long as its reading)
        raise OSError(f"{file} is not a regular file")
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 (as above)
        return opened.read()


def metadata_file(notebook: Path) -> Path | None:
    """Return the file beside a notebook that holds its metadata, None for none."""
    for beside in (notebook.with_suffix(ending) for ending in _METADATA):
        # A link could lead out of the vault.
        if beside.is_file() and not beside.is_symlink():
            return beside
    return None


def note_hash(file: Path | str) -> str:
    """Return the hash of a note's bytes. Raises OSError as `note_content`."""
    return sha256(note_content(file)).hexdigest()
