"""`garden html`: build the site into the output folder."""

import argparse
import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from garden.hosts.command_line import (
    Commands,
    add_vault_argument,
    path_argument,
    refuse_to_publish,
    settings_of,
)
from garden.publishing.folder.workspace import check_output


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `html` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "html",
        parents=[shared],
        description="Build the site into the output folder, with the address that SITEURL gives it, if any. "
        "Asks nothing, and records nothing as published.",
        epilog="exit codes: 0 built; 1 errors in the notes (the site is written all the same), or the site could not be "
        "built; 2 wrong use, such as an output folder that cannot be written.",
    )
    add_vault_argument(parser)
    parser.add_argument("--output", type=path_argument, help="folder to build into (default: OUTPUT_PATH)")
    parser.set_defaults(run=html)


def html(arguments: argparse.Namespace) -> int:
    """Build and return 0. Raises SystemExit with 1 when there are errors in notes, or the site cannot be built.

    Raises CommandError for an output folder that contains the notes, and StorageError for one that cannot be written.
    """
    # Nearly everything that is imported and read now lives until the end: looking for garbage is a tenth of a small build.
    gc.disable()
    try:
        return _html(arguments)
    finally:
        gc.enable()


def _html(arguments: argparse.Namespace) -> int:
    _, pelican_settings, vault = settings_of(arguments)
    output = (arguments.output or Path(pelican_settings["OUTPUT_PATH"])).resolve()
    refuse_to_publish((arguments.conf.resolve(), vault.resolve(), Path.cwd()), output)
    check_output(output)
    _build(arguments.conf.resolve(), vault.resolve(), output, pelican_settings)
    print(f"The site is in {output}")
    return 0


def _build(conf: Path, vault: Path, output: Path, pelican_settings: Mapping[str, Any]) -> None:
    """Build in this process, since starting another one takes time; and without Pelican, if it has no part in the site."""
    from garden.hosts.pelican.without_pelican import build_without_pelican, settings_without_pelican

    settings = settings_without_pelican({**pelican_settings, "PATH": str(vault), "OUTPUT_PATH": str(output)})
    if settings is not None:
        build_without_pelican(settings)
        return
    from garden.hosts.pelican.process import pelican_arguments
    from garden.hosts.pelican.program import main

    main(pelican_arguments(conf, vault, output, {}))
