"""`garden settings`: every setting with its default and its purpose, in the form of a settings file."""

import argparse
from pathlib import Path
from typing import Final

from garden.defaults import THEME
from garden.hosts.command_line import Commands

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_FILE: Final = "pelican.conf.py"


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `settings` to the commands of the program."""
    del shared  # it reads no settings file
    parser = commands.add_parser(
        "settings",
        description="Print all settings of GARDEN: each with its default and what it is for. Also say where the theme's files are.",
    )
    parser.set_defaults(run=settings)


def settings(arguments: argparse.Namespace) -> int:
    """Print the dictionary, and the folder of the theme for those who want to copy a file from it; return 0."""
    del arguments
    print(every_setting(), end="")
    print(f"# The theme's own files are in {THEME}")
    return 0


def every_setting() -> str:
    """Return `GARDEN = {…}` with all settings, from the repository's `pelican.conf.py`, which the package includes."""
    installed = _PACKAGE / _FILE
    file = installed if installed.is_file() else _PACKAGE.parents[1] / _FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("GARDEN = {")
    shown = lines[start : lines.index("}", start) + 1]
    # The description is that of the example site in the repository; by default there is none.
    return (
        "\n".join(
            '    "description": "",' if line.startswith('    "description"') else line for line in shown
        )
        + "\n"
    )
