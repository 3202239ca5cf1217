"""Running Pelican as a child process: its command line, its log, its exit code.

Pelican runs in a process of its own, because it keeps old objects alive from run
to run and because a broken plugin must not end the server. A `ForkingBuilder` forks
each run from a process that has imported everything, which saves the quarter of
a second that the imports cost; after a change of code or settings it starts afresh.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from garden.hosts.pelican.build_requests import COMPLETE, END, INTERRUPTED, LATER, SHOW, SHOWN, WHOLE

PROGRAM = "garden.hosts.pelican.program"
"""Pelican, as the commands of garden run it."""

# All but the first two are imported only when they are needed, which in a forked child is every time.
PRELOADED = (
    "pelican",
    "garden.hosts.pelican.plugin",
    "garden.hosts.pelican.resident",
    "garden.reading.document",
    "garden.linking.link_vault",
    "garden.publishing.site_writer",
    "babel.dates",
    "math_core",
)

_PADDING = re.compile(r" {40,}")

Print = Callable[[str], None]
"""Takes one line of the log, without its line end, as soon as it is there."""


class BuildResult(NamedTuple):
    """How a run ended: its exit code (0 is success) and everything it printed."""

    code: int
    log: str


class SiteBuilder(Protocol):
    """Something that can build the site again and again."""

    def build(self, on_line: Print) -> BuildResult:
        """Build once, handing over each line of the log."""

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Bring the pages of changed notes up to date, before all else; return SHOWN, LATER or WHOLE."""

    def complete(self, on_line: Print) -> BuildResult | None:
        """Bring the whole site up to date after `show`; return None when something else was asked for meanwhile."""

    def refresh(self) -> None:
        """Forget code and settings that were read before: they have changed."""

    def close(self) -> None:
        """Stop everything that is still running."""


def pelican_arguments(
    conf: Path, vault: Path | None, output: Path | None, settings: Mapping[str, Any]
) -> list[str]:
    """Return Pelican's arguments for one build; `settings` replace those of the settings file.

    `--fatal errors`, because Pelican by itself exits with 0 when a plugin raises; and never `-q`,
    which would undo that.
    """
    arguments = [str(vault)] if vault else []
    arguments += ["--settings", str(conf), "--fatal", "errors"]
    if output:
        arguments += ["--output", str(output)]
    if settings:
        arguments += [
            "--extra-settings",
            *(f"{name}={json.dumps(value)}" for name, value in settings.items()),
        ]
    return arguments


def run_pelican(arguments: list[str], on_line: Print) -> BuildResult:
    """Run Pelican in a fresh interpreter."""
    with _started([PROGRAM, *arguments], stdin=subprocess.DEVNULL) as process:
        log = []
        for line in process.stdout or ():
            log.append(_without_padding(line))
            on_line(log[-1])
    return BuildResult(process.returncode, "\n".join(log))


class SpawningBuilder:
    """Builds in a fresh interpreter each time: for systems that cannot fork."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments

    def build(self, on_line: Print) -> BuildResult:
        """Build once, handing over each line of the log."""
        return run_pelican(self._arguments, on_line)

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Say that this needs a build."""
        del changed, on_line
        return WHOLE

    def complete(self, on_line: Print) -> BuildResult | None:
        """Build: nothing stays between builds."""
        return self.build(on_line)

    def refresh(self) -> None:
        """Do nothing: every build is fresh."""

    def close(self) -> None:
        """Do nothing: nothing runs between builds."""


class ForkingBuilder:
    """Builds in children of one process that has imported Pelican and the plugin."""

    def __init__(
        self, arguments: list[str], program: str = PROGRAM, preloaded: tuple[str, ...] = PRELOADED
    ) -> None:
        self._request = json.dumps([program, *arguments])
        self._preloaded = preloaded
        self._token = secrets.token_hex(16)
        self._parent: subprocess.Popen[str] | None = None
        self._is_resident = False
        self._sending = threading.Lock()
        self._answered = threading.Condition()
        self._sent = 0  # requests
        self._turn = 1  # the request whose answer comes next

    def build(self, on_line: Print) -> BuildResult:
        """Build once, handing over each line of the log."""
        # A resident build must end before another one can be forked.
        request = f"{END}\n{self._request}" if self._is_resident else self._request
        answer, log = self._ask(request, on_line)
        code, _, remains = answer.partition(" ")
        self._is_resident = bool(remains) and code.isdecimal()
        return BuildResult(int(code) if code.isdecimal() else 1, log)

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Bring the pages of changed notes up to date; return SHOWN, LATER or WHOLE."""
        if not self._is_resident:
            return WHOLE
        paths = json.dumps([str(path) for path in sorted(changed)])
        return self._known(self._ask(f"{SHOW} {paths}", on_line)[0])

    def complete(self, on_line: Print) -> BuildResult | None:
        """Bring the whole site up to date; return None when something else was asked for meanwhile."""
        if self._is_resident:
            answer, log = self._ask(COMPLETE, on_line)
            if answer.isdecimal():
                return BuildResult(int(answer), log)
            if self._known(answer) == INTERRUPTED:
                return None
        return self.build(on_line)

    def _known(self, answer: str) -> str:
        """Return an answer; a process that gives an unexpected one has ended, and another is started."""
        if answer in (SHOWN, LATER, INTERRUPTED, WHOLE):
            return answer
        self.close()
        return WHOLE

    def _ask(self, request: str, on_line: Print) -> tuple[str, str]:
        """Send a request; return what is answered, empty when the process has ended, and what is printed meanwhile.

        Another request may be sent before this one is answered; the answers come in the order of the requests.
        """
        with self._sending:
            parent = self._parent = self._parent or self._start()
            turn = self._sent = self._sent + 1
            assert parent.stdin is not None
            assert parent.stdout is not None
            log = []
            try:
                parent.stdin.write(request + "\n")
                parent.stdin.flush()
            except BrokenPipeError:
                log.append("The process that builds the site has ended.")
        with self._answered:
            self._answered.wait_for(lambda: self._turn >= turn)
        try:
            for line in parent.stdout:
                text, token, answer = line.partition(self._token)
                if text:  # the program's last line may lack its end
                    log.append(_without_padding(text))
                    on_line(log[-1])
                if token:
                    return answer.strip(), "\n".join(log)
        finally:
            with self._answered:
                self._turn += 1
                self._answered.notify_all()
        self.close()
        return "", "\n".join(log)

    def refresh(self) -> None:
        """Forget code and settings that were read before: the next build starts a new process."""
        self.close()

    def close(self) -> None:
        """End the process and a build that still runs in it."""
        parent, self._parent = self._parent, None
        self._is_resident = False
        if parent is not None:
            # Its children are in its session; an interrupted build must not go on writing.
            _kill_group(parent)
            with suppress(BrokenPipeError):
                parent.communicate()

    def _start(self) -> subprocess.Popen[str]:
        arguments = ["garden.hosts.pelican.fork_server", self._token, *self._preloaded]
        # Ctrl-C is for the server, which then ends this process.
        return _started(arguments, stdin=subprocess.PIPE, start_new_session=True)


def builder(arguments: list[str]) -> SiteBuilder:
    """Return the quickest builder that this system allows."""
    return ForkingBuilder(arguments) if hasattr(os, "fork") else SpawningBuilder(arguments)


def _started(arguments: list[str], *, stdin: int, start_new_session: bool = False) -> subprocess.Popen[str]:
    """Run a module of ours in a fresh interpreter; what it prints, and its errors, are read as one text."""
    return subprocess.Popen(  # noqa: S603 - the module is ours, the arguments are the author's own
        [sys.executable, "-m", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=_environment(),
        start_new_session=start_new_session,
    )


def _environment() -> dict[str, str]:
    """Return the environment of a build: unbuffered, our package importable, log lines unfolded (DG-2)."""
    package_parent = str(Path(__file__).resolve().parents[3])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"COLUMNS": "10000", **os.environ} | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _without_padding(line: str) -> str:
    """Return a line of the log without the spaces with which Pelican's logger fills the whole width."""
    return _PADDING.sub("  ", line).rstrip()


def _kill_group(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
