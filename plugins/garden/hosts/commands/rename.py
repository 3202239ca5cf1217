"""`garden rename`: rename or move a note, and change every link to it."""

import argparse
import os
import sys
from pathlib import Path

from msgspec.structs import replace

from garden.authoring.renaming import Renaming, plan_renaming
from garden.hosts.command_line import NOT_AGREED, CommandError, Commands
from garden.hosts.commands.note_changes import ChangedNote, is_confirmed, show_changes, write_notes
from garden.hosts.commands.vault_paths import (
    VaultChoice,
    add_vault_option,
    chosen_vault,
    linked_vault,
    titled_note,
)
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import suggestion
from garden.model.ledger import LineKey, ledger_of
from garden.model.names import VaultPath, folder, is_note, note_ending, without_ending
from garden.vault.ledger_file import stored_ledger, update_of, write_ledger
from garden.vault.site import Site


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `rename` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "rename",
        parents=[shared],
        description="Rename or move a note and change every link to it, in notes, canvases, bases and queries, after "
        "the changes have been shown. Links by an alias stay; the note's former address redirects to it once "
        "the site is published again.",
    )
    parser.add_argument("old", metavar="OLD", help="the note: its file name, path, alias or title")
    parser.add_argument(
        "new", metavar="NEW", help="its new name, a path in the folder of notes, or a folder that ends with /"
    )
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    add_vault_option(parser)
    parser.set_defaults(run=rename)


def rename(arguments: argparse.Namespace) -> int:
    """Rename a note; return NOT_AGREED if the author does not agree. Raises CommandError and RenamingError."""
    choice = chosen_vault(arguments)
    # As in a preview, drafts are linked too, so that their links are changed as well.
    with linked_vault(replace(choice, settings=replace(choice.settings, preview=True))) as site:
        old = _old(arguments.old, choice, site)
        new = _new(arguments.new, old, choice)
        plan = plan_renaming(site, old, new)
    changes = [ChangedNote(choice.shown(path), note) for path, note in plan.changed.items()]
    show_changes(changes)
    print(f"{choice.shown(old)} -> {choice.shown(new)}")
    for place in plan.left:
        print(f"{choice.shown(str(place))}: this link has to be changed by hand", file=sys.stderr)
    if arguments.diff:
        return 0
    count = len(changes)
    linking = f", and change {count} file{'' if count == 1 else 's'}" if count else ""
    if not is_confirmed(f"Rename it{linking}?", "--yes", is_agreed=arguments.yes):
        return NOT_AGREED
    write_notes(changes)
    _move(choice, plan)
    return 0


def _old(written: str, choice: VaultChoice, site: Site) -> VaultPath:
    """Return the note that is meant by a file's path, or by a name, alias or title. Raises CommandError for none or several."""
    documents = site.snapshot.documents
    for path in (Path(written).expanduser(), choice.root / written):
        if path.is_file():
            inside = os.path.relpath(path.resolve(), choice.root.resolve()).replace(os.sep, "/")
            if inside in documents:
                return VaultPath(inside)
    index = Index(documents, ())
    name = without_ending(written)
    match = index.anywhere(name) or index.alias(name)
    if match is None:
        if titled := titled_note(documents, written):
            return titled
        hint = suggestion(index.suggestion(name, VaultPath("")))
        raise CommandError(f'there is no note "{written}"{f"; {hint}" if hint else ""}')
    if match.candidates:
        raise CommandError(f'"{written}" may mean {", ".join(match.candidates)}: give the path')
    return match.entry.path


def _new(written: str, old: VaultPath, choice: VaultChoice) -> VaultPath:
    """Return the path that a note is to have. Raises CommandError for one outside the vault."""
    path = Path(written).expanduser()
    if written.endswith("/"):
        path /= old.rpartition("/")[2]
    elif not is_note(written):
        path = path.with_name(path.name + note_ending(old))
    if len(path.parts) == 1:
        return VaultPath(f"{folder(old)}/{path.name}" if folder(old) else path.name)
    # A path with folders is relative to the current folder if that leads into the vault, otherwise to the vault.
    for base in (Path.cwd(), choice.root):
        inside = os.path.relpath((base / path).resolve(), choice.root.resolve()).replace(os.sep, "/")
        if not inside.startswith("../"):
            return VaultPath(inside)
    raise CommandError(f"{written} is not in {choice.root}")


def _move(choice: VaultChoice, plan: Renaming) -> None:
    """Move the file and record that in the ledger, so that its old address redirects even if its text changes as well."""
    target = choice.root / plan.new
    target.parent.mkdir(parents=True, exist_ok=True)
    (choice.root / plan.old).rename(target)
    ledger = stored_ledger(choice.root)
    line = ledger.lines.get(LineKey("note", plan.old))
    if line is not None and not ledger.problems:
        lines = {**ledger.lines, LineKey("note", plan.old): replace(line, key=LineKey("note", plan.new))}
        write_ledger(update_of(choice.root, ledger_of(lines.values())))
