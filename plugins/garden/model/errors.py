"""What stops a build from outside the notes: a setting, a template, a command's arguments, the system.

The text is all that an author needs: programs print it as it is, without a traceback. What is wrong in a
note is a `Diagnostic`.
"""

import errno
from pathlib import Path
from typing import Final


class AuthorError(Exception):
    """Something that the author must correct before anything can be built; the text says what, where and how."""


class SettingsError(AuthorError):
    """A setting has a name or a value that the plugin does not know; the text says which."""


class TemplateError(AuthorError):
    """A template cannot be rendered; the text says where and why."""


class StorageError(AuthorError):
    """The system does not let a file be written; the text says which, why, and what to do."""


UNWRITTEN: Final = "cannot be written"
"""What the text of every StorageError says: whoever has only the log of a build sees by it that waiting may help."""

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


def storage_error(error: OSError, path: Path) -> StorageError:
    """Return what to tell the author when the file or folder `path` could not be written."""
    if error.errno in _FULL:
        return StorageError(
            f"{path} {UNWRITTEN}: the disk is full. Make room (or raise the quota or the limit on file "
            "sizes) and build again; the earlier content is still there"
        )
    if error.errno in _FORBIDDEN:
        return StorageError(
            f"{path} {UNWRITTEN}: {error.strerror}. Give yourself permission to write there, or choose "
            "another folder (OUTPUT_PATH and CACHE_PATH in the settings file)"
        )
    return StorageError(
        f"{path} {UNWRITTEN}: {error.strerror or error}. Choose another folder (OUTPUT_PATH and CACHE_PATH in the "
        "settings file)"
    )
