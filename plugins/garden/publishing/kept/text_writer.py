"""Writes the pages that show changed texts, in a site in which nothing else has changed since an earlier build.

Everything else in the output is as the earlier build has left it, which the caller has checked.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.publishing.folder.output import Output
from garden.publishing.kept.kept_pages import KeptPages
from garden.publishing.kept.kept_search import file_before, terms_of
from garden.publishing.note_lists import note_lists
from garden.publishing.page_theme import PageTheme
from garden.publishing.site_writer import SiteWriter
from garden.publishing.written_site import WriteResult
from garden.rendering.files.headers import headers
from garden.rendering.files.search.index import takes_part
from garden.rendering.files.search.index_update import IndexUpdate
from garden.rendering.tracking.questions import StableTracker
from garden.rendering.tracking.text_changes import (
    changed_answers,
    changed_by_text,
    changed_parts,
    changed_related,
)
from garden.vault.site import Site
from garden.vault.stored.kept_catalog import KeptCatalog
from garden.vault.stored.kept_values import KeptLostError
from garden.vault.stored.kept_vault import KeptVault

_SEARCH: Final = "search"


class TextWriter(SiteWriter):
    """Writes the pages that show the changed texts of a kept site."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        site: Site,
        theme: PageTheme,
        output: Output,
        cache: Path,
        *,
        before: Site,
        kept: KeptVault,
        pages: KeptPages,
    ) -> None:
        """Prepare to write what differs between `site` and the site `before`; `pages` is the record of what was written."""
        tracker = StableTracker()
        super().__init__(
            site, theme, output, cache, tracker=tracker, kept=kept, piece_places=pages.piece_places
        )
        paths = [path for path, sha in site.files.notes.items() if sha != before.files.notes[path]]
        # Notes that cite a heading or block of a changed note: their links may now lead elsewhere.
        sources = {source for path in paths for source in kept.cited_parts.get(path, ())}
        self.paths = sorted({*paths, *sources})
        self._pages = pages
        self._former = before
        both = before.snapshot, site.snapshot
        parts = (changed_parts(tracker, *(one.documents[path] for one in both)) for path in self.paths)
        others = (changed_by_text(tracker, path, *both) for path in self.paths)
        related = changed_related(tracker, self.kept_catalog.related_otherwise)
        # Since titles and statuses are the same, it is always known which queries the texts concern.
        answers = changed_answers(tracker, self.paths, *both) or ()
        self._affected = set(pages.affected(frozenset(related).union(answers, *parts, *others)))
        self._texts = [(before.snapshot.documents[path], site.snapshot.documents[path]) for path in paths]

    @property
    def kept_catalog(self) -> KeptCatalog:
        """The catalog of the kept site."""
        assert isinstance(self._plain, KeptCatalog), "it is that of a kept vault"
        return self._plain

    def write_texts(self, searched: Sequence[VaultPath]) -> list[Diagnostic]:
        """Write the pages, then the search index, which has the notes `searched`; return every problem of the site, by place."""
        pages = self._pages
        # Which files there are does not depend on texts, except for the search index.
        self.output.files = dict(self.output.before.files)
        self._beside_pages.remember((pages.fingerprints, pages.branches))
        for node in sorted(unit for unit in self._affected if isinstance(unit, Node)):
            made = self.written.nodes[node] = self._made_alone(partial(self._write_note, node))
            if made.branch_inputs:
                self._beside_pages.remember(made.branch_inputs)
        self._made_alone(self._update_branches)
        self._write_groups()
        if self.site.settings.search:
            self._write_search(searched)
        pages.record(self.written)
        for _, document in self._texts:
            pages.record_note(document.path, document.problems)
        self._write(headers(self.site.settings, {one for some in pages.sources.values() for one in some}))
        found = {problem for problems in pages.problems.values() for problem in problems}
        return sorted({*self.site.snapshot.diagnostics, *pages.others, *found})

    def _update_branches(self) -> WriteResult:
        files, places = self._write_branches(self._beside_pages.branches)
        self.written.piece_places.update(places)
        return WriteResult(files)

    def _write_groups(self) -> None:
        groups = self.written.groups
        self._look_for_card()
        lists = {**self._list_pages(), **note_lists(self.catalog, self._bodies)}
        for name in filter(self._affected.__contains__, lists):
            groups[name] = self._made(lists[name])

    def _write_search(self, searched: Sequence[VaultPath]) -> None:
        """Write the parts of the index that differ. Raises KeptLostError if a note is new in the index or gone from it."""
        pairs = [pair for pair in self._texts if pair[0].listed]
        if any(takes_part(before) != takes_part(after) for before, after in pairs):
            raise KeptLostError("the notes that are searched")
        before = self.output.before.files
        index = IndexUpdate(
            searched,
            partial(file_before, self.output),
            lambda file: before[file].content_hash,
        )
        terms = [
            (one.path, terms_of(self._former, one.path), terms_of(self.site, one.path))
            for one, _ in pairs
            if takes_part(one)
        ]
        files = self.output.take()
        made = self._recorded(lambda: self._written(index.with_terms(terms)))
        names = dict.fromkeys(index.files)
        of_search = frozenset(self._pages.files[_SEARCH])
        others = {name: file for name, file in files.items() if name not in of_search}
        found = {name: made.files.get(name) or before[name] for name in names}
        self.output.files = others | found
        # The questions that were asked in making it are the same as before.
        self.written.groups[_SEARCH] = replace(made, files=found, asked=None)
