"""The site as it will be published, beside the preview: first built when somebody opens it, and kept up to date from then on."""

import threading
from collections.abc import Callable
from pathlib import Path

from garden.hosts.serve.dev_server import DevServer
from garden.hosts.serve.watching import Changed


class PublicView:
    """A second server, started when its port is first asked for."""

    def __init__(self, make: Callable[[], DevServer]) -> None:
        """Start the server with `make`, which is called once at most."""
        self._make = make
        self._server: DevServer | None = None
        self._vault = Path()  # the folder of notes, as the last `build` has given it
        self._one_at_a_time = threading.Lock()

    def port(self) -> int:
        """Return the port of the server; the first call builds the site and waits for it."""
        with self._one_at_a_time:
            if self._server is None:
                self._server = self._make()
                self._server.build(self._vault)
            return self._server.port

    def build(self, vault: Path, changed: Changed) -> None:
        """Build again after a change, if the server has been started."""
        with self._one_at_a_time:
            self._vault = vault
            if self._server:
                self._server.build(vault, changed)

    def close(self) -> None:
        """End the server, if there is one."""
        with self._one_at_a_time:
            if self._server:
                self._server.close()
