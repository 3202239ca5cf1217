"""Reads a settings file of Pelican's in a process of its own: `python -m garden.hosts.commands.pelican_settings_reader FILE`.

The file is a program, which may print, leave modules behind or end the process. What is wanted of it is printed as one line of JSON
after a mark: each setting as Python would write it, and whether that can be read back.
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
from typing import Any, Final

from garden.hosts.command_line import CommandError
from garden.hosts.settings.configuration import run_settings_file
from garden.model.errors import SettingsError

_MARK: Final = "garden-settings "
_PATIENCE: Final = 60  # seconds


def read_pelican_settings(file: Path) -> Mapping[str, Any]:
    """Return the settings of a file; one that cannot be written down is its text. Raises CommandError."""
    package_parent = str(Path(__file__).resolve().parents[3])
    paths = [str(file.parent), package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "garden.hosts.commands.pelican_settings_reader", file.name],
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
    written: dict[str, str] = json.loads(line.removeprefix(_MARK))
    return {name: _value(text) for name, text in written.items()}


def _value(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _print_settings(name: str) -> int:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            found = run_settings_file(Path(name))
        except SettingsError as error:
            print(error, file=sys.stderr)
            return 1
    print(_MARK + json.dumps({name: repr(value) for name, value in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(_print_settings(sys.argv[1]))
