"""From a linked vault to files: every page rendered by the theme, every artifact written.

The theme is a parameter: this module knows what has to be written, not how a template works.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from garden.checking.fidelity import code_problems
from garden.indexing import write_pages
from garden.linking.answers import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, VaultPath
from garden.model.page import Artifact, NotePage, Page, PlainPage
from garden.output import Output
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
from garden.rendering.fingerprint import fingerprint
from garden.rendering.library import Library
from garden.rendering.siteview import STATIC_FOLDER, STYLESHEET, site_view
from garden.rendering.views import NodeView, generated_pages, node_view
from garden.site import Site

_TEMPLATES = {
    "NotePage": "note",
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

    def render(self, template: str, **view: object) -> str:
        """Return a page."""

    def words(self, language: str) -> Mapping[str, str]:
        """Return the interface's words in a language."""


def publish(site: Site, theme: Theme, output: Output, cache: Path) -> list[Diagnostic]:
    """Write the whole site, leaving what has not changed; return every problem, by place.

    What the search engine reads, and pictures that were made before, are kept in the folder `cache`.
    """
    library = Library(site.snapshot, site.settings)
    view = site_view(site.settings, version=theme.version)
    common = sha256(f"{theme.version}{fingerprint(view)}".encode()).hexdigest()
    problems = known_problems(site)

    def write(page: Page, check: Callable[[], Sequence[Diagnostic]] = tuple) -> None:
        mark = sha256(f"{common}{fingerprint(page)}".encode()).hexdigest()
        if output.keeps(page.save_as, mark):
            return
        found = check()
        problems.update(found)
        if found:
            mark = "faulty"  # so that it is looked at, and reported, in every build
        language = page.lang if isinstance(page, NotePage) else site.settings.language
        template = page.kind if isinstance(page, PlainPage) else _TEMPLATES[type(page).__name__]
        html = theme.render(template, page=page, site=view, words=theme.words(language))
        output.write(page.save_as, html.encode("utf-8", "replace"), mark)

    for node in site.snapshot.addresses:
        shown = node_view(library, site.body, node)
        problems.update(shown.problems)
        write(shown.page, partial(_code_problems, site, node, shown))
    generated = list(generated_pages(library))
    for page in generated:
        write(page)
    for artifact in artifacts(site, library, theme, generated):
        if artifact.source:
            output.copy(artifact.save_as, site.files.root / artifact.source)
        else:
            output.write(artifact.save_as, artifact.content)
    if site.settings.search:
        write_pages(search_records(library), output, cache)
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
    yield from theme_files(theme.folder / "static")


def theme_files(static: Path) -> Iterator[Artifact]:
    """Yield the theme's files; its style sheets become one."""
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        name = file.relative_to(static).as_posix()
        if not name.startswith("css/"):
            yield Artifact(SaveAs(f"{STATIC_FOLDER}/{name}"), file.read_bytes())
    yield stylesheet(static, SaveAs(STYLESHEET))


def _code_problems(site: Site, node: Node, shown: NodeView) -> Sequence[Diagnostic]:
    if "<code" not in shown.page.body_html:
        return ()
    sources = {path: site.text(path) for path in shown.sources}
    return code_problems(shown.page.body_html, VaultPath(node.key), sources)
