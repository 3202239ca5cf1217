"""Files of the cache that say themselves whether they are whole: their first line is the hash of the rest.

A cache outlives power cuts, full disks and other programs; what is damaged must be made again, never believed.
"""

import os
import threading
from hashlib import sha256
from pathlib import Path


def read_sealed(file: Path) -> bytes | None:
    """Return the content of a sealed file, None when it is not there or not whole."""
    try:
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if seal == _seal(content) else None


def write_sealed(file: Path, content: bytes) -> None:
    """Write a sealed file, whole or not at all; another build may be about to do the same. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        temporary.write_bytes(_seal(content) + b"\n" + content)
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _seal(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
