"""From the files of a vault to a linked vault: read what is not cached, link.

The one place that knows the order of the stages. Reading is per note and runs in as many
processes as the machine has cores; everything after it sees all notes.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from garden.linking.ledger.text import parse_ledger
from garden.linking.snapshot import Snapshot, link_vault
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Body, Document, Source
from garden.model.settings import ReadingSettings, Settings
from garden.vault.breadcrumbs import with_breadcrumbs
from garden.vault.cache import Cache, CacheKey, pack, unpack_body, unpack_facts
from garden.vault.drafts import show_drafts
from garden.vault.future import hold_back_future
from garden.vault.git_history import with_history
from garden.vault.ledger_file import notes_out_of_sight
from garden.vault.obsidian import with_line_breaks
from garden.vault.parallel import shared
from garden.vault.scan import VaultFiles

# The cache may hold this many times the vault before it is swept: branches come and go.
_SPARE = 3


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
        if packed is not None:
            return unpack_body(packed)
        # Another process may have swept the cache since then. What the author has saved in between may be
        # a draft, so only the very text that was linked is read again.
        source = self._source(path)
        return _document(source, self.settings.reading).body if source else Body()

    def text(self, path: VaultPath) -> str:
        """Return the text of a note as it is in its file now (HC-8), empty for one that cannot be read."""
        try:
            return _source(self.files.root, path, self.settings.reading).text
        except OSError:
            return ""

    def _source(self, path: VaultPath) -> Source | None:
        try:
            source = _source(self.files.root, path, self.settings.reading)
        except OSError:
            return None
        return source if source.sha == self.files.notes.get(path) else None


def read_site(files: VaultFiles, settings: Settings, store: Cache | None = None) -> Site:
    """Read and link a scanned vault; `store` spares the notes that have not changed.

    Of a note that changes in between the site has the newer text, and `Site.files` its hash; one that
    vanishes is left out, which is reported.
    """
    settings, problems = with_breadcrumbs(files.breadcrumbs, with_line_breaks(settings, files.obsidian))
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
        # What was read may be newer than what was scanned.
        keys[document.path] = _key(document.path, document.sha, settings.reading)
        packed[keys[document.path]] = (facts, body)
    if store is not None and packed:
        store.add(packed)
        store.keep_only(keys.values(), _SPARE * len(keys) + 1000)
    vanished = tuple(path for path in files.notes if path not in documents)
    notes = {path: documents[path].sha for path in files.notes if path in documents}
    files = replace(files, notes=notes)
    ledger = parse_ledger(files.ledger)
    out_of_sight = notes_out_of_sight(files.root, ledger, documents)
    dated, cut = with_history(documents, files.repository, settings, store.folder if store else None)
    gated = show_drafts(hold_back_future(dated, settings), settings)
    snapshot = link_vault(gated, files.attachments, settings, ledger, out_of_sight)
    problems = (*problems, *files.problems, *map(_vanished, vanished), *cut)
    if problems:
        snapshot = replace(snapshot, diagnostics=tuple(sorted((*snapshot.diagnostics, *problems))))
    return Site(files, settings, snapshot, fresh, keys, store)


def _vanished(path: VaultPath) -> Diagnostic:
    problem = "this note was there when the build began, and could not be read later: it has no page"
    return Diagnostic(Place(path, 1, 1), "file-changed", problem)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of our own code and the Python that runs it: other code may read a note otherwise."""
    digest = sha256(sys.version.encode())
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.read_bytes())
    # Installing another version of a library touches the folder that all of them are in.
    for folder in sorted({entry for entry in sys.path if entry.endswith("site-packages")}):
        if Path(folder).is_dir():
            digest.update(f"{folder} {Path(folder).stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _source(root: Path, path: VaultPath, settings: ReadingSettings) -> Source:
    from garden.reading.source import read_source

    return read_source(path, (root / path).read_bytes(), settings.formats)


def _key(path: VaultPath, sha: str, settings: ReadingSettings) -> CacheKey:
    return sha256(
        f"{code_version()}\0{settings!r}\0{sha}\0{path}".encode("utf-8", "surrogateescape")
    ).digest()


def _read_all(
    root: Path, paths: Sequence[VaultPath], settings: ReadingSettings
) -> Iterator[tuple[Document, bytes, bytes]]:
    """Yield the notes that are still there, each with its packed facts and body."""
    if paths:
        # Imported before processes are forked, so that each does not import it again.
        import garden.reading.document  # noqa: F401

    for share in shared(paths, partial(_read_share, root, settings), portable=True):
        for facts, body in share:
            yield unpack_facts(facts), facts, body


def _read_share(
    root: Path, settings: ReadingSettings, share: Sequence[VaultPath]
) -> list[tuple[bytes, bytes]]:
    return [pack(_document(source, settings)) for source in _sources(root, share, settings)]


def _sources(root: Path, paths: Sequence[VaultPath], settings: ReadingSettings) -> Iterator[Source]:
    for path in paths:
        with suppress(OSError):
            yield _source(root, path, settings)


def _document(source: Source, settings: ReadingSettings) -> Document:
    from garden.reading.document import read_document

    return read_document(source, settings)
