"""`garden publish`: the site as it goes to a web server, with its real address."""

import argparse
import sys
from pathlib import Path

from garden.hosts.command_line import CommandError, Commands, add_vault, settings_of
from garden.hosts.pelican.process import pelican_arguments, run


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `publish` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "publish",
        parents=[shared],
        help="build the site for its web server",
        description="Build the site with absolute addresses where they are needed. The folder changes only when the "
        "whole site is ready; what no build has written there, such as .git or CNAME, stays.",
    )
    add_vault(parser)
    parser.add_argument(
        "--site-url", default="", help="the site's address (default: SITEURL of the settings file)"
    )
    parser.add_argument("--output", type=Path, help="folder to build into (default: OUTPUT_PATH)")
    parser.set_defaults(run=publish)


def publish(arguments: argparse.Namespace) -> int:
    """Build and return Pelican's exit code. Raises CommandError when the address is not known."""
    settings, names, vault = settings_of(
        arguments, {"SITEURL": arguments.site_url} if arguments.site_url else {}
    )
    if not settings.site_url:
        raise CommandError(
            "the address of the site is needed: set SITEURL in the settings file, "
            "or run make publish SITEURL=https://example.org"
        )
    conf = arguments.conf.resolve()
    output = (arguments.output or Path(names["OUTPUT_PATH"])).resolve()
    refuse_to_publish((conf, vault.resolve(), Path.cwd()), output)
    command = pelican_arguments(conf, vault.resolve(), output, {"SITEURL": settings.site_url})
    outcome = run(command, lambda line: print(line, file=sys.stderr))
    if outcome.code == 0:
        print(f"The site for {settings.site_url} is in {output}")
    return outcome.code


def refuse_to_publish(private: tuple[Path, ...], output: Path) -> None:
    """Raise CommandError when `output`, which a web server will show, holds one of the `private` paths."""
    for path in private:
        if path.is_relative_to(output):
            raise CommandError(f"{output} cannot be the output folder, because {path} is in it")
