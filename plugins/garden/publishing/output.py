"""The output folder: what stands in it, what has to be written, what has to go.

A manifest beside the cache says which file was written from what. A page whose fingerprint is
the same is not rendered again, a file that no longer belongs to the site is removed (PB-3), and
nothing is ever written outside the folder (PB-5). Files that we did not write are left alone.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from garden.model.names import SaveAs


@dataclass(slots=True)
class Manifest:
    """What a build left: the hash of all that went into it, and per file its size, time and fingerprint."""

    inputs: str = ""
    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    diagnostics: list[str] = field(default_factory=list)
    errors: int = 0
    counts: tuple[int, int, int] = (0, 0, 0)  # published notes, drafts, hidden notes


class OutsideOutputError(Exception):
    """A file would have been written outside the output folder; this is a bug, not the author's fault."""


class Output:
    """One output folder during one build."""

    def __init__(self, root: Path, cache: Path) -> None:
        """Open the folder `root`; its manifest is kept in the folder `cache`."""
        self.root = Path(os.path.realpath(root))
        name = sha256(str(self.root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._manifest_file = cache / f"output-{name}.json"
        self.before = self._load()
        self.files: dict[str, tuple[int, int, str]] = {}
        self._folders: set[str] = set()  # that exist, inside the root

    def is_untouched(self) -> bool:
        """Say whether every file of the last build is still there as it was written."""
        return bool(self.before.files) and all(
            self._is_same(name, known) for name, known in self.before.files.items()
        )

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Say whether the file stands there with this fingerprint already; then it is kept."""
        known = self.before.files.get(save_as)
        if known is None or known[2] != fingerprint or not self._is_same(save_as, known):
            return False
        self.files[save_as] = known
        return True

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str = "") -> None:
        """Write a file, unless it stands there with the same bytes."""
        fingerprint = fingerprint or sha256(content).hexdigest()
        if self.keeps(save_as, fingerprint):
            return
        path = self._path(save_as)
        if path.exists():
            # Readers of the old file, such as a server, must never see half of the new one.
            temporary = path.with_name(f".{sha256(path.name.encode()).hexdigest()[:16]}.new")
            temporary.write_bytes(content)
            temporary.replace(path)
        else:
            path.write_bytes(content)
        self._note(save_as, path, fingerprint)

    def read(self, save_as: SaveAs) -> bytes:
        """Return what stands in a file of this build."""
        return (self.root / save_as).read_bytes()

    def copy(self, save_as: SaveAs, source: Path) -> None:
        """Copy a file of the vault, unless it has been copied before and has not changed."""
        stat = source.stat()
        fingerprint = f"{stat.st_size}:{stat.st_mtime_ns}"
        if self.keeps(save_as, fingerprint):
            return
        path = self._path(save_as)
        shutil.copyfile(source, path)
        self._note(save_as, path, fingerprint)

    def take(self) -> dict[str, tuple[int, int, str]]:
        """Hand over what has been noted so far, and begin with nothing noted.

        Processes that share the writing of one folder return theirs to the one that finishes it.
        """
        taken, self.files = self.files, {}
        return taken

    def finish(
        self, inputs: str, diagnostics: Sequence[str], errors: int, counts: tuple[int, int, int]
    ) -> None:
        """Remove what the last build wrote and this one did not; remember what stands there now."""
        for name in sorted(self.before.files.keys() - self.files.keys(), reverse=True):
            self._remove(name)
        manifest = {
            "inputs": inputs,
            "files": self.files,
            "diagnostics": list(diagnostics),
            "errors": errors,
            "counts": counts,
        }
        self._manifest_file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._manifest_file.with_suffix(".new")
        temporary.write_text(json.dumps(manifest), encoding="utf-8")
        temporary.replace(self._manifest_file)

    def _path(self, save_as: str) -> Path:
        path = self.root / save_as
        folder = save_as.rpartition("/")[0]
        if folder not in self._folders:
            parent = os.path.realpath(path.parent)
            if parent != str(self.root) and not parent.startswith(str(self.root) + os.sep):
                raise OutsideOutputError(f"{save_as} lies outside the output folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if path.is_dir():
            # A page of the last build had this name as a folder.
            for name in [name for name in self.before.files if name.startswith(save_as + "/")]:
                self._remove(name)
        return path

    def _note(self, save_as: str, path: Path, fingerprint: str) -> None:
        stat = path.stat()
        self.files[save_as] = (stat.st_size, stat.st_mtime_ns, fingerprint)

    def _is_same(self, name: str, known: Sequence[int | str]) -> bool:
        try:
            stat = os.stat(f"{self.root}/{name}")  # noqa: PTH116 (for thousands of files a Path costs more than the call)
        except OSError:
            return False
        return stat.st_size == known[0] and stat.st_mtime_ns == known[1]

    def _remove(self, name: str) -> None:
        path = self.root / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()

    def _load(self) -> Manifest:
        try:
            data = json.loads(self._manifest_file.read_text(encoding="utf-8"))
            files = {
                name: (int(size), int(time), str(mark)) for name, (size, time, mark) in data["files"].items()
            }
            published, drafts, hidden = data["counts"]
            return Manifest(
                data["inputs"], files, data["diagnostics"], data["errors"], (published, drafts, hidden)
            )
        except (OSError, ValueError, KeyError, TypeError):
            return Manifest()  # no build before, or a file that somebody has damaged: everything is new
