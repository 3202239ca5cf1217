"""`garden check`: report the problems of a vault as its author has chosen, without building it."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from garden import defaults
from garden.authoring.baseline import (
    BaselineComparison,
    baseline_of,
    baseline_text,
    compare_baseline,
    read_baseline,
)
from garden.authoring.checked_vault import CheckedVault
from garden.authoring.formats import FORMATS, report, statistics
from garden.authoring.formats.context import ReportContext
from garden.authoring.grading import ReportFilter, graded, unknown_patterns
from garden.authoring.rules import check_vault
from garden.authoring.silences import without_silenced
from garden.hosts.command_line import (
    NOT_AGREED,
    CommandError,
    Commands,
    path_argument,
    print_table,
    tell_if_slow,
)
from garden.hosts.commands.explanations import EXPLANATIONS
from garden.hosts.commands.note_changes import (
    ChangedNote,
    is_confirmed,
    note_count,
    show_changes,
    write_notes,
)
from garden.hosts.commands.vault_paths import VaultChoice, add_vault_option, chosen_vault, linked_vault
from garden.hosts.settings.doubtful_settings import doubtful_settings
from garden.hosts.settings.note_scope import is_own_theme
from garden.hosts.settings.setting_values import did_you_mean
from garden.model.diagnostic import SEVERITIES, Diagnostic, Place, Severity
from garden.model.names import VaultPath
from garden.reading.source import read_source
from garden.vault.note_files import file_content
from garden.vault.places_in_files import with_places_in_files
from garden.vault.site import Site
from garden.vault.stored.cache_folder import cache_folder


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `check` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "check",
        parents=[shared],
        description=(
            "Read the notes and print their problems, without building. Exits with 1 if there are errors "
            "(with --strict, also if there are warnings), and with 2 if it was used incorrectly."
        ),
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=path_argument,
        metavar="PATH",
        help="notes and folders to report, or another folder of notes (default: all of PATH in the settings file)",
    )
    add_vault_option(parser)
    parser.add_argument("--format", choices=list(FORMATS), default="text", help="default: %(default)s")
    parser.add_argument("--verbose", action="store_true", help="also print infos")
    parser.add_argument("--strict", action="store_true", help="exit with 1 also if there are warnings")
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="IDS",
        help="report only these ids, such as link-*,date-future",
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="IDS", help="do not report these ids"
    )
    parser.add_argument(
        "--statistics",
        action="store_true",
        help="print only the number of problems of each id",
    )
    parser.add_argument(
        "--baseline",
        type=path_argument,
        metavar="FILE",
        help="do not report the problems in this file (default: the setting `baseline`)",
    )
    parser.add_argument(
        "--update-baseline",
        action="store_true",
        help="write all present problems to that file, so that they are not reported again",
    )
    parser.add_argument(
        "--external",
        action="store_true",
        help="ask other sites, at most once a week, whether the pages that published notes link to still exist",
    )
    parser.add_argument(
        "--fix", action="store_true", help="correct what is certain: show the changes, ask, and write them"
    )
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    parser.add_argument("--yes", action="store_true", help="let --fix write without asking")
    parser.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> int:
    """Print the problems; return 1 if one of them is serious enough to fail, NOT_AGREED if --fix may not write."""
    wanted = ReportFilter(_ids(arguments.select), _ids(arguments.ignore), arguments.verbose)
    choice = chosen_vault(arguments, arguments.paths)
    code = _fix(arguments, choice, wanted) if arguments.fix or arguments.diff else 0
    if arguments.diff:
        return code
    baseline = _baseline_file(arguments, choice)
    with linked_vault(choice) as site:
        others = _settings_problems(choice)
        if arguments.external:
            others += _outside_problems(site, choice)
        found = [problem for problem in _problems(site, others) if wanted.shows(problem)]
        if arguments.update_baseline:
            return _update_baseline(found, baseline)
        compared = BaselineComparison(
            [problem for problem in found if choice.includes(problem.place.path)], known=0, solved=0
        )
        if baseline:
            compared = compare_baseline(compared.new, read_baseline(baseline))
        _print(compared.new, arguments, choice, site)
    _print_baseline_counts(compared, choice)
    least = Severity.WARNING if arguments.strict else Severity.ERROR
    return code or int(any(problem.severity >= least for problem in compared.new))


def _fix(arguments: argparse.Namespace, choice: VaultChoice, wanted: ReportFilter) -> int:
    """Show what can be corrected, and write it if the author agrees.

    Return 0 if it was written or there was nothing to correct, 1 if --diff shows something, NOT_AGREED otherwise.
    """
    # Fixes import the Markdown parser; a check of notes that a build has read does without it.
    from garden.authoring.fixes.all import fixed_notes

    every = replace(wanted, verbose=True)  # tag variants are infos
    with linked_vault(choice) as site:
        found = [problem for problem in _problems(site) if every.shows(problem)]
        fixes = fixed_notes(site, found)
    changes = [
        ChangedNote(choice.shown(path), note) for path, note in fixes.notes.items() if choice.includes(path)
    ]
    show_changes(changes)
    if not changes:
        print("nothing can be corrected with certainty", file=sys.stderr)
        return 0
    for problem in fixes.corrected:
        if choice.includes(problem.place.path):
            print(f"corrects {choice.shown(str(problem.place))} [{problem.code}]", file=sys.stderr)
    if arguments.diff:
        return 1
    if not is_confirmed(f"Change {note_count(len(changes))}?", "--yes", is_agreed=arguments.yes):
        return NOT_AGREED
    print(f"{note_count(write_notes(changes))} changed", file=sys.stderr)
    return 0


def today(timezone: str) -> str:
    """Return today's date in the author's time zone, ISO."""
    return datetime.now(UTC).astimezone(ZoneInfo(timezone)).date().isoformat()


def _settings_problems(choice: VaultChoice) -> list[Diagnostic]:
    """Return what a build would report about the settings file; the reports only apply to our own theme."""
    is_ours = is_own_theme(Path(choice.pelican_settings.get("THEME") or ""))
    return doubtful_settings(choice.pelican_settings, vars(defaults)) if is_ours else []


def _outside_problems(site: Site, choice: VaultChoice) -> list[Diagnostic]:
    """Return the links to pages of other sites that no longer exist."""
    # Imported here: only `--external` needs the network code.
    from garden.authoring.outside_links import ask_politely, dead_links

    cache, _ = cache_folder(Path(choice.pelican_settings["CACHE_PATH"]))
    with tell_if_slow("Checking links to other sites"):
        return list(dead_links(CheckedVault(site, today(site.settings.timezone)), cache, ask_politely))


def _problems(site: Site, others: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Return the problems of a vault and `others`, graded, without those that notes or settings silence."""
    every = [*check_vault(CheckedVault(site, today(site.settings.timezone))), *others]
    left, _ = without_silenced(every, site.snapshot.documents)
    return list(graded(left, site.settings))


def _ids(written: Iterable[str]) -> tuple[str, ...]:
    """Return the ids and patterns in the values of an option. Raises CommandError for one that matches no id."""
    found = tuple(part for text in written for part in text.replace(",", " ").split())
    for pattern in unknown_patterns(found):
        raise CommandError(f'there is no diagnostic "{pattern}"{did_you_mean(pattern, SEVERITIES)}')
    return found


def _baseline_file(arguments: argparse.Namespace, choice: VaultChoice) -> Path | None:
    """Return the file of the baseline, None if there is none. Raises CommandError if one is to be written without a name."""
    given: Path | None = arguments.baseline
    if given is None and choice.settings.baseline:
        given = choice.root / choice.settings.baseline
        if not given.exists() and not arguments.update_baseline:
            print(
                f"The setting `baseline` names {given}, which does not exist, so all problems are reported: "
                "--update-baseline writes it.",
                file=sys.stderr,
            )
            return None
    if given is None and arguments.update_baseline:
        raise CommandError("name the file of the baseline: --baseline FILE, or the setting `baseline`")
    return given


def _update_baseline(found: list[Diagnostic], file: Path | None) -> int:
    assert file is not None  # `_baseline_file` has refused an update without a file
    file.write_text(baseline_text(baseline_of(found)), encoding="utf-8", newline="\n")
    print(f"{file} now has {len(found)} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    return 0


def _print(found: list[Diagnostic], arguments: argparse.Namespace, choice: VaultChoice, site: Site) -> None:
    """Print what was found in the format that was asked for, or only how often each kind of problem occurs."""
    if arguments.statistics:
        rows = statistics(found)
        print_table([(f"{count:5}", code, severity) for count, code, severity in rows])
        if not rows:
            print("no problems")
        return
    context = ReportContext(choice.folder, _SourceLines(choice.root).line, EXPLANATIONS)
    placed = with_places_in_files(found, choice.root, site.settings.reading.formats)
    print(report(placed, arguments.format, context), end="")


def _print_baseline_counts(compared: BaselineComparison, choice: VaultChoice) -> None:
    """Say how many problems the baseline hides; of a whole vault also how many of the baseline are gone."""
    if compared.known:
        print(f"{compared.known} more are in the baseline.", file=sys.stderr)
    if compared.solved and not choice.chosen:
        print(
            f"{compared.solved} of the baseline no longer occur: --update-baseline removes them.",
            file=sys.stderr,
        )


class _SourceLines:
    """The lines of notes. The text of the last note is kept, since a report goes note by note."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._lines: list[str] = []

    def line(self, place: Place) -> str:
        """Return the line of a place, or nothing for the first character of a note: such a problem is the whole note's."""
        if (place.line, place.column) == (1, 1):
            return ""
        if place.path != self._path:
            self._path = place.path
            self._lines = self._text(VaultPath(place.path)).split("\n")
        return self._lines[place.line - 1] if place.line <= len(self._lines) else ""

    def _text(self, path: VaultPath) -> str:
        """Return the text of the file, whatever its format; empty if it cannot be read."""
        try:
            return read_source(path, file_content(self._root / path)).text
        except OSError:
            return ""
