"""`sitemap.xml`: every page that search engines may list, hidden notes left out (PB-2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from garden.linking.relation import Node
from garden.model import routes
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.page import Artifact
from garden.model.robots import is_indexable
from garden.rendering.body.hrefs import absolute
from garden.rendering.catalog import Catalog

_MOST: Final = 50_000
"""Addresses that the protocol allows in one file."""

_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LANGUAGES: Final = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def sitemap(catalog: Catalog, generated: Iterable[Url]) -> tuple[Artifact, ...]:
    """Return the sitemap of all listed notes, hubs and the pages with `generated` addresses, in several files if it must."""
    entries = [f"<url>{entry}</url>" for entry in _entries(catalog, generated)]
    if len(entries) <= _MOST:
        return (_file(routes.SITEMAP, "urlset", entries),)
    parts = [entries[start : start + _MOST] for start in range(0, len(entries), _MOST)]
    files = [_file(routes.sitemap_part(number), "urlset", part) for number, part in enumerate(parts, 1)]
    index = [
        f"<sitemap><loc>{escape(absolute(catalog.settings, file.save_as))}</loc></sitemap>" for file in files
    ]
    return (_file(routes.SITEMAP, "sitemapindex", index), *files)


def _entries(catalog: Catalog, generated: Iterable[Url]) -> Iterator[str]:
    notes_of = _notes_of(catalog)
    for url in generated:
        yield _location(catalog, url) + _newest(catalog, notes_of.get(url, ()))
    for node in catalog.nodes:
        path = VaultPath(node.key)
        if node.kind != "note":
            yield _location(catalog, catalog.url(node))
        elif is_indexable(catalog.document(path).meta.robots):
            yield (
                _location(catalog, catalog.url(node)) + _newest(catalog, (path,)) + _languages(catalog, path)
            )


def _notes_of(catalog: Catalog) -> Mapping[Url, Sequence[VaultPath]]:
    """Return the notes that list pages are as new as, by the addresses of these pages."""
    snapshot = catalog.snapshot
    found: dict[Url, Sequence[VaultPath]] = dict.fromkeys(
        (routes.HOME, routes.ARCHIVE, routes.MAP), tuple(catalog.listed)
    )
    for entries, addresses in (
        (snapshot.tags, snapshot.tag_addresses),
        (snapshot.categories, snapshot.category_addresses),
        (snapshot.authors, snapshot.author_addresses),
    ):
        found |= {addresses[key]: entry.notes for key, entry in entries.items() if key in addresses}
    return found


def _newest(catalog: Catalog, notes: Iterable[VaultPath]) -> str:
    """Return when the last of some notes was changed, as an element, empty for notes without dates."""
    metas = (catalog.document(path).meta for path in notes)
    days = [when.iso[:10] for meta in metas if (when := meta.modified or meta.date)]
    return f"<lastmod>{max(days)}</lastmod>" if days else ""


def _languages(catalog: Catalog, path: VaultPath) -> str:
    """Return links to a note in all its languages, itself included (TI-7)."""
    nodes = [Node("note", other) for other in catalog.snapshot.translations.get(path, ())]
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(catalog.language(node))}" '
        f'href="{escape(absolute(catalog.settings, catalog.url(node)))}"/>'
        for node in nodes
    )


def _location(catalog: Catalog, url: Url) -> str:
    return f"<loc>{escape(absolute(catalog.settings, url))}</loc>"


def _file(url: Url, element: str, entries: Iterable[str]) -> Artifact:
    lines = "\n".join(entries)
    namespaces = f"{_NAMESPACE} {_LANGUAGES}" if "<xhtml:link" in lines else _NAMESPACE
    content = f"{_HEAD}<{element} {namespaces}>\n{lines}\n</{element}>\n"
    return Artifact(SaveAs(url), content.encode("utf-8", "replace"))
