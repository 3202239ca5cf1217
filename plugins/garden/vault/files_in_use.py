"""Files that somebody is reading: a browser's page on its way, a virus scanner, a program that keeps copies.

On Windows such a file can neither be replaced nor removed for that moment; elsewhere it can.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_WAITS: Final = (0.01, 0.05, 0.2, 0.5, 1.0) if sys.platform == "win32" else ()
"""Seconds to wait before each further attempt."""


def put_in_place(new: Path, place: Path) -> None:
    """Let the file `new` take the place of another one. Raises OSError."""
    _patiently(lambda: new.replace(place))


def remove(file: Path) -> None:
    """Remove a file that may be gone already. Raises OSError."""
    _patiently(lambda: file.unlink(missing_ok=True))


def _patiently(step: Callable[[], object]) -> None:
    for wait in _WAITS:
        try:
            step()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    step()
