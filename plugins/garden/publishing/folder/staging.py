"""The folder in which a build makes its files before any of them is public. Nothing is ever made outside it (PB-5)."""

import os
from pathlib import Path


class OutsideOutputError(Exception):
    """A file would have been written outside the output folder; this is a bug, not the author's fault."""


class Staging:
    """The staging folder of one build, in the process that uses it."""

    def __init__(self, root: Path) -> None:
        """Use the folder `root`, which exists."""
        self.root = root
        # A text and a set, because a path object for each file takes as long as writing it.
        self._path = str(root)
        self._folders: set[str] = set()  # that exist

    def path(self, save_as: str) -> str:
        """Return the path of a file that is being made; its folder is there. Raises OutsideOutputError."""
        if save_as.startswith("/"):
            raise OutsideOutputError(f"{save_as} lies outside the output folder")
        self._make_folder(save_as.rpartition("/")[0])
        return f"{self._path}/{save_as}"

    def _make_folder(self, folder: str) -> None:
        """Make a folder of the output in which files are made, and those that it lies in."""
        if folder in self._folders or not folder:
            return
        above, _, name = folder.rpartition("/")
        self._make_folder(above)
        path = f"{self._path}/{folder}"
        if name == ".." or os.sep in name:
            raise OutsideOutputError(f"{folder} lies outside the output folder")
        try:
            os.mkdir(path)  # noqa: PTH102 (a Path for each folder takes as long as making it)
        except FileExistsError as error:
            # Another process has made it; or it is a link.
            found = os.path.realpath(path)
            if not found.startswith(self._path + os.sep):
                raise OutsideOutputError(f"{folder} lies outside the output folder") from error
        self._folders.add(folder)
