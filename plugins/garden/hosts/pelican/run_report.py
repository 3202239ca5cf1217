"""What one run of Pelican reports at its end, and the exit code that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE
from garden.hosts.pelican.terminal import print_lines
from garden.model.diagnostic import Diagnostic, Severity
from garden.publishing.build_report import ReportLine, report_lines
from garden.publishing.folder.memory import Memory
from garden.publishing.page_counts import PageCounts


class RunReport:
    """The report of one run: until something is written, that of the last build, which still holds."""

    def __init__(
        self, pelican: Mapping[str, Any], before: Memory, about_settings: Sequence[Diagnostic]
    ) -> None:
        """Begin with the report of the build `before`; `pelican` are Pelican's settings.

        The problems `about_settings` are printed first, and never stored with the report.
        """
        self._pelican = pelican
        self._about_settings = about_settings
        self.lines = list(before.report)
        self.errors = before.errors
        self.counts = PageCounts(*before.counts)

    def renew(self, problems: Sequence[Diagnostic], held_back: Iterable[str]) -> None:
        """Replace the report of the last build by `problems` and by the lines about notes that are held back."""
        self.lines = [*report_lines(problems), *map(ReportLine, held_back)]
        self.errors = error_count(problems)

    def add(self, problems: Sequence[Diagnostic]) -> None:
        """Add problems that were found when the report had been stored for the next build."""
        self.lines += report_lines(problems)
        self.errors += error_count(problems)

    def print(self) -> None:
        """Print the report."""
        print_lines([*report_lines(self._about_settings), *self.lines])

    def print_counts(self) -> None:
        """Print the line with the numbers of notes and pages."""
        print_lines([ReportLine(str(self.counts))])

    @property
    def exit_code(self) -> int:
        """The exit code of the process: 0 if there are no errors."""
        return int(self._pelican.get(ERRORS_EXIT_CODE, 1)) if self.errors else 0

    def exit_after_errors(self) -> None:
        """If there are errors (HC-9), exit with 1 or ERRORS_EXIT_CODE, although the output is complete.

        Unless that code is set, a last sentence explains this; a program that sets the code explains it itself. It
        exits by `SystemExit`, because Pelican prints a traceback for every other exception, and a mistake in a note
        is not a bug.
        """
        if not self.errors:
            return
        if ERRORS_EXIT_CODE not in self._pelican:
            count = f"{self.errors} error{'' if self.errors == 1 else 's'}"
            print_lines([ReportLine(f"The site is written, with {count} (see above)")])
        raise SystemExit(self.exit_code)


def error_count(problems: Iterable[Diagnostic]) -> int:
    """Return how many of the problems are errors."""
    return sum(problem.severity is Severity.ERROR for problem in problems)
