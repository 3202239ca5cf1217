"""Reads reStructuredText and HTML files as notes, with Pelican's own readers.

The metadata that a reader finds becomes front matter, and its HTML becomes Markdown, so that everything works as in
other notes. Files that such a file includes are not read: a note cannot publish another file of the machine.
"""

import tempfile
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader, HTMLReader, RstReader
from pelican.settings import DEFAULT_CONFIG

from garden.model.names import VaultPath, extension
from garden.reading.formats import UnreadableNoteError
from garden.reading.formats.front_matter import front_matter_text
from garden.reading.formats.html_to_markdown import markdown_of

_SETTINGS: dict[str, Any] = {
    **DEFAULT_CONFIG,
    "DOCUTILS_SETTINGS": {
        "file_insertion_enabled": False,
        "syntax_highlight": "none",
        "report_level": 5,
        "halt_level": 5,
    },
    "FORMATTED_FIELDS": [],
    "TYPOGRIFY": False,
}


class _RstReader(RstReader):
    def process_metadata(self, name: str, value: object) -> object:
        return value


class _HtmlReader(HTMLReader):
    def process_metadata(self, name: str, value: object) -> object:
        return value


def pelican_text(path: VaultPath, data: bytes) -> str:
    """Return a file that Pelican can read as the text of a note. Raises UnreadableNoteError."""
    reader: BaseReader = (_RstReader if extension(path) == "rst" else _HtmlReader)(_SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"note.{extension(path)}"
        file.write_bytes(data)
        try:
            html, metadata = reader.read(str(file))
        except Exception as error:  # whatever a reader of somebody else's raises
            raise UnreadableNoteError(
                f"Pelican cannot read this file: {error}".replace(str(file), path)
            ) from error
    found = {key: value for key, value in metadata.items() if value not in (None, "")}
    return front_matter_text(found) + "\n" + markdown_of(html or "")
