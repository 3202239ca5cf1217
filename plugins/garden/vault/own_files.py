"""Recognises the files that Garden itself writes into a folder of notes: they are not attachments or part of the site.

Each is recognised by a mark in its text, not by its name, which a file of the author's may have, too.
"""

from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

PUBLISHED_FORMAT: Final = "garden-published"
PUBLISHED_MARK: Final = f'"format": "{PUBLISHED_FORMAT}"'
"""The mark of the file that says what was published last (`publishing.release.manifest`)."""

_MARKS: Final = MappingProxyType({".json": PUBLISHED_MARK})
_HEAD: Final = 1024
"""The number of bytes in which the mark is looked for: a merge conflict may have put lines above it."""


def is_own_file(root: Path, path: str) -> bool:
    """Say whether the file at a path of the vault is one of ours."""
    mark = _MARKS.get(PurePosixPath(path).suffix.lower())
    return mark is not None and has_mark(root / path, mark)


def has_mark(file: Path, mark: str) -> bool:
    """Say whether a file begins with a mark of ours; False when it cannot be read."""
    try:
        with file.open("rb") as content:
            return mark.encode() in content.read(_HEAD)
    except OSError:
        return False
