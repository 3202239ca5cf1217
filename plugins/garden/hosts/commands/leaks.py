"""`garden leaks`: search a built site for what is only in unpublished notes. `garden publish` runs the same search."""

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from garden.authoring.formats import FORMATS, report
from garden.authoring.formats.context import ReportContext
from garden.hosts.command_line import (
    CommandError,
    Commands,
    add_vault_argument,
    path_argument,
    settings_of,
    tell_if_slow,
)
from garden.hosts.commands.explanations import EXPLANATIONS
from garden.hosts.settings.completion import THEME_OVERRIDES
from garden.model.diagnostic import Severity
from garden.publishing.leaks.gate import LeakGate, find_leaks
from garden.vault.scan import scan
from garden.vault.site import read_site
from garden.vault.stored.cache import Cache


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `leaks` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "leaks",
        parents=[shared],
        description=(
            "Search the output folder for words, names and files that only unpublished notes have, and print "
            "each with its line. Also report what looks like a key, and pictures that say where they were "
            "taken. Exits with 1 if something leaks."
        ),
    )
    add_vault_argument(parser)
    parser.add_argument("--output", type=path_argument, help="folder to search (default: OUTPUT_PATH)")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help="default: %(default)s")
    parser.set_defaults(run=leaks)


def leaks(arguments: argparse.Namespace) -> int:
    """Print what leaks; return 1 if something does. Raises CommandError if there is no output."""
    settings, pelican_settings, vault = settings_of(arguments)
    built = Path(pelican_settings["OUTPUT_PATH"])
    output = arguments.output or built
    if not output.is_dir():
        raise CommandError(
            f"there is no folder {output}: build the site first, or name its folder with --output"
        )
    with (
        tell_if_slow(f"Searching {output}"),
        closing(Cache(Path(pelican_settings["CACHE_PATH"]) / "documents.sqlite")) as store,
    ):
        site = read_site(scan(vault, settings, output), settings, store)
        found = find_leaks(
            site, output, LeakGate(tuple(public_files(arguments.conf, pelican_settings)), (built,))
        )
    folder = os.path.relpath(vault).replace(os.sep, "/")
    shown = [problem for problem in found if problem.severity > Severity.INFO]
    context = ReportContext("" if folder == "." else folder, rules=EXPLANATIONS)
    print(report(shown, arguments.format, context), end="")
    return int(any(problem.severity is Severity.ERROR for problem in found))


def public_files(conf: Path, pelican_settings: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the settings file and the theme's folders: their text may be in the output, so it is not a leak."""
    yield conf
    folders = [
        pelican_settings.get("THEME", ""),
        *(folder for name in THEME_OVERRIDES for folder in pelican_settings.get(name, ())),
    ]
    for folder in folders:
        path = conf.parent / str(folder)
        if folder and path.exists():
            yield path
        elif folder and (pelican := find_spec("pelican")) and pelican.origin:
            # Pelican's own themes are known by their names alone.
            yield from (
                found for found in [Path(pelican.origin).parent / "themes" / str(folder)] if found.is_dir()
            )
