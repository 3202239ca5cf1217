"""From a linked vault to files: every page rendered by the theme, every artifact written.

The theme is a parameter: this module knows what has to be written, not how a template works.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from garden.cards import Card, Cards
from garden.checking.fidelity import code_problems
from garden.icons import icons
from garden.indexing import write_pages
from garden.linking.answers import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, VaultPath
from garden.model.page import Artifact, NotePage, Page, PlainPage
from garden.output import Output
from garden.pictures import pictures
from garden.rendering.addresses import beside, canonical
from garden.rendering.artifacts.attachments import attachments
from garden.rendering.artifacts.concepts import concepts
from garden.rendering.artifacts.feeds import feeds
from garden.rendering.artifacts.graph import graph
from garden.rendering.artifacts.llms import llms
from garden.rendering.artifacts.previews import previews
from garden.rendering.artifacts.robots import robots
from garden.rendering.artifacts.search import search_records
from garden.rendering.artifacts.sitemap import sitemap
from garden.rendering.artifacts.stylesheet import stylesheet
from garden.rendering.extras import Extras
from garden.rendering.fingerprint import fingerprint
from garden.rendering.library import Library
from garden.rendering.siteview import STATIC_FOLDER, STYLESHEET, site_view
from garden.rendering.views import NodeView, generated_pages, node_view
from garden.site import Site, code_version

_TEMPLATES = {
    "NotePage": "note",
    "BranchPage": "branch",
    "HomePage": "home",
    "ListPage": "list",
    "TagsPage": "tags",
    "ArchivePage": "archive",
    "MapPage": "map",
}


class Theme(Protocol):
    """What publishing needs of a theme."""

    folder: Path
    version: str
    styles: Sequence[Path]  # style sheets of the author, which follow the theme's

    def render(self, template: str, **view: object) -> str:
        """Return a page."""

    def words(self, language: str) -> Mapping[str, str]:
        """Return the interface's words in a language."""


def publish(site: Site, theme: Theme, output: Output, cache: Path) -> list[Diagnostic]:
    """Write the whole site, leaving what has not changed; return every problem, by place.

    What the search engine reads, and pictures that were made before, are kept in the folder `cache`.
    """
    seen = pictures(site.files.root, site.snapshot.files, cache, site.settings.large_image)
    library = Library(site.snapshot, site.settings, seen.known, theme.words)
    view = site_view(site.settings, version=theme.version)
    common = sha256(f"{theme.version}{fingerprint(view)}".encode()).hexdigest()
    problems = known_problems(site)
    problems.update(seen.problems)

    def render(page: Page) -> bytes:
        language = page.lang if isinstance(page, NotePage) else site.settings.language
        template = page.kind if isinstance(page, PlainPage) else _TEMPLATES[type(page).__name__]
        html = theme.render(template, page=page, site=view, words=theme.words(language))
        return html.encode("utf-8", "replace")

    def write(page: Page, check: Callable[[], Sequence[Diagnostic]] = tuple) -> None:
        mark = sha256(f"{common}{fingerprint(page)}".encode()).hexdigest()
        if output.keeps(page.save_as, mark):
            return
        found = check()
        problems.update(found)
        if found:
            mark = "faulty"  # so that it is looked at, and reported, in every build
        output.write(page.save_as, render(page), mark)

    cards = Cards(output, cache) if site.settings.site_url else None
    extras = Extras(library, site.body, output, f"{code_version()}{common}")
    for node in site.snapshot.addresses:
        shown = node_view(library, site.body, node)
        problems.update(shown.problems)
        page = _with_card(shown.page, library, cards, node) if cards else shown.page
        write(page, partial(_code_problems, site, node, shown))
        extras.add(node, page)
    extras.write_branches(render)
    generated = list(generated_pages(library))
    for listing in generated:
        write(listing)
    for artifact in (*artifacts(site, library, theme, generated), *seen.files):
        if artifact.source:
            output.copy(artifact.save_as, site.files.root / artifact.source)
        else:
            output.write(artifact.save_as, artifact.content)
    records = search_records(library) if site.settings.search else ()
    write_pages(records, output, cache, site.settings.language)
    return sorted(problems)


def publish_files(site: Site, output: Output) -> list[Diagnostic]:
    """Write what no theme has a say in, for sites whose pages somebody else renders: the attachments."""
    for artifact in attachments(site.snapshot):
        output.copy(artifact.save_as, site.files.root / artifact.source)
    return sorted(known_problems(site))


def known_problems(site: Site) -> set[Diagnostic]:
    """Return the problems that reading and linking have found."""
    found = set(site.snapshot.diagnostics)
    for document in site.snapshot.documents.values():
        found.update(document.problems)
    return found


def artifacts(site: Site, library: Library, theme: Theme, generated: Sequence[Page]) -> Iterator[Artifact]:
    """Yield every file of the site that is no page."""
    yield from previews(library)
    yield from feeds(library, site.body)
    yield from sitemap(library, generated)
    yield robots(site.settings)
    yield graph(library)
    yield concepts(library)
    yield llms(library)
    yield from attachments(site.snapshot)
    yield from theme_files(theme.folder / "static", theme.styles)


def theme_files(static: Path, styles: Sequence[Path] = ()) -> Iterator[Artifact]:
    """Yield the theme's files; its style sheets and those of the author become one."""
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        name = file.relative_to(static).as_posix()
        if not name.startswith("css/"):
            yield Artifact(SaveAs(f"{STATIC_FOLDER}/{name}"), file.read_bytes())
    yield from icons(static, STATIC_FOLDER)
    yield stylesheet(static, SaveAs(STYLESHEET), styles)


def _with_card(page: NotePage, library: Library, cards: Cards, node: Node) -> NotePage:
    """Return a page that names its card, when one can be drawn."""
    card = Card(page.title, " › ".join(library.short_trail(node)), library.settings.site_name)
    save_as = beside(page.url, "card.png")
    return replace(page, card=canonical(library.settings, save_as)) if cards.write(save_as, card) else page


def _code_problems(site: Site, node: Node, shown: NodeView) -> Sequence[Diagnostic]:
    if "<code" not in shown.page.body_html:
        return ()
    sources = {path: site.text(path) for path in shown.sources}
    return code_problems(shown.page.body_html, VaultPath(node.key), sources)
