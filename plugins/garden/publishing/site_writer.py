"""The writing of one site: its pages by the theme, and the files beside them.

The theme is a parameter: what has to be written is known here, not how a template works.

What has been made is kept by node and by kind of file, with the questions that were asked in making it (see
`rendering.tracking`). A writer that follows another one, of the same vault as it was `before`, makes again
only that of which an answer has changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.list_pages import Page
from garden.model.pages.page import Artifact, PlainPage
from garden.publishing.copying import copied
from garden.publishing.folder.memory import WrittenFiles
from garden.publishing.folder.output import Output
from garden.publishing.icons import icons
from garden.publishing.images import ImageFiles, image_files
from garden.publishing.note_lists import note_lists
from garden.publishing.page_pictures import PagePictures
from garden.publishing.page_theme import PageTheme
from garden.publishing.problems import known_problems
from garden.publishing.redirects import write_redirects
from garden.publishing.site_pictures import site_pictures
from garden.publishing.theme_files import theme_files
from garden.publishing.written_site import Made, WrittenSite
from garden.rendering.catalog import Catalog
from garden.rendering.files.attachments import attachments
from garden.rendering.files.beside_pages import BesidePages
from garden.rendering.files.branch_pieces import PiecePlaces
from garden.rendering.files.headers import headers, sources
from garden.rendering.files.robots import robots
from garden.rendering.files.search import SearchIndex
from garden.rendering.files.sitemap import sitemap
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.pages.home import home_page
from garden.rendering.pages.site import site_view
from garden.rendering.text_tracking import TextCatalog, TextTracker
from garden.rendering.tracked_catalog import TrackedCatalog
from garden.rendering.tracking import Question, Tracker
from garden.vault.kept_vault import KeptVault
from garden.vault.parallel import WORTH_SHARING, shared
from garden.vault.site import Site, code_version

_BODIES_KEPT: Final = 64
"""Bodies that stay in the memory of each process."""

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
class _Lists:
    """What one process has written of what shows many notes."""

    groups: dict[str, Made] = field(default_factory=dict)
    branches: WrittenFiles = field(default_factory=dict)
    places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)
    search: SearchIndex | None = None


class SiteWriter:
    """The writing of one site's pages and files. Notes and branches are shared out among processes."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        site: Site,
        theme: PageTheme,
        output: Output,
        cache: Path,
        *,
        tracker: Tracker | TextTracker | None = None,
        before: WrittenSite | None = None,
        kept: KeptVault | None = None,
        places: Mapping[SaveAs, PiecePlaces] | None = None,
        known: "tuple[ImageFiles, Catalog] | None" = None,
    ) -> None:
        """Prepare to write `site`; pictures that were made before are kept in the folder `cache`.

        With a `tracker` another writer may follow, which is given `written` of this one as `before`. What an earlier
        process has `kept` of the same links spares working it out. `places` are those of texts in the files of branches as they stand.
        Images and catalog may be `known`, from the process that shares the work.
        """
        self.site = site
        self.theme = theme
        self.output = output
        self._cache = cache
        self._tracker = tracker
        if known:
            self._images, plain = known
        else:
            self._images = image_files(site.files.root, site.snapshot.files, cache, site.settings.large_image)
            plain = (before and before.catalog_of(site, self._images.known)) or (
                kept.catalog(site, self._images.known, theme.translations)
                if kept
                else Catalog(site.snapshot, site.settings, self._images.known, theme.translations)
            )
        self.catalog = _tracked(plain, tracker)
        # A page is followed by the same note as Markdown, one branch by another one with the same notes.
        self._bodies = self.catalog.bodies(lru_cache(_BODIES_KEPT)(site.body))
        self._view = site_view(site.settings, version=theme.version, icon=_own_icon(site))
        self._common = sha256(f"{theme.version}{fingerprint(self._view)}".encode()).hexdigest()
        self._pictures = PagePictures(self.catalog, output, cache)
        places = before.places if before else places
        version = f"{code_version()}{self._common}"
        self._extras = BesidePages(self.catalog, self._bodies, output, version, places or {})
        self._extras.picture = site_pictures(site)
        self._own = frozenset(map(names.save_as, site.snapshot.files.values()))
        self.written = WrittenSite(
            site, plain, self._common, search=before.search if before else SearchIndex()
        )
        changed = (
            self.written.changed_since(before, tracker) if before and isinstance(tracker, Tracker) else None
        )
        self._before = before if changed is not None else None
        self._changed = changed or frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a process that has inherited nothing gets what it needs to write pages of notes."""
        site, known = self.site.without_bodies(), (self._images, self.written.catalog)
        return _started_writer, (
            site,
            self.theme,
            (self.output, self._cache),
            known,
            self._tracker is not None,
        )

    def write(self, is_interrupted: Callable[[], bool] = lambda: False) -> list[Diagnostic]:
        """Write the whole site, leaving what has not changed; return every problem, by place.

        Raises InterruptedError as soon as it `is_interrupted`.
        """
        self._is_interrupted = is_interrupted
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
        found |= self._group("icons", self._icons).problems
        found.update(self._copied(self._images.files))
        write_redirects(self.site, self.output)
        self._before = None  # it holds the whole vault as it was
        return sorted({*known_problems(self.site), *self._images.problems, *found})

    def write_text(self, site: Site, path: VaultPath) -> bool:
        """Put the page of a note that has got another text into its place, before all else.

        `site` is the vault with that note (`with_note`). Return False when something else is to be done first.
        """
        node = Node("note", path)
        catalog = self.written.catalog.with_text(site.snapshot, path)
        page, _ = self._pictures.with_picture(node_view(catalog, site.body, node).page, node)
        shown = home_page(catalog, page) if self._is_home(node) else page
        return self.output.put(shown.save_as, self._render(shown), self._mark(fingerprint(shown)))

    def _kept(self, made: Made | None) -> bool:
        """Say whether what the writer before has made would be the same, and still stands there; then it is kept."""
        return (
            made is not None
            and made.reads is not None
            and self._changed.isdisjoint(made.reads)
            and self.output.keeps_all(made.files)
        )

    def _write_nodes(self) -> None:
        """Write the pages of all notes and hubs, then what repeats them: a branch needs its pages."""
        # What is written before is not for the other processes to hand over.
        files = self.output.take()
        self.catalog.prepare()
        known = self._before.nodes if self._before else {}
        nodes = tuple(self.site.snapshot.addresses)
        found = {node: known[node] for node in nodes if self._kept(known.get(node))}
        # A process that is started has other numbers for the questions of a `Tracker`.
        portable = not isinstance(self._tracker, Tracker)
        missing = tuple(node for node in nodes if node not in found)
        for made, asked in shared(missing, self._write_notes, portable=portable):
            found |= made
            if self._tracker:
                self._tracker.know(asked)
            self._give_up_when_asked()
        for node in nodes:
            made_here = self.written.nodes[node] = found[node]
            files |= made_here.files
            if made_here.seen:
                self._extras.remember(made_here.seen)
        self.written.places.update(self._extras.places)
        self.output.files = files

    def _write_lists(self) -> None:
        """Write what shows many notes, as far as it has changed: branches, lists, indexes."""
        files = self.output.take()
        for some, places in shared(self._extras.branches, self._write_branches):
            files |= some
            self.written.places.update(places)
            self._give_up_when_asked()
        self.output.files = files
        pages = self._group("pages", self._list_pages)
        self._group("sitemap", lambda: sitemap(self.catalog, pages.pages), pages)
        if self.site.settings.search:
            self._group("search", lambda: self.written.search.files(self.catalog))
        for name, make in note_lists(self.catalog, self._bodies).items():
            self._group(name, make)

    def _share_lists(self) -> None:
        """Write all that shows many notes, each kind by whichever process is free: the longest work first."""
        lists = note_lists(self.catalog, self._bodies)
        search = ("search",) if self.site.settings.search else ()
        files = self.output.take()
        for made in shared((*search, *self._extras.branches, "pages", *lists), self._write_shared, at_once=1):
            for name, group in made.groups.items():
                self.written.groups[name] = group
                files |= group.files
            files |= made.branches
            self.written.places.update(made.places)
            if made.search:
                self.written = replace(self.written, search=made.search)
            self._give_up_when_asked()
        self.output.files = files

    def _write_shared(self, jobs: Sequence[Node | str]) -> "_Lists":
        self.output.take()
        found = _Lists()
        for job in jobs:
            if isinstance(job, Node):
                branch, places = self._write_branches([job])
                found.branches.update(branch)
                found.places.update(places)
            elif job == "pages":
                pages = self._made(self._list_pages)
                found.groups["sitemap"] = self._made(lambda: sitemap(self.catalog, pages.pages))  # noqa: B023 (called at once)
                # Only a writer that follows in this process wants the pages themselves.
                found.groups["pages"] = replace(pages, pages=())
            elif job == "search":
                found.search = self.written.search
                found.groups[job] = self._made(lambda: self.written.search.files(self.catalog))
            else:
                found.groups[job] = self._made(note_lists(self.catalog, self._bodies)[job])
        return found

    def _give_up_when_asked(self) -> None:
        if self._is_interrupted():
            raise InterruptedError("something else is to be written")

    def _write_notes(self, nodes: Sequence[Node]) -> tuple[dict[Node, Made], list[Question]]:
        self.output.take()
        found = {node: self._read(partial(self._write_note, node)) for node in nodes}
        return found, self._tracker.take() if self._tracker else []

    def _read(self, make: Callable[[], Made]) -> Made:
        """Make something, noting the questions."""
        if self._tracker is None:
            return make()
        with self._tracker.reading() as reads:
            made = make()
        return replace(made, reads=reads)

    def _write_note(self, node: Node) -> Made:
        shown = node_view(self.catalog, self._bodies, node)
        page, problems = self._pictures.with_picture(shown.page, node)
        own_print = fingerprint(page)
        if self._is_home(node):
            self._write_page(home_page(self.catalog, page))
        else:
            self._write_page(page, own_print)
        self._extras.add(node, page, own_print)
        return Made(
            self.output.take(),
            frozenset((*shown.problems, *problems)),
            frozenset(sources(page.body_html)),
            self._extras.take(),
        )

    def _write_branches(self, nodes: Sequence[Node]) -> tuple[WrittenFiles, dict[SaveAs, PiecePlaces]]:
        for node in nodes:
            self._extras.write_branch(node, self._render)
        files = self.output.take()
        return files, {file: places for file, places in self._extras.places.items() if file in files}

    def _group(
        self,
        name: str,
        make: Callable[[], Iterable[Artifact | Page | Diagnostic]],
        after: Made | None = None,
    ) -> Made:
        """Write what `make` yields, unless nothing that it asks has changed since; `after` is what it is made from."""
        before = self._before.groups.get(name) if self._before else None
        if (
            before is None
            or self._before is None
            or (after and self._before.groups.get("pages") is not after)
            or self._before.site.snapshot.files != self.site.snapshot.files
            or not self._kept(before)
        ):
            self._give_up_when_asked()
            before = self._made(make)
        self.written.groups[name] = before
        return before

    def _made(self, make: Callable[[], Iterable[Artifact | Page | Diagnostic]]) -> Made:
        files = self.output.take()
        made = self._read(lambda: self._written(make()))
        self.output.files = files | made.files
        return made

    def _written(self, made: Iterable[Artifact | Page | Diagnostic]) -> Made:
        pages = []
        problems = set()
        for item in made:
            if isinstance(item, Diagnostic):
                problems.add(item)
            elif isinstance(item, Artifact):
                self._write(item)
            else:
                self._write_page(item)
                pages.append(item)
        return Made(self.output.take(), frozenset(problems), pages=pages)

    def _write_page(self, page: Page, fingerknown: str = "") -> None:
        """Write a page unless it stands there already; its fingerprint is given where it is known."""
        mark = self._mark(fingerknown or fingerprint(page))
        if not self.output.keeps(page.save_as, mark):
            self.output.write(page.save_as, self._render(page), mark)

    def _mark(self, fingerknown: str) -> str:
        return sha256(f"{self._common}{fingerknown}".encode()).hexdigest()

    def _render(self, page: Page) -> bytes:
        template = page.kind if isinstance(page, PlainPage) else _TEMPLATES[type(page).__name__]
        html = self.theme.render(template, page.head.lang, page=page, site=self._view)
        return html.encode("utf-8", "replace")

    def _write(self, artifact: Artifact) -> None:
        """Write a file unless the author has one of that name."""
        if artifact.save_as not in self._own:
            self.output.write(artifact.save_as, artifact.content)

    def _copied(self, artifacts: Iterable[Artifact]) -> Iterator[Diagnostic]:
        for artifact in artifacts:
            yield from copied(self.site, self.output, artifact)

    def _look_for_card(self) -> None:
        """See whether the home page has a note whose card is drawn; call it when the pages of notes are there."""
        self._has_card = routes.beside(routes.HOME, routes.CARD) in self.output.files

    def _list_pages(self) -> Iterator[Page]:
        pages = generated_pages(self.catalog)
        return self._pictures.with_site_card(pages, self._own, is_drawn=self._has_card)

    def _icons(self) -> Iterator[Artifact | Diagnostic]:
        made = icons(self.theme.folder / "static", routes.STATIC_FOLDER, self._cache)
        yield from made.files
        yield from made.problems

    def _is_home(self, node: Node) -> bool:
        return node == Node("note", self.site.snapshot.home or "")


def _tracked(plain: Catalog, tracker: Tracker | TextTracker | None) -> Catalog:
    """Return the catalog that notes what it is asked, as far as the tracker wants to know."""
    if tracker is None:
        return plain
    return TrackedCatalog(plain, tracker) if isinstance(tracker, Tracker) else TextCatalog(plain, tracker)


def _started_writer(
    site: Site,
    theme: PageTheme,
    places: tuple[Output, Path],
    known: tuple[ImageFiles, Catalog],
    is_tracked: bool,
) -> SiteWriter:
    tracker = TextTracker(tuple(site.files.notes)) if is_tracked else None
    return SiteWriter(site, theme, *places, tracker=tracker, known=known)


def _own_icon(site: Site) -> Url:
    """Return the address of the icon that the author has put into the folder of notes, empty for none."""
    files = site.snapshot.files
    return next((files[path] for path in map(VaultPath, routes.FAVICONS) if path in files), Url(""))
