"""`garden drafts`: the notes that are held back, each with the reason, and the number of others that are not public."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from garden.hosts.command_line import Commands, add_vault_argument, print_table
from garden.hosts.commands.vault_paths import chosen_vault, linked_vault
from garden.model.note import HeldBack, HoldReason, Status
from garden.publishing.held_back import held_back, held_back_summary
from garden.vault.left_out import LeftOut, left_out_notes


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `drafts` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser("drafts", parents=[shared])
    add_vault_argument(parser)
    parser.set_defaults(run=drafts)


def drafts(arguments: argparse.Namespace) -> int:
    """List the notes that are held back, in path order, with titles and reasons; print a summary on standard error."""
    choice = chosen_vault(arguments)
    with linked_vault(choice) as site:
        documents, files = site.snapshot.documents, site.files
    found = [
        (path, document.title, _reason(held))
        for path, document in sorted(documents.items())
        if (held := held_back(document))
    ]
    messages = {problem.place.path: problem.message for problem in files.problems}
    found += [(path, "", messages.get(path, "")) for path in files.ignored]
    print_table(found)
    lines = held_back_summary(documents, files) or (f"None of {len(documents)} notes is held back.",)
    hidden = sum(document.meta.status is Status.HIDDEN for document in documents.values())
    left_out = left_out_notes(choice.root, choice.settings, Path(choice.pelican_settings["OUTPUT_PATH"]))
    print("\n".join([*lines, *_not_listed(left_out, hidden)]), file=sys.stderr)
    return 0


def _reason(held: HeldBack) -> str:
    """Return why a note is held back, in the author's own words if something that they wrote is the reason."""
    if held.reason is HoldReason.UNKNOWN_STATUS:
        return f"status: {held.written or '(empty)'}, which is not known"
    return held.written or held.reason.value


def _not_listed(left_out: LeftOut, hidden: int) -> Iterator[str]:
    """Yield a line about the notes that are not on the list, if there are any."""
    counts = (
        (left_out.by_settings, 'left out by GARDEN["ignore"] or IGNORE_FILES'),
        (left_out.by_name, "whose name, or that of a folder above, begins with a dot"),
        (hidden, "hidden, which have pages but are in no list"),
    )
    listed = [f"{count} {words}" for count, words in counts if count]
    if listed:
        yield f"Other notes that are not public: {'; '.join(listed)}."
