"""The site as it will be published, beside the preview: built for whoever asks to see it, and kept up to date from then on."""

import threading
from collections.abc import Callable
from pathlib import Path

from garden.hosts.serve.dev_server import DevServer
from garden.hosts.serve.watching import Changed


class PublicView:
    """A second server, which does not exist until somebody looks."""

    def __init__(self, make: Callable[[], DevServer]) -> None:
        """`make` returns the server; it is called once, if at all."""
        self._make = make
        self._server: DevServer | None = None
        self._vault = Path()
        self._one_at_a_time = threading.Lock()

    def port(self) -> int:
        """Return the port of the server; the first call builds the site, which takes as long as that takes."""
        with self._one_at_a_time:
            if self._server is None:
                self._server = self._make()
                self._server.build(self._vault)
            return self._server.port

    def build(self, vault: Path, changed: Changed) -> None:
        """Follow a change, if somebody has looked."""
        with self._one_at_a_time:
            self._vault = vault
            if self._server:
                self._server.build(vault, changed)

    def close(self) -> None:
        """End the server, if there is one."""
        with self._one_at_a_time:
            if self._server:
                self._server.close()
