"""Pages whose content is in the theme: the 404 page, the search, and the graph with its list."""

from typing import Final

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.names import Url, VaultPath
from garden.model.pages.entries import Related
from garden.model.pages.page import PlainPage
from garden.rendering.catalog import Catalog
from garden.rendering.pages.head import page_head
from garden.rendering.pages.panels.local_graph import mentioned

_LISTED: Final = 1500
"""The number of pages up to which the list beside the graph has all of them with their neighbours."""

_NEIGHBOURS: Final = 12
"""The maximum number of neighbours that are named."""


def not_found_page(catalog: Catalog) -> PlainPage:
    """Return the page that servers show for an unknown address."""
    return _page(catalog, "404", routes.NOT_FOUND, catalog.gettext("Page not found"))


def search_page(catalog: Catalog) -> PlainPage:
    """Return the page of the search."""
    return _page(catalog, "search", routes.SEARCH, catalog.gettext("Search"))


def graph_page(catalog: Catalog) -> PlainPage:
    """Return the page of the graph; its entries are a text alternative to the picture.

    In a large vault they are only the tops of the branches, since the map lists all others.
    """
    if len(catalog.nodes) > _LISTED:
        entries = tuple(catalog.mention(root) for root in catalog.branches.roots)
    else:
        by_title = sorted(catalog.nodes, key=catalog.title_order)
        entries = tuple(_entry(catalog, node) for node in by_title)
    return _page(catalog, "graph", routes.GRAPH, catalog.gettext("Graph"), entries, indexable=True)


def _entry(catalog: Catalog, node: Node) -> Related:
    """Return a page with its neighbours in the graph."""
    edges = catalog.snapshot.relations.get(node, {}).values()
    targets = (edge.node for found in edges for edge in found)
    near = dict.fromkeys(target for target in targets if target is not None and catalog.is_listed(target))
    if node.kind == "note":
        near.update(dict.fromkeys(mentioned(catalog, VaultPath(node.key))))
    link = catalog.link(node)
    neighbours = tuple(catalog.mention(other) for other in list(near)[:_NEIGHBOURS])
    return Related(link.title, link.href, children=neighbours, count=len(near), lang=link.lang)


def _page(  # noqa: PLR0913 (what the three pages differ in)
    catalog: Catalog,
    kind: str,
    url: Url,
    title: str,
    entries: tuple[Related, ...] = (),
    *,
    indexable: bool = False,
) -> PlainPage:
    head = page_head(catalog.settings, title, url, indexable=indexable)
    return PlainPage(kind, url, names.save_as(url), title, head, entries)
