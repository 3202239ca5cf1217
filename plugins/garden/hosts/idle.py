"""The search index while notes are being written: made in the quiet after a build, never during one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from garden.indexing import IndexingError, install, prepare
from garden.output import Output

QUIET: Final = 3.0
"""Seconds after the last build until the index is made."""


class IdleIndexing:
    """Brings the index of the site in `output` up to date when no build has run for a while."""

    def __init__(self, output: Path, cache: Path, say: Callable[[str], None], quiet: float = QUIET) -> None:
        self._output = output
        self._cache = cache
        self._say = say
        self._quiet = quiet
        self._files = threading.Lock()
        self._timer: threading.Timer | None = None
        self._closed = False

    @contextmanager
    def building(self) -> Iterator[None]:
        """Keep off while a build runs, and begin the wait anew when it has ended."""
        if self._timer is not None:
            self._timer.cancel()
        with self._files:
            yield
        self._wait()

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()

    def _wait(self) -> None:
        if not self._closed:
            self._timer = threading.Timer(self._quiet, self._index)
            self._timer.daemon = True
            self._timer.start()

    def _index(self) -> None:
        try:
            made = prepare(Output(self._output, self._cache), self._cache)
        except IndexingError as error:
            self._closed = True  # once said is enough
            self._say(f"{error}; the site works without it")
            return
        # The engine takes seconds; only moving its files in must not meet a build.
        with self._files:
            # A build in between has made it useless, and that build's own wait will follow.
            if made is not None and not self._closed:
                install(made, Output(self._output, self._cache), self._cache)
