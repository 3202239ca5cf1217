"""From a folder to a linked vault: scan, read what is not cached, link.

The one place that knows the order of the stages. Reading is per note and runs in as many
processes as the machine has cores; everything after it sees all notes.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from garden.linking.snapshot import Snapshot, link
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Body, Document, Source
from garden.model.settings import ReadingSettings, Settings
from garden.vault.breadcrumbs import breadcrumbs_file, with_breadcrumbs
from garden.vault.cache import Cache, CacheKey, pack, unpack_body, unpack_facts
from garden.vault.parallel import shared

# The cache may hold this many times the vault before it is swept: branches come and go.
_SPARE = 3


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """What lies in a vault: note paths with the bytes' hash, and all other files, both in path order.

    `breadcrumbs` is the text of that plugin's settings, empty when the vault has none; `unreadable`
    are notes that only their names are known of. `math_preamble` is the text of `preamble.sty` (MA-4).
    """

    root: Path
    notes: Mapping[VaultPath, str]
    attachments: tuple[VaultPath, ...]
    breadcrumbs: str = ""
    unreadable: tuple[VaultPath, ...] = ()
    math_preamble: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A linked vault; bodies are fetched when a page needs them."""

    files: VaultFiles
    settings: Settings
    snapshot: Snapshot
    _fresh: Mapping[VaultPath, bytes]
    _keys: Mapping[VaultPath, CacheKey]
    _store: Cache | None

    def body(self, path: VaultPath) -> Body:
        """Return the body of a note."""
        packed = self._fresh.get(path)
        if packed is None and self._store is not None:
            packed = self._store.body(self._keys[path])
        # Another process may have swept the cache meanwhile.
        if packed is None:
            return read_note(self.files.root, path, self.settings.reading).body
        return unpack_body(packed)


def scan(root: Path, settings: Settings, output: Path | None = None) -> VaultFiles:
    """Find all notes and attachments below `root` (HC-1); `output` is left out when it lies inside.

    A link to nowhere, a pipe or a file of somebody else's has no content and stops no build (HC-9).
    """
    notes: dict[VaultPath, str] = {}
    attachments: list[VaultPath] = []
    unreadable: list[VaultPath] = []
    for path in sorted(_walk(root, settings.ignore, output)):
        file = root / path
        readable = file.is_file() and os.access(file, os.R_OK)
        if not path.lower().endswith(".md"):
            attachments += [path] if readable else []
        elif readable:
            notes[path] = sha256(file.read_bytes()).hexdigest()
        else:
            unreadable.append(path)
    return VaultFiles(
        root, notes, tuple(attachments), breadcrumbs_file(root), tuple(unreadable), _math_preamble(root)
    )


def read_site(files: VaultFiles, settings: Settings, store: Cache | None = None) -> Site:
    """Read and link a scanned vault; `store` spares the notes that have not changed."""
    settings, problems = with_breadcrumbs(files.breadcrumbs, settings)
    if files.math_preamble:
        settings = replace(settings, reading=replace(settings.reading, math_preamble=files.math_preamble))
    keys = {path: _key(path, sha, settings.reading) for path, sha in files.notes.items()}
    documents: dict[VaultPath, Document] = {}
    fresh: dict[VaultPath, bytes] = {}
    if store is not None:
        cached = store.facts(keys.values())
        documents = {path: cached[key] for path, key in keys.items() if key in cached}
    missing = [path for path in keys if path not in documents]
    packed: dict[CacheKey, tuple[bytes, bytes]] = {}
    for document, facts, body in _read_all(files.root, missing, settings.reading):
        documents[document.path] = document
        fresh[document.path] = body
        packed[keys[document.path]] = (facts, body)
    if store is not None and packed:
        store.add(packed)
        store.keep_only(keys.values(), _SPARE * len(keys) + 1000)
    snapshot = link(documents, files.attachments, settings)
    unreadable = "this file cannot be read: it has no page"
    problems = (
        *problems,
        *(Diagnostic(Place(path, 1, 1), "note-unreadable", unreadable) for path in files.unreadable),
    )
    if problems:
        snapshot = replace(snapshot, diagnostics=tuple(sorted((*snapshot.diagnostics, *problems))))
    return Site(files, settings, snapshot, fresh, keys, store)


def read_note(root: Path, path: VaultPath, settings: ReadingSettings) -> Document:
    """Read one note from disk."""
    from garden.reading.document import read_document

    return read_document(_source(root, path), settings)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of our own code and the Python that runs it: other code may read a note otherwise."""
    digest = sha256(sys.version.encode())
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.read_bytes())
    # Installing another version of a library touches the folder that all of them lie in.
    for folder in sorted({entry for entry in sys.path if entry.endswith("site-packages")}):
        if Path(folder).is_dir():
            digest.update(f"{folder} {Path(folder).stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _source(root: Path, path: VaultPath) -> Source:
    from garden.reading.source import read_source

    return read_source(path, (root / path).read_bytes())


def _math_preamble(root: Path) -> str:
    """Return the macros that the plugin Extended MathJax reads, empty when the vault has none."""
    try:
        return (root / "preamble.sty").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _walk(root: Path, ignore: Sequence[str], output: Path | None) -> Iterator[VaultPath]:
    ignored = re.compile("|".join(_pattern(pattern) for pattern in ignore)) if ignore else None
    skip = os.path.realpath(output) if output else ""
    for folder, folders, files in os.walk(root):
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if below == "." else below + "/"
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not (ignored and ignored.match(prefix + name))
            and (not skip or os.path.realpath(f"{folder}/{name}") != skip)
        )
        for name in files:
            if not name.startswith(".") and not (ignored and ignored.match(prefix + name)):
                yield VaultPath(prefix + name)


def _pattern(pattern: str) -> str:
    # A pattern without a slash names a file or folder anywhere, as in .gitignore.
    anchor = "" if "/" in pattern.strip("/") else "(?:.*/)?"
    return anchor + translate(pattern.strip("/"))


def _key(path: VaultPath, sha: str, settings: ReadingSettings) -> CacheKey:
    return sha256(
        f"{code_version()}\0{settings!r}\0{sha}\0{path}".encode("utf-8", "surrogateescape")
    ).digest()


def _read_all(
    root: Path, paths: Sequence[VaultPath], settings: ReadingSettings
) -> Iterator[tuple[Document, bytes, bytes]]:
    if paths:
        # Imported before processes are forked, so that each does not import it again.
        import garden.reading.document  # noqa: F401

    def read(share: Sequence[VaultPath]) -> list[tuple[bytes, bytes]]:
        return [pack(read_note(root, path, settings)) for path in share]

    for share in shared(paths, read):
        for facts, body in share:
            yield unpack_facts(facts), facts, body
