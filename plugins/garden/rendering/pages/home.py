"""The home page: the top of the hierarchy, newest notes, recently changed notes."""

from itertools import islice
from typing import Final

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.names import VaultPath
from garden.model.pages.entries import Card
from garden.model.pages.list_pages import HomePage
from garden.model.pages.page import NotePage, PageHead
from garden.model.pages.panels import TreeNode
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.dates import date_view
from garden.rendering.pages.head import page_head
from garden.rendering.pages.map import small_map
from garden.rendering.pages.structured_data import website_data

_CHILDREN: Final = 8
"""The maximum number of children named below each branch; its count includes all others."""


def home_page(catalog: Catalog, note: NotePage | None = None) -> HomePage:
    """Return the home page with the largest branches, largest first.

    `note` is the page of the note whose text is above them; its title is used if the author has written one (TI-6).
    """
    settings = catalog.settings
    shape = catalog.branches
    # `roots` are in order of title and the sort is stable, so equal sizes stay in that order.
    largest = sorted(shape.roots, key=lambda root: -shape.counts[root])[: settings.home_branches]
    changed = catalog.revised
    home = catalog.snapshot.home
    dated = (path for path in catalog.listed if catalog.document(path).meta.date and path != home)
    newest = list(islice(dated, max(1, settings.recent)))
    title = _title(catalog)
    url = routes.HOME
    return HomePage(
        url=url,
        save_as=names.save_as(url),
        title=title,
        head=_head(settings, title, note),
        branches=tuple(_branch(catalog, root) for root in largest),
        newest=catalog.cards(newest[: settings.recent]),
        changed=tuple(_revised(catalog, path) for path in changed[: settings.recent]),
        loose=catalog.places.count,
        count=len(catalog.listed),
        places=_places(catalog),
        note=note,
        heading=_hidden_heading(catalog),
        svg_html=small_map(catalog),
        mentioned=() if newest or changed else catalog.cards(catalog.most_cited[: settings.recent]),
    )


def _head(settings: Settings, title: str, note: NotePage | None) -> PageHead:
    """Return the head of the home page, with the metadata of its note."""
    head = replace(page_head(settings, title, routes.HOME), structured_data=website_data(settings))
    if note is None:
        return head
    own = note.head
    return replace(
        head,
        description=own.description,
        robots=own.robots,
        indexable=own.indexable,
        canonical=own.canonical,
        picture=own.picture,
        markdown=own.markdown,
    )


def _title(catalog: Catalog) -> str:
    home = catalog.snapshot.home
    return (catalog.document(home).meta.title if home else "") or catalog.settings.site_name


def _hidden_heading(catalog: Catalog) -> str:
    """Return the heading that the body leaves out as the note's title (TI-2), if the page shows another title."""
    document = catalog.document(catalog.snapshot.home) if catalog.snapshot.home else None
    if document is None or document.meta.title:
        return ""
    return next((heading.text for heading in document.headings if not heading.shown), "")


def _branch(catalog: Catalog, root: Node) -> TreeNode:
    below = catalog.branches.children[root][:_CHILDREN]
    return catalog.tree_node(root, tuple(catalog.tree_node(child, summary=True) for child in below))


def _places(catalog: Catalog) -> tuple[TreeNode, ...]:
    """Return the largest places of the notes outside any branch; if there are no branches, notes without a place, too."""
    shape = catalog.places.shape
    roots = [root for root in shape.roots if shape.children[root] or not catalog.branches.roots]
    largest = sorted(roots, key=lambda root: -shape.counts[root])[: catalog.settings.home_branches]
    return tuple(
        catalog.tree_node(root, tuple(map(catalog.tree_node, shape.children[root][:_CHILDREN])))
        for root in largest
    )


def _revised(catalog: Catalog, path: VaultPath) -> Card:
    """Return a note with the date on which it was modified."""
    modified = date_view(catalog.document(path).meta.modified, catalog.settings.language)
    return replace(catalog.card(path), date=modified)
