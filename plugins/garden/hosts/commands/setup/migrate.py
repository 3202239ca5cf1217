"""`garden migrate`: move a Pelican site to Garden. It shows what would change, and writes nothing without `--write`.

The old site stays as it is: the settings go into a new file, the notes stay where they are, and the old addresses go into the
ledger.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from garden.hosts.command_line import CommandError, Commands, path_argument, tell_if_slow
from garden.hosts.commands.address_lists import left_text, read_addresses
from garden.hosts.commands.redirects import ledger_changes
from garden.hosts.commands.setup.init import SETTINGS_FILE, settings_text
from garden.hosts.commands.setup.migration_plan import MigrationPlan, migration_plan
from garden.hosts.commands.setup.pelican_settings_reader import read_pelican_settings
from garden.hosts.settings.configuration import settings_from
from garden.linking.ledger.changes import AddressError, LedgerChanges
from garden.linking.ledger.former_site import FormerSite
from garden.linking.ledger.pelican_addresses import list_patterns, other_addresses, pelican_addresses
from garden.model.ledger import LineKey
from garden.model.names import Url
from garden.publishing.held_back import held_back_summary
from garden.vault.ledger_file import update_of, write_ledger
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored.cache import Cache
from garden.vault.stored.cache_folder import cache_folder

_OUTPUT: Final = "output-garden"
_LEFT_FILE: Final = "old-addresses.left.txt"
_PAGES: Final = (".html", ".xml")
_DRAFTS: Final = "drafts"  # the folder in which Pelican puts them
_WIDEST_NAME: Final = 30  # letters: the text after a longer name only begins further right
_LATER: Final = re.compile(r"\d+(\.html)\Z")
"""The number in the address of a later page of a list: `more2.html`."""


class _OldAddresses(NamedTuple):
    """What became of the addresses of the old site."""

    redirected: int  # how many redirect to a page now
    unchanged: int  # how many already are addresses of pages
    left: list[tuple[str, str]]  # those without a match, each with the nearest page, which may be empty


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `migrate` to the commands of the program."""
    del shared  # the settings file is what it writes
    parser = commands.add_parser(
        "migrate",
        description=(
            "Read the settings and notes of a Pelican site and show what would change: which settings are "
            "kept, which are replaced, which have no effect and what to do instead, and where every old "
            "address leads. Nothing is written without --write."
        ),
    )
    parser.add_argument("folder", nargs="?", type=path_argument, default=Path(), help="default: this folder")
    parser.add_argument(
        "--settings",
        default="",
        metavar="FILE",
        help="its settings file (default: publishconf.py or pelicanconf.py)",
    )
    parser.add_argument(
        "--old",
        type=path_argument,
        metavar="FILE",
        help=(
            "its sitemap, its output folder, or a text file with an address on each line: all these addresses "
            "will work"
        ),
    )
    parser.add_argument("--write", action="store_true", help="write the settings file and the addresses")
    parser.set_defaults(run=migrate)


def migrate(arguments: argparse.Namespace) -> int:
    """Show what would change for a Pelican site; return 1 if an old address leads nowhere. Raises CommandError."""
    root: Path = arguments.folder
    file = _settings_file(root, arguments.settings)
    old, missing = read_pelican_settings(file.resolve())
    plan = migration_plan(old, root)
    notes = root / plan.notes
    if not notes.is_dir():
        raise CommandError(f"there is no folder {notes}, which PATH in {file} names")
    with _linked(root, notes, plan) as site:
        changes = ledger_changes(site)
        addresses = _redirect_all(site, changes, old, arguments.old)
        held = held_back_summary(site.snapshot.documents, site.files)
        count = sum(document.published for document in site.snapshot.documents.values())
    if missing:
        print(
            f"{file} asks for {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed here: "
            "settings that need them are left out.",
            file=sys.stderr,
        )
    _report(file, plan, count, held, addresses)
    if arguments.write:
        _write(root, notes, plan, changes, addresses)
    else:
        print("Nothing was written: use --write to write it.", file=sys.stderr)
    return int(bool(addresses.left))


def _settings_file(root: Path, named: str) -> Path:
    """Return the named settings file, otherwise the one that Pelican would publish with. Raises CommandError."""
    names = [named] if named else ["publishconf.py", "pelicanconf.py"]
    found = next((root / name for name in names if (root / name).is_file()), None)
    if found is None:
        raise CommandError(
            f"there is no {' and no '.join(names)} in {root}: name the settings file with --settings"
        )
    return found


@contextmanager
def _linked(root: Path, notes: Path, plan: MigrationPlan) -> Iterator[Site]:
    """Yield the notes, read and linked with their future settings."""
    settings = settings_from({**plan.settings, "GARDEN": plan.garden})
    cache, _ = cache_folder((root / ".cache" / "garden").resolve())
    with tell_if_slow(f"Reading the notes in {notes}"), closing(Cache(cache / "documents.sqlite")) as store:
        yield read_site(scan(notes.resolve(), settings, root / _OUTPUT), settings, store)


def _redirect_all(
    site: Site, changes: LedgerChanges, old: Mapping[str, Any], listed: Path | None
) -> _OldAddresses:
    """Redirect every old address to its page: those that follow from the settings, and those that are listed."""
    pages = _OldPages(site, old)
    redirected = unchanged = 0
    left: list[tuple[str, str]] = []
    for written in dict.fromkeys((*pages.exact, *other_addresses(old), *(_listed(listed) if listed else ()))):
        try:
            address = changes.address(written if "//" in written else f"/{written.lstrip('/')}")
            owner = changes.owner(address)
            page, near = pages.find(address)
            if owner and not owner.is_deleted:
                unchanged += 1
            elif page is None:
                left.append((written, near))
            else:
                changes.redirect(address, page)
                redirected += 1
        except AddressError:
            left.append((written, ""))
    return _OldAddresses(redirected, unchanged, left)


class _OldPages:
    """Finds the page that an address of the old site means: by the settings that made it, by its name, by its list."""

    def __init__(self, site: Site, old: Mapping[str, Any]) -> None:
        self.exact: dict[str, LineKey] = {}
        for written, page in pelican_addresses(site.snapshot, site.settings, old):
            self.exact.setdefault(written, page)
        self._former = FormerSite(site.snapshot)
        self._lists = list(list_patterns(old))

    def find(self, address: Url) -> tuple[LineKey | None, str]:
        """Return the page, None when there is none; then the nearest address, which may be empty."""
        first_of_list = _LATER.sub(r"\1", address)
        page = self.exact.get(address) or self.exact.get(first_of_list)
        near = ""
        if page is None:
            page, near = self._former.match(address)
        if page is None:
            page = next((key for pattern, key in self._lists if pattern.match(address)), None)
        return page, near


def _listed(file: Path) -> Iterator[str]:
    """Yield the addresses in a list, or of the pages and feeds in an output folder."""
    if not file.is_dir():
        yield from (address.old for address in read_addresses(file))
        return
    for path in sorted(file.rglob("*")):
        name = path.relative_to(file).as_posix()
        # Drafts had an address that nobody was meant to know.
        if path.suffix in _PAGES and path.name != "sitemap.xml" and not name.startswith(f"{_DRAFTS}/"):
            yield "/" + name.removesuffix("index.html")


def _report(
    file: Path, plan: MigrationPlan, count: int, held: Iterable[str], addresses: _OldAddresses
) -> None:
    """Print what the migration does with each old setting and address, and which notes will not be public."""
    print(f"{file}: {count} note{'' if count == 1 else 's'} will be public.")
    print("\n".join(held))
    _section("Kept, because it means the same", [(name, "") for name in plan.kept])
    _section("Replaced by something else", plan.mapped)
    _section("Set in GARDEN", [(name, repr(value)) for name, value in plan.garden.items()])
    _section("Copied to the place that it had on the old site", plan.copies)
    _section("Without effect, and what to do instead", plan.not_taken)
    _section("From a theme or a plugin: without effect here", [(name, "") for name in plan.unknown])
    every = addresses.redirected + addresses.unchanged + len(addresses.left)
    print(
        f"\nOf {every} old addresses {addresses.redirected} will redirect to their pages, {addresses.unchanged} stay "
        f"the same, {len(addresses.left)} lead nowhere."
    )
    for written, near in addresses.left:
        print(f"  {written}{f'  perhaps {near}' if near else ''}")


def _section(title: str, lines: list[tuple[str, str]]) -> None:
    """Print names and what is said about them in two columns, unless there are none."""
    if lines:
        width = min(_WIDEST_NAME, max(len(name) for name, _ in lines))
        print(f"\n{title}:")
        print("\n".join(f"  {name.ljust(width)}  {words}".rstrip() for name, words in lines))


def _write(
    root: Path, notes: Path, plan: MigrationPlan, changes: LedgerChanges, addresses: _OldAddresses
) -> None:
    """Write the settings file (unless there is one), the copies, the ledger, and the list of the remaining addresses."""
    settings = {"SITENAME": root.resolve().name, "SITEURL": "", **plan.settings}
    text = settings_text(plan.notes, _OUTPUT, settings, plan.garden)
    try:
        with (root / SETTINGS_FILE).open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
        print(f"Written: {root / SETTINGS_FILE}")
    except FileExistsError:
        print(f"{root / SETTINGS_FILE} already exists and stays as it is", file=sys.stderr)
    for source, target in plan.copies:
        if not (notes / target).exists():
            (notes / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notes / source, notes / target)
            print(f"Copied: {notes / target}")
    if addresses.redirected:
        write_ledger(update_of(notes.resolve(), changes.ledger))
        print(f"Written: {notes / 'addresses.jsonl'}")
    if addresses.left:
        (root / _LEFT_FILE).write_text(left_text(addresses.left), encoding="utf-8")
        print(
            f"Written: {root / _LEFT_FILE}; add the new address at the end of each line, and run `garden "
            "redirects import` with it"
        )
    print("Next: `garden serve` shows the new site; both sites can be built side by side", file=sys.stderr)
