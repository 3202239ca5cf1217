"""Files in the author's folder of notes that say what has been published: written in two steps, whole or not at all.

What can go wrong goes wrong in the first step, before the site is replaced; what a step that is killed leaves behind
has a fixed name with a leading dot, which is not a file of the vault, and is overwritten by the next one.
"""

import os
from contextlib import suppress
from pathlib import Path

from garden.model.errors import StorageError


class KeptFile:
    """A file and the text that is to replace it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._new = file.with_name(f".{file.name}.new")

    def prepare(self, text: str) -> None:
        """Write the text beside the file, if it is new. Raises StorageError."""
        content = text.encode()
        try:
            if not self._says(content):
                self._write(content)
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be written: {error.strerror}. It records what is public, so nothing has "
                "been published: give yourself permission to write in that folder, or make room, and publish "
                "again"
            ) from error

    def put_in_place(self, text: str) -> None:
        """Put the text into the file, if it is new. Raises StorageError."""
        content = text.encode()
        try:
            if self._says(content):
                with suppress(OSError):  # what a publication that was killed has left
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
        # What stands there now is not ours: a link, say, that leads out of the folder.
        with self._new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _says(self, content: bytes) -> bool:
        return self._file.is_file() and self._file.read_bytes() == content
