"""Making single pages and files of a site, in any process.

The theme is a parameter: this module knows what has to be written, not how a template works.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.list_pages import Page
from garden.model.pages.page import Artifact, PlainPage
from garden.publishing.copying import copy_from_vault
from garden.publishing.folder.memory import WrittenFiles
from garden.publishing.folder.output import Output
from garden.publishing.note_lists import note_lists
from garden.publishing.page_theme import PageTheme
from garden.publishing.pictures.icons import icons
from garden.publishing.pictures.page_pictures import PagePictures
from garden.publishing.pictures.site_pictures import site_pictures
from garden.publishing.written_site import WriteResult
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.beside_pages import BesidePages, BranchInputs
from garden.rendering.files.branch.branch_pieces import PiecePlaces
from garden.rendering.files.headers import sources
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.pages.home import home_page
from garden.rendering.pages.site import site_view
from garden.rendering.tracking.questions import AnyTracker, Question, StableTracker
from garden.rendering.tracking.tracked_catalog import TrackedCatalog
from garden.vault.code_version import code_version
from garden.vault.site import Site

_BODIES_KEPT: Final = 64
"""Bodies that stay in the memory of each process."""

SIDE_JOB: Final = "side job"
"""Among the names of lists to be written, that of something else that is done meanwhile: see `PageWriter.side_job`."""

_TEMPLATES = {
    "NotePage": "note",
    "BranchPage": "branch",
    "HomePage": "home",
    "ListPage": "list",
    "TagsPage": "tags",
    "ArchivePage": "archive",
    "MapPage": "map",
}


@dataclass(slots=True)
class WrittenLists:
    """The files with many notes that one process has written."""

    groups: dict[str, WriteResult] = field(default_factory=dict)
    branches: WrittenFiles = field(default_factory=dict)
    piece_places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)
    searched: Sequence[VaultPath] | None = None
    is_side_job_done: bool = False


class PageWriter:
    """Makes the requested pages and files of one site, recording what they depend on."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        site: Site,
        theme: PageTheme,
        output: Output,
        cache: Path,
        *,
        plain: Catalog,
        tracker: AnyTracker | None = None,
        piece_places: Mapping[SaveAs, PiecePlaces] | None = None,
    ) -> None:
        """Prepare to make parts of `site`, looking things up in the catalog `plain`; `SiteWriter` explains the other parameters.

        With a `tracker`, questions to that catalog are recorded.
        """
        self.site = site
        self.theme = theme
        self.output = output
        self._cache = cache
        self._plain = plain
        self._tracker = tracker
        self.catalog = TrackedCatalog(plain, tracker) if tracker else plain
        # Right after a page, the same note is written as Markdown; and after a branch, another one with the same notes.
        bodies = lru_cache(_BODIES_KEPT)(site.body)
        self._bodies = self.catalog.bodies(bodies)
        self._view = site_view(site.settings, version=theme.version, icon=_own_icon(site))
        self._common = sha256(f"{theme.version}{fingerprint(self._view)}".encode()).hexdigest()
        self._pictures = PagePictures(self.catalog, output, cache)
        version = f"{code_version()}{self._common}"
        self._beside_pages = BesidePages(plain, bodies, output, version, piece_places or {})
        self._beside_pages.preview_catalog = self.catalog
        self._beside_pages.picture = site_pictures(site)
        self._author_files = frozenset(map(names.save_as, site.snapshot.files.values()))
        self._has_card = False  # see `_look_for_card`
        # A job that may be done in any process while lists are written; it returns whether that has succeeded.
        self.side_job: Callable[[], bool] | None = None
        self._pause: Callable[[], None] = no_pause

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the function with which a process that has inherited nothing makes pages of notes, and lists of them."""
        is_tracked = self._tracker is not None
        folders = self.output, self._cache
        state = self._beside_pages.branch_inputs, self._beside_pages.piece_places, self._has_card
        site = self.site.without_bodies()
        return _started_writer, (site, self.theme, folders, self._plain, is_tracked), state

    def __setstate__(self, state: tuple[BranchInputs, dict[SaveAs, PiecePlaces], bool]) -> None:
        """Take what lists need of the pages that have been written already."""
        branch_inputs, self._beside_pages.piece_places, self._has_card = state
        self._beside_pages.remember(branch_inputs)

    def write_text(self, site: Site, path: VaultPath) -> bool:
        """Put the page of a note whose text has changed into its place, before anything else is done.

        `site` is the vault with that note (`with_note`). Return False if the file cannot be replaced at once (`Output.put`).
        """
        from garden.rendering.renewed_catalog import catalog_with_text  # only a build that stays needs it

        node = Node("note", path)
        catalog = catalog_with_text(self._plain, site.snapshot, path)
        page, _ = self._pictures.with_picture(node_view(catalog, site.body, node).page, node)
        shown = home_page(catalog, page) if self._is_home(node) else page
        return self.output.put(shown.save_as, self._render(shown), self._file_fingerprint(fingerprint(shown)))

    def _write_notes(self, nodes: Sequence[Node]) -> tuple[dict[Node, WriteResult], list[Question]]:
        """Write the pages of some notes and hubs; return the results, and the questions that are new in this process."""
        self.output.take()
        found = {}
        for node in nodes:
            self._pause()
            found[node] = self._recorded(partial(self._write_note, node))
        return found, self._tracker.new_questions() if self._tracker else []

    def _recorded(self, make: Callable[[], WriteResult]) -> WriteResult:
        """Return what `make` returns, with the questions that it has asked, if they are tracked."""
        if self._tracker is None:
            return make()
        with self._tracker.recording() as asked:
            made = make()
        return replace(made, asked=asked)

    def _made_alone(self, make: Callable[[], WriteResult]) -> WriteResult:
        """Return what `make` returns, of whose files it must be known which they are: those made before are set aside."""
        files = self.output.take()
        made = self._recorded(make)
        self.output.files = files | made.files
        return made

    def _write_note(self, node: Node) -> WriteResult:
        """Write the page of a note or hub, and the files beside it that need only this page."""
        shown = node_view(self.catalog, self._bodies, node)
        page, problems = self._pictures.with_picture(shown.page, node)
        own_fingerprint = fingerprint(page)
        if self._is_home(node):
            self._write_page(home_page(self.catalog, page))
        else:
            self._write_page(page, own_fingerprint)
        self._beside_pages.add(node, page, own_fingerprint)
        return WriteResult(
            self.output.take(),
            tuple(sorted({*shown.problems, *problems})),
            tuple(sorted({*sources(page.body_html)})),
            self._beside_pages.take(),
        )

    def _write_branches(self, nodes: Sequence[Node]) -> tuple[WrittenFiles, dict[SaveAs, PiecePlaces]]:
        """Write the files of the branches below some pages; return them, and where in them the texts of notes are."""
        for node in nodes:
            self._pause()
            self._beside_pages.write_branch(node, self._render)
        files = self.output.take()
        return files, {
            file: places for file, places in self._beside_pages.piece_places.items() if file in files
        }

    def _write_lists_of(self, jobs: Sequence[Node | str]) -> WrittenLists:
        """Write branches, which are given by their tops, and lists, given by their names; the pages of notes must be there."""
        self.output.take()
        found = WrittenLists()
        lists = {**self._list_pages(), **note_lists(self.catalog, self._bodies)}
        for job in jobs:
            if isinstance(job, Node):
                branch, places = self._write_branches([job])
                found.branches.update(branch)
                found.piece_places.update(places)
            elif job == SIDE_JOB:
                found.is_side_job_done = self.side_job is not None and self.side_job()
            elif job == "search":
                search = SearchIndex()
                found.groups[job] = self._made(partial(search.files, self.catalog, self._bodies))
                found.searched = search.paths
            else:
                found.groups[job] = self._made(lists[job])
        return found

    def _made(self, make: Callable[[], Iterable[Artifact | Page | Diagnostic]]) -> WriteResult:
        """Write what `make` yields, recording files and questions separately from those of other work."""
        return self._made_alone(lambda: self._written(make()))

    def _written(self, made: Iterable[Artifact | Page | Diagnostic]) -> WriteResult:
        """Write files and pages, and collect problems."""
        indexed = []
        problems = set()
        for item in made:
            self._pause()
            if isinstance(item, Diagnostic):
                problems.add(item)
            elif isinstance(item, Artifact):
                self._write(item)
            else:
                self._write_page(item)
                if not isinstance(item, PlainPage) and item.head.indexable:
                    indexed.append(item.url)
        return WriteResult(self.output.take(), tuple(sorted(problems)), indexed=tuple(indexed))

    def _write_page(self, page: Page, own_fingerprint: str = "") -> None:
        """Write a page unless it is already there; its own fingerprint is given if it is known."""
        wanted = self._file_fingerprint(own_fingerprint or fingerprint(page))
        if not self.output.keeps(page.save_as, wanted):
            self.output.write(page.save_as, self._render(page), wanted)

    def _file_fingerprint(self, own_fingerprint: str) -> str:
        """Return the fingerprint of a page's file, which also depends on the theme and on what all pages have in common."""
        return sha256(f"{self._common}{own_fingerprint}".encode()).hexdigest()

    def _render(self, page: Page) -> bytes:
        template = page.kind if isinstance(page, PlainPage) else _TEMPLATES[type(page).__name__]
        html = self.theme.render(template, page.head.lang, page=page, site=self._view)
        return html.encode("utf-8", "replace")  # half of a surrogate pair, which notes in JSON may have

    def _write(self, artifact: Artifact) -> None:
        """Write a file unless the author has one of that name."""
        if artifact.save_as not in self._author_files:
            self.output.write(artifact.save_as, artifact.content)

    def _copied(self, artifacts: Iterable[Artifact]) -> Iterator[Diagnostic]:
        for artifact in artifacts:
            yield from copy_from_vault(self.site, self.output, artifact)

    def _look_for_card(self) -> None:
        """Find out whether the home page is a note with a social card; the pages of notes must be there."""
        self._has_card = routes.beside(routes.HOME, routes.CARD) in self.output.files

    def _list_pages(self) -> Mapping[str, Callable[[], Iterator[Page]]]:
        """Return the function that makes each group of pages with many notes."""

        def with_card(pages: Callable[[], Iterable[Page]]) -> Iterator[Page]:
            return self._pictures.with_site_card(pages(), self._author_files, is_drawn=self._has_card)

        return {name: partial(with_card, pages) for name, pages in generated_pages(self.catalog).items()}

    def _icons(self) -> Iterator[Artifact | Diagnostic]:
        made = icons(self.theme.folder / "static", routes.STATIC_FOLDER, self._cache)
        yield from made.files
        yield from made.problems

    def _is_home(self, node: Node) -> bool:
        return node == Node("note", self.site.snapshot.home or "")


def no_pause() -> None:
    """Do nothing: whatever has begun goes on."""


def _started_writer(
    site: Site, theme: PageTheme, folders: tuple[Output, Path], plain: Catalog, is_tracked: bool
) -> PageWriter:
    """Return a writer for another process, whose tracker gives questions the same numbers."""
    tracker = StableTracker() if is_tracked else None
    return PageWriter(site, theme, *folders, plain=plain, tracker=tracker)


def _own_icon(site: Site) -> Url:
    """Return the address of the icon that the author has put into the folder of notes, empty for none."""
    files = site.snapshot.files
    return next((files[path] for path in map(VaultPath, routes.FAVICONS) if path in files), Url(""))
