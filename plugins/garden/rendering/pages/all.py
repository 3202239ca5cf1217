"""All pages of a site, in the order in which they are written."""

from collections.abc import Iterator

from msgspec import Struct

from garden.linking.relation import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.pages.list_pages import Page
from garden.model.pages.page import NotePage
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.archive import archive_pages
from garden.rendering.pages.folders import folder_pages
from garden.rendering.pages.home import home_page
from garden.rendering.pages.map import map_pages
from garden.rendering.pages.note import hub_page, note_page
from garden.rendering.pages.plain import graph_page, not_found_page, search_page
from garden.rendering.pages.tags import (
    author_pages,
    authors_page,
    categories_page,
    category_pages,
    tag_pages,
    tags_page,
)


class RenderedNode(Struct, frozen=True):
    """The page of a note or hub, and the problems met in filling it."""

    page: NotePage
    problems: tuple[Diagnostic, ...] = ()


def node_view(catalog: Catalog, bodies: Bodies, node: Node) -> RenderedNode:
    """Return the finished page of a published note or of a hub."""
    if node.kind == "hub":
        return RenderedNode(hub_page(catalog, node))
    path = VaultPath(node.key)
    filled = fill(
        catalog.snapshot,
        bodies,
        path,
        catalog.settings,
        pictures=catalog.pictures,
        translations=catalog.translations,
    )
    return RenderedNode(note_page(catalog, path, filled), filled.problems)


def generated_pages(catalog: Catalog) -> Iterator[Page]:
    """Yield every page that is neither a note's nor a hub's: home, listings, map and the like."""
    if catalog.snapshot.home is None:
        yield home_page(catalog)  # else it is written with that note
    yield tags_page(catalog)
    yield from tag_pages(catalog)
    yield categories_page(catalog)
    yield from category_pages(catalog)
    yield authors_page(catalog)
    yield from author_pages(catalog)
    yield from archive_pages(catalog)
    yield from map_pages(catalog)
    yield from folder_pages(catalog)
    yield graph_page(catalog)
    if catalog.settings.search:
        yield search_page(catalog)
    yield not_found_page(catalog)
