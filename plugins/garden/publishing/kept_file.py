"""Files in the author's folder of notes that say what has been published: written in two steps, whole or not at all.

What can go wrong goes wrong in the first step, before the site is replaced; what a step that is killed leaves behind
has a fixed name with a leading dot, which is no file of the vault, and the next one writes over it.
"""

from contextlib import suppress
from pathlib import Path

from garden.model.errors import storage_error


class KeptFile:
    """A file and the new text that is to take its place."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._new = file.with_name(f".{file.name}.new")

    def prepare(self, text: str) -> None:
        """Write the text beside its place, where it says something new. Raises StorageError."""
        content = text.encode()
        try:
            if not self._says(content):
                self._new.write_bytes(content)
        except OSError as error:
            with suppress(OSError):
                self._new.unlink(missing_ok=True)
            raise storage_error(error, self._file) from error

    def put_in_place(self, text: str) -> None:
        """Let the text be that of the file, where it says something new. Raises StorageError."""
        content = text.encode()
        try:
            if self._says(content):
                self._new.unlink(missing_ok=True)
                return
            if not self._new.exists() or self._new.read_bytes() != content:
                self._new.write_bytes(content)
            self._new.replace(self._file)
        except OSError as error:
            raise storage_error(error, self._file) from error

    def _says(self, content: bytes) -> bool:
        return self._file.exists() and self._file.read_bytes() == content
