"""Watches the files that the site is built from, and reports which have changed.

Folders are watched with everything in them. The settings file, and the folders themselves, are watched through the folder
that contains them: an editor that saves by renaming replaces the file, checking out a repository replaces a folder, and a
folder of overrides may be created at any time. Git's log of commits is watched in the same way, because a commit may date
notes.
"""

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG

from watchfiles import Change, watch

from garden.vault import breadcrumbs, obsidian

_STEP = 20
"""Milliseconds without a change that end a group of changes. Authors wait for this, in the worst case twice."""

_FILLING = 0.05
"""Seconds within which an empty file gets its text: many programs empty a file before they write it."""

_SIGNALS = 1.0
"""Seconds between looks for signals."""

_TEMPORARY = (".pyc", ".swp", ".swx", ".tmp", "~")
"""Endings of files that programs make and remove again."""

_HIDDEN_BUT_READ = frozenset((breadcrumbs.FILE, *obsidian.FILES))
"""The hidden files of a vault that decide how notes are read. Its other ones change whenever the author opens a note."""

Changed = frozenset[Path]
"""Paths that have changed."""


class Watcher:
    """Groups of changed paths, in the order in which they came."""

    def __init__(self) -> None:
        self._groups: queue.Queue[Changed] = queue.Queue()

    def wake(self) -> None:
        """End a `wait` although nothing has changed."""
        self._groups.put(frozenset())

    def wait(self) -> Changed:
        """Wait for a change; return every path that has changed since the last call."""
        changed = self._next()
        if any(map(_is_empty, changed)):
            with suppress(queue.Empty):
                changed |= self._groups.get(timeout=_FILLING)
        while not self._groups.empty():
            changed |= self._groups.get()
        return changed

    def _next(self) -> Changed:
        """Wait for the next group of changes."""
        # Not for any length of time: a signal that another thread has received, as after Ctrl-Z, is only handled when the
        # main thread runs.
        while True:
            with suppress(queue.Empty):
                return self._groups.get(timeout=_SIGNALS)

    @contextmanager
    def watching(self, folders: Sequence[Path], file: Path, commits: Path | None = None) -> Iterator[None]:
        """Watch the folders that exist, the settings `file` and git's log of commits, for as long as the block runs.

        After a change of a path of `watched_alone` the caller has to leave the block and watch again.
        """
        stop = threading.Event()
        file = file.resolve()
        existing = tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))
        files = {file, commits.resolve()} if commits else {file}
        single = watched_alone(folders, file) | files
        parents = {path.parent for path in single if path.parent.is_dir()}

        def is_source(_change: Change, path: str) -> bool:
            return any(affects_site(Path(path), folder) for folder in existing)

        def is_single(change: Change, path: str) -> bool:
            # Of folders, only their creation and removal count: they are modified whenever something in them is.
            return Path(path) in single and (Path(path) in files or change is not Change.modified)

        def follow(*paths: Path, is_wanted: object, recursive: bool) -> None:
            groups = watch(
                *paths,
                watch_filter=is_wanted,  # type: ignore[arg-type]  # one of the two functions above
                recursive=recursive,
                step=_STEP,
                stop_event=stop,
                rust_timeout=200,
                raise_interrupt=False,
            )
            for group in groups:
                self._groups.put(frozenset(Path(path) for _, path in group))

        threads = [
            threading.Thread(
                target=follow, args=existing, kwargs={"is_wanted": is_source, "recursive": True}, daemon=True
            ),
            threading.Thread(
                target=follow,
                args=parents,
                kwargs={"is_wanted": is_single, "recursive": False},
                daemon=True,
            ),
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def _is_empty(path: Path) -> bool:
    """Say whether a file is there, but nothing in it."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return S_ISREG(state.st_mode) and not state.st_size


def watched_alone(folders: Sequence[Path], file: Path) -> frozenset[Path]:
    """Return the paths whose creation or removal changes what can be watched: the file, the folders and their parents.

    The parents count because `theme_overrides/templates` can only be created after `theme_overrides`. Folders that the
    file is in are left out, since they exist.
    """
    holding_file = {*file.resolve().parents}
    paths = {file.resolve(), *(folder.resolve() for folder in folders)}
    return frozenset(path for each in paths for path in (each, *each.parents) if path not in holding_file)


def affects_site(path: Path, folder: Path) -> bool:
    """Say whether a changed path below a watched folder can change the site."""
    if not path.is_relative_to(folder):
        return False
    inside = path.relative_to(folder)
    if inside.as_posix() in _HIDDEN_BUT_READ:
        return True
    is_hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
    # Vim creates a file of this name to test whether it may write.
    return not is_hidden and not path.name.endswith(_TEMPORARY) and path.name != "4913"
