"""Hashes of all inputs of a build: if they are the same, the next build has nothing to do."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from garden.hosts.settings.completion import THEME_OVERRIDES
from garden.publishing.folder.record import stamp_of
from garden.vault.code_version import code_version
from garden.vault.scan import VaultFiles

# Settings of Pelican that templates show.
_TEMPLATE_SETTINGS: Final = (
    "SITENAME",
    "SITEURL",
    *THEME_OVERRIDES,
    "JINJA_GLOBALS",
    "DEFAULT_LANG",
)

_NOTE_IN_LEDGER: Final = re.compile(r'"content":"([0-9a-f]+)",(?:[^\n]*?,)??"note":"((?:[^"\\]|\\.)*)"')
"""A line of the ledger about a note: the hash of its text, and its path as JSON writes it."""


def hash_of_inputs(files: VaultFiles, besides: str) -> str:
    """Return a hash of all inputs: of the notes, and of what `hash_besides_notes` has returned."""
    digest = sha256(besides.encode())
    for path, sha in files.notes.items():
        digest.update(f"{path}\0{sha}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def hash_besides_files(files: VaultFiles, pelican: Mapping[str, Any], state: tuple[object, ...]) -> str:
    """Return a hash of all inputs of a build except notes and attachments.

    `state` has our settings, the folders and the version of the theme; these are hashed by their `repr`.
    """
    digest = sha256(code_version().encode())
    digest.update(repr(state).encode("utf-8", "surrogateescape"))
    digest.update(repr([(name, repr(pelican.get(name))) for name in _TEMPLATE_SETTINGS]).encode())
    digest.update(f"{files.breadcrumbs}\0{files.math_preamble}".encode())
    digest.update(_addresses_in(files).encode("utf-8", "surrogateescape"))
    digest.update(repr((files.obsidian, files.problems, files.repository)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def hash_besides_notes(files: VaultFiles, besides_files: str) -> str:
    """Return a hash of all inputs of a build except the notes; `besides_files` is what `hash_besides_files` has returned."""
    digest = sha256(besides_files.encode())
    for path in files.attachments:
        digest.update(f"{path}\0{_state(files.root / path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _addresses_in(files: VaultFiles) -> str:
    """Return the ledger without the hashes of texts that do not matter, because every publishing renews those of changed notes.

    Linking recognises a moved note by the hash of its text. So the hash matters for a note of the ledger that no longer
    exists, and for one that has, or had, the same text as such a note.
    """
    found = [(line[1], _unescaped(line[2])) for line in _NOTE_IN_LEDGER.finditer(files.ledger)]
    of_vanished = {text_hash for text_hash, path in found if path not in files.notes}

    def without_hash(line: re.Match[str]) -> str:
        return line[0] if line[1] in of_vanished else line[0].replace(line[1], "", 1)

    return _NOTE_IN_LEDGER.sub(without_hash, files.ledger)


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"')) if "\\" in text else text
    except ValueError:
        return text  # a damaged line


def _state(file: Path) -> str:
    """Return a value that changes when the file does; the file may be missing."""
    try:
        return stamp_of(file.stat())
    except OSError:
        return "gone"
