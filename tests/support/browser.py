"""The browser of the tests: the one that is there, or one that is installed now.

`make test` runs this file before the tests. It says what it installs, and ends with a failure and one
sentence where it cannot: no test is skipped for want of a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

NAMES = (
    "chromium-headless-shell",  # the same engine without windows: starts and opens pages in half the time
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
"""What Chromium and Chrome are called, in the order in which they are tried."""

NEITHER = (
    "The tests need a browser, and none could be installed: install Chromium, or name it with "
    "GARDEN_BROWSER=/path/to/chromium."
)


class BrowserError(Exception):
    """There is no browser; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is asked of the machine, so that tests can answer."""

    environment: Mapping[str, str]
    is_root: bool
    which: Callable[[str], str | None]
    playwrights_own: Callable[[], str]
    """Gives the path at which Playwright keeps its own Chromium, whether it is there or not."""
    succeeds: Callable[[Sequence[str]], bool]
    """Runs a command without showing what it prints, and says whether it ended with 0."""
    runs: Callable[[Sequence[str]], bool]
    """The same, in sight of the user."""


def browser_path(machine: Machine) -> str:
    """Return the path of a browser that starts: the one that GARDEN_BROWSER names, the system's, Playwright's.

    Empty when there is none. Raises BrowserError when the named one does not start.
    """
    named = machine.environment.get("GARDEN_BROWSER")
    if named:
        if _starts(machine, named):
            return named
        raise BrowserError(f"GARDEN_BROWSER names {named}, which does not start.")
    found = filter(None, map(machine.which, NAMES))
    # On Ubuntu a browser of the system may be a script that only says where else to look, hence the attempt to start it.
    return next((path for path in _and_last(found, machine.playwrights_own) if _starts(machine, path)), "")


def ways_to_install(machine: Machine) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    """Yield the ways to get a browser on this machine, the best one first: its name and its commands."""
    apt = machine.is_root and machine.which("apt-get") is not None
    if apt:
        # Debian has this package, Ubuntu has not.
        quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
        install = [*quietly, "chromium-headless-shell"]
        yield "apt-get", [["apt-get", "update", "-qq"], install]
    # With root's rights it can bring the libraries that Chromium needs, too.
    libraries = ["--with-deps"] if apt else []
    yield "Playwright", [[sys.executable, "-m", "playwright", "install", *libraries, "chromium"]]


def provide(machine: Machine, say: Callable[[str], None]) -> str:
    """Return the path of a browser, which is installed when there is none. Raises BrowserError."""
    found = browser_path(machine)
    if found:
        return found
    for name, commands in ways_to_install(machine):
        say(f"The tests need a browser and there is none: installing Chromium with {name} …")
        if all(machine.runs(command) for command in commands) and (found := browser_path(machine)):
            say(f"The tests use {found}.")
            return found
    raise BrowserError(NEITHER)


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        environment=os.environ,
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        which=shutil.which,
        playwrights_own=_playwrights_own,
        succeeds=partial(_run, quiet=True),
        runs=_run,
    )


def _and_last(paths: Iterator[str], last: Callable[[], str]) -> Iterator[str]:
    yield from paths
    yield last()


def _starts(machine: Machine, path: str) -> bool:
    return machine.succeeds([path, "--version"])


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _run(command: Sequence[str], *, quiet: bool = False) -> bool:
    shown = subprocess.DEVNULL if quiet else sys.stderr
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=shown, stderr=shown, check=False, timeout=900
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    try:
        provide(this_machine(), partial(print, file=sys.stderr))
    except BrowserError as error:
        sys.exit(str(error))
