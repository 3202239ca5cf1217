"""`garden`, or `python -m garden`: all commands in one program.

Only the module of the requested command is imported: the code that reads notes takes a second to import, which
`garden --help` must not wait for.
"""

import argparse
import atexit
import io
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from garden.hosts.command_line import CommandError, CommandParser, shared_options
from garden.hosts.settings.setting_values import did_you_mean
from garden.model.errors import AuthorError
from garden.model.version import VERSION


class Command(NamedTuple):
    """The module of a command, below `garden.hosts`, and the command's line in the list of all commands."""

    module: str
    summary: str


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "init": Command("commands.setup.init", "start a site in a folder"),
        "migrate": Command("commands.setup.migrate", "move a Pelican site to Garden"),
        "html": Command("commands.html", "build the site into the output folder"),
        "check": Command("commands.check", "print the problems in the notes"),
        "new": Command("commands.new", "write a new note"),
        "rename": Command("commands.rename", "rename or move a note, and change every link to it"),
        "drafts": Command("commands.drafts", "list the notes that are held back, and why"),
        "wanted": Command("commands.wanted", "list the names that links use but no note has"),
        "explain": Command("commands.explain", "say what a diagnostic means and what to do about it"),
        "publish": Command("commands.publish", "show what will change, and publish the site"),
        "redirect": Command("commands.redirects", "redirect an old address"),
        "redirects": Command(
            "commands.redirects",
            "print all redirects for a web server, or import the addresses of a former site",
        ),
        "leaks": Command("commands.leaks", "search a built site for unpublished text and files"),
        "serve": Command(
            "serve.serve", "build the site, serve it on this machine, and rebuild it on every save"
        ),
        "lsp": Command("commands.lsp", "start a language server for your editor"),
        "settings": Command("commands.settings", "list all settings, with their defaults"),
        "docs": Command("commands.docs", "print a page of the documentation, or list its pages"),
    }
)
"""All commands by name, in the order of the list."""


class _Registered:
    """Adds commands to the parser with their summaries, and remembers which ones: one module may add several."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands
        self.names: set[str] = set()

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser:
        """Add a command."""
        self.names.add(name)
        parser: argparse.ArgumentParser = self._commands.add_parser(
            name, help=COMMANDS[name].summary, **kwargs
        )
        return parser


def program(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    With `only`, there is just that command; with a name that is none, there are only the names of all. Modules of other
    commands are not imported.
    """
    parser = CommandParser(prog="garden", description="Turn a folder of Markdown notes into a web site.")
    parser.add_argument("--version", action="version", version=f"garden {VERSION}")
    commands = _Registered(parser.add_subparsers(metavar="COMMAND", required=True))
    shared = shared_options()
    for name, command in COMMANDS.items():
        if name in commands.names:
            continue  # its module has added it together with an earlier one, as `redirects` with `redirect`
        if only is None or command.module == (COMMANDS[only].module if only in COMMANDS else ""):
            import_module(f"garden.hosts.{command.module}").add_command(commands, shared)
        elif only not in COMMANDS:
            commands.add_parser(name)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 is success, 1 means that problems were found, 2 wrong use, 3 that the author has not agreed, 130 Ctrl-C. Without
    `arguments` this is the program itself, and ends the process.
    """
    if arguments is not None:
        return _run(arguments)
    try:
        code = _run(sys.argv[1:])
    except SystemExit as end:
        if isinstance(end.code, int):
            _end(end.code)
        raise
    _end(code)
    return code


def _end(code: int) -> None:
    """End this process at once, unless a thread is still at work, or the last output cannot be written.

    Otherwise Python frees all objects one by one, which takes a fortieth of a first build.
    """
    if not all(thread.daemon or thread is threading.main_thread() for thread in threading.enumerate()):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 (there is no other way to call them, and multiprocessing needs it, too)
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


def _run(written: Sequence[str]) -> int:
    """Run the command that is `written`, and return its exit code."""
    asked = next((word for word in written if not word.startswith("-")), "")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # On Windows, output into a file or a pipe has an encoding with few characters.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        _check_file_names()
        if asked and asked not in COMMANDS:
            hint = did_you_mean(asked, COMMANDS)
            raise CommandError(f'there is no command "{asked}"{hint} (`garden --help` lists all commands)')
        parsed, unknown = program(asked).parse_known_args(written)
        if unknown:
            raise CommandError(
                f"`garden {asked}` does not take {' '.join(unknown)} (`garden {asked} --help` describes what it takes)"
            )
        code: int = parsed.run(parsed)
    except AuthorError as problem:
        print(f"garden: {problem}", file=sys.stderr)
        return 2
    except OSError as problem:
        if isinstance(problem, BrokenPipeError):  # the reader of our output, such as `head`, has seen enough
            return 0
        print(f"garden: {problem.filename or ''}: {problem.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130  # what a shell reports for Ctrl-C
    return code


def _check_file_names() -> None:
    """Raise CommandError if file names are not decoded as UTF-8: in a one-byte locale, with Python's UTF-8 mode turned off."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") != "utf8":
        raise CommandError(
            f"names of files are read as {encoding} here: set PYTHONUTF8=1, or use a UTF-8 locale"
        )


if __name__ == "__main__":
    sys.exit(main())
