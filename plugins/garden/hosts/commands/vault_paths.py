"""The vault of a command: which folder of notes its arguments mean, and reading and linking it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from garden.hosts.command_line import DEFAULT_CONF, CommandError, path_argument, tell_if_slow
from garden.hosts.settings.configuration import load_settings, settings_from
from garden.model.names import VaultPath, fold
from garden.model.note import Document
from garden.model.settings import Settings
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored.cache import Cache
from garden.vault.stored.cache_folder import cache_folder

_MARK_OF_VAULT = ".obsidian"


class VaultChoice(Struct, frozen=True):
    """A vault and the paths in it that a command is limited to; none means the whole vault."""

    settings: Settings
    pelican_settings: dict[str, Any]
    root: Path
    chosen: tuple[str, ...] = ()

    def includes(self, path: str) -> bool:
        """Say whether a path in the vault is one of the chosen ones, or below one."""
        return not self.chosen or any(
            path == chosen or path.startswith(f"{chosen}/") for chosen in self.chosen
        )

    def shown(self, path: str) -> str:
        """Return a path in the vault as a path from the current folder."""
        return f"{self.folder}/{path}" if self.folder else path

    @property
    def folder(self) -> str:
        """The path from the current folder to the vault, `/`-separated, empty for that folder itself."""
        folder = os.path.relpath(self.root).replace(os.sep, "/")
        return "" if folder == "." else folder


def titled_note(documents: Mapping[VaultPath, Document], title: str) -> VaultPath | None:
    """Return the note with this title, None if there is none. Links do not find notes by title (WL-6), so this comes last.

    Raises CommandError if several notes have the title.
    """
    found = sorted(path for path, document in documents.items() if fold(document.title) == fold(title))
    if len(found) > 1:
        raise CommandError(f'"{title}" is the title of {", ".join(found)}: give the path')
    return found[0] if found else None


def add_vault_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a folder of notes."""
    parser.add_argument(
        "--vault",
        type=path_argument,
        metavar="FOLDER",
        help="folder of notes (default: PATH of the settings file)",
    )


def chosen_vault(arguments: argparse.Namespace, paths: Sequence[Path] = ()) -> VaultChoice:
    """Return the vault of `--vault`, or of the settings file, or the one that `paths` are in.

    `paths` are notes and folders, relative to the current folder or to the vault. A folder outside the vault of the
    settings file is a vault itself, unless it is inside one of Obsidian's. Raises SettingsError and CommandError.
    """
    given: Path | None = getattr(arguments, "vault", None)
    conf = settings_file(arguments.conf, Path.cwd())
    if not conf.is_file() and arguments.conf == DEFAULT_CONF and (given or paths):
        # Commands that only read work for any folder of notes, with default settings.
        root = given or _vault_of(paths, None)
        settings, pelican_settings = settings_from({}), default_pelican_settings(root)
    else:
        settings, pelican_settings = load_settings(conf)
        root = given or _vault_of(paths, Path(pelican_settings["PATH"]))
    if not root.is_dir():
        raise CommandError(f"there is no folder {root}")
    chosen = (_inside(path, root) for path in paths)
    return VaultChoice(settings, pelican_settings, root, tuple(path for path in chosen if path))


@contextmanager
def linked_vault(choice: VaultChoice) -> Iterator[Site]:
    """Yield a vault, read and linked; notes that a build has read are not read again."""
    cache, _ = cache_folder(Path(choice.pelican_settings["CACHE_PATH"]))
    with (
        tell_if_slow(f"Reading the notes in {choice.root}"),
        closing(Cache(cache / "documents.sqlite")) as store,
    ):
        yield read_site(
            scan(choice.root, choice.settings, Path(choice.pelican_settings["OUTPUT_PATH"])),
            choice.settings,
            store,
        )
        for problem in store.problems:
            print(problem, file=sys.stderr)


def settings_file(conf: Path, folder: Path) -> Path:
    """Return the settings file for a folder: `conf` itself, or, if it is the default one, the nearest in or above the folder."""
    if conf != DEFAULT_CONF:
        return conf
    found = (parent / conf for parent in (folder, *folder.parents) if (parent / conf).is_file())
    return next(found, conf)


def default_pelican_settings(root: Path) -> dict[str, Any]:
    """Return the settings of Pelican for a vault without a settings file: its cache is in the author's own cache folder."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "garden"
    name = sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return {"PATH": str(root), "OUTPUT_PATH": str(root / "output"), "CACHE_PATH": str(cache / name)}


def _vault_of(paths: Iterable[Path], own: Path | None) -> Path:
    """Return the vault that the paths are in: `own`, that of the settings, if it contains all of them.

    Otherwise the first path outside decides: the Obsidian vault that it is in, or else the path itself if it is a folder.
    Raises CommandError.
    """
    outside = [path for path in paths if own is None or not _is_in(path, own)]
    if own is not None and not outside:
        return own
    first = outside[0]
    if not first.exists():
        raise CommandError(f"there is no file or folder {first}")
    absolute = first.resolve()
    above = [folder for folder in (absolute, *absolute.parents) if (folder / _MARK_OF_VAULT).is_dir()]
    if above:
        return Path(os.path.relpath(above[0]))
    if first.is_dir():
        return first
    what = f"{first} is not in {own}: say" if own else "there is no settings file here: say"
    raise CommandError(f"{what} which folder of notes {first.name} is in, with --vault")


def _is_in(path: Path, root: Path) -> bool:
    """Say whether a path is in a vault, from the current folder or from the vault on."""
    return _below(path, root) is not None or (not path.is_absolute() and (root / path).exists())


def _below(path: Path, root: Path) -> str | None:
    """Return the vault path of an existing file or folder, empty for the vault itself, None for one outside."""
    if not path.exists():
        return None
    below = os.path.relpath(path.resolve(), root.resolve()).replace(os.sep, "/")
    if below == ".":
        return ""
    return None if below == ".." or below.startswith("../") or Path(below).is_absolute() else below


def _inside(path: Path, root: Path) -> VaultPath:
    """Return the path in the vault. Raises CommandError for one that is not in it."""
    found = _below(path, root)
    if found is None and not path.is_absolute():
        found = _below(root / path, root)
    if found is None:
        what = f"{path} is not in {root}" if path.exists() else f"there is no file or folder {path}"
        raise CommandError(what)
    return VaultPath(found)
