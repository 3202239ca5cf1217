"""Prints lines on the terminal while Pelican shows its progress there."""

import logging
import sys
from collections.abc import Iterable

from garden.publishing.build_report import ReportLine, printed
from garden.publishing.folder.output import WAITING


def print_lines(lines: Iterable[ReportLine]) -> None:
    """Print the lines that are for this kind of build, unfolded."""
    # `--verbose` sets the level of Pelican's own logger.
    shown = printed(lines, verbose=logging.getLogger("pelican").isEnabledFor(logging.INFO))
    if shown:
        # Pelican's progress display replaces stderr by one that folds lines.
        stream = getattr(sys.stderr, "rich_proxied_file", sys.stderr)
        stream.write("\n".join(shown) + "\n")
        stream.flush()


def tell_wait() -> None:
    """Print that this build waits for another one to end."""
    print_lines([ReportLine(WAITING)])
