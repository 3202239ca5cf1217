"""Runs Pelican as a child process: its command line, its log, its exit code.

Pelican runs in a process of its own, because it keeps old objects alive from run to run, and because a broken plugin
must not end the server. A `ForkingBuilder` forks each run from a process that has imported everything already, which
saves a quarter of a second; after a change of code or settings it starts a new one.
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
"""The module with which Garden's commands run Pelican."""

# Modules that the parent imports before it forks. All but the first two are otherwise imported when they are needed, which
# would happen in every forked child again.
PRELOADED = (
    "pelican",
    "garden.hosts.pelican.plugin",
    "garden.hosts.pelican.resident",
    "garden.reading.document",
    "garden.linking.link_vault",
    "garden.publishing.site_writer",
    "garden.rendering.renewed_catalog",
    "babel.dates",
    "math_core",
)

_LAST_RESPONSES = 1.0
"""Seconds within which all requests to a process that has ended are given up; Ctrl-C may have interrupted one before that."""

_PADDING = re.compile(r" {40,}")
"""The spaces with which Pelican's logger pads a line: more than any text has."""

Print = Callable[[str], None]
"""A function that is called with each line of the log as soon as it is printed, without its line end."""


class BuildResult(NamedTuple):
    """The result of a run: its exit code (0 is success) and everything that it printed."""

    code: int
    log: str


class SiteBuilder(Protocol):
    """Builds the site repeatedly."""

    def build(self, on_line: Print) -> BuildResult:
        """Build once; `on_line` gets each line of the log."""

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Build the pages of changed notes before the rest of the site; return SHOWN, LATER or WHOLE."""

    def complete(self, on_line: Print) -> BuildResult | None:
        """Build the rest of the site after `show`; return None when another request has interrupted it."""

    def refresh(self) -> None:
        """Read code and settings again for the next build, since they have changed."""

    def close(self) -> None:
        """End all processes that are still running."""


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
    """Builds in a new interpreter each time, for systems that cannot fork."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments

    def build(self, on_line: Print) -> BuildResult:
        """Build once; `on_line` gets each line of the log."""
        return run_pelican(self._arguments, on_line)

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Return WHOLE: only a whole build is possible."""
        del changed, on_line
        return WHOLE

    def complete(self, on_line: Print) -> BuildResult | None:
        """Build everything, since no process stays between builds."""
        return self.build(on_line)

    def refresh(self) -> None:
        """Do nothing: every build reads code and settings again."""

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
        self._is_closed = False
        self._sending = threading.Lock()
        # Several threads may wait for responses, which come in the order of the requests: `_turn` is the number of the request
        # whose response is next.
        self._answered = threading.Condition()
        self._sent = 0
        self._turn = 1

    def build(self, on_line: Print) -> BuildResult:
        """Build once; `on_line` gets each line of the log."""
        # A resident build must end before another one can be forked.
        request = f"{END}\n{self._request}" if self._is_resident else self._request
        answer, log = self._ask(request, on_line)
        code, _, remains = answer.partition(" ")
        self._is_resident = bool(remains) and code.isdecimal()
        return BuildResult(int(code) if code.isdecimal() else 1, log)

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Build the pages of changed notes; return SHOWN, LATER or WHOLE."""
        if not self._is_resident:
            return WHOLE
        paths = json.dumps([str(path) for path in sorted(changed)])
        return self._known(self._ask(f"{SHOW} {paths}", on_line)[0])

    def complete(self, on_line: Print) -> BuildResult | None:
        """Build the rest of the site; return None when another request has interrupted it."""
        if self._is_resident:
            answer, log = self._ask(COMPLETE, on_line)
            if answer.isdecimal():
                return BuildResult(int(answer), log)
            if self._known(answer) == INTERRUPTED:
                return None
        return self.build(on_line)

    def _known(self, answer: str) -> str:
        """Return a response, or WHOLE for an unexpected one: then the process has ended, and the next build starts another."""
        if answer in (SHOWN, LATER, INTERRUPTED, WHOLE):
            return answer
        self.refresh()
        return WHOLE

    def _ask(self, request: str, on_line: Print) -> tuple[str, str]:
        """Send a request; return the response, empty when the process has ended, and the lines printed until then.

        Another thread may send a request before the response to this one; responses come in the order of the requests.
        """
        with self._sending:
            if self._is_closed:
                return "", ""
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
        self._end(parent)
        return "", "\n".join(log)

    def refresh(self) -> None:
        """End the process, so that the next build starts one with the present code and settings."""
        if self._parent is not None:
            self._end(self._parent)

    def close(self) -> None:
        """End the process and a build that still runs in it; no other build begins."""
        self._is_closed = True
        self.refresh()

    def _end(self, parent: subprocess.Popen[str]) -> None:
        """End a process, unless another thread does, and a build that still runs in it."""
        with self._sending:
            if self._parent is not parent:
                return
            self._parent, self._is_resident = None, False
        # An interrupted build must not go on writing; its processes are all in the session of this one.
        _kill_group(parent)
        with self._answered:  # a thread that waits for a response finds the end of the output
            self._answered.wait_for(lambda: self._turn > self._sent, _LAST_RESPONSES)
        with suppress(BrokenPipeError):
            parent.communicate()

    def _start(self) -> subprocess.Popen[str]:
        arguments = ["garden.hosts.pelican.fork_server", self._token, *self._preloaded]
        # In a session of its own it does not get Ctrl-C, which ends the server, which ends this process.
        return _started(arguments, stdin=subprocess.PIPE, start_new_session=True)


def builder(arguments: list[str]) -> SiteBuilder:
    """Return the fastest builder that works on this system."""
    return ForkingBuilder(arguments) if hasattr(os, "fork") else SpawningBuilder(arguments)


def _started(arguments: list[str], *, stdin: int, start_new_session: bool = False) -> subprocess.Popen[str]:
    """Start one of our modules in a new interpreter; standard output and standard error are read as one text."""
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
    """Return the environment of a build: output unbuffered, our package importable, log lines not folded (DG-2)."""
    package_parent = str(Path(__file__).resolve().parents[3])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"COLUMNS": "10000", **os.environ} | {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _without_padding(line: str) -> str:
    """Return a line of the log without the spaces with which Pelican's logger pads it to the width of the terminal."""
    return _PADDING.sub("  ", line).rstrip()


def _kill_group(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
