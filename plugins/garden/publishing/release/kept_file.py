"""Writing the files in the folder of notes that record what has been published, in two steps.

The first step writes a temporary file, before the site is replaced: whatever can go wrong, such as a full disk, goes wrong
then. The second step renames it. If it is interrupted, the temporary file remains; its name begins with a dot, so it is
not a file of the vault, and the next publication overwrites it.
"""

import os
from contextlib import suppress
from pathlib import Path

from garden.model.errors import StorageError


class KeptFile:
    """A file that is replaced in two steps, completely or not at all."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._new = file.with_name(f".{file.name}.new")

    def prepare(self, text: str) -> None:
        """Write the text to the temporary file, unless the file has it already. Raises StorageError."""
        content = text.encode()
        try:
            if not self._has(content):
                self._write(content)
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be written: {error.strerror}. It records what is public, so nothing has "
                "been published: give yourself permission to write in that folder, or make room, and publish "
                "again"
            ) from error

    def put_in_place(self, text: str) -> None:
        """Replace the file by the prepared one, unless it has the text already. Raises StorageError."""
        content = text.encode()
        try:
            if self._has(content):
                with suppress(OSError):  # left by a publication that was killed
                    self._new.unlink()
                return
            if not self._new.is_file() or self._new.read_bytes() != content:
                self._write(content)
            self._new.replace(self._file)
        except OSError as error:
            raise StorageError(
                f"{self._file} can no longer be written: {error.strerror}. The site has been published; solve "
                "this and publish again, so that it is recorded as well"
            ) from error

    def _write(self, content: bytes) -> None:
        with suppress(FileNotFoundError):
            self._new.unlink()
        # With "x" an existing file is never written to: it might be a link that leads out of the folder.
        with self._new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _has(self, content: bytes) -> bool:
        return self._file.is_file() and self._file.read_bytes() == content
