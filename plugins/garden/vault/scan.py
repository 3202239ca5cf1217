"""Finds the notes and attachments of a vault, and decides which are left out (HC-1, HC-13).

Nothing outside the vault is read: a symbolic link counts as a file of the vault only if it leads to a file that
belongs to the vault anyway, or into a folder that the setting `linked_folders` names. Otherwise anybody who may
change a vault, whose links git stores, could publish any file of the machine that builds the site.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LEDGER_FILE
from garden.model.names import VaultPath, extension, is_note, is_view_file
from garden.model.routes import RECORD
from garden.model.settings import Settings
from garden.vault.breadcrumbs import breadcrumbs_file
from garden.vault.git.log import Repository, find_repository
from garden.vault.ignoring import IgnorePatterns
from garden.vault.ledger_file import read_ledger
from garden.vault.note_files import note_hash
from garden.vault.obsidian import NO_SETTINGS, Exclusions, ObsidianSettings, read_obsidian
from garden.vault.own_files import is_own_file

_UNREAD = ("htm", "html", "ipynb", "rst")
"""Endings for which Pelican or a well-known plugin has readers (HC-13)."""

_READ_BY_PELICAN = ("htm", "html", "rst")
"""Those for which Pelican itself has readers."""

_PREAMBLE = "preamble.sty"
"""The file of macros for formulas (MA-4)."""


class VaultFiles(Struct, frozen=True):
    """The files of a vault. Texts of files that the vault does not have are empty."""

    root: Path
    notes: Mapping[VaultPath, str]  # with the hashes of their bytes, in path order
    attachments: tuple[VaultPath, ...]  # all other files, in path order
    breadcrumbs: str = ""  # the text of the settings of the plugin Breadcrumbs
    obsidian: ObsidianSettings = NO_SETTINGS
    ignored: tuple[VaultPath, ...] = ()  # the notes that Obsidian's settings leave out
    problems: tuple[Diagnostic, ...] = ()  # with the files themselves
    math_preamble: str = ""  # the text of `preamble.sty` (MA-4)
    ledger: str = ""  # the text of the address ledger
    # Attachments that Pelican reads as its own articles and pages, so that links lead to those.
    by_pelican: tuple[VaultPath, ...] = ()
    repository: Repository | None = None  # of git; None also if no setting needs it
    sizes: Mapping[VaultPath, int] = {}  # of the attachments, in bytes


def scan(root: Path, settings: Settings, output: Path | None = None) -> VaultFiles:
    """Find all notes and attachments below `root`, except `output`, other folders that builds have written, and our own files.

    A broken link, a pipe, a file that may not be read or one that vanishes during the build does not stop the build
    (HC-9).
    """
    obsidian = read_obsidian(root)
    exclusions = Exclusions(obsidian, settings.excluded_folders)
    walk = _FolderWalk(root, settings, output)
    formats = frozenset(ending for ending, _ in settings.reading.formats)
    notes: dict[VaultPath, str] = {}
    attachments: list[VaultPath] = []
    sizes: dict[VaultPath, int] = {}
    views: list[VaultPath] = []
    ignored: list[VaultPath] = []
    problems = [*obsidian.problems, *exclusions.problems]
    for path in sorted(walk.files()):
        if not (is_note(path) or extension(path) in formats):
            size = None if is_own_file(root, path) else _size(root / path)
            if size is not None and not exclusions.leaves_out(path):
                (views if is_view_file(path) else attachments).append(path)
                sizes[path] = size
            continue
        if not _is_in_scope(path, settings):
            if _is_of_pelican(path, settings):
                attachments.append(path)
            continue
        reason = exclusions.of_note(path)
        if reason:
            ignored.append(path)
            problems.append(_problem(path, "note-ignored", f"this note is not part of the site: {reason}"))
            continue
        try:
            notes[path] = note_hash(f"{root}/{path}")
        except FileNotFoundError:
            if os.path.lexists(root / path):
                problems.append(_unreadable(path))
        except OSError:
            problems.append(_unreadable(path))
    notes = dict(sorted((notes | _hashes(root, views)).items()))
    ledger = read_ledger(root) if LEDGER_FILE in attachments else ""
    if ledger:
        attachments.remove(VaultPath(LEDGER_FILE))
    problems += [*walk.problems, *walk.ignored.problems()]
    by_pelican = [path for path in attachments if _is_of_pelican(path, settings)]
    problems += _unread(sorted({*attachments}.difference(by_pelican)), settings.static)
    return VaultFiles(
        root,
        notes,
        tuple(attachments),
        breadcrumbs_file(root),
        obsidian,
        tuple(ignored),
        tuple(sorted(problems)),
        _math_preamble(root) if _PREAMBLE in attachments else "",
        ledger,
        tuple(by_pelican),
        None if settings.git_dates == "off" else find_repository(root),
        {path: sizes[path] for path in attachments if path in sizes},
    )


def is_note_of_site(root: Path, path: VaultPath, settings: Settings, output: Path | None = None) -> bool:
    """Say whether `scan` would take a file for a note. Others must not be shown, not even until the next build."""
    return (
        is_note(path)
        and _is_in_scope(path, settings)
        and path in _FolderWalk(root, settings, output).files(path)
        and not Exclusions(read_obsidian(root), settings.excluded_folders).of_note(path)
    )


def _hashes(root: Path, paths: list[VaultPath]) -> dict[VaultPath, str]:
    """Return the hashes of files by their paths, without those that have vanished."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = note_hash(f"{root}/{path}")
    return found


def _is_in_scope(path: str, settings: Settings) -> bool:
    """Say whether a Markdown file at this path is a note; in some Pelican projects it may be one of Pelican's pages, or neither."""
    if settings.page_folders and any(_is_in(path, folder) for folder in settings.page_folders):
        return False
    return not settings.note_folders or any(_is_in(path, folder) for folder in settings.note_folders)


def _is_of_pelican(path: str, settings: Settings) -> bool:
    """Say whether Pelican reads this file as an article or page of its own."""
    if not settings.among_articles:
        return False
    in_pages = any(_is_in(path, folder) for folder in settings.page_folders)
    return (
        in_pages
        if is_note(path)
        else extension(path) in _READ_BY_PELICAN and (in_pages or _is_in_scope(path, settings))
    )


def _math_preamble(root: Path) -> str:
    """Return the macros that the plugin Extended MathJax reads."""
    try:
        return (root / _PREAMBLE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


class _FolderWalk:
    """Finds the files of a vault, without ignored ones, links that lead out of it, and hidden ones.

    A hidden file or folder that the setting `static` names, such as `.well-known`, is included.
    """

    def __init__(self, root: Path, settings: Settings, output: Path | None) -> None:
        self.problems: list[Diagnostic] = []
        self._root = os.path.realpath(root)
        self.ignored = IgnorePatterns(settings.ignore, settings.ignored_files)
        self._named = frozenset(path.strip("/") for path in settings.static)
        self._output = os.path.realpath(output) if output else ""
        # The folders that a link may lead into: the vault, and those of the setting `linked_folders`.
        self._allowed = (
            self._root,
            *(os.path.realpath(root / Path(folder).expanduser()) for folder in settings.linked_folders),
        )
        self._entered: set[str] = set()  # real paths: a link may lead to a folder above itself

    def files(self, only: str = "") -> Iterator[VaultPath]:
        """Yield the paths of all files; with `only`, those of the files that have this path."""
        waiting = [("", self._root)]
        while waiting:
            prefix, folder = waiting.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError:
                continue  # the folder has vanished or may not be read
            if prefix and any(entry.name == RECORD for entry in entries):
                continue  # a site that was built into the vault
            for entry in entries:
                path = prefix + entry.name
                if only and not f"{only}/".startswith(f"{path}/"):
                    continue
                if self._is_ignored(path):
                    continue
                if entry.is_symlink() and not self._may_follow(path, entry):
                    continue
                if not _is_folder(entry):
                    yield VaultPath(path)
                elif self._enters(entry):
                    waiting.append((path + "/", entry.path))

    def _is_ignored(self, path: str) -> bool:
        """Say whether a file or folder is left out because it is hidden or the settings ignore it."""
        name = path.rpartition("/")[2]
        hidden = name.startswith(".") and path not in self._named
        return hidden or self.ignored.match(path)

    def _may_follow(self, path: str, link: "os.DirEntry[str]") -> bool:
        """Say whether a link leads to something that may be published; report it if not."""
        target = os.path.realpath(link.path)
        within = next((base for base in self._allowed if _is_below(target, base)), None)
        inside = within == self._root
        if within is None:
            reason = "leads out of the vault"
        elif inside and _is_folder(link):
            reason = "leads to another folder of the vault, whose notes already have pages"
        elif self._leads_to_hidden(os.path.relpath(target, within)):
            reason = "leads to a file that is not part of the site"
        else:
            return True
        self.problems.append(
            _problem(
                VaultPath(path),
                "link-outside-vault",
                f"this symbolic link {reason}: it is not followed",
                "" if inside else "name the folder it leads to in the setting `linked_folders`",
            )
        )
        return False

    def _leads_to_hidden(self, path: str) -> bool:
        """Say whether a path, or a folder above it, is hidden or ignored."""
        parts = Path(path).parts
        folders = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        return any(self._is_ignored(folder) for folder in folders)

    def _enters(self, folder: "os.DirEntry[str]") -> bool:
        """Say whether to look into a folder: not into the output, nor into one that has been entered by another way."""
        real = os.path.realpath(folder.path) if folder.is_symlink() or self._output else folder.path
        if real == self._output or real in self._entered:
            return False
        self._entered.add(real)
        return True


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads to itself


def _is_in(path: str, folder: str) -> bool:
    """Say whether a path of the vault is `folder` or in it; such paths have slashes on every system."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _size(file: Path) -> int | None:
    """Return the size of a file in bytes, None for something that is not a file or cannot be read."""
    try:
        stat = file.stat()
    except (OSError, ValueError):
        return None
    return stat.st_size if S_ISREG(stat.st_mode) and os.access(file, os.R_OK) else None


def _unread(attachments: Sequence[VaultPath], static: Sequence[str]) -> Iterator[Diagnostic]:
    """Report each kind of file once that Pelican could read and Garden does not (HC-13)."""
    folders = tuple(folder.strip("/") + "/" for folder in static)
    found: dict[str, list[VaultPath]] = {}
    for path in attachments:
        if extension(path) in _UNREAD and not path.startswith(folders):
            found.setdefault(extension(path), []).append(path)
    for kind, paths in sorted(found.items()):
        more = f"; the same is true of {len(paths) - 1} more such files" if len(paths) > 1 else ""
        known = "html" if kind == "htm" else kind
        hint = f'if they are notes, add "{known}" to the setting `formats`'
        yield _problem(paths[0], "file-unread", f"a .{kind} file is not read as a note{more}", hint)


def _unreadable(path: VaultPath) -> Diagnostic:
    return _problem(path, "note-unreadable", "this file cannot be read: it has no page")


def _problem(path: VaultPath, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(Place(path, 1, 1), code, message, hint)
