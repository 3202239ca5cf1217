"""A site that is being worked on: built, served, and built again after every change."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from garden.hosts.pelican.build_requests import SHOWN, WHOLE
from garden.hosts.pelican.process import BuildResult, Print, SiteBuilder
from garden.hosts.serve.editors import editor_pattern
from garden.hosts.serve.live_reload import FILES, STYLE, Builds
from garden.hosts.serve.note_problems import NoteProblems, without_problems
from garden.hosts.serve.watching import Changed
from garden.hosts.serve.web_server import SiteServer
from garden.model.errors import UNWRITTEN
from garden.model.names import VaultPath, is_note

CODE = (".py",)
"""Endings of files that the running builder may have imported: it is restarted when one of them changes."""

_WITHIN_PAGES = (".css", ".html", ".po", *CODE)
"""Endings of files whose changes are visible in pages or style sheets. The browser has to load any other file again, such as a
picture, whose page stays the same."""

_RETRIES = (5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds until a build that could not write is tried again, each after one more failure; the last one repeats.

Nothing tells the server when a full disk has room again.
"""

WITH_ERRORS = 4
"""Exit code of a build that completed, but found errors in notes."""


def print_line(line: str) -> None:
    """Print a line for the author."""
    print(line, file=sys.stderr, flush=True)


class DevServer:
    """One run of `garden serve`: a builder, its last build and the web server.

    After a change of notes their own pages are built first. A thread then builds the rest of the site, unless the next
    change interrupts it.
    """

    def __init__(  # noqa: PLR0913 (the parts of a server, and how it differs from another one)
        self,
        site: SiteBuilder,
        builds: Builds,
        server: SiteServer,
        editor: str = "",
        say: Print = print_line,
        *,
        has_drafts: bool = True,
    ) -> None:
        """Serve what `site` builds.

        `editor` is the name of the editor that links open, or the pattern of their address; `say` prints a line for the author.
        Without drafts, problems of notes are not shown either, since they quote drafts as well.
        """
        self._editor = editor
        self._has_drafts = has_drafts
        self._say = say
        self._site = site
        self._builds = builds
        self.server = server
        self._serving = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        self._completing = threading.Thread()
        self._is_closed = False
        self._has_new_files = False  # whether files have changed that the browser has to load again
        self._unwritten = 0  # builds in a row that could not write
        self._retry = threading.Timer(0, lambda: None)
        self.on_retry: Callable[[], None] = lambda: None
        """Called when it is time to build again although nothing has changed."""

    @property
    def port(self) -> int:
        """The port at which the site is served."""
        return self.server.server_port

    @property
    def address(self) -> str:
        """The address of the site for a browser."""
        host, port = str(self.server.server_address[0]), self.server.server_port
        return f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"

    def build(self, vault: Path, changed: Changed = frozenset()) -> None:
        """Build once. If code is among the changed paths, it is imported again. The first call starts to answer requests.

        If the folder `vault` is missing, a message says so and the site stays as it is. If only notes have changed, their
        pages are shown at once, and a thread builds the rest.
        """
        start = time.monotonic()
        self._has_new_files |= not all(
            is_note(VaultPath(path.name)) or path.suffix in _WITHIN_PAGES for path in changed
        )
        if any(path.suffix in CODE for path in changed):
            self._site.refresh()
        elif changed and vault.is_dir() and all(path.is_relative_to(vault.resolve()) for path in changed):
            shown = self._site.show(changed, self._say)
            # By now the builder has abandoned the rest of the previous build.
            self.wait()
            if shown == SHOWN:
                last = self._builds.last
                self._builds.ended(last.log, failed=False, errors=last.errors)
                self._say(f"Shown in {time.monotonic() - start:.2f} s: {self.address}")
            if shown != WHOLE:
                self._complete(vault, start)
                return
        self.wait()
        style = bool(changed) and all(path.suffix == ".css" for path in changed)
        self._report(
            self._site.build(self._say) if vault.is_dir() else self._without_vault(vault),
            vault,
            start,
            style=style,
        )
        if not self._serving.is_alive():
            self._serving.start()

    def _complete(self, vault: Path, start: float) -> None:
        """Build the rest of the site in a thread."""

        def complete() -> None:
            outcome = self._site.complete(self._say)
            if outcome is not None and not self._is_closed:
                self._report(outcome, vault, start)

        self._completing = threading.Thread(target=complete, daemon=True)
        self._completing.start()

    def wait(self) -> None:
        """Wait until the rest of the site is built, or its build has been abandoned."""
        if self._completing.is_alive():
            self._completing.join()

    def _report(self, outcome: BuildResult, vault: Path, start: float, *, style: bool = False) -> None:
        """Record the result of a build for the browser, and print it."""
        errors = outcome.code == WITH_ERRORS
        failed = outcome.code != 0 and not errors
        log = outcome.log if self._has_drafts else without_problems(outcome.log) if failed else ""
        problems = NoteProblems(log, vault, editor_pattern(self._editor, vault))
        self._retry.cancel()
        if not failed:
            self._unwritten = 0
        renewed = STYLE if style else FILES if self._has_new_files else ""
        self._has_new_files = False
        self._builds.ended(log, failed=failed, renewed=renewed, errors=errors, problems=problems)
        if errors:
            self._say(f"Built in {time.monotonic() - start:.1f} s, with errors in notes: {self.address}")
        elif failed:
            self._say(f"The build has failed; {self._next_try(outcome.log)}. {self.address}")
        else:
            self._say(f"Built in {time.monotonic() - start:.1f} s: {self.address} (Ctrl-C stops the server)")

    def _next_try(self, log: str) -> str:
        """Return when a failed build is tried again, in words for a message; set a timer if it could not write."""
        if UNWRITTEN not in log:
            return "it is tried again when you save a correction"
        seconds = _RETRIES[min(self._unwritten, len(_RETRIES) - 1)]
        self._unwritten += 1
        self._retry = threading.Timer(seconds, self.on_retry)
        self._retry.daemon = True
        self._retry.start()
        return f"it is tried again in {seconds:.0f} s"

    def _without_vault(self, vault: Path) -> BuildResult:
        """Return the result of a build whose folder of notes is missing."""
        reason = f"There is no folder of notes {vault}: the site stays as it is, and is built again when the folder is back."
        self._say(reason)
        return BuildResult(1, reason)

    def close(self) -> None:
        """End the builder and the server."""
        self._is_closed = True
        self._retry.cancel()
        self._builds.close()
        self._site.close()
        if self._serving.is_alive():
            self.server.shutdown()
        self.server.server_close()
