"""The commands that read notes, or write one, without building: new, drafts, wanted, explain."""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from garden.hosts.command_line import CommandError, Commands, add_vault, settings_of
from garden.hosts.commands.explanations import EXPLANATIONS, explained, manual
from garden.hosts.commands.new_note import write_note
from garden.hosts.commands.tables import print_table
from garden.hosts.commands.vault_paths import chosen_vault, linked_vault
from garden.hosts.settings.configuration import did_you_mean
from garden.linking.resolution import Found, Missing
from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import SEVERITIES, Place
from garden.model.names import fold, stem
from garden.publishing.held_back import held_back, held_back_summary


def add_commands(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add the commands to the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "new",
        parents=[shared],
        help="write a new note",
        description="Write a new draft into the folder of notes and print its path.",
    )
    parser.add_argument("title", help="title of the note; the file is named after it")
    parser.add_argument("--up", default="", metavar="NAMES", help="its parent notes, separated by commas")
    parser.add_argument("--tags", default="", help="its tags, separated by commas")
    parser.set_defaults(run=new)

    parser = commands.add_parser(
        "drafts", parents=[shared], help="list the notes that are held back, and why"
    )
    add_vault(parser)
    parser.set_defaults(run=drafts)

    parser = commands.add_parser(
        "wanted",
        parents=[shared],
        help="list the notes that links name but nobody has written",
        description="List the names that links lead to without a note, the most wanted first.",
    )
    add_vault(parser)
    parser.set_defaults(run=wanted)

    parser = commands.add_parser(
        "explain", parents=[shared], help="say what a diagnostic means and what to do about it"
    )
    parser.add_argument("id", nargs="?", help="such as link-unresolved; without it all ids are listed")
    parser.add_argument("--all", action="store_true", help="print all explanations as a Markdown page")
    parser.set_defaults(run=explain)


def new(arguments: argparse.Namespace) -> int:
    """Write a draft; print its path and how to publish it."""
    settings, _, vault = settings_of(arguments)
    today = datetime.now(UTC).astimezone(ZoneInfo(settings.timezone)).date()
    path = write_note(vault, arguments.title, _listed(arguments.up), _listed(arguments.tags), today)
    print(os.path.relpath(path))
    print(
        f"It is a draft: `make serve` shows it at /{path.stem}/. Change its Status to published when it is ready.",
        file=sys.stderr,
    )
    return 0


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


def wanted(arguments: argparse.Namespace) -> int:
    """List what links name without a note, the most wanted first."""
    with linked_vault(chosen_vault(arguments)) as site:
        names = wanted_names(site.snapshot)
    print_table([(f"{links:5}", name, f"first at {place}") for links, name, place in names])
    return 0


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


class Wanted(NamedTuple):
    """A name without a note: how many links name it, its first spelling, and where that is."""

    links: int
    name: str
    place: Place


def wanted_names(snapshot: Snapshot) -> list[Wanted]:
    """Return every name that links lead to without a note or file, the most wanted first."""
    found: dict[str, Wanted] = {}
    for name, place in _unanswered(snapshot):
        # Links with a wrong folder want the same note as those without one.
        known = found.setdefault(fold(stem(name)), Wanted(0, name, place))
        found[fold(stem(name))] = known._replace(links=known.links + 1)
    return sorted(found.values(), key=lambda want: (-want.links, fold(want.name), want.place))


def _unanswered(snapshot: Snapshot) -> Iterator[tuple[str, Place]]:
    """Yield (name, place) of every reference that no note or file answers; a hub is not a written note."""
    for path, document in sorted(snapshot.documents.items()):
        for ref, resolution in zip(document.refs, snapshot.resolutions.get(path, ()), strict=False):
            match resolution:
                case Missing():
                    yield ref.target.path, ref.place
                case Found(node) if node.kind == "hub":
                    yield ref.target.path, ref.place


def _listed(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := part.strip())]
