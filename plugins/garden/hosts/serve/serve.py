"""`garden serve`: build, serve, and on every save build again and tell the browser.

When a build fails, the server goes on: the log is shown in the browser and the next save tries again. The preview has a
folder of its own, apart from what is published (PB-8). `hosts.pelican.process` runs Pelican; in this folder `watching`
notices changes, `web_server` answers the browser and `live_reload` tells open pages what has changed.
"""

import argparse
import errno
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from garden.hosts.command_line import CommandError, Commands, path_argument, settings_of
from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE, RESIDENT
from garden.hosts.pelican.process import SiteBuilder, builder, pelican_arguments
from garden.hosts.serve.dev_server import WITH_ERRORS, DevServer
from garden.hosts.serve.editors import EDITORS
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.public_view import PublicView
from garden.hosts.serve.watching import Changed, Watcher, watched_alone
from garden.hosts.serve.web_server import OtherView, SiteServer
from garden.hosts.settings.completion import THEME_OVERRIDES
from garden.hosts.settings.configuration import PREVIEW_FOLDER, load_settings
from garden.model.errors import SettingsError
from garden.vault.git.log import log_of_commits
from garden.vault.stored.cache_folder import cache_folder

_PORTS: Final = 65_536
"""The number of ports that there are, from 0 on."""


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `serve` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "serve",
        parents=[shared],
        description=(
            "Build the site and serve it on this machine. When you save a note, a template, a style sheet, a "
            "script or a setting, the site is built again and the browser shows the new page. Drafts have "
            "pages as well, and are marked as drafts; no other command shows them. A link in the corner leads to "
            "the same page as it would be published."
        ),
    )
    parser.add_argument(
        "vault", nargs="?", type=path_argument, help="folder of notes (default: PATH of the settings file)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to serve at (default: %(default)s)")
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


def _port(written: str) -> int:
    """Return the number of a port. Raises ArgumentTypeError for anything else."""
    if not (written.isascii() and written.isdecimal() and int(written) < _PORTS):
        raise argparse.ArgumentTypeError(f'a port is a number below {_PORTS}, not "{written}"')
    return int(written)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return 0 then. Raises CommandError or SettingsError when it cannot start."""
    # The site is at the root of the local server, wherever it will be published.
    overrides: dict[str, Any] = {"SITEURL": "", RESIDENT: "yes", ERRORS_EXIT_CODE: WITH_ERRORS}
    _, pelican_settings, vault = settings_of(arguments, overrides)
    output = _preview_folder(arguments.output, pelican_settings)
    published = _in_cache("published", pelican_settings)
    # Builds are numbered from the present time on, so that pages opened in an earlier run notice that theirs is older.
    builds = Builds(first=int(time.time()))
    server = _server(arguments.host, arguments.port, output, builds, arguments.csp)
    shown = {} if arguments.published else {PREVIEW_FOLDER: str(output)}

    def site(output: Path, settings: dict[str, Any]) -> SiteBuilder:
        # Without a folder on the command line the settings file, as last saved, names the folder of notes.
        own = vault if arguments.vault else None
        return builder(pelican_arguments(arguments.conf.resolve(), own, output, overrides | settings))

    def public_site() -> DevServer:
        builds = Builds(first=int(time.time()))
        other = _second_server(server, published, builds)
        other.other = OtherView("With drafts", lambda: server.server_port)
        return DevServer(
            site(published, {}), builds, other, arguments.editor, lambda _: None, has_drafts=False
        )

    signal.signal(signal.SIGTERM, _interrupt)
    preview = DevServer(
        site(output, shown), builds, server, arguments.editor, has_drafts=not arguments.published
    )
    public = PublicView(public_site)
    if not arguments.published:
        server.other = OtherView("As published", public.port)
    try:
        _rebuild_on_changes(preview, public, arguments, pelican_settings)
    except KeyboardInterrupt:
        return 0
    finally:
        preview.close()
        public.close()


def _rebuild_on_changes(
    preview: DevServer, public: PublicView, arguments: argparse.Namespace, pelican_settings: dict[str, Any]
) -> NoReturn:
    """Build the site, and build it again after each change.

    The folders to watch are determined again when the settings have changed, or when a folder has appeared or disappeared.
    """
    conf = arguments.conf.resolve()
    watcher = Watcher()
    preview.on_retry = watcher.wake
    changed: Changed = frozenset()
    while True:
        # Watching starts before building, so that no save is missed meanwhile.
        folders = _folders(arguments.vault, pelican_settings, conf)
        needing_new_watch = watched_alone(folders, conf)
        with watcher.watching(folders, conf, log_of_commits(folders[0])):
            while True:
                preview.build(folders[0], changed)
                public.build(folders[0], changed)
                changed = watcher.wait()
                if not needing_new_watch.isdisjoint(changed):
                    break
        # If the settings file cannot be read, the next build reports it.
        with suppress(SettingsError):
            pelican_settings = load_settings(conf)[1]


def _preview_folder(wanted: Path | None, pelican_settings: dict[str, Any]) -> Path:
    """Return the folder of the preview. Raises CommandError for the folder that is published (PB-8)."""
    if wanted is None:
        return _in_cache("preview", pelican_settings)
    if wanted.resolve() == Path(pelican_settings["OUTPUT_PATH"]).resolve():
        raise CommandError(
            f"{wanted} is the folder that `garden html` and `garden publish` write; a preview needs another one"
        )
    return wanted.resolve()


def _in_cache(name: str, pelican_settings: dict[str, Any]) -> Path:
    return (cache_folder(Path(pelican_settings["CACHE_PATH"])).path / name).resolve()


def _server(host: str, port: int, output: Path, builds: Builds, policy: str) -> SiteServer:
    """Return the server at an address. Raises CommandError if nothing can be served there."""
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


def _second_server(first: SiteServer, output: Path, builds: Builds) -> SiteServer:
    """Return a server for a second output of the site: at the port after that of the first, or at any free one."""
    host, port = str(first.server_address[0]), first.server_port
    try:
        return SiteServer((host, port + 1), output, builds, first.policy)
    except (OSError, OverflowError):
        return SiteServer((host, 0), output, builds, first.policy)


def _folders(vault: Path | None, pelican_settings: dict[str, Any], conf: Path) -> Sequence[Path]:
    """Return the folders that the site is built from; the first is the folder of notes."""
    written = [pelican_settings.get("THEME", "theme")]
    for setting in (*THEME_OVERRIDES, "PLUGIN_PATHS"):
        written += pelican_settings.get(setting, ())
    return [vault or Path(pelican_settings["PATH"]), *(conf.parent / str(folder) for folder in written)]


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
