"""Real builds of small vaults: Pelican itself, with the settings, the theme and the plugin of the repository."""

import base64
import contextlib
import io
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from tests.support.built_site import BuiltSite
from tests.support.vault import write_vault

ROOT = Path(__file__).resolve().parents[2]
QUICK = Path(__file__).with_name("quick_settings.py")
"""The repository's settings for builds in this process."""


class BuildResult(NamedTuple):
    """How a build ended: its exit code and everything it printed."""

    exit_code: int
    log: str


def run_pelican(arguments: list[str]) -> BuildResult:
    """Run Pelican's command line in this process; plugins of others listen no longer than the build."""
    from pelican import main

    from garden.publishing.pictures import icons

    # Pelican sets both levels when it is told to be verbose, and never takes them back.
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("pelican").setLevel(logging.NOTSET)
    log = io.StringIO()
    with (
        _wide_terminal(),
        signals_kept(),
        patch.object(icons, "isolated", _isolated_once),
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
    ):
        try:
            main(arguments)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    lines = (line.rstrip() for line in log.getvalue().splitlines())  # Pelican pads its lines
    return BuildResult(code, "\n".join(lines))


def run_pelican_alone(arguments: list[str], environment: Mapping[str, str] | None = None) -> BuildResult:
    """Run Pelican's command line in a process of its own, from the project root, without a width of the terminal."""
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "pelican", *arguments],
        cwd=ROOT,
        env=inherited | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return BuildResult(done.returncode, done.stdout + done.stderr)


def build(
    source: Path, out: Path, settings: Mapping[str, Any] | None = None, verbose: bool = True
) -> BuildResult:
    """Run Pelican in this process on `source`, writing to `out`.

    `settings` are Pelican settings (upper case) that replace those of `pelican.conf.py`.
    """
    return run_pelican(_arguments(QUICK, source, out, settings or {}, verbose))


def built(
    files: Mapping[str, str | bytes],
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    verbose: bool = True,
) -> BuiltSite:
    """The site that these files give; vault and output are written below `folder`."""
    source = write_vault(files, folder / "vault")
    out = folder / "output"
    result = build(source, out, settings, verbose)
    return BuiltSite(out, result.exit_code, result.log)


@contextlib.contextmanager
def elsewhere() -> Iterator[None]:
    """Be in a distant time zone for a while, with the language of another country."""
    try:
        with patch.dict(os.environ, {"TZ": "Pacific/Kiritimati", "LANGUAGE": "de"}):
            time.tzset()
            yield
    finally:
        time.tzset()


def decoded(binary: Mapping[str, str]) -> dict[str, bytes]:
    """Files whose content is written as base64 in a golden case."""
    return {name: base64.b64decode(text) for name, text in binary.items()}


def _arguments(conf: Path, source: Path, out: Path, settings: Mapping[str, Any], verbose: bool) -> list[str]:
    arguments = [str(source), "-s", str(conf), "-o", str(out), "--fatal", "errors"]
    if verbose:
        arguments.append("--verbose")
    settings = {"CACHE_PATH": str(out.parent / "cache"), **settings}
    return [*arguments, "-e", *(f"{key}={json.dumps(value)}" for key, value in settings.items())]


@cache
def _isolated_once(*call: Any) -> Any:
    """Do what is done in another process for the theme's icons once: they are the same on nearly every site."""
    from garden.reading.isolation import isolated

    return isolated(*call)


@contextlib.contextmanager
def _wide_terminal() -> Iterator[None]:
    """Pelican's log folds lines at the width of the terminal; a diagnostic is one line (DG-2)."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "1000"
    try:
        yield
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


@contextlib.contextmanager
def signals_kept() -> Iterator[None]:
    """Disconnect what other plugins have connected: it would be heard in the builds of later tests.

    A build that fails leaves its files open, since its process ends; here it does not.
    """
    from pelican import signals

    from garden.hosts.pelican import plugin

    heard = {
        signal: set(signal.receivers) for signal in vars(signals).values() if hasattr(signal, "receivers")
    }
    try:
        yield
    finally:
        for build in list(plugin._builds.values()):
            if build.is_read:
                build.store.close()
        for signal, before in heard.items():
            for receiver in [signal.receivers[key]() for key in signal.receivers.keys() - before]:
                if receiver is not None and not receiver.__module__.startswith("garden."):
                    signal.disconnect(receiver)
