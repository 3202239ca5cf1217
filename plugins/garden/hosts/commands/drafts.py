"""`garden drafts`: the notes that are held back, each with the reason."""

import argparse
import sys

from garden.hosts.command_line import Commands, add_vault
from garden.hosts.commands.tables import print_table
from garden.hosts.commands.vault_paths import chosen_vault, linked_vault
from garden.publishing.held_back import held_back, held_back_summary


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `drafts` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser("drafts", parents=[shared])
    add_vault(parser)
    parser.set_defaults(run=drafts)


def drafts(arguments: argparse.Namespace) -> int:
    """List the notes that are held back by path, with their titles and the reasons; sum up on standard error."""
    with linked_vault(chosen_vault(arguments)) as site:
        documents, files = site.snapshot.documents, site.files
    found = [
        (path, document.title, held.written or held.reason.value)
        for path, document in sorted(documents.items())
        if (held := held_back(document))
    ]
    left_out = {problem.place.path: problem.message for problem in files.problems}
    found += [(path, "", left_out.get(path, "")) for path in files.ignored]
    print_table(found)
    lines = held_back_summary(documents, files) or (f"None of {len(documents)} notes is held back.",)
    print("\n".join(lines), file=sys.stderr)
    return 0
