"""`garden wanted`: names that links use but no note has, the most frequent first; `--write` writes a draft for one."""

import argparse
import json

from garden.authoring.wanted import WantedNote, wanted_notes
from garden.hosts.command_line import CommandError, Commands, add_vault_argument, print_table
from garden.hosts.commands.new import new, new_arguments
from garden.hosts.commands.vault_paths import VaultChoice, chosen_vault, linked_vault
from garden.hosts.settings.setting_values import did_you_mean
from garden.model.names import fold, stem


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `wanted` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "wanted",
        parents=[shared],
        description=(
            "List the names that links use but no note has, the most frequent first: each with the number of "
            "links, the first of them, and the branch of the notes that have the links."
        ),
    )
    add_vault_argument(parser)
    parser.add_argument("--branch", default="", metavar="TITLE", help="only those in this branch")
    parser.add_argument(
        "--write",
        metavar="NAME",
        help="write a draft with that name, below the parent of the notes that link to it",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: %(default)s")
    parser.set_defaults(run=wanted)


def wanted(arguments: argparse.Namespace) -> int:
    """List the wanted notes, or write a draft for one of them. Raises CommandError."""
    choice = chosen_vault(arguments)
    with linked_vault(choice) as site:
        found = wanted_notes(site.snapshot)
    if arguments.branch:
        branches = {want.branch for want in found if want.branch}
        if fold(arguments.branch) not in map(fold, branches):
            raise CommandError(
                f'there are no such names in a branch "{arguments.branch}"{did_you_mean(arguments.branch, branches)}'
            )
        found = [want for want in found if fold(want.branch) == fold(arguments.branch)]
    if arguments.write:
        return _write(arguments, found)
    if arguments.format == "json":
        print(json.dumps([_fact(want, choice) for want in found], ensure_ascii=False, indent=2))
    else:
        print_table(
            [
                (f"{len(want.refs):5}", want.name, f"first at {choice.shown(str(want.place))}", want.branch)
                for want in found
            ]
        )
    return 0


def _write(arguments: argparse.Namespace, found: list[WantedNote]) -> int:
    """Write the draft of a wanted note. Raises CommandError for a name that no link uses."""
    names = {fold(stem(want.name)): stem(want.name) for want in found}
    name = names.get(fold(arguments.write))
    if name is None:
        raise CommandError(f'no link names "{arguments.write}"{did_you_mean(arguments.write, names)}')
    return new(new_arguments(arguments, name))


def _fact(want: WantedNote, choice: VaultChoice) -> dict[str, object]:
    """Return what `--format json` says about a wanted note."""
    return {
        "name": want.name,
        "links": len(want.refs),
        "branch": want.branch,
        "places": [
            {"path": choice.shown(ref.place.path), "line": ref.place.line, "column": ref.place.column}
            for ref in want.refs
        ],
    }
