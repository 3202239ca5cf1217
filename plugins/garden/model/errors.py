"""Errors that stop a program and are not in a note: in settings, templates, arguments, or files that cannot be written.

Programs print the text of such an error without a traceback, so it has all that an author needs. What is wrong in a note
is a `Diagnostic`.
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
    """A file cannot be written; the text says which, why, and what to do."""


UNWRITTEN: Final = "cannot be written"
"""Words in the text of every StorageError, by which `garden serve` recognizes one in the output of a build."""

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
