"""`garden docs`: the documentation at the terminal, which works without a network and without the repository."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from garden.hosts.command_line import CommandError, Commands, print_table
from garden.hosts.settings.setting_values import did_you_mean

_PACKAGE: Final = Path(__file__).resolve().parents[2]


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `docs` to the commands of the program."""
    del shared  # it reads no settings file
    parser = commands.add_parser(
        "docs",
        description="Print a page of the documentation. Without a page, list all of them and say where they are.",
    )
    parser.add_argument("page", nargs="?", help="the name of a page, such as theming")
    parser.set_defaults(run=docs)


def docs(arguments: argparse.Namespace) -> int:
    """Print a page, or the list of pages. Raises CommandError for a page that does not exist."""
    folder = _folder()
    pages = _pages(folder)
    if arguments.page is None:
        print_table([(name, _title(page)) for name, page in sorted(pages.items())])
        print(f"\nThey are Markdown files in {folder}")
        return 0
    name = arguments.page.removeprefix("docs/").removesuffix(".md")
    page = pages.get(name) or _by_last_name(pages).get(name)
    if page is None:
        raise CommandError(
            f'there is no page "{arguments.page}" in the documentation, whose pages `garden docs` lists'
            f"{did_you_mean(name, _by_last_name(pages))}"
        )
    print(page.read_text(encoding="utf-8"), end="")
    return 0


def _folder() -> Path:
    """Return the folder of the documentation: in an installed package, or else at the top of the repository."""
    installed = _PACKAGE / "docs"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "docs"


def _pages(folder: Path) -> Mapping[str, Path]:
    """Return the pages by their paths, such as `how-to/check`."""
    return {page.relative_to(folder).with_suffix("").as_posix(): page for page in folder.rglob("*.md")}


def _by_last_name(pages: Mapping[str, Path]) -> Mapping[str, Path]:
    """Return the pages by the last part of their paths; of two with the same one, the page nearer to the top."""
    deepest_first = sorted(pages, key=lambda name: (-name.count("/"), name))
    return {name.rpartition("/")[2]: pages[name] for name in deepest_first}


def _title(page: Path) -> str:
    lines = page.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), page.stem)
