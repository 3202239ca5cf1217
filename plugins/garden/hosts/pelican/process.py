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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

PROGRAM = "pelican"
ERRORS_EXIT_CODE = "ERRORS_EXIT_CODE"
"""The setting with the exit code of a build that is complete and has found errors in notes (HC-9): 1 unless it is set.

A caller that needs to know whether there is a whole site gives a code that no failure has.
"""
# The last two are imported by the core only when a note needs them, which in a forked child is every time.
PRELOADED = (
    "pelican",
    "garden.hosts.pelican.plugin",
    "garden.reading.document",
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

    def refresh(self) -> None:
        """Forget code and settings that were read before: they have changed."""

    def close(self) -> None:
        """End what is still running."""


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
    with subprocess.Popen(  # noqa: S603 - the arguments are the author's own
        [sys.executable, "-m", PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=_environment(),
    ) as process:
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

    def build(self, on_line: Print) -> BuildResult:
        """Build once, handing over each line of the log."""
        parent = self._parent = self._parent or self._start()
        assert parent.stdin is not None
        assert parent.stdout is not None
        log = []
        try:
            parent.stdin.write(self._request + "\n")
            parent.stdin.flush()
        except BrokenPipeError:
            log.append("The process that builds the site has ended.")
        for line in parent.stdout:
            text, token, code = line.partition(self._token)
            if text:  # the program's last line may lack its end
                log.append(_without_padding(text))
                on_line(log[-1])
            if token:
                return BuildResult(int(code), "\n".join(log))
        self.close()
        return BuildResult(1, "\n".join(log))

    def refresh(self) -> None:
        """Forget code and settings that were read before: the next build starts a new process."""
        self.close()

    def close(self) -> None:
        """End the process and a build that still runs in it."""
        if self._parent is not None:
            # Its children are in its session; an interrupted build must not go on writing.
            _kill_group(self._parent)
            self._parent.communicate()
            self._parent = None

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "garden.hosts.pelican.fork_server", self._token, *self._preloaded],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the server, which then ends this process
        )


def builder(arguments: list[str]) -> SiteBuilder:
    """Return the quickest builder that this system allows."""
    return ForkingBuilder(arguments) if hasattr(os, "fork") else SpawningBuilder(arguments)


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
    """Return a line of the log without the blanks with which Pelican's logger fills the whole width."""
    return _PADDING.sub("  ", line).rstrip()


def _kill_group(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
