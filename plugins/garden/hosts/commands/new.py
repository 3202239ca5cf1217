"""`garden new`: write a draft in the style of the vault, below a parent that exists."""

import argparse
import os
import shlex
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from garden.authoring.new_note import NoteRequest, comma_separated, has_natural_names, write_note
from garden.authoring.wanted import inferred_parents, link_name, wanted_notes
from garden.hosts.command_line import NOT_AGREED, CommandError, Commands
from garden.hosts.commands.note_changes import is_confirmed
from garden.hosts.commands.vault_paths import (
    VaultChoice,
    add_vault_option,
    chosen_vault,
    linked_vault,
    titled_note,
)
from garden.hosts.settings.setting_values import did_you_mean
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.relation import Node
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import suggestion
from garden.model.names import VaultPath, fold, is_note, stem, without_ending
from garden.model.settings import ParentPolicy, Settings
from garden.vault.site import Site

_PORT: Final = 8000  # that of `garden serve`


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `new` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "new",
        parents=[shared],
        description=(
            "Write a new draft into the folder of notes and print its path. If a parent does not exist, the "
            "command asks whether to use it; without --up, the note gets the parent of the notes that already "
            "link to its name."
        ),
    )
    parser.add_argument(
        "title", help="title of the note; the file is named after it, in the style of the vault's other notes"
    )
    parser.add_argument(
        "--up",
        default="",
        metavar="NAMES",
        help="its parent notes, separated by commas: each by file name, path, alias or title; - for none",
    )
    parser.add_argument("--tags", default="", help="its tags, separated by commas")
    parser.add_argument("--folder", default="", help="the folder in the vault for the new note")
    parser.add_argument(
        "--template",
        default="",
        metavar="NAME",
        help="template for the note: its name in the vault's folder of templates, or a path",
    )
    parser.add_argument(
        "--open",
        action="store_true",
        help="open it in the editor, and in the browser if `garden serve` is running",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask about a parent that does not exist")
    add_vault_option(parser)
    parser.set_defaults(run=new)


def new(arguments: argparse.Namespace) -> int:
    """Write a draft; print its path, and on standard error its address and how to publish it.

    Return NOT_AGREED if a parent does not exist and the author does not want to use it. Raises CommandError.
    """
    choice = chosen_vault(arguments)
    with linked_vault(choice) as site:
        request = _request(arguments, site)
        if request is None:
            return NOT_AGREED
    path = write_note(choice.root, request, datetime.now(UTC).astimezone(ZoneInfo(choice.settings.timezone)))
    print(os.path.relpath(path))
    address = _address(choice, path)
    print(
        f"It is a draft: `garden serve` shows it at {address}. Change its Status to published when it is ready.",
        file=sys.stderr,
    )
    if arguments.open:
        _open(path, address)
    return 0


def new_arguments(arguments: argparse.Namespace, title: str) -> argparse.Namespace:
    """Return the arguments of `new` for a title; options that `arguments`, of another command, lacks have their defaults."""
    given = {"up": "", "tags": "", "folder": "", "template": "", "open": False, "yes": False}
    return argparse.Namespace(**given | vars(arguments) | {"title": title})


def _request(arguments: argparse.Namespace, site: Site) -> NoteRequest | None:
    """Return what to write, None if the author does not want to use a parent that does not exist."""
    snapshot = site.snapshot
    title = " ".join(arguments.title.split())
    wanted = next((want for want in wanted_notes(snapshot) if fold(stem(want.name)) == fold(title)), None)
    parents = () if arguments.up == "-" else comma_separated(arguments.up)
    index = Index(snapshot.documents, site.files.attachments)
    checked = list(_checked_parents(parents, index, site))
    missing = [parent for parent in checked if not parent.exists]
    if missing and not is_confirmed(
        f"{' '.join(map(_missing_text, missing))} Use it anyway?", "--yes", is_agreed=arguments.yes
    ):
        return None
    policies = ParentPolicies(site.settings)
    for parent in missing:
        if policies.of_missing(parent.name) is not ParentPolicy.PAGE:
            continue
        print(
            f'"{parent.name}" gets a page when this note is published; until then `garden check` reports the name '
            "(link-unresolved).",
            file=sys.stderr,
        )
    if not arguments.up and wanted:
        found = inferred_parents(snapshot, wanted, site.settings)
        parents = tuple(link_name(snapshot, node) for node in found)
        if parents:
            print(
                f"Its parent is {', '.join(parents)}, like that of the notes that link to it.",
                file=sys.stderr,
            )
    else:
        parents = tuple(parent.name for parent in checked)
    ups = [relation.name for relation in site.settings.relations if relation.direction == "up"]
    if parents and not ups:
        raise CommandError('the setting "relations" has no relation with the direction "up": leave out --up')
    return NoteRequest(
        title,
        parents,
        comma_separated(arguments.tags),
        arguments.folder.strip("/"),
        _template(arguments.template, site),
        # The file gets the name that links to it already use.
        name=stem(wanted.name) if wanted else "",
        is_natural=has_natural_names(snapshot.documents),
        field=ups[0] if ups else "up",
    )


class _Parent(NamedTuple):
    """A parent of a new note: its name in the link, whether that page exists, and the nearest name if it does not."""

    name: str
    exists: bool
    near: str = ""


def _checked_parents(parents: tuple[str, ...], index: Index, site: Site) -> Iterator[_Parent]:
    """Yield the parents, each with the name by which a link finds it, if it exists."""
    for written in parents:
        name = written.strip().removeprefix("[[").removesuffix("]]").strip()
        target = name.partition("|")[0].partition("#")[0].strip()
        match = index.anywhere(target) or index.alias(target)
        hub = site.snapshot.hubs.get(fold(target))
        if match or hub:
            yield _Parent(name, exists=True)
        elif path := titled_note(index.documents, target):
            # A link does not find a note by its title.
            yield _Parent(link_name(site.snapshot, Node("note", path)), exists=True)
        else:
            yield _Parent(name, exists=False, near=index.suggestion(target, VaultPath("")))


def _missing_text(parent: _Parent) -> str:
    hint = f" ({suggestion(parent.near)})" if parent.near else ""
    return f'No note is called "{parent.name}"{hint}.'


def _template(name: str, site: Site) -> str:
    """Return the text of a template: one in the vault's folders of templates, or else a file. Raises CommandError."""
    if not name:
        return ""
    root = site.files.root
    found: Mapping[str, Path] = {
        path.relative_to(root / folder).as_posix(): path
        for folder in site.files.obsidian.templates
        for path in sorted((root / folder).rglob("*"))
        if is_note(path.name)
    }
    for known, path in found.items():
        if fold(name) in (fold(known), fold(stem(known)), fold(without_ending(known))):
            return path.read_text(encoding="utf-8")
    for path in (Path(name).expanduser(), root / name):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    hint = did_you_mean(name, map(stem, found))
    names = f": there are {', '.join(sorted(map(stem, found)))}" if found and not hint else ""
    raise CommandError(f'there is no template "{name}"{hint}{names}')


def _address(choice: VaultChoice, path: Path) -> str:
    """Return the address that a preview gives the note."""
    preview: Settings = replace(choice.settings, preview=True)
    with linked_vault(replace(choice, settings=preview)) as site:
        node = Node("note", path.relative_to(choice.root).as_posix())
        url = site.snapshot.addresses.get(node)
    return f"/{path.stem}/" if url is None else f"/{url}"


def _open(path: Path, address: str) -> None:
    """Open a note in the author's editor, and its page if the preview is being served."""
    with suppress(OSError), socket.create_connection(("localhost", _PORT), timeout=0.5):
        webbrowser.open(f"http://localhost:{_PORT}{address}")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if sys.platform == "win32":
        # A path with backslashes is not a word for a shell, and the system knows what opens a file.
        opener = [part.strip('"') for part in shlex.split(editor, posix=False)] if editor else ["explorer"]
    else:
        opener = shlex.split(editor) if editor else ["open"] if sys.platform == "darwin" else ["xdg-open"]
    try:
        subprocess.run([*opener, str(path)], check=False)  # noqa: S603 (the author's own editor)
    except OSError as error:
        raise CommandError(
            f"{opener[0]} cannot be started ({error.strerror}): set EDITOR to your editor"
        ) from error
