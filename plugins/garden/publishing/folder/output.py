"""The output folder: what is in it, what has to be written, what has to be removed.

A build makes its files in its own workspace; only when all of them are complete do they replace the last site
(`replacing`), so that a build that fails or is killed changes nothing. The folder itself has a record of the files that are
ours (`record`). The memory in the cache folder (`memory`) only saves work: it says from what each file was made, so that a
page whose fingerprint is the same is not rendered again. Nothing is ever written outside the folder (PB-5, `staging`),
and what we did not write is left alone.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from garden.model.diagnostic import Diagnostic, Place
from garden.model.errors import StorageError, storage_error
from garden.model.names import SaveAs
from garden.publishing.build_report import ReportLine
from garden.publishing.folder.memory import (
    Memory,
    WrittenFile,
    WrittenFiles,
    listed_before,
    load_memory,
    memory_file,
    store_memory,
    version_of,
)
from garden.publishing.folder.record import (
    RECORD,
    Record,
    add_to_record,
    hash_of_file,
    read_record,
    record_of,
    stamp_of,
)
from garden.publishing.folder.replacing import Replacement, give_back, sweep
from garden.publishing.folder.small_change import SmallChange
from garden.publishing.folder.staging import Staging
from garden.publishing.folder.workspace import Workspace, is_left

_ASIDE: Final = "changed-by-others"


WAITING: Final = "Another build is writing this output; waiting for it to end …"
"""What `on_wait` of an `Output` tells."""


class Output:
    """One output folder during one build. As a context manager it lets one build write at a time."""

    def __init__(self, root: Path, cache: Path, on_wait: Callable[[], None] = lambda: None) -> None:
        """Look at the folder `root`; what is remembered of it is in the folder `cache`.

        `on_wait` is called when another build has to be waited for.
        """
        self.root = Path(os.path.realpath(root))
        self._cache = cache
        self._on_wait = on_wait
        self._memory_file = memory_file(self.root, cache)
        self._workspace: Workspace | None = None
        self._staging: Staging | None = None
        self.files: WrittenFiles = {}
        self.left_to_others: frozenset[str] = (
            frozenset()
        )  # files that somebody else writes into the same folder
        # The version first: another build may write the memory in between, and would not be noticed otherwise.
        self._remembered_version = version_of(self._memory_file)
        self.before = load_memory(self._memory_file)
        # Files that have been put into place since then, with the hashes of their contents.
        self._put: list[tuple[str, str]] = []

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to make files for the same build, which only this one ends."""
        return vars(self) | {"_workspace": None, "_on_wait": None}

    def __enter__(self) -> Self:
        """Wait for other builds of this folder, then look again. Raises StorageError."""
        self._workspace = Workspace(self.root, self._on_wait)
        self._staging = Staging(self._workspace.staging)
        self.files = {}
        if self._remembered_version is None or self._remembered_version != version_of(self._memory_file):
            self._remembered_version = version_of(self._memory_file)
            self.before = load_memory(self._memory_file)
            self._put = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Admit the next build; files that have been made but not put into place are discarded."""
        if self._workspace:
            self._workspace.close()
            self._workspace = None

    @property
    def staging(self) -> Staging:
        """The folder in which this build makes its files."""
        assert self._staging is not None, "files are made within `with output`"
        return self._staging

    def is_untouched(self) -> bool:
        """Say whether every file of the last build is still there as it was written."""
        return (
            bool(self.before.record)
            and self.before.record == hash_of_file(self.root / RECORD)
            and not is_left(self.root)
            and self._are_all_the_same()
        )

    def _are_all_the_same(self) -> bool:
        """Say whether every file is as it was written: as `_is_same`, for tens of thousands of files in every build."""
        root = f"{self.root}/"
        try:
            for name, known in self.before.files.items():
                state = os.lstat(root + name)
                if state.st_size != known.size or state.st_mtime_ns != known.time:
                    return False
        except OSError:
            return False
        return True

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Say whether the file is already there with this fingerprint; if so, it is kept."""
        known = self.before.files.get(save_as)
        if known is None or known.fingerprint != fingerprint or not self._is_same(save_as, known):
            return False
        self.files[save_as] = known
        return True

    def keeps_all(self, files: WrittenFiles) -> bool:
        """Say whether these files are there as they were written; if so, all of them are kept."""
        before = self.before.files
        if all(before.get(name) == known and self._is_same(name, known) for name, known in files.items()):
            self.files |= files
            return True
        return False

    def put(self, save_as: SaveAs, content: bytes, fingerprint: str) -> bool:
        """Make a file and put it into its place at once, before the rest of its site is there.

        Return False, nothing being changed, unless nothing is there, or a file as the last build has left it. Raises StorageError.
        """
        known = self.before.files.get(save_as)
        if known is None and (save_as in self.left_to_others or os.path.lexists(self.root / save_as)):
            return False
        if known and not self._is_same(save_as, known):
            return False
        if known and known.fingerprint == fingerprint:
            return True
        content_hash = sha256(content).hexdigest()
        try:
            path = Path(self.staging.path(save_as))
            path.write_bytes(content)
            # A build that is killed now must not take it for a file that somebody else has changed.
            add_to_record(self.root, [(save_as, content_hash)])
            self._put.append((save_as, content_hash))
            (self.root / save_as).parent.mkdir(parents=True, exist_ok=True)
            path.replace(self.root / save_as)
            stat = (self.root / save_as).stat()
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error
        self.before.files[save_as] = WrittenFile(stat.st_size, stat.st_mtime_ns, fingerprint, content_hash)
        return True

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str = "") -> None:
        """Make a file, unless it is already there with the same bytes. Raises StorageError."""
        if save_as in self.left_to_others:
            return
        content_hash = sha256(content).hexdigest()
        fingerprint = fingerprint or content_hash
        known = self.before.files.get(save_as)
        if known and known.content_hash == content_hash and self._is_same(save_as, known):
            self.files[save_as] = known._replace(fingerprint=fingerprint)
            return
        try:
            path = self.staging.path(save_as)
            _write_new(path, content)
            self._note(save_as, path, fingerprint, content_hash)
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error

    def copy(self, save_as: SaveAs, source: Path, content_hash: str = "") -> None:
        """Copy a file, unless it has been copied before and has not changed. Raises StorageError.

        Where its `content_hash` is known, a file with the same content is kept, whatever it was made from.
        """
        if save_as in self.left_to_others:
            return
        known = self.before.files.get(save_as) if content_hash else None
        if known and known.content_hash == content_hash and self._is_same(save_as, known):
            self.files[save_as] = known
            return
        fingerprint = content_hash or stamp_of(source.stat())
        if not content_hash and self.keeps(save_as, fingerprint):
            return
        digest = sha256()
        with source.open("rb") as content:
            try:
                path = self.staging.path(save_as)
                with Path(path).open("wb") as copy:
                    while block := content.read(1 << 20):
                        digest.update(block)
                        copy.write(block)
                self._note(save_as, path, fingerprint, digest.hexdigest())
            except OSError as error:
                raise storage_error(error, self.root / save_as) from error

    def content(self, save_as: SaveAs) -> bytes:
        """Return a file of this build, whether it is already in place or not. Raises StorageError."""
        staged = self.staging.root / save_as
        try:
            return (staged if staged.exists() else self.root / save_as).read_bytes()
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error

    def standing(self, save_as: SaveAs, content_hash: str) -> bytes | None:
        """Return a file of an earlier build, None if it does not have this content."""
        try:
            content = (self.root / save_as).read_bytes()
        except OSError:
            return None
        return content if sha256(content).hexdigest() == content_hash else None

    def tells_case_apart(self) -> bool:
        """Say whether `Foo` and `foo` are two files in this folder; they are one on most Macs and on Windows."""
        staging = self.staging.root
        return not staging.with_name(staging.name.swapcase()).exists()

    def take(self) -> WrittenFiles:
        """Return what has been recorded so far, and start again.

        Processes that share the writing of one folder return theirs to the one that finishes it.
        """
        taken, self.files = self.files, {}
        return taken

    def replace(self, *, at_once: bool = False) -> list[Diagnostic]:
        """Put this build's files into their places and remove what is ours and no longer belongs there.

        A few files change one after the other, which is quicker, unless all must change `at_once`. Return what stood in the way, and what others had changed. Raises StorageError.
        """
        assert self._workspace is not None, "files are put into place within `with output`"
        wanted = {name: file.content_hash for name, file in self.files.items()}
        aside = self._cache / _ASIDE
        staging = self.staging.root

        def is_unchanged(name: str) -> bool:
            return name in self.before.files and self._is_same(name, self.before.files[name])

        try:
            for left in self._workspace.replaced:
                give_back(left, self.root)
                sweep(left, aside, self.root)
            change = None if at_once else self._small_change(staging, wanted, is_unchanged)
            if change:
                change.run()
                return []
            record = read_record(self.root) or self._remembered()
            outcome = Replacement(self.root, staging, wanted, record, is_unchanged).run(
                self._workspace.old(), aside, at_once=at_once
            )
        except OSError as error:
            raise storage_error(error, Path(error.filename or self.root)) from error
        for name in outcome.foreign:
            del self.files[name]
        damaged = [Diagnostic(Place(_shown(self._memory_file), 1, 1), "cache-damaged", _FORGOTTEN)]
        return [
            *(damaged if self.before.is_damaged else ()),
            *(
                Diagnostic(Place(_shown(self.root / name), 1, 1), "output-foreign", _FOREIGN)
                for name in outcome.foreign
            ),
            *(
                Diagnostic(
                    Place(_shown(self.root / name), 1, 1),
                    "output-changed",
                    f"{_CHANGED} {_shown(aside / name)}",
                )
                for name in outcome.kept_aside
            ),
        ]

    def _small_change(
        self, staging: Path, wanted: dict[str, str], is_unchanged: Callable[[str], bool]
    ) -> SmallChange | None:
        if not self.before.record or self.before.is_damaged:
            return None
        return SmallChange.possible(
            self.root,
            staging,
            wanted,
            before=self.before.files,
            record=self.before.record,
            put=self._put,
            is_unchanged=is_unchanged,
        )

    def accept_changes(self) -> None:
        """Accept the changes that other plugins have made to our files; the next build makes those files again."""
        changed = {name: known for name, known in self.files.items() if not self._is_same(name, known)}
        for name in changed:
            stat = os.lstat(self.root / name)
            self.files[name] = WrittenFile(stat.st_size, stat.st_mtime_ns, "", hash_of_file(self.root / name))
        if changed:
            record_of({name: file.content_hash for name, file in self.files.items()}).write(
                self.root / RECORD
            )

    def remember(
        self, inputs: str, report: Sequence[ReportLine], errors: int, counts: tuple[int, ...]
    ) -> list[Diagnostic]:
        """Record what is there now for the next build. If that fails, it is reported, and the next build starts from scratch."""
        record = hash_of_file(self.root / RECORD)
        self.before = Memory(inputs, record, self.files, list(report), errors, counts)
        self._put = []
        self._remembered_version = None
        try:
            store_memory(self._memory_file, self.before)
            self._remembered_version = version_of(self._memory_file)
        except StorageError as error:
            return [
                Diagnostic(Place(_shown(self._memory_file), 1, 1), "cache-unusable", f"{_UNNOTED}: {error}")
            ]
        return []

    def _note(self, save_as: str, path: str, fingerprint: str, content_hash: str) -> None:
        stat = os.lstat(path)
        self.files[save_as] = WrittenFile(stat.st_size, stat.st_mtime_ns, fingerprint, content_hash)

    def _is_same(self, name: str, known: WrittenFile) -> bool:
        try:
            stat = os.lstat(f"{self.root}/{name}")
        except OSError:
            return False
        return stat.st_size == known.size and stat.st_mtime_ns == known.time

    def _remembered(self) -> Record:
        """Return what is ours in a folder that has lost its record: files that are as we left them."""
        known = self.before.files or listed_before(self._memory_file)
        files = {name: hash_of_file(self.root / name) for name in known}
        return record_of(
            {
                name: content
                for name, content in files.items()
                if content and (content == known[name].content_hash or self._is_same(name, known[name]))
            }
        )


_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _write_new(path: str, content: bytes) -> None:
    """Write a file with the fewest system calls: a file object makes three more for each of thousands of files."""
    descriptor = os.open(path, _NEW_FILE, 0o666)
    try:
        written = os.write(descriptor, content)
        while written < len(content):
            written += os.write(descriptor, content[written:])
    finally:
        os.close(descriptor)


_FOREIGN: Final = (
    "this file was not written by a build: it stays, and what belongs there is missing from the site"
)
_FORGOTTEN: Final = "the stored record of the output was damaged; the whole site has been made again"
_UNNOTED: Final = (
    "the site is complete, but no record of it can be stored, so the next build starts from scratch"
)
_CHANGED: Final = "this file was changed after it was built; it has been replaced, and a copy is in"


def _shown(path: Path) -> str:
    """Return a path as an author would name it: from the working folder on, where it lies in it."""
    shown = os.path.relpath(path)
    return str(path) if shown.startswith("..") else shown
