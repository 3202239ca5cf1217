"""Notes of other formats than Markdown: each is turned into the text of a Markdown note, and read as one.

So links, tags, hierarchy, search and status are the same for all. A reader takes the name of a file and its bytes and returns the text; it
is named by its module and function, because some need programs that this layer does not know.
"""

from importlib import import_module
from typing import Final

from garden.model.names import VaultPath, extension

METADATA_END: Final = b"\0"
"""What ends the metadata from a file beside the note, which comes before the note's own bytes; no notebook has it in it."""


class UnreadableNoteError(Exception):
    """A file is not of the format that its name says; the text says why."""


def note_bytes(path: VaultPath, data: bytes, readers: tuple[tuple[str, str], ...]) -> bytes:
    """Return the text of the note that a file is, as UTF-8; `data` itself for a format that has no reader.

    `readers` are pairs of an ending and `module:function`. Raises UnreadableNoteError.
    """
    named = dict(readers).get(extension(path))
    if named is None:
        return data
    module, _, function = named.partition(":")
    text: str = getattr(import_module(module), function)(path, data)
    return text.encode("utf-8", "surrogatepass")
