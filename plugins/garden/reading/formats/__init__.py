"""Converts notes in other formats to the text of a Markdown note, so that links, tags, hierarchy, search and status work alike.

A reader is a function that gets the name of a file and its bytes, and returns the text. Readers are given by the
names of their module and function, because some need libraries that this layer must not import.
"""

from importlib import import_module
from typing import Final

from garden.model.names import VaultPath, extension

METADATA_END: Final = b"\0"
"""Separates the metadata, from a file beside the note, from the note's own bytes after it; no notebook contains this byte."""


class UnreadableNoteError(Exception):
    """A file does not have the format of its ending; the text says why."""


def note_bytes(path: VaultPath, data: bytes, readers: tuple[tuple[str, str], ...]) -> bytes:
    """Return the text of a note as UTF-8; `data` itself for a format without a reader.

    `readers` are pairs of an ending and `module:function`. Raises UnreadableNoteError.
    """
    named = dict(readers).get(extension(path))
    if named is None:
        return data
    module, _, function = named.partition(":")
    text: str = getattr(import_module(module), function)(path, data)
    return text.encode("utf-8", "surrogatepass")
