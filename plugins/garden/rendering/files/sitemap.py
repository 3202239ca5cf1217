"""`sitemap.xml`: every page that search engines may list, hidden notes left out (PB-2)."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from garden.model import routes
from garden.model.list_pages import Page
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages import Artifact, PlainPage
from garden.model.robots import is_indexable
from garden.rendering.body.hrefs import absolute
from garden.rendering.catalog import Catalog

_MOST: Final = 50_000
"""Addresses that the protocol allows in one file."""

_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def sitemap(catalog: Catalog, generated: Iterable[Page]) -> tuple[Artifact, ...]:
    """Return the sitemap of all listed notes, hubs and `generated` pages, in several files if it must."""
    entries = [f"<url>{entry}</url>" for entry in _entries(catalog, generated)]
    if len(entries) <= _MOST:
        return (_file(routes.SITEMAP, "urlset", entries),)
    parts = [entries[start : start + _MOST] for start in range(0, len(entries), _MOST)]
    files = [_file(routes.sitemap_part(number), "urlset", part) for number, part in enumerate(parts, 1)]
    index = [
        f"<sitemap><loc>{escape(absolute(catalog.settings, file.save_as))}</loc></sitemap>" for file in files
    ]
    return (_file(routes.SITEMAP, "sitemapindex", index), *files)


def _entries(catalog: Catalog, generated: Iterable[Page]) -> Iterator[str]:
    for page in generated:
        if not isinstance(page, PlainPage) and page.head.indexable:
            yield _location(catalog, page.url)
    for node in catalog.nodes:
        changed = ""
        if node.kind == "note":
            meta = catalog.document(VaultPath(node.key)).meta
            if not is_indexable(meta.robots):
                continue
            when = meta.modified or meta.date
            changed = f"<lastmod>{when.iso[:10]}</lastmod>" if when else ""
        yield _location(catalog, catalog.url(node)) + changed


def _location(catalog: Catalog, url: Url) -> str:
    return f"<loc>{escape(absolute(catalog.settings, url))}</loc>"


def _file(url: Url, element: str, entries: Iterable[str]) -> Artifact:
    content = f"{_HEAD}<{element} {_NAMESPACE}>\n" + "\n".join(entries) + f"\n</{element}>\n"
    return Artifact(SaveAs(url), content.encode("utf-8", "replace"))
