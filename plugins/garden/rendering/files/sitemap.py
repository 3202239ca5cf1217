"""`sitemap.xml`: every page that search engines may list, hidden notes left out (PB-2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
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
"""The maximum number of addresses that the protocol allows in one file."""

_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LANGUAGES: Final = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def sitemap(catalog: Catalog, generated: Iterable[Url]) -> tuple[Artifact, ...]:
    """Return the sitemap of all listed notes, hubs and the pages with `generated` addresses, in several files if there are too many."""
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
    days = {path: catalog.part(("day", path), partial(_day, catalog, path)) for path in catalog.listed}
    for url in generated:
        day = max((days[path] for path in notes_of.get(url, ())), default="")
        yield _location(catalog, url) + _changed(day)
    for node in catalog.nodes:
        yield from catalog.part(node, partial(_entries_of, catalog, node))


def _entries_of(catalog: Catalog, node: Node) -> tuple[str, ...]:
    """Return the entry of a note or hub, nothing for a note that search engines may not list."""
    path = VaultPath(node.key)
    if node.kind != "note":
        return (_location(catalog, catalog.url(node)),)
    if not is_indexable(catalog.document(path).meta.robots):
        return ()
    when = _changed(_day(catalog, path))
    return (_location(catalog, catalog.url(node)) + when + _languages(catalog, path),)


def _notes_of(catalog: Catalog) -> Mapping[Url, Sequence[VaultPath]]:
    """Return the notes of list pages by the addresses of these pages, which are as new as the newest of their notes."""
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


def _day(catalog: Catalog, path: VaultPath) -> str:
    """Return the day on which a note was changed, empty for one without a date."""
    meta = catalog.document(path).meta
    when = meta.modified or meta.date
    return when.iso[:10] if when else ""


def _changed(day: str) -> str:
    """Return the day on which the last of some notes was changed, as an element."""
    return f"<lastmod>{day}</lastmod>" if day else ""


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
