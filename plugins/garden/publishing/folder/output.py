"""The output folder: what is in it, what has to be written, what has to be removed.

A build makes its files in its own `workspace`; only when all of them are complete do they replace the last site
(`small_change`, `replacing`), so that a build that fails or is killed changes nothing. The output folder itself has a
`record` of the files that are ours. The `memory` in the cache folder only saves work: it says from what each file was made,
so that a page whose fingerprint is the same is not rendered again. Nothing is ever written outside the output folder (PB-5,
`staging`), and what we did not write is left alone.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from garden.model.diagnostic import Diagnostic
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
"""The folder of the cache with copies of files that somebody else had changed before they were replaced."""

WAITING: Final = "Another build is writing this output; waiting for it to end …"
"""What `on_wait` of an `Output` should print."""


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
        self.files: WrittenFiles = {}  # the files of this build
        # The names of files that somebody else writes into the same folder.
        self.left_to_others: frozenset[str] = frozenset()
        # The version first: another build may replace the memory in between, which would not be noticed otherwise.
        self._loaded_version = version_of(self._memory_file)
        self.before = load_memory(self._memory_file)
        # Files that `put` has put into place since then, with the hashes of their contents.
        self._put: list[tuple[str, str]] = []

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to make files for the same build; only this process can end the build."""
        return vars(self) | {"_workspace": None, "_on_wait": None}

    def __enter__(self) -> Self:
        """Wait for other builds of this folder, then look again. Raises StorageError."""
        self._workspace = Workspace(self.root, self._on_wait)
        self._staging = Staging(self._workspace.staging)
        self.files = {}
        if self._loaded_version is None or self._loaded_version != version_of(self._memory_file):
            self._loaded_version = version_of(self._memory_file)
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
        """Say whether every file is as it was written.

        Every build asks this of all of its files, so `WrittenFile.is_still_at` is written out here: a call for each of
        tens of thousands of files would take longer than the rest.
        """
        root = f"{self.root}/"
        try:
            for name, known in self.before.files.items():
                stat = os.lstat(root + name)
                if stat.st_size != known.size or stat.st_mtime_ns != known.time:
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
        """Make a file and put it into its place at once, before the rest of its site is complete. Raises StorageError.

        Return False, without changing anything, if there is already something that the last build has not left there.
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
            path = Path(self.staging.write(save_as, content))
            # First: if this build is killed, the next one must not take the file for one that somebody else has changed.
            add_to_record(self.root, [(save_as, content_hash)])
            self._put.append((save_as, content_hash))
            (self.root / save_as).parent.mkdir(parents=True, exist_ok=True)
            path.replace(self.root / save_as)
            self.before.files[save_as] = WrittenFile.at(self._place(save_as), fingerprint, content_hash)
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error
        return True

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str = "") -> None:
        """Make a file, unless it is already there with the same content. Raises StorageError.

        The `fingerprint` says from what it was made; it is the hash of the content unless another one is given.
        """
        if save_as in self.left_to_others:
            return
        content_hash = sha256(content).hexdigest()
        fingerprint = fingerprint or content_hash
        known = self.before.files.get(save_as)
        if known and known.content_hash == content_hash and self._is_same(save_as, known):
            self.files[save_as] = known._replace(fingerprint=fingerprint)
            return
        try:
            path = self.staging.write(save_as, content)
            self._add(save_as, path, fingerprint, content_hash)
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error

    def copy(self, save_as: SaveAs, source: Path, content_hash: str = "") -> None:
        """Copy a file, unless it has been copied before and has not changed. Raises StorageError.

        If its `content_hash` is known, a file with the same content is kept, whatever it was made from.
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
        with source.open("rb") as content:
            try:
                path, digest = self.staging.copy(save_as, content)
                self._add(save_as, path, fingerprint, digest)
            except OSError as error:
                raise storage_error(error, self.root / save_as) from error

    def content(self, save_as: SaveAs) -> bytes:
        """Return the content of a file of this build, whether it is already in place or not. Raises StorageError."""
        staged = self.staging.root / save_as
        try:
            return (staged if staged.exists() else self.root / save_as).read_bytes()
        except OSError as error:
            raise storage_error(error, self.root / save_as) from error

    def content_before(self, save_as: SaveAs, content_hash: str) -> bytes | None:
        """Return the content of a file that an earlier build has written, None if it no longer has this hash."""
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
        """Return the files of this build so far, and start again with none.

        Processes that share the writing of one folder hand over theirs to the one that finishes it.
        """
        taken, self.files = self.files, {}
        return taken

    def replace(self, *, at_once: bool = False) -> list[Diagnostic]:
        """Put this build's files into their places, and remove what is ours and no longer belongs there. Raises StorageError.

        A few files change one after the other, which is quicker, unless all must change `at_once`. Return problems: files of
        others that were in the way, files of ours that others had changed.
        """
        assert self._workspace is not None, "files are put into place within `with output`"
        wanted = {name: file.content_hash for name, file in self.files.items()}
        aside = self._cache / _ASIDE
        staging = self.staging.root

        def is_unchanged(name: str) -> bool:
            return name in self.before.files and self._is_same(name, self.before.files[name])

        try:
            # Former outputs that a killed build has left.
            for former in self._workspace.replaced:
                give_back(former, self.root)
                sweep(former, aside, self.root)
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
        # The usual build, a small change, does not need them.
        from garden.publishing.folder.output_problems import changed_file, damaged_memory, foreign_file

        return [
            *([damaged_memory(self._memory_file)] if self.before.is_damaged else ()),
            *(foreign_file(self.root / name) for name in outcome.foreign),
            *(changed_file(self.root / name, aside / name) for name in outcome.kept_aside),
        ]

    def _small_change(
        self, staging: Path, wanted: dict[str, str], is_unchanged: Callable[[str], bool]
    ) -> SmallChange | None:
        if not self.before.record or self.before.is_damaged:
            return None  # it is not known in which state the last build has left the folder
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
            self.files[name] = WrittenFile.at(self._place(name), "", hash_of_file(self.root / name))
        if changed:
            record_of({name: file.content_hash for name, file in self.files.items()}).write(
                self.root / RECORD
            )

    def remember(
        self, inputs: str, report: Sequence[ReportLine], errors: int, counts: tuple[int, ...]
    ) -> list[Diagnostic]:
        """Store for the next build what is there now; return the problem if that fails.

        `inputs` is the hash of all that went into this build, empty if the next one has to check everything.
        """
        record = hash_of_file(self.root / RECORD)
        self.before = Memory(inputs, record, self.files, list(report), errors, counts)
        self._put = []
        self._loaded_version = None
        try:
            store_memory(self._memory_file, self.before)
            self._loaded_version = version_of(self._memory_file)
        except StorageError as error:
            from garden.publishing.folder.output_problems import unstored_memory  # few builds need it

            return [unstored_memory(self._memory_file, error)]
        return []

    def _add(self, save_as: str, path: str, fingerprint: str, content_hash: str) -> None:
        """Add a file that has been made at `path` to those of this build."""
        self.files[save_as] = WrittenFile.at(path, fingerprint, content_hash)

    def _place(self, name: str) -> str:
        return f"{self.root}/{name}"

    def _is_same(self, name: str, known: WrittenFile) -> bool:
        """Say whether a file is there as it was written."""
        return known.is_still_at(self._place(name))

    def _remembered(self) -> Record:
        """Return a record for a folder that has lost its own: files are ours if they are as we left them."""
        known = self.before.files or listed_before(self._memory_file)
        files = {name: hash_of_file(self.root / name) for name in known}
        return record_of(
            {
                name: content
                for name, content in files.items()
                if content and (content == known[name].content_hash or self._is_same(name, known[name]))
            }
        )
