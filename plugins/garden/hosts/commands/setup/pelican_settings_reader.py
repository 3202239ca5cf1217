"""Reads a settings file of Pelican in a separate process: `python -m garden.hosts.commands.setup.pelican_settings_reader FILE`.

The file is a program, which may print something, import modules or end the process. The result is printed as one line of JSON
after a mark: each setting in Python's notation, and the modules that the file imports but that are not installed.
"""

import ast
import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

from garden.hosts.command_line import CommandError
from garden.hosts.commands.setup.missing_modules import StandIns
from garden.hosts.settings.configuration import run_settings_file
from garden.model.errors import SettingsError

_MARK: Final = "garden-settings "
_PATIENCE: Final = 60  # seconds


class PelicanSettings(NamedTuple):
    """The settings in a file by name, and the modules that it imports but that are not installed."""

    values: Mapping[str, Any]
    missing: tuple[str, ...]


def read_pelican_settings(file: Path) -> PelicanSettings:
    """Return the settings in a file; a value that has no notation in Python, such as an object, is text. Raises CommandError."""
    package_parent = str(Path(__file__).resolve().parents[4])
    paths = [str(file.parent), package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "garden.hosts.commands.setup.pelican_settings_reader", file.name],
            cwd=file.parent,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"{file} did not end within {_PATIENCE} seconds") from error
    line = next((line for line in reversed(done.stdout.splitlines()) if line.startswith(_MARK)), "")
    if done.returncode or not line:
        raise CommandError(f"{file} cannot be read: {done.stderr.strip() or 'it ends the program'}")
    written = json.loads(line.removeprefix(_MARK))
    values = {name: ast.literal_eval(text) for name, text in written["values"].items()}
    return PelicanSettings(values, tuple(written["missing"]))


def _writable(value: Any) -> Any:
    """Return a value in which objects and functions are replaced by their texts, and modules by their names."""
    if isinstance(value, Mapping):
        return {_writable(key): _writable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(map(_writable, value)) if isinstance(value, tuple) else list(map(_writable, value))
    if isinstance(value, set | frozenset):
        return sorted(map(str, map(_writable, value)))
    if value is None or isinstance(value, str | bytes | int | float | complex):
        return value
    return value.__name__ if isinstance(value, ModuleType) else str(value)


def _print_settings(name: str) -> int:
    """Print the values of a settings file as JSON after a mark, and return the exit status.

    What the settings print themselves is discarded, since this process is read by another one.
    """
    stand_ins = StandIns()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            found = _run(Path(name), stand_ins)
        except SettingsError as error:
            print(error, file=sys.stderr)
            return 1
    values = {name: repr(_writable(value)) for name, value in found.items()}
    print(_MARK + json.dumps({"values": values, "missing": stand_ins.missing}))
    return 0


def _run(file: Path, stand_ins: StandIns) -> dict[str, Any]:
    """Run a settings file, again with one more stand-in as long as a module is missing. Raises SettingsError."""
    while True:
        try:
            return run_settings_file(file)
        except SettingsError as error:
            cause = error.__cause__
            if not (isinstance(cause, ModuleNotFoundError) and stand_ins.add(cause.name or "")):
                raise


if __name__ == "__main__":
    sys.exit(_print_settings(sys.argv[1]))
