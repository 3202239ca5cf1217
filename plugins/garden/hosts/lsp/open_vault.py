"""A vault that is being edited: its notes on disk, and those that are open as they are being typed.

After a key press one note is read and its links are looked up in the index, which takes milliseconds. Problems that depend on
the whole vault are found when a note is saved, and kept until the next save.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from garden.authoring.checked_vault import CheckedVault
from garden.authoring.grading import graded
from garden.authoring.rules import check_vault
from garden.authoring.silences import without_silenced
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import fields_of
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import ReferenceMessages
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings
from garden.reading.document import read_document
from garden.reading.source import read_source
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored.cache import Cache
from garden.vault.stored.cache_folder import cache_folder

LINK_CODES: Final = frozenset(
    (
        "link-unresolved link-ambiguous link-unpublished alias-conflict heading-missing block-missing "
        "embed-missing embed-unpublished"
    ).split()
)
"""The ids of problems that depend only on the links of one note and the names of all notes."""


class VaultReading(Struct, frozen=True):
    """A vault as it was read from disk, with the problems that a check found in it, by note."""

    site: Site
    problems: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


class CheckJob(Struct, frozen=True):
    """What a process needs to check a vault; `output` and `cache` are folders, `today` is an ISO date."""

    root: Path
    settings: Settings
    output: Path
    cache: Path
    today: str


def checked(job: CheckJob) -> dict[str, tuple[Diagnostic, ...]]:
    """Check a vault and return its problems by note."""
    problems: dict[str, list[Diagnostic]] = {}
    with _read(job) as site:
        for problem in check_vault(CheckedVault(site, job.today)):
            problems.setdefault(problem.place.path, []).append(problem)
    return {path: tuple(found) for path, found in problems.items()}


@contextmanager
def _read(job: CheckJob, before: Site | None = None) -> Iterator[Site]:
    """Read and link the vault; its cache is open within the block."""
    with closing(Cache(cache_folder(job.cache).path / "documents.sqlite")) as store:
        yield read_site(scan(job.root, job.settings, job.output), job.settings, store, before)


class OpenVault:
    """One vault in an editor."""

    def __init__(self, root: Path, settings: Settings, pelican_settings: Mapping[str, Any]) -> None:
        """`root` is the folder of notes; nothing is read yet."""
        self.root = root
        self.settings = settings
        self._output = Path(pelican_settings["OUTPUT_PATH"])
        self._cache = Path(pelican_settings["CACHE_PATH"])
        self.texts: dict[VaultPath, str] = {}
        self._reading: VaultReading | None = None
        self._documents: dict[VaultPath, Document] = {}
        self._index: Index | None = None

    def check_job(self, today: str) -> "CheckJob":
        """Return the check of the whole vault as a job for another process, where it does not delay answers."""
        return CheckJob(self.root, self.settings, self._output, self._cache, today)

    def read(self, problems: Mapping[str, tuple[Diagnostic, ...]]) -> VaultReading:
        """Return the vault as it is on disk, which is fast after a check has put all notes into the cache.

        This changes nothing in this object, so that it can run in a thread.
        """
        before = self._reading.site if self._reading else None
        with _read(self.check_job(""), before) as site:
            return VaultReading(site, problems)

    def use(self, reading: VaultReading) -> None:
        """Replace the notes by those that were read; open notes stay as they are typed."""
        self._reading = reading
        self._documents = dict(reading.site.snapshot.documents)
        for path, text in self.texts.items():
            self._documents[path] = self._document(path, text)
        self._index = None

    @property
    def site(self) -> Site:
        """The vault as it is on disk."""
        assert self._reading is not None
        return self._reading.site

    @property
    def documents(self) -> Mapping[VaultPath, Document]:
        """All notes; open ones as they are being typed."""
        return self._documents

    @property
    def index(self) -> Index:
        """The names of all notes and files."""
        if self._index is None:
            self._index = Index(self._documents, self.site.files.attachments)
        return self._index

    def change(self, path: VaultPath, text: str) -> None:
        """Use a new text of an open note."""
        self.texts[path] = text
        before = self._documents.get(path)
        document = self._document(path, text)
        self._documents[path] = document
        # A new index is only needed if something in it changes, which is rare; headings and blocks are kept for each note.
        if before is None or _names(before) != _names(document):
            self._index = None
        elif self._index is not None:
            self._index.forget_sections(path)

    def warm_up(self) -> None:
        """Prepare the index for finding near names, which takes a while the first time."""
        self.index.suggestion("no such name", VaultPath(""))

    def close(self, path: VaultPath) -> None:
        """Forget the text of a note that was closed, and use its file again."""
        self.texts.pop(path, None)
        document = self.site.snapshot.documents.get(path)
        if document is None:
            self._documents.pop(path, None)
        else:
            self._documents[path] = document
        self._index = None

    def text(self, path: VaultPath) -> str:
        """Return the text of a note: as it is being typed if it is open, otherwise from disk."""
        return self.texts[path] if path in self.texts else self.site.text(path)

    def problems(self, path: VaultPath) -> list[Diagnostic]:
        """Return the problems of a note, graded, without those that the author has silenced."""
        document = self._documents.get(path)
        if document is None or self._reading is None:
            return []
        found = [*document.problems, *self._link_problems(document)]
        # Of the problems that the check has found in the file, those that follow from this note alone have just been found
        # again, in what is being typed.
        on_disk = self._reading.site.snapshot.documents.get(path)
        known = set(on_disk.problems) if on_disk else set()
        found += [
            problem
            for problem in self._reading.problems.get(path, ())
            if problem.code not in LINK_CODES and problem not in known
        ]
        left = without_silenced(set(found), {path: document}).problems
        return list(graded(left, self.settings))

    def _link_problems(self, document: Document) -> list[Diagnostic]:
        """Return the problems of a note's links."""
        if not document.published:
            return []
        snapshot = self.site.snapshot
        generated = GeneratedPages(
            hubs=snapshot.hubs,
            pages={
                "tag": snapshot.tag_addresses,
                "category": snapshot.category_addresses,
                "author": snapshot.author_addresses,
            },
            ups=fields_of(self.settings.relations).ups,
            policies=ParentPolicies(self.settings),
        )
        messages = ReferenceMessages(self.index)
        for ref in document.refs:
            resolve(self.index, document.path, ref, generated, messages)
        return messages.found

    def _document(self, path: VaultPath, text: str) -> Document:
        return read_document(read_source(path, text.encode("utf-8", "surrogatepass")), self.settings.reading)


def _names(document: Document) -> tuple[object, ...]:
    """Return what the index contains of a note besides its path: whether it is published, and its aliases."""
    return document.published, document.meta.aliases
