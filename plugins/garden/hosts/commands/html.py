"""`garden html`: build the site into the output folder, as `make html` does, on systems without make, too."""

import argparse
import sys
from pathlib import Path

from garden.hosts.command_line import Commands, add_vault, path_argument, settings_of
from garden.hosts.commands.publish import refuse_to_publish
from garden.hosts.pelican.process import pelican_arguments, run_pelican


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `html` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "html",
        parents=[shared],
        description="Build the site into the output folder, with the address that SITEURL gives it, if any. "
        "Nothing is asked and nothing is written down as published.",
    )
    add_vault(parser)
    parser.add_argument("--output", type=path_argument, help="folder to build into (default: OUTPUT_PATH)")
    parser.set_defaults(run=html)


def html(arguments: argparse.Namespace) -> int:
    """Build and return Pelican's exit code. Raises CommandError for an output folder that holds the notes."""
    _, names, vault = settings_of(arguments)
    output = (arguments.output or Path(names["OUTPUT_PATH"])).resolve()
    refuse_to_publish((arguments.conf.resolve(), vault.resolve(), Path.cwd()), output)
    command = pelican_arguments(arguments.conf.resolve(), vault.resolve(), output, {})
    outcome = run_pelican(command, lambda line: print(line, file=sys.stderr))
    if outcome.code == 0:
        print(f"The site is in {output}")
    return outcome.code
