"""`garden redirect` and `garden redirects`: redirect old addresses, import those of a former site, show all."""

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from garden.hosts.command_line import CommandError, Commands, path_argument, settings_of
from garden.hosts.commands.address_lists import LEFT_MARK, ListedAddress, left_text, read_addresses
from garden.hosts.commands.vault_paths import VaultChoice, add_vault_option, linked_vault
from garden.linking.ledger.changes import GONE, AddressError, LedgerChanges
from garden.linking.ledger.former_site import FormerSite
from garden.linking.ledger.text import is_elsewhere
from garden.linking.resolving.messages import suggestion
from garden.model.names import Url
from garden.rendering.files.redirects import FORMS
from garden.vault.ledger_file import (
    notes_out_of_sight,
    refuse_damaged,
    stored_ledger,
    update_of,
    write_ledger,
)
from garden.vault.site import Site


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add the commands to the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "redirect",
        parents=[shared],
        description=(
            "Redirect an old address to another page, or say that its page is gone for good. This applies to "
            "all addresses of a deleted note. The next build makes the redirects."
        ),
    )
    parser.add_argument("old", metavar="OLD", help="the old address, such as /old-name/")
    parser.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        default="",
        help="the address of a page, or a full address on another site",
    )
    parser.add_argument("--gone", action="store_true", help="nothing replaces it")
    add_vault_option(parser)
    parser.set_defaults(run=redirect)

    parser = commands.add_parser(
        "redirects",
        parents=[shared],
        description="Print all redirects of the site in the form that a web server reads.",
    )
    parser.add_argument("--format", choices=list(FORMS), default="netlify", help="default: %(default)s")
    add_vault_option(parser)
    parser.set_defaults(run=redirects)
    inner: Any = parser.add_subparsers(metavar="import FILE")
    parser = inner.add_parser(
        "import",
        parents=[shared],
        help="import the addresses of a former site",
        description=(
            "Redirect the addresses of a former site to the pages that correspond to them. Addresses without "
            "a certain match are written to a file beside FILE, which you can complete and import as well."
        ),
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        type=path_argument,
        help="its sitemap, or a text file with an address on each line",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and write nothing")
    add_vault_option(parser)
    parser.set_defaults(run=import_addresses)


def redirect(arguments: argparse.Namespace) -> int:
    """Record where one old address leads. Raises CommandError and AddressError."""
    if arguments.gone == bool(arguments.new):
        raise CommandError("say where the old address leads: a new address, or --gone")
    with _vault(arguments) as site:
        changes = ledger_changes(site)
        old = changes.address(arguments.old)
        urls = _redirect_to(changes, old, GONE if arguments.gone else arguments.new)
        write_ledger(update_of(site.files.root, changes.ledger))
    where = "nowhere: its page is gone" if arguments.gone else f"to {arguments.new}"
    print("\n".join(f"/{url} leads {where}" for url in urls))
    return 0


def redirects(arguments: argparse.Namespace) -> int:
    """Print the redirects of the site as a web server reads them."""
    with _vault(arguments) as site:
        print(FORMS[arguments.format](site.snapshot.redirects, site.settings), end="")
    return 0


def import_addresses(arguments: argparse.Namespace) -> int:
    """Redirect the addresses of a former site to matching pages; return 1 if some are left. Raises CommandError."""
    addresses = read_addresses(arguments.file)
    with _vault(arguments) as site:
        changes = ledger_changes(site)
        imported = _import(addresses, changes, FormerSite(site.snapshot))
        root = site.files.root
    if imported.redirected and not arguments.dry_run:
        write_ledger(update_of(root, changes.ledger))
    for old, to in imported.redirected:
        print(f"{old} -> {to}")
    for old, near in imported.left:
        print(f"{old} ?{f'  perhaps {near}' if near else ''}")
    _sum_up(imported, arguments)
    return int(bool(imported.left))


class _Imported(NamedTuple):
    """What became of the addresses of a former site, all as they are written in the list.

    `redirected` are pairs of an address and where it now leads, `unchanged` are those that worked already, `left` are pairs of
    an address without a match and the nearest page, which may be empty.
    """

    redirected: list[tuple[str, str]]
    unchanged: list[str]
    left: list[tuple[str, str]]


def _import(addresses: list[ListedAddress], changes: LedgerChanges, former: FormerSite) -> _Imported:
    """Add the redirects to `changes`: to the new address in the list, or else to the page that certainly matches."""
    imported = _Imported([], [], [])
    for written, new in addresses:
        try:
            old = changes.address(written)
            owner = changes.owner(old)
            if owner and not owner.is_deleted and not new:
                imported.unchanged.append(written)
            elif new:
                _redirect_to(changes, old, new)
                imported.redirected.append((written, new))
            else:
                page, near = former.match(old)
                if page is None:
                    imported.left.append((written, near))
                else:
                    changes.redirect(old, page)
                    imported.redirected.append((written, f"{page.kind} {page.name or 'home'}"))
        except AddressError as problem:
            print(f"garden: {problem}", file=sys.stderr)
            imported.left.append((written, ""))
    return imported


def _sum_up(imported: _Imported, arguments: argparse.Namespace) -> None:
    """Say what has become of the addresses, and write those that are left into a file that can be completed and imported."""
    every = len(imported.redirected) + len(imported.unchanged) + len(imported.left)
    left = len(imported.left)
    print(
        f"Of {every} address{'' if every == 1 else 'es'} {len(imported.redirected)} now redirect to their pages, "
        f"{len(imported.unchanged)} worked already, {left} {'is' if left == 1 else 'are'} left.",
        file=sys.stderr,
    )
    if arguments.dry_run:
        print("Nothing was written (--dry-run).", file=sys.stderr)
    elif imported.left:
        file = _file_for_left(arguments.file)
        file.write_text(left_text(imported.left), encoding="utf-8")
        print(
            f"The rest are in {file}: add the new address at the end of each line, and import it.",
            file=sys.stderr,
        )


def _file_for_left(file: Path) -> Path:
    """Return the file for the addresses that are left: `file` itself if it is such a list already, which then gets shorter.

    Raises CommandError if another file has that name.
    """
    left = file if _is_left(file) else file.with_name(f"{file.name}.left.txt")
    if left.exists() and not _is_left(left):
        raise CommandError(f"{left} already exists; rename it, and import again")
    return left


def _is_left(file: Path) -> bool:
    """Say whether a file is a list of addresses that an import has left."""
    try:
        return file.read_bytes().startswith(LEFT_MARK.encode())
    except OSError:
        return False


def _redirect_to(changes: LedgerChanges, old: Url, new: str) -> tuple[Url, ...]:
    """Redirect an old address to the page or site that the author names; return all addresses that lead there now.

    Raises AddressError.
    """
    if new == GONE:
        return changes.redirect_elsewhere(old, GONE)
    page = changes.page(new)
    if page:
        return changes.redirect(old, page)
    if is_elsewhere(new):
        return changes.redirect_elsewhere(old, new)
    hint = suggestion(changes.near(new))
    raise AddressError(f'there is no page at "{new}"{f"; {hint}" if hint else ""}')


def ledger_changes(site: Site) -> LedgerChanges:
    """Return the ledger of the site, ready to be changed. Raises LedgerError if it is damaged and must not be overwritten."""
    refuse_damaged(site.files.root, site.snapshot)
    stored = stored_ledger(site.files.root)
    out_of_sight = notes_out_of_sight(site.files.root, stored, site.snapshot.documents)
    return LedgerChanges(stored, site.snapshot, out_of_sight, site.settings)


def _vault(arguments: argparse.Namespace) -> AbstractContextManager[Site]:
    """Return the linked vault of the settings file as a context manager."""
    settings, pelican_settings, vault = settings_of(arguments)
    return linked_vault(VaultChoice(settings, pelican_settings, vault, ()))
