"""The files beside a page that only some pages have: is their place free?

Two pages never share a file (PB-6). What is made beside a page is dropped where an author's own
page or attachment has that address already, or stands in its way as a folder or file.
"""

import unicodedata
from collections.abc import Iterator

from garden.linking.snapshot import Snapshot
from garden.model.names import SaveAs, save_as


class Places:
    """The files and folders that pages and attachments take up."""

    def __init__(self, snapshot: Snapshot) -> None:
        groups = (
            snapshot.addresses,
            snapshot.files,
            snapshot.tag_addresses,
            snapshot.category_addresses,
            snapshot.author_addresses,
        )
        self._files = {_key(save_as(url)) for group in groups for url in group.values() if "#" not in url}
        self._folders = {folder for file in self._files for folder in _folders(file)}

    def free(self, file: SaveAs) -> bool:
        """Say whether `file` can be written without touching another."""
        key = _key(file)
        return (
            key not in self._files
            and key not in self._folders
            and not any(folder in self._files for folder in _folders(key))
        )


def _folders(file: str) -> Iterator[str]:
    return (file[:at] for at, char in enumerate(file) if char == "/")


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
