"""`garden`, or `python -m garden`: all commands in one program."""

import argparse
import sys
from collections.abc import Sequence

from garden.hosts.command_line import shared_options
from garden.hosts.commands import (
    check,
    drafts,
    explain,
    html,
    init,
    leaks,
    lsp,
    new,
    publish,
    redirects,
    rename,
    settings,
    wanted,
)
from garden.hosts.serve import serve
from garden.model.errors import AuthorError
from garden.model.version import VERSION


def program() -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands."""
    parser = argparse.ArgumentParser(
        prog="garden", description="Turn a folder of Markdown notes into a web site."
    )
    parser.add_argument("--version", action="version", version=f"garden {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    shared = shared_options()
    init.add_command(commands)
    html.add_command(commands, shared)
    check.add_command(commands, shared)
    new.add_command(commands, shared)
    rename.add_command(commands, shared)
    drafts.add_command(commands, shared)
    wanted.add_command(commands, shared)
    explain.add_command(commands, shared)
    publish.add_command(commands, shared)
    redirects.add_redirect_commands(commands, shared)
    leaks.add_command(commands, shared)
    serve.add_command(commands, shared)
    lsp.add_command(commands, shared)
    settings.add_command(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 is success, 1 problems found, 2 wrong use."""
    parsed = program().parse_args(arguments)
    try:
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


if __name__ == "__main__":
    sys.exit(main())
