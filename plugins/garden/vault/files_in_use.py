"""Replaces and removes files that another program may be reading: a web server, a virus scanner, a backup program.

On Windows such a file can be neither replaced nor removed while it is open, so it is tried again; elsewhere it can.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_WAITS: Final = (0.01, 0.05, 0.2, 0.5, 1.0) if sys.platform == "win32" else ()
"""Seconds to wait before each further attempt."""


def put_in_place(new: Path, place: Path) -> None:
    """Move the file `new` to `place`, replacing the file there. Raises OSError."""
    _patiently(lambda: new.replace(place))


def remove(file: Path) -> None:
    """Remove a file that may be gone already. Raises OSError."""
    _patiently(lambda: file.unlink(missing_ok=True))


def _patiently(step: Callable[[], object]) -> None:
    """Try a step again after each wait; the last time, its error is raised."""
    for wait in _WAITS:
        try:
            step()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    step()
