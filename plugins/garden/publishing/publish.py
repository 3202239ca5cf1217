"""From a linked vault to files: every page rendered by the theme, every artifact written.

The theme is a parameter: this module knows what has to be written, not how a template works.
"""

from collections.abc import Iterable, Iterator, Sequence
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.list_pages import Page
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages import Artifact, NotePage, Picture, PlainPage
from garden.publishing.folder.output import Output, WrittenFiles
from garden.publishing.icons import icons
from garden.publishing.images import image_files
from garden.publishing.redirects import write_redirects
from garden.publishing.social_cards import CARD_SIZE, SocialCard, SocialCards
from garden.reading.isolation import LibraryError, LibraryMissingError
from garden.rendering.body.hrefs import canonical
from garden.rendering.catalog import Catalog
from garden.rendering.files.attachments import attachments
from garden.rendering.files.beside_pages import BesidePages, Seen
from garden.rendering.files.concepts import concepts
from garden.rendering.files.feeds import feeds
from garden.rendering.files.graph import graph
from garden.rendering.files.headers import PolicySource, headers, sources
from garden.rendering.files.llms import llms
from garden.rendering.files.robots import robots
from garden.rendering.files.search import search_index
from garden.rendering.files.sitemap import sitemap
from garden.rendering.files.stylesheet import stylesheet
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.pages.home import home_page
from garden.rendering.pages.note import with_picture
from garden.rendering.pages.site import site_view
from garden.rendering.pictures import first_picture
from garden.vault.parallel import shared
from garden.vault.site import Site, code_version

_TEMPLATES = {
    "NotePage": "note",
    "BranchPage": "branch",
    "HomePage": "home",
    "ListPage": "list",
    "TagsPage": "tags",
    "ArchivePage": "archive",
    "MapPage": "map",
}


class PageTheme(Protocol):
    """What publishing needs of a theme."""

    folder: Path
    version: str
    styles: Sequence[Path]  # style sheets of the author, which follow the theme's

    def render(self, template: str, language: str, **view: object) -> str:
        """Return a page whose interface speaks a language."""

    def translations(self, language: str) -> NullTranslations:
        """Return the interface's messages in a language."""


def write_site(site: Site, theme: PageTheme, output: Output, cache: Path) -> list[Diagnostic]:
    """Write the whole site, leaving what has not changed; return every problem, by place.

    Pictures that were made before are kept in the folder `cache`.
    """
    seen = image_files(site.files.root, site.snapshot.files, cache, site.settings.large_image)
    catalog = Catalog(site.snapshot, site.settings, seen.known, theme.translations)
    publication = _Publication(site, theme, catalog, output, cache)
    publication.write_all()
    generated = list(generated_pages(catalog))
    for page in generated:
        publication.write(page)
    marks = icons(theme.folder / "static", routes.STATIC_FOLDER, cache)
    made = (*artifacts(site, catalog, theme, generated), headers(site.settings, publication.sources))
    own = frozenset(map(names.save_as, site.snapshot.files.values()))
    kept = (file for file in made if file.source or file.save_as not in own)
    for artifact in (*kept, *marks.files, *seen.files):
        if artifact.source:
            publication.problems.update(_copied(site, output, artifact))
        else:
            output.write(artifact.save_as, artifact.content)
    write_redirects(site, output)
    return sorted({*known_problems(site), *seen.problems, *marks.problems, *publication.problems})


def _copied(site: Site, output: Output, artifact: Artifact) -> Iterator[Diagnostic]:
    """Copy a file of the vault; yield a problem when it has vanished since the vault was scanned (HC-9)."""
    source = site.files.root / artifact.source
    try:
        output.copy(artifact.save_as, source)
    except OSError:
        if source.exists():
            raise
        problem = "this file was there when the build began, and could not be read later: it is not published"
        yield Diagnostic(Place(artifact.source, 1, 1), "file-changed", problem)


def _own_icon(site: Site) -> Url:
    """Return the address of the icon that the author has put into the folder of notes, empty for none."""
    files = site.snapshot.files
    return next((files[path] for path in map(VaultPath, routes.FAVICONS) if path in files), Url(""))


class _Publication:
    """The writing of one site's pages. Notes and branches are shared out among processes."""

    def __init__(self, site: Site, theme: PageTheme, catalog: Catalog, output: Output, cache: Path) -> None:
        self.site = site
        self.theme = theme
        self.catalog = catalog
        self.output = output
        self.problems: set[Diagnostic] = set()
        self.sources: set[PolicySource] = set()  # what bodies load from elsewhere
        self._view = site_view(site.settings, version=theme.version, icon=_own_icon(site))
        self._common = sha256(f"{theme.version}{fingerprint(self._view)}".encode()).hexdigest()
        self._cards = SocialCards(output, cache) if site.settings.site_url else None
        self._extras = BesidePages(catalog, site.body, output, f"{code_version()}{self._common}")

    def write_all(self) -> None:
        """Write the pages of all notes and hubs, then what repeats them: a branch needs its pages."""
        # What is written before is not for the other processes to hand over.
        files = self.output.take()
        self.catalog.prepare()
        for some, problems, loaded, seen in shared(tuple(self.site.snapshot.addresses), self._write_notes):
            files |= some
            self.problems |= problems
            self.sources |= loaded
            self._extras.remember(seen)
        for some in shared(self._extras.branches, self._write_branches):
            files |= some
        self.output.files = files

    def write(self, page: Page, mark: str = "") -> None:
        """Write a page unless it stands there already; `mark` is its fingerprint, where that is known."""
        mark = sha256(f"{self._common}{mark or fingerprint(page)}".encode()).hexdigest()
        if not self.output.keeps(page.save_as, mark):
            self.output.write(page.save_as, self._render(page), mark)

    def _render(self, page: Page) -> bytes:
        template = page.kind if isinstance(page, PlainPage) else _TEMPLATES[type(page).__name__]
        html = self.theme.render(template, page.head.lang, page=page, site=self._view)
        return html.encode("utf-8", "replace")

    def _write_notes(
        self, nodes: Sequence[Node]
    ) -> tuple[WrittenFiles, set[Diagnostic], set[PolicySource], Seen]:
        self.problems = set()
        found: set[PolicySource] = set()
        for node in nodes:
            shown = node_view(self.catalog, self.site.body, node)
            self.problems.update(shown.problems)
            page = self._with_picture(shown.page, node)
            found.update(sources(page.body_html))
            is_home = node == Node("note", self.site.snapshot.home or "")
            mark = fingerprint(page)
            if is_home:
                self.write(home_page(self.catalog, page))
            else:
                self.write(page, mark)
            self._extras.add(node, page, mark)
        return self.output.take(), self.problems, found, self._extras.take()

    def _with_picture(self, page: NotePage, node: Node) -> NotePage:
        """Return a page with the picture that stands for it: its own, its card, or the first of its text."""
        if self._cards is None or page.head.picture:
            return page
        settings = self.catalog.settings
        trail = " › ".join(self.catalog.short_trail(node))
        card = SocialCard(page.title, trail, settings.site_name, page.head.lang)
        save_as = routes.beside(page.url, routes.CARD)
        try:
            if self._cards.write(save_as, card):
                width, height = CARD_SIZE
                picture = Picture(canonical(settings, save_as), width, height, page.title)
                return with_picture(settings, page, picture)
        except LibraryMissingError as error:
            # The same for every page: told once.
            message = (
                f"what draws the cards is not installed: `pip install garden-pelican` brings it ({error})"
            )
            self.problems.add(Diagnostic(Place(routes.CARD, 1, 1), "picture-not-made", message))
        except LibraryError as error:
            message = f"the card of this page cannot be drawn: {error}"
            self.problems.add(Diagnostic(Place(node.key, 1, 1), "picture-not-made", message))
        else:
            if node.kind == "note":
                message = (
                    "title, trail or site name cannot be drawn on a card with the fonts that are installed; "
                    "`pip install 'garden-pelican[cards]'` brings those of Chinese, Japanese, Korean, Arabic, Hebrew, "
                    "Hindi and Thai"
                )
                self.problems.add(Diagnostic(Place(node.key, 1, 1), "card-missing", message))
        if node.kind == "note":
            return with_picture(settings, page, first_picture(self.catalog, VaultPath(node.key)))
        return page

    def _write_branches(self, nodes: Sequence[Node]) -> WrittenFiles:
        for node in nodes:
            self._extras.write_branch(node, self._render)
        return self.output.take()


def publish_files(site: Site, output: Output, others: Iterable[Artifact] = ()) -> list[Diagnostic]:
    """Write what no theme has a say in, for sites whose pages somebody else renders: `others`, and redirects."""
    found = known_problems(site)
    for artifact in others:
        if artifact.source:
            found.update(_copied(site, output, artifact))
        else:
            output.write(artifact.save_as, artifact.content)
    write_redirects(site, output)
    return sorted(found)


def known_problems(site: Site) -> set[Diagnostic]:
    """Return the problems that reading and linking have found."""
    found = set(site.snapshot.diagnostics)
    for document in site.snapshot.documents.values():
        found.update(document.problems)
    return found


def artifacts(
    site: Site, catalog: Catalog, theme: PageTheme, generated: Sequence[Page]
) -> Iterator[Artifact]:
    """Yield every file of the site that is not a page."""
    yield from feeds(catalog, site.body)
    yield from sitemap(catalog, generated)
    yield robots(site.settings)
    yield Artifact(SaveAs(routes.NO_JEKYLL), b"")
    yield graph(catalog)
    if site.settings.search:
        yield from search_index(catalog)
    yield concepts(catalog)
    yield llms(catalog)
    yield from attachments(site.snapshot)
    yield from theme_files(theme.folder / "static", theme.styles)


def theme_files(static: Path, styles: Sequence[Path] = ()) -> Iterator[Artifact]:
    """Yield the theme's files; its style sheets and those of the author become one."""
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        name = file.relative_to(static).as_posix()
        if not name.startswith("css/"):
            yield Artifact(SaveAs(f"{routes.STATIC_FOLDER}/{name}"), file.read_bytes())
    yield stylesheet(static, SaveAs(routes.STYLESHEET), styles)
