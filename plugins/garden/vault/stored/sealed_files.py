"""Files of the cache whose integrity can be checked: they begin with a hash of the rest.

A cache file may be damaged by a power cut, a full disk or another program; then its content must be made again, never used.
"""

import json
import os
import shutil
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from garden.model.errors import storage_error
from garden.vault.files_in_use import put_in_place


def read_sealed(file: Path) -> bytes | None:
    """Return the content of a sealed file, None if it is missing or damaged."""
    try:
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if seal == _seal(content) else None


def write_sealed(file: Path, content: bytes) -> None:
    """Write a sealed file, completely or not at all. Raises StorageError."""
    write_whole(file, _seal(content) + b"\n" + content)


def read_sealed_json(file: Path) -> Any:
    """Return the content of a sealed JSON file, None if it is missing or damaged."""
    try:
        text = file.read_bytes()
    except OSError:
        return None
    content = text[len(_json_head(b"")) : -1]
    return json.loads(content) if text == _json_head(content) + content + b"}" else None


def write_sealed_json(file: Path, content: object) -> None:
    """Write a sealed JSON file, completely or not at all. Raises StorageError."""
    text = json.dumps(content).encode("utf-8", "surrogateescape")
    write_whole(file, _json_head(text) + text + b"}")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file of the cache, completely or not at all; another build may be doing the same.

    Raises StorageError.
    """
    temporary = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        if file.is_dir():
            shutil.rmtree(file)  # in the cache folder there is nothing that others have made
        put_in_place(temporary, file)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise storage_error(error, file) from error


def _json_head(content: bytes) -> bytes:
    """Return what comes before the content in a sealed JSON file, which is a JSON object as a whole."""
    return b'{"seal": "' + _seal(content) + b'",\n"content": '


def _seal(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
