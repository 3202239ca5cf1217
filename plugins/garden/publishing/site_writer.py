"""Writing one site: its pages by the theme, and the files beside them.

The theme is a parameter: this module knows what has to be written, not how a template works.

What has been made is recorded by node and by kind of file, with the questions that were asked while making it (see
`rendering.tracking`). A writer that follows another one for the same vault makes only those files again for which an answer
has changed.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from garden.linking.relation import Node
from garden.model import routes
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, Url
from garden.model.pages.list_pages import Page
from garden.model.pages.page import Artifact
from garden.publishing.folder.output import Output
from garden.publishing.note_lists import note_lists
from garden.publishing.page_theme import PageTheme
from garden.publishing.page_writer import SIDE_JOB, PageWriter, no_pause
from garden.publishing.pictures.images import image_files
from garden.publishing.problems import known_problems
from garden.publishing.redirects import write_redirects
from garden.publishing.theme_files import theme_files
from garden.publishing.written_site import Reusable, WriteResult, WrittenSite
from garden.rendering.catalog import Catalog
from garden.rendering.files.attachments import attachments
from garden.rendering.files.branch.branch_pieces import PiecePlaces
from garden.rendering.files.headers import headers
from garden.rendering.files.robots import robots
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.files.sitemap import sitemap
from garden.rendering.tracking.questions import AnyTracker, Tracker
from garden.rendering.tracking.reusable_parts import MadeParts, ReusableParts
from garden.rendering.tracking.tracked_catalog import TrackedCatalog
from garden.vault.parallel import WORTH_SHARING, in_parallel, is_forking
from garden.vault.site import Site
from garden.vault.stored.kept_vault import KeptVault

_MANY: Final = 2000
"""The number of notes from which it is worth starting processes that write lists, on systems where they cannot be forked."""

_LONG: Final = frozenset(("tags", "feeds", "graph", "graph page"))
"""The lists that take longest, after the search index."""


class SiteWriter(PageWriter):
    """The writing of one site's pages and files. Notes and branches are distributed among processes."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        site: Site,
        theme: PageTheme,
        output: Output,
        cache: Path,
        *,
        tracker: AnyTracker | None = None,
        before: WrittenSite | None = None,
        kept: KeptVault | None = None,
        piece_places: Mapping[SaveAs, PiecePlaces] | None = None,
        pause: Callable[[], None] = no_pause,
    ) -> None:
        """Prepare to write `site`; pictures that were made before are kept in the folder `cache`.

        With a `tracker` another writer may follow, to which `written` of this one is given as `before`. If an earlier
        process has `kept` the same linked vault, what follows from its links is loaded and not computed. `piece_places` say
        where the texts of notes are in the present files of branches. `pause` is called again and again while this writer is
        made and writes; it may raise InterruptedError, so that something else is done first.
        """
        # A preview is read on the machine that makes it, and should not wait for smaller images.
        large = 0 if site.settings.preview else site.settings.large_image
        self._images = image_files(site.files.root, site.snapshot.files, cache, large)
        plain = (before and before.catalog_of(site, self._images.known)) or (
            kept.catalog(site, self._images.known, theme.translations)
            if kept
            else Catalog(site.snapshot, site.settings, self._images.known, theme.translations)
        )
        pause()
        super().__init__(
            site,
            theme,
            output,
            cache,
            plain=plain,
            tracker=tracker,
            piece_places=before.piece_places if before else piece_places,
        )
        self._pause = pause
        self.is_side_job_done = False
        self.written = WrittenSite(
            site,
            plain,
            self._common,
            search=before.search if before else SearchIndex(stays=isinstance(tracker, Tracker)),
        )
        # What can be taken over from an earlier site, if anything.
        self._before = (
            before.reusable(self.written, tracker) if before and isinstance(tracker, Tracker) else None
        )

    def reuse(self, before: Reusable | None) -> None:
        """Make only those files again for which an answer has changed since `before`, if that is known."""
        self._before = before

    def write(self) -> list[Diagnostic]:
        """Write the whole site, leaving what has not changed; return every problem, by place."""
        self._write_nodes()
        found = {problem for made in self.written.nodes.values() for problem in made.problems}
        policy = {source for made in self.written.nodes.values() for source in made.sources}
        self._look_for_card()
        if (
            self._before is None
            and not isinstance(self._tracker, Tracker)
            and len(self.written.nodes) >= WORTH_SHARING
        ):
            self._share_lists()
        else:
            self._write_lists()
        for artifact in (robots(self.site.settings), Artifact(SaveAs(routes.NO_JEKYLL), b"")):
            self._write(artifact)
        found.update(self._copied(attachments(self.site.snapshot)))
        self._group("theme", lambda: theme_files(self.theme.folder / "static", self.theme.styles))
        self._write(headers(self.site.settings, policy))
        found.update(self._group("icons", self._icons).problems)
        found.update(self._copied(self._images.files))
        write_redirects(self.site, self.output)
        self._before = None  # it holds the whole vault as it was
        return sorted({*known_problems(self.site), *self._images.problems, *found})

    def _kept(self, made: WriteResult | None) -> bool:
        """Say whether the files of the previous writer would be the same, and are still there; if so, they are kept."""
        return (
            self._before is not None
            and made is not None
            and made.asked is not None
            and self._before.changed.isdisjoint(made.asked)
            and self.output.keeps_all(made.files)
        )

    def _write_nodes(self) -> None:
        """Write the pages of all notes and hubs, then the branches, which repeat them."""
        # Set aside what has been written before: otherwise each process would hand it over as its own work.
        files = self.output.take()
        self.catalog.prepare()
        known = self._before.nodes if self._before else {}
        nodes = tuple(self.site.snapshot.addresses)
        found = {node: known[node] for node in nodes if self._kept(known.get(node))}
        # In a process that is started anew, a `Tracker` would give questions other numbers.
        portable = not isinstance(self._tracker, Tracker)
        missing = tuple(node for node in nodes if node not in found)
        for made, asked in in_parallel(missing, self._write_notes, portable=portable):
            found |= made
            if self._tracker:
                self._tracker.adopt(asked)
            self._pause()
        for node in nodes:
            made_here = self.written.nodes[node] = found[node]
            files |= made_here.files
            if made_here.branch_inputs:
                self._beside_pages.remember(made_here.branch_inputs)
        self.written.piece_places.update(self._beside_pages.piece_places)
        self.output.files = files

    def _write_lists(self) -> None:
        """Write the files with many notes that have changed: branches, lists, indexes."""
        files = self.output.take()
        for some, places in in_parallel(self._beside_pages.branches, self._write_branches):
            files |= some
            self.written.piece_places.update(places)
            self._pause()
        self.output.files = files
        pages = {name: self._group(name, make) for name, make in self._list_pages().items()}
        self._group("sitemap", lambda: sitemap(self.catalog, _indexed(pages)), pages)
        if self.site.settings.search:
            self._group("search", lambda: self.written.search.files(self.catalog, self._bodies))
        for name, make in note_lists(self.catalog, self._bodies).items():
            self._group(name, make)

    def _share_lists(self) -> None:
        """Write all files with many notes, each kind in the next free process."""
        # A process that looked for garbage among the records of pages would copy all of them in memory.
        gc.freeze()
        pages = self._list_pages()
        groups = self.written.groups
        files = self.output.take()
        portable = len(self.written.nodes) >= _MANY
        for made in in_parallel(self._jobs(pages), self._write_lists_of, portable=portable, at_once=1):
            for name, group in made.groups.items():
                groups[name] = group
                files |= group.files
            files |= made.branches
            self.written.piece_places.update(made.piece_places)
            if made.searched is not None:
                # The words themselves would only serve a writer that follows in this process.
                self.written.search.paths = made.searched
            if "sitemap" not in groups and groups.keys() >= pages.keys():
                # The sitemap needs all pages of lists. Branches come after these, so the other processes stay busy meanwhile.
                indexed = tuple(_indexed({name: groups[name] for name in pages}))
                groups["sitemap"] = self._made(partial(sitemap, self.catalog, indexed))
                files |= groups["sitemap"].files
            self.is_side_job_done |= made.is_side_job_done
            self._pause()
        self.output.files = files

    def _jobs(self, pages: Iterable[str]) -> tuple[Node | str, ...]:
        """Return the names of all lists, and the tops of all branches.

        What takes longest comes first and small branches come last, so that all processes end at about the same time.
        """
        names = sorted((*pages, *note_lists(self.catalog, self._bodies)), key=lambda name: name not in _LONG)
        search = ("search",) if self.site.settings.search else ()
        shape = self._plain.shape
        branches = sorted(self._beside_pages.branches, key=lambda node: -len(shape(node).pages(node)))
        # With two processes, the other one is handed the first two jobs at once, so the second is a short one; this process
        # begins with the third, the side job.
        side_job = (SIDE_JOB,) if self.side_job and is_forking() else ()
        return (*search, names[-1], *side_job, *names[:-1], *branches)

    def _group(
        self,
        name: str,
        make: Callable[[], Iterable[Artifact | Page | Diagnostic]],
        after: Mapping[str, WriteResult] = MappingProxyType({}),
    ) -> WriteResult:
        """Write the files of one kind, which `make` yields, unless nothing that it asks has changed.

        `after` are other groups from which it is made.
        """
        before = self._before.groups.get(name) if self._before else None
        known = self._before.parts.get(name, {}) if self._before else {}
        if (
            before is None
            or self._before is None
            or any(_indexed_before(self._before, other) != made.indexed for other, made in after.items())
            or self._before.attachments != self.site.snapshot.files
            or not self._kept(before)
        ):
            self._pause()
            before, known = self._made_of_parts(make, known)
        self.written.groups[name] = before
        self.written.parts[name] = known
        return before

    def _made_of_parts(
        self, make: Callable[[], Iterable[Artifact | Page | Diagnostic]], known: MadeParts
    ) -> tuple[WriteResult, MadeParts]:
        """Write what `make` yields, of which some parts may be `known`; return the parts, too, if another writer may follow."""
        if not isinstance(self.catalog, TrackedCatalog) or not isinstance(self._tracker, Tracker):
            return self._made(make), {}
        changed = self._before.changed if self._before else frozenset()
        parts = self.catalog.parts = ReusableParts(self._tracker, known, changed)
        try:
            return self._made(make), parts.made
        finally:
            self.catalog.parts = None


def _indexed_before(before: Reusable, name: str) -> tuple[Url, ...] | None:
    """Return the addresses of list pages that a group had, None where it did not exist."""
    made = before.groups.get(name)
    return made.indexed if made else None


def _indexed(pages: Mapping[str, WriteResult]) -> Iterator[Url]:
    """Yield the addresses of all list pages for the sitemap."""
    for made in pages.values():
        yield from made.indexed
