"""Turns the files of a vault into a linked vault: notes that are not cached are read, then all are linked.

Only this module knows the order of these stages. Notes are read independently of each other, in as many processes as
the machine has cores; everything after that sees all notes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from garden.linking.incremental.changed_mapping import with_entry
from garden.linking.incremental.changed_text import CitedParts, with_changed_text, with_cited_parts
from garden.linking.incremental.provisional import with_new_note, with_text
from garden.linking.ledger.text import parse_ledger
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Document, Source
from garden.model.settings import ReadingSettings, Settings
from garden.vault.breadcrumbs import with_breadcrumbs
from garden.vault.code_version import code_version
from garden.vault.drafts import show_drafts
from garden.vault.future import hold_back_future
from garden.vault.git.history import with_history
from garden.vault.ledger_file import notes_out_of_sight
from garden.vault.note_files import note_content
from garden.vault.obsidian import with_line_breaks
from garden.vault.parallel import WORTH_SHARING, in_parallel
from garden.vault.scan import VaultFiles
from garden.vault.stored.cache import Cache, CacheKey, pack, unpack_body, unpack_facts

if TYPE_CHECKING:
    from garden.linking.link_vault import Linking

_SPARE = 3
"""The cache may have this many times the notes of the vault before it is reduced, because switching branches brings notes back."""

_AT_HAND = 2000
"""The maximum number of notes whose bodies stay in memory, where they take about 20 MB."""

_BEFORE_SHARING = 8
"""The number of notes that are read before other processes are started."""

_MOST_CHANGED_TEXTS = 8
"""If the texts of more notes have changed at once, the whole vault is linked again."""


class Site(Struct, frozen=True):
    """A linked vault; bodies are loaded when a page needs them."""

    files: VaultFiles
    settings: Settings
    snapshot: Snapshot
    read: Mapping[VaultPath, Document]  # the notes before linking
    _fresh: Mapping[VaultPath, bytes]  # packed bodies that are in memory
    _keys: Mapping[VaultPath, CacheKey]  # under which notes are stored
    _store: Cache | None
    # The state of the last complete linking in this process, before some texts were changed; None if another process
    # has linked the vault.
    linking: "Linking | None" = None

    def body(self, path: VaultPath) -> Body:
        """Return the body of a note."""
        packed = self._fresh.get(path)
        if packed is None and self._store is not None:
            packed = self._store.body(self._keys[path])
        if packed is not None:
            return unpack_body(packed)
        # Another process may have removed it from the cache. The note is read again, but only if its file is the one that was
        # linked: by now it may be a draft.
        source = self._source(path)
        return _document(source, self.settings.reading).body if source else Body()

    def without_bodies(self) -> "Site":
        """Return the site for another process that writes pages, which loads bodies from the cache."""
        stored = self._store is not None and self._store.is_on_disk
        return replace(self, read={}, _fresh={} if stored else self._fresh, linking=None)

    def text(self, path: VaultPath) -> str:
        """Return the text of a note as it is in its file now (HC-8), empty for one that cannot be read."""
        try:
            return _source(self.files.root, path, self.settings.reading).text
        except OSError:
            return ""

    def with_note(self, path: VaultPath) -> "Site | None":
        """Return the site with the present text of one note, without linking the vault again.

        Its pages are correct except for effects of the change on other notes. None if the note is deleted or has another
        address, or if it is new and only linking tells its address: then the vault has to be linked first.
        """
        before = self.snapshot.documents.get(path)
        if (before and not before.published) or self.settings.tag_aliases:
            return None
        try:
            source = _source(self.files.root, path, self.settings.reading)
        except OSError:
            return None
        read = _document(source, self.settings.reading)
        if before and self.files.repository is not None:
            # Dates and authors from git stay as they are until its history is read for the next complete linking.
            meta = replace(
                read.meta,
                date=read.meta.date or before.meta.date,
                modified=read.meta.modified or before.meta.modified,
                authors=read.meta.authors or before.meta.authors,
                revisions=before.meta.revisions,
            )
            read = replace(read, meta=meta)
        document = _gated({path: read}, self.settings)[path]
        if before:
            snapshot = with_text(self.snapshot, document, by_title=bool(self.settings.note_url))
        elif self.linking:
            snapshot = with_new_note(self.linking, self.snapshot, document)
        else:
            snapshot = None
        if snapshot is None:
            return None
        _, body = pack(read)
        return replace(self, snapshot=snapshot, _fresh={**self._fresh, path: body})

    def with_changed_texts(self, files: VaultFiles, cited_parts: CitedParts | None = None) -> "Site | None":
        """Return the site after changes of the texts of some notes, None if the vault has to be linked again.

        `cited_parts` are the notes whose headings or blocks others refer to, if they have been computed.
        """
        changed = [path for path, sha in files.notes.items() if self.files.notes.get(path) != sha]
        if (
            len(changed) > _MOST_CHANGED_TEXTS
            or self.settings.tag_aliases
            or replace(files, notes=self.files.notes) != self.files
            or list(files.notes) != list(self.files.notes)
        ):
            return None
        # The ledger recognises a renamed note by its text: so if a note had, or now has, the text of another one in the ledger,
        # addresses may change.
        known = {(line.content, line.key.name) for line in parse_ledger(files.ledger).of_kind("note")}
        texts_of_others = {content for content, name in known if content and name not in changed}
        site = self
        for path in changed:
            found = site._with_changed_text(path, files, cited_parts)
            if found is None:
                return None
            if cited_parts is not None:
                cited_parts = with_cited_parts(cited_parts, path, found.snapshot.resolutions[path])
            texts = {one.read[path].text_hash for one in (site, found)}
            if not texts.isdisjoint(texts_of_others) or (known and len(changed) > 1):
                return None
            site = found
        return replace(site, files=files)

    def _with_changed_text(
        self, path: VaultPath, files: VaultFiles, cited_parts: CitedParts | None
    ) -> "Site | None":
        """Return the site after the change of one note's text, None if the vault has to be linked again."""
        try:
            source = _source(files.root, path, self.settings.reading)
        except OSError:
            return None
        if source.sha != files.notes[path]:
            return None  # the file has changed once more since the scan
        facts, body = pack(_document(source, self.settings.reading, self.body(path)))
        read = unpack_facts(facts)
        key = cache_key(path, read.sha, self.settings.reading)
        folder = None
        if self._store is not None:
            folder = self._store.folder
            self._store.add({key: (facts, body)})
        dated, _ = with_history({path: read}, files.repository, self.settings, folder)
        only_text = bool(self.settings.edge_sources)
        document = _gated(dated, self.settings)[path]
        snapshot = with_changed_text(self.snapshot, document, cited_parts, only_text=only_text)
        if snapshot is None:
            return None
        return replace(
            self,
            snapshot=snapshot,
            read=with_entry(self.read, path, read),
            _fresh={**self._fresh, path: body},
            _keys=with_entry(self._keys, path, key),
        )

    def key(self, path: VaultPath) -> CacheKey:
        """Return the key under which a note is stored."""
        return self._keys[path]

    def _source(self, path: VaultPath) -> Source | None:
        """Return the text of a note, None if its file is not the one that was linked."""
        try:
            source = _source(self.files.root, path, self.settings.reading)
        except OSError:
            return None
        return source if source.sha == self.files.notes.get(path) else None


def read_site(
    files: VaultFiles,
    settings: Settings,
    store: Cache | None = None,
    before: Site | None = None,
    pause: Callable[[], None] | None = None,
) -> Site:
    """Read and link a scanned vault; notes that have not changed are taken from `store`, and from the site `before`.

    If a note has changed after the scan, the site has its newer text, and `Site.files` the hash of that. One that has
    vanished is left out and reported. `pause` is called now and then, and may raise an exception to give up.
    """
    settings, problems = with_vault_settings(settings, files)
    documents = _unchanged(before, files, settings)
    keys = {
        path: before.key(path) if before and path in documents else cache_key(path, sha, settings.reading)
        for path, sha in files.notes.items()
    }
    fresh: dict[VaultPath, bytes] = {}
    if store is not None:
        cached = store.facts(key for path, key in keys.items() if path not in documents)
        documents |= {path: cached[key] for path, key in keys.items() if key in cached}
    missing = [path for path in keys if path not in documents]
    for share in _read_all(files.root, missing, settings.reading):
        packed: dict[CacheKey, tuple[bytes, bytes]] = {}
        bodies: dict[VaultPath, bytes] = {}
        for facts, body in share:
            document = unpack_facts(facts)
            documents[document.path] = document
            # The text that was read may be newer than the one that was scanned.
            keys[document.path] = cache_key(document.path, document.sha, settings.reading)
            packed[keys[document.path]] = (facts, body)
            bodies[document.path] = body
        # The bodies of a large vault would take more memory than anything else, so only those of few notes stay in memory.
        if store is None or not store.add(packed) or len(missing) <= _AT_HAND:
            fresh |= bodies
    if store is not None and missing:
        store.keep_only(keys.values(), _SPARE * len(keys) + 1000)
    vanished = tuple(path for path in files.notes if path not in documents)
    notes = {path: documents[path].sha for path in files.notes if path in documents}
    files = replace(files, notes=notes)
    ledger = parse_ledger(files.ledger)
    out_of_sight = notes_out_of_sight(files.root, ledger, documents)
    dated, cut = with_history(documents, files.repository, settings, store.folder if store else None)
    gated = _gated(dated, settings)
    from garden.linking.link_vault import (
        Linking,
    )  # not needed by a build that takes a linked vault from the cache

    linking = Linking(
        gated,
        files.attachments,
        settings,
        ledger,
        out_of_sight=out_of_sight,
        before=before.linking if before else None,
        pause=pause,
    )
    sizes = {path: files.sizes[path] for path in linking.snapshot.files if path in files.sizes}
    snapshot = replace(linking.snapshot, sizes=sizes)
    problems = (*problems, *files.problems, *map(_vanished, vanished), *cut)
    if problems:
        snapshot = snapshot.with_problems(problems)
    return Site(files, settings, snapshot, documents, fresh, keys, store, linking)


def with_vault_settings(settings: Settings, files: VaultFiles) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return the settings with those from the vault's own files, and the problems in these files."""
    settings, problems = with_breadcrumbs(files.breadcrumbs, with_line_breaks(settings, files.obsidian))
    if files.math_preamble:
        settings = replace(settings, reading=replace(settings.reading, math_preamble=files.math_preamble))
    return settings, problems


def _unchanged(before: Site | None, files: VaultFiles, settings: Settings) -> dict[VaultPath, Document]:
    """Return the notes of the site `before` that have not changed."""
    if before is None or before.settings.reading != settings.reading:
        return {}
    return {path: note for path, note in before.read.items() if files.notes.get(path) == note.sha}


def _gated(documents: Mapping[VaultPath, Document], settings: Settings) -> Mapping[VaultPath, Document]:
    """Return the notes with the status that they have today: dates in the future hold notes back, a preview shows drafts (PB-8)."""
    return show_drafts(hold_back_future(documents, settings), settings)


def _vanished(path: VaultPath) -> Diagnostic:
    problem = "this note existed when the build began, but could not be read later: it has no page"
    return Diagnostic(Place(path, 1, 1), "file-changed", problem)


def _source(root: Path, path: VaultPath, settings: ReadingSettings) -> Source:
    from garden.reading.source import read_source

    return read_source(path, note_content(root / path), settings.formats)


def cache_key(path: VaultPath, sha: str, settings: ReadingSettings) -> CacheKey:
    """Return the key under which the note at `path` is stored, `sha` being the hash of its bytes."""
    return sha256(
        f"{code_version()}\0{settings!r}\0{sha}\0{path}".encode("utf-8", "surrogateescape")
    ).digest()


def _read_all(
    root: Path, paths: Sequence[VaultPath], settings: ReadingSettings
) -> Iterator[list[tuple[bytes, bytes]]]:
    """Yield the notes that still exist, as lists of their packed facts and bodies."""
    first = paths[:_BEFORE_SHARING] if len(paths) >= WORTH_SHARING else []
    if first:
        # So what the first notes need, modules, regular expressions and lexers, is prepared once; forked processes inherit it.
        yield _read_share(root, settings, first)
    yield from in_parallel(paths[len(first) :], partial(_read_share, root, settings), portable=True)


def _read_share(
    root: Path, settings: ReadingSettings, share: Sequence[VaultPath]
) -> list[tuple[bytes, bytes]]:
    return [pack(_document(source, settings)) for source in _sources(root, share, settings)]


def _sources(root: Path, paths: Sequence[VaultPath], settings: ReadingSettings) -> Iterator[Source]:
    for path in paths:
        with suppress(OSError):
            yield _source(root, path, settings)


def _document(source: Source, settings: ReadingSettings, former: Body | None = None) -> Document:
    from garden.reading.document import read_document

    return read_document(source, settings, former)
