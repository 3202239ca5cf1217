"""A site kept on disk from one build to the next, so that only the pages that show a change are written.

There are three cases:

- Only texts have changed, and perhaps links and headings in them, but no relation, title or property: nothing is linked again
  (`KeptSite`).
- Notes or attachments have changed in another way: the vault is linked as a whole, and files for which all answers are the
  same are taken over (`WholeSite`, `kept_answers`).
- The theme, the version or a setting is another one, or a stored file is damaged: the build starts from scratch.

Nothing here is indispensable: a build without it takes longer and writes the same.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from hashlib import sha256
from os import fsencode
from pathlib import Path
from typing import Self, TypeVar

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings
from garden.publishing.folder.output import Output
from garden.publishing.held_back import held_back_summary
from garden.publishing.kept.kept_answers import KeptAnswers, answers_to_keep
from garden.publishing.kept.kept_pages import kept_pages, pages_to_keep
from garden.publishing.kept.kept_search import KeptSearch
from garden.publishing.kept.text_writer import TextWriter
from garden.publishing.page_theme import PageTheme
from garden.publishing.site_writer import SiteWriter
from garden.publishing.written_site import Reusable, WrittenSite
from garden.rendering.tracking.answer_hashes import AnswerHashes, answer_hashes
from garden.rendering.tracking.questions import StableTracker
from garden.vault.scan import VaultFiles
from garden.vault.site import Site
from garden.vault.stored.cache import Cache
from garden.vault.stored.kept_catalog import KeptCatalog
from garden.vault.stored.kept_values import KeptLostError, KeptValues, NamedValue, NewValues, OpenValues
from garden.vault.stored.kept_vault import KeptVault, can_be_kept, changed_values, linked_values

Read = TypeVar("Read")

# The names under which values are stored.
_STATE = "state"
_NOTES = "hashes of notes"
_NEWER_NOTES = "newer hashes of notes"
_BESIDES_FILES = "besides files"
_VERSION = "version"
_HELD_BACK = "notes held back"
_SEARCH = "searched notes"


def _kept_file(root: Path, cache: Path) -> Path:
    """Return where the site in the folder `root` is kept, in the folder `cache`."""
    return cache / f"site-{sha256(fsencode(root)).hexdigest()[:16]}.sqlite"


def _kept_notes(values: OpenValues) -> dict[VaultPath, str]:
    """Return the hashes of the notes of a kept site. Raises KeptLostError."""
    return {**values[_NOTES], **values[_NEWER_NOTES]}


class KeptSite:
    """A kept site in which the texts of some notes have changed.

    `held_back` is the report of the notes that are held back. Once the site is written, `reported` has the notes that its
    problems are about.
    """

    def __init__(
        self, kept: KeptValues, values: OpenValues, vault: KeptVault, before: Site, site: Site
    ) -> None:
        self._kept = kept
        self._values = values
        self._vault = vault
        self._before = before
        self.site = site
        self._pages = kept_pages(values)
        self._changed: list[VaultPath] = []
        self._catalog: KeptCatalog | None = None
        self.held_back: tuple[str, ...] = values[_HELD_BACK]
        self.reported: Mapping[VaultPath, Document] = {}

    @classmethod
    def found(  # noqa: PLR0913 (each says of what site)
        cls, output: Output, cache: Path, *, besides: str, files: VaultFiles, settings: Settings, store: Cache
    ) -> Self | None:
        """Return the site that was built into `output` last; None if it cannot be used. Raises KeptLostError.

        `besides` is a hash of everything that goes into a build besides the notes.
        """
        kept = KeptValues(_kept_file(output.root, cache))
        values = kept.open()
        with ExitStack() as on_failure:
            on_failure.callback(values.close)
            # This comes first, because other versions of the code may have stored values of other forms.
            if values[_STATE] != (output.before.inputs, besides):
                return None
            notes = _kept_notes(values)
            if list(notes) != list(files.notes):
                return None
            vault = KeptVault(values)
            before = vault.site(replace(files, notes=notes), settings, store)
            # A redirect to a file is a copy of it (`write_redirects`), of which nobody records that it depends on the file.
            if any(redirect.to in output.before.files for redirect in before.snapshot.redirects):
                return None
            site = before.with_changed_texts(files, vault.cited_parts)
            if site is None:
                return None
            found = cls(kept, values, vault, before, site)
            on_failure.pop_all()
            return found

    def close(self) -> None:
        """Close the file; nothing more is read."""
        self._values.close()

    def write(self, theme: PageTheme, output: Output, cache: Path) -> list[Diagnostic]:
        """Write the pages that show the changed texts; return every problem, by place. Raises KeptLostError."""
        writer = TextWriter(
            self.site, theme, output, cache, before=self._before, kept=self._vault, pages=self._pages
        )
        problems = writer.write_texts(self._values[_SEARCH])
        self._changed = writer.paths
        self._catalog = writer.kept_catalog
        documents = self.site.snapshot.documents
        paths = sorted({VaultPath(problem.place.path) for problem in problems})
        self.reported = {path: documents[path] for path in paths if path in documents}
        return problems

    def keep(self, inputs: str, besides: str) -> None:
        """Keep the site as it was written."""
        assert self._catalog is not None, "a site is kept when it is written"
        before, notes = self._before.files.notes, self.site.files.notes
        newer = {path: sha for path, sha in notes.items() if before[path] != sha}
        values = {
            _STATE: (inputs, besides),
            _NEWER_NOTES: {**self._values[_NEWER_NOTES], **newer},
            **self._pages.values(whole=False),
            **changed_values(self.site, self._changed, self._values, self._catalog),
        }
        self.close()
        self._kept.change(values.items())


class WholeSite:
    """The site of a vault that has been linked as a whole: it takes over what it can from the kept one, and is kept instead of it."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        site: Site,
        theme: PageTheme,
        output: Output,
        cache: Path,
        *,
        besides: str,
        settings: Settings,
        store: Cache,
    ) -> None:
        """Prepare to write `site`; pictures that were made before are kept in the folder `cache`.

        `besides` is a hash of everything that goes into a build besides notes and attachments; `settings` are those of the
        project, without those that the vault's own files add.
        """
        self._site = site
        self._besides = besides
        self._theme = theme
        self._output = output
        self._cache = cache
        self._settings = settings
        self._store = store
        self._file = _kept_file(output.root, cache)
        self._new = NewValues(self._file)
        self._is_begun = False  # whether the first of the new values are stored
        self._tracker = StableTracker()
        self._hashes: AnswerHashes | None = None
        self._problems: list[Diagnostic] = []
        self._written: WrittenSite | None = None

    def write(self) -> list[Diagnostic]:
        """Write it, except what has not changed; return every problem, by place."""
        with ExitStack() as reading:
            values = self._open(reading)
            piece_places = self._unless_lost(lambda: kept_pages(values).piece_places) if values else {}
            writer = SiteWriter(
                self._site,
                self._theme,
                self._output,
                self._cache,
                tracker=self._tracker,
                piece_places=piece_places or {},
            )
            self._written = writer.written
            if values:
                writer.reuse(self._unless_lost(lambda: self._reusable(values)))
            if can_be_kept(self._site):
                writer.side_job = self._begin_keeping
            self._problems = writer.write()
            self._is_begun = writer.is_side_job_done
        return self._problems

    def _open(self, reading: ExitStack) -> OpenValues | None:
        """Return the values of the site that was kept before, None if there is none that this code knows."""
        try:
            values = reading.enter_context(closing(KeptValues(self._file).open()))
            # Other versions of the code may have stored values of other forms.
            return values if values[_BESIDES_FILES] == self._besides else None
        except KeptLostError:
            return None

    def _reusable(self, values: OpenValues) -> Reusable | None:
        """Return what may be taken over from the kept site, None for nothing. Raises KeptLostError."""
        inputs, _ = values[_STATE]
        written = self._written
        assert written is not None, "it is known what all pages have in common"
        if inputs != self._output.before.inputs or values[_VERSION] != written.version:
            return None
        answers = KeptAnswers(values, _kept_notes(values), self._output.before.files)
        self._hashes = dict(answer_hashes(written.catalog, self._tracker))
        found = answers.reusable(self._site, self._settings, self._store, self._tracker, self._hashes)
        if found:
            search = written.search
            search.paths = values[_SEARCH]
            search.updated_words = KeptSearch(
                self._output, search.paths, answers.before, answers.changed_notes
            ).words
        return found

    def _unless_lost(self, read: Callable[[], Read]) -> Read | None:
        """Return what `read` returns, None if a value is lost."""
        try:
            return read()
        except KeptLostError:
            return None

    def keep(self, inputs: str, besides: str) -> None:
        """Keep the site as it was written."""
        site, written = self._site, self._written
        assert written is not None, "a site is kept when it is written"
        if not can_be_kept(site):
            return
        values = {
            _STATE: (inputs, besides),
            _NOTES: dict(site.files.notes),
            _NEWER_NOTES: {},
            _BESIDES_FILES: self._besides,
            _VERSION: written.version,
            _HELD_BACK: held_back_summary(site.snapshot.documents, site.files),
            _SEARCH: tuple(written.search.paths),
            **pages_to_keep(written, self._problems).values(whole=True),
        }
        if self._is_begun or self._begin_keeping():
            self._new.finish(values.items())

    def _begin_keeping(self) -> bool:
        """Store what follows from links alone, before the site is complete; return whether that has succeeded."""
        return self._new.begin(self._linked_values())

    def _linked_values(self) -> Iterator[NamedValue]:
        """Yield the values that follow from links: all answers, and the linked vault itself."""
        written = self._written
        assert written is not None, "what has been linked is being written"
        hashes = self._hashes.items() if self._hashes else answer_hashes(written.catalog, self._tracker)
        yield answers_to_keep(hashes)
        yield from linked_values(self._site, written.catalog)
