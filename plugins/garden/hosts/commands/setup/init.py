"""`garden init`: the minimum that a site needs, in an empty folder, in a vault or beside a Pelican site.

The settings file contains only what differs from `garden.defaults` and `model.settings`, so that an update of the
package brings new defaults. Existing files are never overwritten.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from garden.hosts.command_line import CommandError, Commands, path_argument
from garden.hosts.commands.setup.init_extras import EXTRAS, extra_files
from garden.hosts.settings.configuration import run_settings_file, site_address
from garden.hosts.settings.pelican_effects import KEPT
from garden.model.version import VERSION

SETTINGS_FILE: Final = "pelican.conf.py"
_STARTER: Final = Path(__file__).parent / "starter"

DEPLOYMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "github-pages": ("github-pages.yml", ".github/workflows/publish.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
    "netlify": ("netlify.toml", "netlify.toml"),
    "cloudflare": ("wrangler.toml", "wrangler.toml"),
}
"""By name of the host: a file in the folder `starter`, and its place in a site."""

_PELICAN_FILES: Final = ("publishconf.py", "pelicanconf.py")
"""The settings files of a Pelican site; the first that exists is used."""


class _Place(NamedTuple):
    """The folders of notes and of the output for the new settings file, and the settings that a former site had."""

    notes: str
    output: str
    settings: Mapping[str, Any]


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `init` to the commands of the program; it writes the settings file, so there is no `--conf`."""
    del shared  # its settings file is what it writes
    parser = commands.add_parser(
        "init",
        description=(
            "Write what a site needs into a folder: an empty one, an Obsidian vault, or the folder of a "
            "Pelican site. Existing files stay as they are."
        ),
    )
    parser.add_argument("folder", nargs="?", type=path_argument, default=Path(), help="default: this folder")
    parser.add_argument(
        "--notes", type=path_argument, metavar="DIR", help="the folder of notes, if it is elsewhere"
    )
    parser.add_argument("--name", default="", help="the name of the site (default: that of the folder)")
    parser.add_argument("--site-url", default="", help="its future address, such as https://example.org")
    parser.add_argument(
        "--deploy", choices=DEPLOYMENTS, help="also write what this host needs to build and publish the site"
    )
    parser.add_argument(
        "--add",
        action="append",
        choices=EXTRAS,
        default=[],
        help="also write this: tasks and snippets for VS Code, templates for Obsidian, a check before each commit",
    )
    parser.set_defaults(run=init)


def init(arguments: argparse.Namespace) -> int:
    """Write the files and print their names; return 0.

    Raises CommandError if the folder of notes does not exist, SettingsError for an incomplete address.
    """
    root: Path = arguments.folder
    if arguments.notes and not arguments.notes.is_dir():
        raise CommandError(f"there is no folder {arguments.notes}")
    site_address("--site-url", arguments.site_url)
    root.mkdir(parents=True, exist_ok=True)
    place = _place(root, arguments.notes)
    settings = dict(place.settings)
    settings["SITENAME"] = arguments.name or settings.get("SITENAME") or root.resolve().name or "Garden"
    settings["SITEURL"] = arguments.site_url or settings.get("SITEURL") or ""
    for name, text in _files(root, place, settings, arguments.deploy):
        _write(root / name, text)
    for extra in arguments.add:
        for name, text in extra_files(extra, root, place.notes):
            _write(root / name, text)
    # An existing settings file is kept, and may have a SITEURL.
    if arguments.deploy and not run_settings_file(root / SETTINGS_FILE).get("SITEURL"):
        print(f"Set SITEURL in {SETTINGS_FILE}: a published site needs its address", file=sys.stderr)
    where = "" if root.resolve() == Path.cwd() else f"cd {root} and "
    print(f"Next: {where}run `garden serve`, and open http://localhost:8000", file=sys.stderr)
    return 0


def _place(root: Path, notes: Path | None) -> _Place:
    """Return the folders for a site in `root`, which may be a Pelican site, a vault, or empty."""
    for name in _PELICAN_FILES:
        if (root / name).is_file():
            found = run_settings_file(root / name)
            taken: dict[str, Any] = {known: found[known] for known in KEPT if known in found}
            # Another folder than that of the Pelican site, whose output must not be replaced.
            return _Place(_relative(root, notes) or str(found.get("PATH") or "."), "output-garden", taken)
    if notes:
        return _Place(_relative(root, notes), "output", {})
    if (root / ".obsidian").is_dir() or any(root.glob("*.[mM][dD]")):
        # Obsidian ignores folders whose names begin with a dot; otherwise it would list the Markdown files of the site.
        return _Place(".", ".site", {})
    return _Place("notes", "output", {})


def _relative(root: Path, notes: Path | None) -> str:
    """Return the folder of notes for the settings file: relative to the site's folder if it is in or beside that."""
    if notes is None:
        return ""
    absolute = notes.resolve()
    near = absolute.is_relative_to(root.resolve()) or absolute.is_relative_to(root.resolve().parent)
    return Path(os.path.relpath(absolute, root.resolve()) if near else absolute).as_posix()


def _files(
    root: Path, place: _Place, settings: Mapping[str, Any], deploy: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a site."""
    yield SETTINGS_FILE, settings_text(place.notes, place.output, settings)
    yield "Makefile", _starter("Makefile")
    yield ".gitignore", f"# What every build makes.\n/.cache/\n/{place.output}/\n"
    notes = root / place.notes
    if not notes.is_dir() or not any(notes.iterdir()):
        yield f"{place.notes}/first-note.md", _starter("first-note.md")
    if deploy:
        source, target = DEPLOYMENTS[deploy]
        project = re.sub(r"[^a-z0-9]+", "-", str(settings["SITENAME"]).lower()).strip("-") or "garden"
        text = _starter(f"deploy/{source}")
        for gap, value in (("vault", place.notes), ("output", place.output), ("project", project)):
            text = text.replace(f"{{{gap}}}", value)
        yield target, text
        yield "requirements.txt", f"garden-pelican[diagrams]>={VERSION}\n"


def settings_text(
    notes: str, output: str, settings: Mapping[str, Any], garden: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """Return the text of a settings file with these settings; `garden` is the content of the dictionary `GARDEN`."""
    first = ("SITENAME", "AUTHOR", "SITEURL", "DEFAULT_LANG", "TIMEZONE")
    lines = [
        '"""The settings of this site. Whatever is not set here has its default value.',
        "",
        "`garden settings` lists all of them.",
        '"""',
        "",
        "from garden.defaults import *",
        "",
        f"SITENAME = {_written(settings['SITENAME'])}",
        f"AUTHOR = {_written(settings.get('AUTHOR', ''))}",
        f"SITEURL = {_written(settings['SITEURL'])}  # the site's own address; needed by `garden publish`",
        f"DEFAULT_LANG = {_written(settings.get('DEFAULT_LANG', 'en'))}",
        f"TIMEZONE = {_written(settings.get('TIMEZONE', 'UTC'))}",
        "",
        f"PATH = {_written(notes)}  # your notes",
    ]
    if output != "output":
        lines.append(f"OUTPUT_PATH = {_written(output)}")
    taken = [name for name in settings if name not in first]
    if taken:
        lines += ["", "# From the settings of the Pelican site."]
        lines += [f"{name} = {settings[name]!r}" for name in taken]
    lines += [
        "",
        "GARDEN = {",
        "    # What this site is, in one or two sentences: on the home page, and for search engines.",
        f'    "description": {_written(garden.get("description", ""))},',
        *(f'    "{name}": {value!r},' for name, value in garden.items() if name != "description"),
        "}",
        "",
    ]
    return "\n".join(lines)


def _written(value: object) -> str:
    """Return a value in Python's notation, a text in double quotation marks if they need no escapes."""
    shown = repr(value)
    plain = isinstance(value, str) and shown == f"'{value}'" and '"' not in value
    return f'"{value}"' if plain else shown


def _starter(name: str) -> str:
    return (_STARTER / name).read_text(encoding="utf-8")


def _write(file: Path, text: str) -> None:
    """Write a file and print its name, unless it exists already."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        print(f"{os.path.relpath(file)} already exists and stays as it is", file=sys.stderr)
    else:
        print(os.path.relpath(file))
