"""All pages of a site, in the order in which they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from garden.linking.answers import Node
from garden.model.diagnostic import Diagnostic
from garden.model.list_pages import Page
from garden.model.names import VaultPath
from garden.model.pages import NotePage
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.catalog import Library
from garden.rendering.pages.archive import archive_pages
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


@dataclass(frozen=True, slots=True)
class NodeView:
    """The page of a note or hub, the problems met in filling it and the notes whose text it shows."""

    page: NotePage
    problems: tuple[Diagnostic, ...] = ()
    sources: tuple[VaultPath, ...] = ()


def node_view(library: Library, bodies: Bodies, node: Node) -> NodeView:
    """Return the finished page of a published note or of a hub."""
    if node.kind == "hub":
        return NodeView(hub_page(library, node))
    path = VaultPath(node.key)
    filled = fill(
        library.snapshot, bodies, path, library.settings, pictures=library.pictures, words=library.words
    )
    return NodeView(note_page(library, path, filled.html), filled.problems, filled.sources)


def generated_pages(library: Library) -> Iterator[Page]:
    """Yield every page that is neither a note's nor a hub's: home, listings, map and the like."""
    yield home_page(library)
    yield tags_page(library)
    yield from tag_pages(library)
    yield categories_page(library)
    yield from category_pages(library)
    yield authors_page(library)
    yield from author_pages(library)
    yield from archive_pages(library)
    yield from map_pages(library)
    yield graph_page(library)
    if library.settings.search:
        yield search_page(library)
    yield not_found_page(library)
