"""The folder in which a build makes its files before any of them is public. Nothing is ever made outside it (PB-5)."""

import os
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)

_BLOCK: Final = 1 << 20
"""Bytes of a file that are copied together."""


class OutsideOutputError(Exception):
    """A file would have been written outside the output folder; this is a bug, not the author's fault."""


class Staging:
    """The staging folder of one build, in the process that uses it."""

    def __init__(self, root: Path) -> None:
        """Use the folder `root`, which exists."""
        self.root = root
        # A string, because making a Path for each file takes as long as writing it.
        self._path = str(root)
        self._made: set[str] = set()  # folders that exist

    def path(self, save_as: str) -> str:
        """Return the path of a file that is being made; its folder is there. Raises OutsideOutputError."""
        if save_as.startswith("/"):
            raise OutsideOutputError(f"{save_as} is outside the output folder")
        self._make_folder(save_as.rpartition("/")[0])
        return f"{self._path}/{save_as}"

    def write(self, save_as: str, content: bytes) -> str:
        """Make a file with some content and return its path. Raises OSError, OutsideOutputError."""
        path = self.path(save_as)
        # A file object would make three more system calls for each of thousands of files.
        descriptor = os.open(path, _NEW_FILE, 0o666)
        try:
            written = os.write(descriptor, content)
            while written < len(content):
                written += os.write(descriptor, content[written:])
        finally:
            os.close(descriptor)
        return path

    def copy(self, save_as: str, source: BinaryIO) -> tuple[str, str]:
        """Make a copy of a file that is open; return its path and the SHA-256 of its content, hexadecimal.

        Raises OSError, OutsideOutputError.
        """
        path = self.path(save_as)
        digest = sha256()
        with Path(path).open("wb") as copy:
            while block := source.read(_BLOCK):
                digest.update(block)
                copy.write(block)
        return path, digest.hexdigest()

    def _make_folder(self, folder: str) -> None:
        """Make a folder and its parents, unless they are there."""
        if folder in self._made or not folder:
            return
        parent, _, name = folder.rpartition("/")
        self._make_folder(parent)
        path = f"{self._path}/{folder}"
        if name == ".." or os.sep in name:  # a backslash separates folders on Windows
            raise OutsideOutputError(f"{folder} is outside the output folder")
        try:
            os.mkdir(path)  # noqa: PTH102 (a Path for each folder takes as long as making it)
        except FileExistsError as error:
            # Another process has made it, or it is a link, which may lead outside.
            found = os.path.realpath(path)
            if not found.startswith(self._path + os.sep):
                raise OutsideOutputError(f"{folder} is outside the output folder") from error
        self._made.add(folder)
