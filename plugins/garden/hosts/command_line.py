"""What the commands of `garden` have in common: shared arguments, their errors, and the settings they run with."""

import argparse
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol

from garden.model.errors import AuthorError
from garden.model.settings import Settings

DEFAULT_CONF: Final = Path("pelican.conf.py")
"""The settings file that is meant when none is named."""

PATIENCE = 2.0
"""Seconds after which a command that has said nothing says what it is doing."""


NOT_AGREED: Final = 3
"""Exit code of a command that needed the author's agreement and did not get it, or could not ask."""


class CommandError(AuthorError):
    """A command cannot be carried out; the text says why and what to do."""


class Commands(Protocol):
    """The commands of a program, to which each module adds its own: what `argparse` calls sub-parsers."""

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser:
        """Add a command."""


class CommandParser(argparse.ArgumentParser):
    """A parser that reports wrong arguments in one sentence, like every other mistake, and not with a usage text."""

    def error(self, message: str) -> NoReturn:
        """Raise CommandError with what argparse has found, and how to see what the command takes."""
        found = message.removeprefix("argument ")
        raise CommandError(f"{found} (`{self.prog} --help` describes what it takes)")


def path_argument(written: str) -> Path:
    """Return a path with `~` replaced by the home folder, which shells do not do in `--option=~/x`."""
    return Path(written).expanduser()


def shared_options() -> argparse.ArgumentParser:
    """Return the options that every command takes, as a parent for its parser."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--conf",
        type=path_argument,
        default=DEFAULT_CONF,
        metavar="FILE",
        help="the settings file (default: %(default)s)",
    )
    return parser


def add_vault_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names a folder of notes."""
    parser.add_argument(
        "vault", nargs="?", type=path_argument, help="folder of notes (default: PATH of the settings file)"
    )


def settings_of(
    arguments: argparse.Namespace, overrides: dict[str, Any] | None = None
) -> tuple[Settings, dict[str, Any], Path]:
    """Return the settings of Garden, all settings of Pelican by name, and the vault that a command was given.

    Raises SettingsError for a wrong settings file and CommandError if the vault does not exist.
    """
    # Imported here, so that commands that need no settings start faster.
    from garden.hosts.settings.configuration import load_settings

    settings, pelican_settings = load_settings(arguments.conf, overrides)
    vault = getattr(arguments, "vault", None) or Path(pelican_settings["PATH"])
    if not vault.is_dir():
        raise CommandError(f"there is no folder {vault}")
    return settings, pelican_settings, vault


def refuse_to_publish(private: tuple[Path, ...], output: Path) -> None:
    """Raise CommandError if `output`, which a web server will show, contains one of the `private` paths."""
    for path in private:
        if path.is_relative_to(output):
            raise CommandError(f"{output} cannot be the output folder, because {path} is in it")


@contextmanager
def tell_if_slow(doing: str) -> Iterator[None]:
    """Print `doing` on standard error if the block takes longer than PATIENCE."""
    timer = threading.Timer(PATIENCE, print, args=(f"{doing} …",), kwargs={"file": sys.stderr, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows of texts in columns; the last one is not padded."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        print("  ".join(_padded(row, widths)))


def _padded(row: Sequence[str], widths: Iterable[int]) -> Iterator[str]:
    for cell, width in zip(row, widths, strict=False):
        yield cell.ljust(width)
    yield row[-1]
