"""`garden serve`: build, serve, and on every save build again and tell the browser.

A build that fails ends nothing: its log is shown in the browser and the next save
tries again. The preview is an output of its own, apart from what is published (PB-8). The parts are next door:
`hosts.pelican.process` runs Pelican, `watching` notices changes, `web_server` answers the browser, `live_reload`
tells pages what has changed.
"""

import argparse
import errno
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from garden.hosts.command_line import CommandError, Commands, path_argument, settings_of
from garden.hosts.pelican.process import (
    ERRORS_EXIT_CODE,
    SHOWN,
    STAYS,
    WHOLE,
    BuildResult,
    SiteBuilder,
    builder,
    pelican_arguments,
)
from garden.hosts.serve.editors import EDITORS, editor_pattern
from garden.hosts.serve.live_reload import FILES, STYLE, Builds
from garden.hosts.serve.note_problems import NoteProblems
from garden.hosts.serve.watching import Changed, Watcher, watched_alone
from garden.hosts.serve.web_server import SiteServer
from garden.hosts.settings.completion import THEME_OVERRIDES
from garden.hosts.settings.configuration import PREVIEW_FOLDER, load_settings
from garden.model.errors import UNWRITTEN, SettingsError
from garden.model.names import VaultPath, is_note
from garden.vault.stored.cache_folder import cache_folder

CODE = (".py",)
"""Files that a warm process has read already: after their change it is started afresh."""

_WITHIN_PAGES = (".css", ".html", ".po", *CODE)
"""Files whose change is one of pages or style sheets; that of any other file, such as a picture, is seen only when it is loaded again."""


_RETRIES = (5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds after which a build that could not write is tried again, as nobody tells when a disk has room; the last of them again and again."""

_WITH_ERRORS = 4
"""Exit code of a build that is complete and has found errors in notes."""


class DevServer:
    """One run of the server: the builder, the last build, the server.

    After a change of notes their own pages come first; the rest of the site follows, in a thread, until the next
    change.
    """

    def __init__(self, site: SiteBuilder, builds: Builds, server: SiteServer, editor: str = "") -> None:
        """Serve what `site` builds; `editor` opens places in notes: its name, or the pattern of an address."""
        self._editor = editor
        self._site = site
        self._builds = builds
        self._server = server
        self._serving = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        self._completing = threading.Thread()
        self._is_closed = False
        self._has_new_files = False
        self._unwritten = 0  # builds in a row
        self._retry = threading.Timer(0, lambda: None)
        self.on_retry: Callable[[], None] = lambda: None
        """Called when it is time to build again although nothing has changed."""

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        host, port = str(self._server.server_address[0]), self._server.server_port
        return f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"

    def build(self, vault: Path, changed: Changed = frozenset()) -> None:
        """Build once; code among the changed paths is read again. A browser that came early waits for this.

        Without a `vault` there is nothing to build: that is told, and the site stays as it is. A change of notes
        alone is shown on their pages at once, and `complete` does the rest.
        """
        start = time.monotonic()
        self._has_new_files |= not all(
            is_note(VaultPath(path.name)) or path.suffix in _WITHIN_PAGES for path in changed
        )
        if any(path.suffix in CODE for path in changed):
            self._site.refresh()
        elif changed and vault.is_dir() and all(path.is_relative_to(vault.resolve()) for path in changed):
            shown = self._site.show(changed, _say)
            # What was being completed has been given up for this.
            self.wait()
            if shown == SHOWN:
                last = self._builds.last
                self._builds.ended(last.log, failed=False, errors=last.errors)
                _say(f"Shown in {time.monotonic() - start:.2f} s: {self.address}")
            if shown != WHOLE:
                self._complete(vault, start)
                return
        self.wait()
        style = bool(changed) and all(path.suffix == ".css" for path in changed)
        self._ended(self._site.build(_say) if vault.is_dir() else _without(vault), vault, start, style=style)
        if not self._serving.is_alive():
            self._serving.start()

    def _complete(self, vault: Path, start: float) -> None:
        """Bring the rest of the site up to date in a thread."""

        def complete() -> None:
            outcome = self._site.complete(_say)
            if outcome is not None and not self._is_closed:
                self._ended(outcome, vault, start)

        self._completing = threading.Thread(target=complete, daemon=True)
        self._completing.start()

    def wait(self) -> None:
        """Wait until the rest of the site is up to date, or has been given up."""
        if self._completing.is_alive():
            self._completing.join()

    def _ended(self, outcome: BuildResult, vault: Path, start: float, *, style: bool = False) -> None:
        """Tell how a build has ended."""
        errors = outcome.code == _WITH_ERRORS
        failed = outcome.code != 0 and not errors
        problems = NoteProblems(outcome.log, vault, editor_pattern(self._editor, vault))
        self._retry.cancel()
        if not failed:
            self._unwritten = 0
        renewed = STYLE if style else FILES if self._has_new_files else ""
        self._has_new_files = False
        self._builds.ended(outcome.log, failed=failed, renewed=renewed, errors=errors, problems=problems)
        if errors:
            _say(f"Built in {time.monotonic() - start:.1f} s, with errors in notes: {self.address}")
        elif failed:
            _say(f"The build has failed; {self._next_try(outcome.log)}. {self.address}")
        else:
            _say(f"Built in {time.monotonic() - start:.1f} s: {self.address} (Ctrl-C stops the server)")

    def _next_try(self, log: str) -> str:
        """Say when a failed build is tried again, and see to it."""
        if UNWRITTEN not in log:
            return "it is tried again when you save a correction"
        seconds = _RETRIES[min(self._unwritten, len(_RETRIES) - 1)]
        self._unwritten += 1
        self._retry = threading.Timer(seconds, self.on_retry)
        self._retry.daemon = True
        self._retry.start()
        return f"it is tried again in {seconds:.0f} s"

    def close(self) -> None:
        """End the builder and the server."""
        self._is_closed = True
        self._retry.cancel()
        self._builds.close()
        self._site.close()
        if self._serving.is_alive():
            self._server.shutdown()
        self._server.server_close()


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `serve` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "serve",
        parents=[shared],
        description=(
            "Build the site and serve it on this machine. When you save a note, a template, a style sheet, a "
            "script or a setting, the site is built again and the browser shows the new page. Drafts have "
            "pages as well, and are marked as drafts; no other command shows them."
        ),
    )
    parser.add_argument(
        "vault", nargs="?", type=path_argument, help="folder of notes (default: PATH of the settings file)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to serve at (default: %(default)s)")
    parser.add_argument(
        "--output",
        type=path_argument,
        help="folder to build into (default: a preview in CACHE_PATH, never OUTPUT_PATH)",
    )
    parser.add_argument(
        "--published", action="store_true", help="show the site as it will be published, without drafts"
    )
    parser.add_argument(
        "--csp",
        default="",
        metavar="POLICY",
        help="Content-Security-Policy to send, for trying out the policy of your web server",
    )
    parser.add_argument(
        "--editor",
        default="",
        metavar="NAME",
        help=f"the editor that opens when you follow a link to a place in a note: {', '.join(EDITORS)}, or an "
        "address with {path}, {line} and {column} (default: that of VISUAL or EDITOR, or Obsidian for its "
        "vaults, or vscode)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return 0 then. Raises CommandError or SettingsError when it cannot start."""
    conf = arguments.conf.resolve()
    # The site is at the root of the local server, wherever it will be published.
    overrides: dict[str, Any] = {"SITEURL": "", STAYS: "yes", ERRORS_EXIT_CODE: _WITH_ERRORS}
    _, names, vault = settings_of(arguments, overrides)
    output = _preview_folder(arguments.output, names)
    if not arguments.published:
        overrides[PREVIEW_FOLDER] = str(output)
    builds = Builds(first=int(time.time()))
    server = _server(arguments.host, arguments.port, output, builds, arguments.csp)
    # Without a folder on the command line it is the settings file, as last saved, that names it.
    site = builder(pelican_arguments(conf, vault if arguments.vault else None, output, overrides))
    signal.signal(signal.SIGTERM, _interrupt)
    workshop = DevServer(site, builds, server, arguments.editor)
    try:
        _work(workshop, arguments, names)
    except KeyboardInterrupt:
        return 0
    finally:
        workshop.close()


def _work(workshop: DevServer, arguments: argparse.Namespace, names: dict[str, Any]) -> NoReturn:
    """Build, and again on each change.

    After a change of the settings other folders may be watched, and one that has come or gone must be.
    """
    conf = arguments.conf.resolve()
    watcher = Watcher()
    workshop.on_retry = watcher.wake
    changed: Changed = frozenset()
    while True:
        # Watching starts before building, so that no save is missed meanwhile.
        folders = _folders(arguments.vault, names, conf)
        renewing = watched_alone(folders, conf)
        with watcher.watching(folders, conf):
            workshop.build(folders[0], changed)
            changed = watcher.wait()
            while renewing.isdisjoint(changed):
                workshop.build(folders[0], changed)
                changed = watcher.wait()
        # A settings file that cannot be read is what the next build will report.
        with suppress(SettingsError):
            names = load_settings(conf)[1]


def _preview_folder(wanted: Path | None, names: dict[str, Any]) -> Path:
    """Return the folder of the preview, which is never one that is published (PB-8)."""
    if wanted is None:
        return (cache_folder(Path(names["CACHE_PATH"])).path / "preview").resolve()
    if wanted.resolve() == Path(names["OUTPUT_PATH"]).resolve():
        raise CommandError(
            f"{wanted} is the folder that `garden html` and `garden publish` write; a preview needs another one"
        )
    return wanted.resolve()


def _server(host: str, port: int, output: Path, builds: Builds, policy: str) -> SiteServer:
    try:
        return SiteServer((host, port), output, builds, policy)
    except OverflowError as error:
        raise CommandError(f"{port} is not a port, which is a number from 1 to 65535") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"port {port} is in use, perhaps by another `garden serve`; choose another one, such as --port "
                f"{port + 1}"
            ) from error
        raise CommandError(f"cannot serve at {host}:{port}: {error.strerror}") from error


def _folders(vault: Path | None, names: dict[str, Any], conf: Path) -> Sequence[Path]:
    """Return the folders that the site is made of."""
    written = [names.get("THEME", "theme")]
    for setting in (*THEME_OVERRIDES, "PLUGIN_PATHS"):
        written += names.get(setting, ())
    return [vault or Path(names["PATH"]), *(conf.parent / str(folder) for folder in written)]


def _without(vault: Path) -> BuildResult:
    """Return a build that fails because its folder of notes has gone."""
    reason = (
        f"There is no folder of notes {vault}: the site stays as it is, and is built again when the folder is "
        "back."
    )
    _say(reason)
    return BuildResult(1, reason)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
