"""The notes of a small vault converted one by one: read, linked and filled, without Pelican and without the theme.

What comes out looks like a built site whose pages hold a title and a body and nothing else.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from garden.hosts.settings.configuration import load_settings
from garden.model.diagnostic import Diagnostic, Severity
from garden.publishing.images import image_files
from garden.publishing.problems import known_problems
from garden.rendering.catalog import Catalog
from garden.rendering.files.attachments import attachments
from garden.rendering.pages.all import generated_pages, node_view
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from tests.support.building import ROOT
from tests.support.built_site import BuiltPage, BuiltSite
from tests.support.vault import write_vault

_PAGE = "<!doctype html><html><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
_BODY = "<div data-note-body>{html}</div>"


class ConvertedSite(BuiltSite):
    """The site that notes would give, as far as their bodies and the addresses of everything else go."""

    def __init__(self, root: Path, site: Site) -> None:
        images = image_files(root, site.snapshot.files, root.parent / "cache", site.settings.large_image)
        problems = {*known_problems(site), *images.problems}
        catalog = Catalog(site.snapshot, site.settings, images.known)
        self._bodies: dict[str, str] = {}
        for node in site.snapshot.addresses:
            shown = node_view(catalog, site.body, node)
            self._bodies[shown.page.save_as] = _page(
                shown.page.title, _BODY.format(html=shown.page.body_html)
            )
            problems.update(shown.problems)
        self._others = tuple(_other_files(site, catalog))
        found = sorted(problems)
        super().__init__(root.parent / "output", _exit_code(found), "\n".join(map(str, found)))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files that a body may lead to, sorted: pages and attachments."""
        return tuple(sorted({*self._bodies, *self._others}))

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every page by its URL; those that are not a note's or a hub's are empty."""
        html = {name: _page("", "") for name in self._others if name.endswith(".html")} | self._bodies
        pages = (BuiltPage(name, text) for name, text in html.items())
        return {page.url: page for page in pages}


def converted(
    files: Mapping[str, str | bytes], folder: Path, settings: Mapping[str, Any] | None = None
) -> ConvertedSite:
    """Convert the notes among these files, which are written below `folder`, with the repository's settings."""
    root = write_vault(files, folder / "vault")
    chosen, _ = load_settings(ROOT / "pelican.conf.py", settings)
    return ConvertedSite(root, read_site(scan(root, chosen), chosen))


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)


def _other_files(site: Site, catalog: Catalog) -> Iterator[str]:
    yield from (page.save_as for page in generated_pages(catalog))
    yield from (artifact.save_as for artifact in attachments(site.snapshot))


def _exit_code(problems: list[Diagnostic]) -> int:
    return int(any(problem.severity is Severity.ERROR for problem in problems))
