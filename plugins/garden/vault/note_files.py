"""Reads the bytes of a note: those of its file, and for a notebook those of the metadata file beside it.

Pelican's readers of notebooks take title, date, tags and status from `x.nbdata` or `x.ipynb-meta` beside `x.ipynb`.
Both files together are the note, so that a change of either is a change of the note.
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
"""The endings of the files with the metadata of a notebook."""

# Without these, opening a pipe would wait for a writer, and Windows would convert line endings.
_FOR_READING: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_AT_ONCE: Final = 1 << 20
"""The number of bytes that are read at once."""


def note_content(file: Path | str) -> bytes:
    """Return the bytes of a note. Raises OSError for what is not a regular file or cannot be read."""
    content = file_content(file)
    beside = metadata_file(Path(file)) if os.fspath(file).lower().endswith(NOTEBOOK) else None
    return beside.read_bytes() + METADATA_END + content if beside else content


def file_content(file: Path | str) -> bytes:
    """Return the bytes of a file alone. Raises OSError as `note_content`."""
    # System calls instead of a file object, because every build reads all notes; if none has changed, it does little else.
    opened = os.open(file, _FOR_READING)
    try:
        state = os.fstat(opened)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(f"{file} is not a regular file")
        content = os.read(opened, state.st_size + 1)
        if len(content) == state.st_size:
            return content
        # The file has changed in between, or it is larger than one call reads.
        parts = [content]
        while part := os.read(opened, _AT_ONCE):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(opened)


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
