"""`garden publish`: show what will change at the site's web address, ask, and put the new site in place.

The order makes it safe: a candidate is built where nobody sees it, searched for leaks and compared with what was published
last; then the author is asked; then the site is replaced in one step; and only then is it recorded as published. If this is
interrupted at any point, the last site stays complete, and the author is asked again for anything that is not recorded.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from garden.hosts.command_line import (
    NOT_AGREED,
    CommandError,
    Commands,
    add_vault_argument,
    path_argument,
    refuse_to_publish,
    settings_of,
    tell_if_slow,
)
from garden.hosts.commands.leaks import public_files
from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE
from garden.hosts.pelican.process import pelican_arguments, run_pelican
from garden.model.diagnostic import Diagnostic, Severity
from garden.model.settings import Settings
from garden.publishing.condensed import condensed
from garden.publishing.folder.output import WAITING, Output
from garden.publishing.folder.workspace import check_output
from garden.publishing.leaks.gate import LeakGate, find_leaks
from garden.publishing.release.candidate import (
    BuiltFile,
    built_files,
    candidate_folder,
    clear_others,
    leaks_file,
)
from garden.publishing.release.change_report import FORMATS, agreement_text, change_json, change_text
from garden.publishing.release.changes import Changes, compare
from garden.publishing.release.deploy import deploy
from garden.publishing.release.inventory import Inventory, take_inventory
from garden.publishing.release.kept_file import KeptFile
from garden.publishing.release.manifest import manifest_text, read_manifest
from garden.vault.ledger_file import ledger_update, refuse_damaged
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored.cache import Cache
from garden.vault.stored.cache_folder import cache_folder

_WITH_ERRORS: Final = 4  # how the build is told to exit if it wrote a site, but some notes have errors
_ATTEMPTS: Final = 3  # builds while notes are being saved
_YES: Final = frozenset(("1", "y", "yes", "true"))  # what counts as yes, typed or in the environment

_DESCRIPTION: Final = """\
Build the site with absolute addresses where they are needed, show what will change at its web address, and put
it into the output folder. If notes become public for the first time, or addresses disappear, you have to confirm:
at the terminal, by --yes, by YES=1 in the environment, or by GARDEN["ask_before_publishing"] = False.
The folder changes in one step; what no build has written there, such as .git or CNAME, stays. What is public is
written down in published.json in the folder of notes: keep that file with them."""

_EXIT_CODES: Final = """\
exit codes: 0 published, or nothing to do; 1 errors in the notes (the site is published all the same), or
the site could not be built, or contains unpublished text, and nothing was replaced; 2 wrong use;
3 you have to confirm, and nothing was replaced."""


class _Candidate(NamedTuple):
    """A site that has been built and is not public yet."""

    site: Site
    folder: Path
    files: Mapping[str, BuiltFile]
    inventory: Inventory
    has_errors: bool


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `publish` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "publish",
        parents=[shared],
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
    )
    add_vault_argument(parser)
    parser.add_argument(
        "--site-url", default="", help="the site's address (default: SITEURL of the settings file)"
    )
    parser.add_argument("--output", type=path_argument, help="folder to publish into (default: OUTPUT_PATH)")
    parser.add_argument("--dry-run", action="store_true", help="show what will change, and stop")
    parser.add_argument("--yes", action="store_true", help="agree to all changes without being asked")
    parser.add_argument("--verbose", action="store_true", help="show long lists in full")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="how to show what will change (default: %(default)s); with json nothing is asked",
    )
    parser.set_defaults(run=publish)


def publish(arguments: argparse.Namespace) -> int:
    """Publish and return the exit code.

    Raises CommandError if the site's address is not known, StorageError if the output folder cannot be written.
    """
    settings, pelican_settings, vault = settings_of(
        arguments, {"SITEURL": arguments.site_url} if arguments.site_url else {}
    )
    if not settings.site_url:
        raise CommandError(
            "the site needs its address: set SITEURL in the settings file, or run garden publish --site-url "
            "https://example.org (make publish SITEURL=https://example.org)"
        )
    vault = vault.resolve()
    output = (arguments.output or Path(pelican_settings["OUTPUT_PATH"])).resolve()
    cache, problems = cache_folder(Path(pelican_settings["CACHE_PATH"]).resolve())
    refuse_to_publish((arguments.conf.resolve(), vault, Path.cwd(), cache), output)
    check_output(output)
    _tell(problems)
    manifest_file = vault / settings.manifest
    last = read_manifest(manifest_file)
    candidate = _build(arguments.conf.resolve(), vault, output, cache, settings)
    if candidate is None:
        return 1
    gate = LeakGate(
        tuple(public_files(arguments.conf.resolve(), pelican_settings)), (output,), leaks_file(cache, output)
    )
    if _has_leaks(candidate, gate):
        return 1
    changes = compare(last, candidate.inventory)
    _show(changes, arguments)
    if arguments.dry_run:
        return int(candidate.has_errors)
    if not _is_agreed(changes, arguments, settings):
        return NOT_AGREED
    code = _put_in_place(candidate, Output(output, cache, _tell_wait), manifest_file)
    if arguments.format == "json":
        print(change_json(changes, published=True), end="")
    else:
        print(f"The site for {changes.site} is in {output}")
    return code or int(candidate.has_errors)


def _build(conf: Path, vault: Path, output: Path, cache: Path, settings: Settings) -> _Candidate | None:
    """Build the candidate; return None, after reporting why, if that fails.

    The report and the record are made from the notes, so they must be the notes that were built: if some are saved
    during the build, it is done again, _ATTEMPTS times at most. Raises CommandError if they keep changing.
    """
    folder = candidate_folder(cache, output)
    overrides: dict[str, Any] = {
        "SITEURL": settings.site_url,
        "CACHE_PATH": str(cache),
        ERRORS_EXIT_CODE: _WITH_ERRORS,
    }
    command = pelican_arguments(conf, vault, folder, overrides)
    files = scan(vault, settings, output)
    for _ in range(_ATTEMPTS):
        clear_others(folder)
        with tell_if_slow("Building the site"):
            outcome = run_pelican(command, lambda line: print(line, file=sys.stderr))
        if outcome.code not in (0, _WITH_ERRORS):
            print("The site could not be built; what was published stays as it is.", file=sys.stderr)
            return None
        before, files = files, scan(vault, settings, output)
        if files == before:
            break
    else:
        raise CommandError("notes keep changing during the build: nothing was replaced; publish again later")
    with (
        tell_if_slow("Comparing with what was published"),
        closing(Cache(cache / "documents.sqlite")) as store,
    ):
        site = read_site(files, settings, store)
        built = built_files(folder, cache)
        inventory = take_inventory(site, folder, built)
    refuse_damaged(vault, site.snapshot)
    return _Candidate(site, folder, built, inventory, outcome.code == _WITH_ERRORS)


def _has_leaks(candidate: _Candidate, gate: LeakGate) -> bool:
    """Say whether the candidate contains something unpublished; report that, and passwords, keys and photo locations in it."""
    with tell_if_slow("Searching the site for unpublished text"):
        found = find_leaks(candidate.site, candidate.folder, gate)
    _tell(condensed(found))
    leaking = sum(problem.severity is Severity.ERROR for problem in found)
    if leaking:
        print(
            f"{leaking} {'leak' if leaking == 1 else 'leaks'} of unpublished text or files: nothing was "
            "replaced, and what was published stays as it is.",
            file=sys.stderr,
        )
    return leaking > 0


def _show(changes: Changes, arguments: argparse.Namespace) -> None:
    """Print the changes; as JSON only if nothing follows, since it also says whether they were published."""
    if arguments.format == "text":
        print(change_text(changes, verbose=arguments.verbose), end="", flush=True)
    elif arguments.dry_run:
        print(change_json(changes, published=False), end="")


def _is_agreed(changes: Changes, arguments: argparse.Namespace, settings: Settings) -> bool:
    """Say whether the site may be replaced; ask if somebody can answer."""
    agreed = arguments.yes or os.environ.get("YES", "").lower() in _YES or not settings.ask_before_publishing
    if agreed or not changes.needs_yes:
        return True
    if arguments.format == "text" and sys.stdin.isatty() and sys.stderr.isatty():
        print(f"{agreement_text(changes)}. Publish this? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in _YES:
            return True
        print("Nothing was replaced.", file=sys.stderr)
        return False
    if arguments.format == "json":
        print(change_json(changes, published=False), end="")
    print(
        f"garden: nothing was replaced, because you have to confirm: {agreement_text(changes)}. If the list is right, "
        f"run: {_command_with_yes(arguments, settings)}",
        file=sys.stderr,
    )
    return False


def _command_with_yes(arguments: argparse.Namespace, settings: Settings) -> str:
    """Return the command that the author has to type to agree."""
    vault = shlex.quote(str(arguments.vault)) if arguments.vault else ""
    if os.environ.get("MAKELEVEL"):
        return " ".join(
            ["make publish", *([f"VAULT={vault}"] if vault else []), f"SITEURL={settings.site_url} YES=1"]
        )
    options = [("--conf", arguments.conf), ("--output", arguments.output), ("--site-url", settings.site_url)]
    written = [f"{option} {shlex.quote(str(value))}" for option, value in options if value]
    return " ".join(["garden publish", *([vault] if vault else []), *written, "--yes"])


def _put_in_place(candidate: _Candidate, output: Output, manifest_file: Path) -> int:
    """Replace the site and record what is public; return 1 if something was in the way, otherwise 0.

    Both records are first written beside their places, so that a full disk stops this before anything is public.
    """
    list_of_published = KeptFile(manifest_file)
    ledger = ledger_update(candidate.site.files.root, candidate.site.snapshot)
    # What cannot be recorded must not become public.
    list_of_published.prepare(manifest_text(candidate.inventory.manifest))
    if ledger:
        KeptFile(ledger.path).prepare(ledger.text)
    with tell_if_slow(f"Putting the site into {output.root}"):
        deployed = deploy(candidate.folder, candidate.files, output)
    _tell(deployed.problems)
    # The ledger comes first: if this is interrupted here, what is public already has addresses that last.
    if ledger:
        KeptFile(ledger.path).put_in_place(ledger.text)
    list_of_published.put_in_place(manifest_text(candidate.inventory.without_missing(deployed.names)))
    return int(any(problem.severity is Severity.ERROR for problem in deployed.problems))


def _tell(problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _tell_wait() -> None:
    print(WAITING, file=sys.stderr)
