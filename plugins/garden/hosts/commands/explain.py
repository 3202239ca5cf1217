"""`garden explain`: what a diagnostic means and what to do about it."""

import argparse

from garden.hosts.command_line import CommandError, Commands, print_table
from garden.hosts.commands.explanations import EXPLANATIONS, explained, manual
from garden.hosts.settings.setting_values import did_you_mean
from garden.model.diagnostic import SEVERITIES


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `explain` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser("explain", parents=[shared])
    parser.add_argument("id", nargs="?", help="such as link-unresolved; without an id, all ids are listed")
    parser.add_argument("--all", action="store_true", help="print all explanations as a Markdown page")
    parser.set_defaults(run=explain)


def explain(arguments: argparse.Namespace) -> int:
    """Print one explanation, all of them, or the list of ids."""
    if arguments.all:
        print(manual(), end="")
    elif arguments.id is None:
        print_table(
            [(code, SEVERITIES[code].name.lower(), EXPLANATIONS[code].what) for code in sorted(EXPLANATIONS)]
        )
    elif arguments.id in EXPLANATIONS:
        print(explained(arguments.id), end="")
    else:
        raise CommandError(
            f'there is no diagnostic "{arguments.id}"{did_you_mean(arguments.id, EXPLANATIONS)}'
        )
    return 0
