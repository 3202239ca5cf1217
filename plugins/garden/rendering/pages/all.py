"""All pages of a site, in the order in which they are written."""

from collections.abc import Callable, Iterable, Mapping

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


def generated_pages(catalog: Catalog) -> Mapping[str, Callable[[], Iterable[Page]]]:
    """Return the functions that give the pages which are neither a note's nor a hub's, by kind: home, listings, map and the like."""
    kinds: dict[str, Callable[[], Iterable[Page]]] = {
        "tags": lambda: (tags_page(catalog), *tag_pages(catalog)),
        "categories": lambda: (categories_page(catalog), *category_pages(catalog)),
        "authors": lambda: (authors_page(catalog), *author_pages(catalog)),
        "archive": lambda: archive_pages(catalog),
        "map": lambda: map_pages(catalog),
        "folders": lambda: folder_pages(catalog),
        "graph page": lambda: (graph_page(catalog),),
        "404": lambda: (not_found_page(catalog),),
    }
    if catalog.snapshot.home is None:
        kinds = {"home": lambda: (home_page(catalog),), **kinds}  # else it is written with that note
    return {**kinds, "search page": lambda: (search_page(catalog),)} if catalog.settings.search else kinds
