"""Branches that can be read as a whole: which ones they are, and what is in them in which order.

A page can be read as a branch when it is in one of the top levels and has some children; so can a folder of notes that
have no written hierarchy, and a note that stands for one. A child
that hangs below another parent by its shortest trail is shown, but what is below it is left to that
parent: so the branches together are about as large as the vault, however its notes are woven (HC-10).
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.panels import BranchReading
from garden.rendering.body.hrefs import feed_links
from garden.rendering.catalog import Catalog

FEWEST_CHILDREN: Final = 2
"""Children that make a branch worth reading as a whole."""

DEEPEST: Final = 1
"""Levels below a root in which branches are offered as a whole: each note is then in three at most."""

MOST_PAGES: Final = 200
"""Pages of a branch that are shown on one page."""


def is_branch(catalog: Catalog, node: Node) -> bool:
    """Say whether a page can be read as a branch."""
    shape = catalog.shape(node)
    return len(shape.children.get(node, ())) >= FEWEST_CHILDREN and shape.depths.get(node, 0) <= DEEPEST


def folder_branches(catalog: Catalog) -> tuple[Node, ...]:
    """Return the folders that can be read as branches."""
    return tuple(node for node in catalog.places.folder_urls if is_branch(catalog, node))


def branch_reading(catalog: Catalog, node: Node) -> BranchReading | None:
    """Return the addresses of a branch as a whole, None for a page that is not a branch."""
    if not is_branch(catalog, node):
        return None
    url = catalog.url(node)
    pages = catalog.shape(node).pages(node)
    notes = filter(None, (catalog.note(place.node) for place in pages))
    dated = any(note.meta.date for note in notes)
    return BranchReading(
        len(pages) - 1,
        _href(catalog, routes.beside(url, routes.BRANCH)),
        _href(catalog, routes.beside(url, routes.BRANCH_TEXT)),
        feed_links(catalog.settings, branch_feed(catalog, node)) if dated else None,
        _href(catalog, routes.beside(url, routes.BRANCH_BOOK)) if catalog.settings.books else "",
    )


def branch_feed(catalog: Catalog, node: Node) -> routes.FeedUrls:
    """Return the addresses of a branch's feed."""
    url = catalog.url(node)
    return routes.FeedUrls(*(Url(routes.beside(url, name)) for name in routes.BRANCH_FEEDS))


def branch_notes(catalog: Catalog, node: Node) -> Iterator[VaultPath]:
    """Yield the notes of a branch in the order of its tree."""
    return (
        VaultPath(place.node.key) for place in catalog.shape(node).pages(node) if place.node.kind == "note"
    )


def branch_newest(catalog: Catalog, node: Node) -> str:
    """Return the latest day on which a note of a branch was written or changed, empty if none has a date."""
    metas = (catalog.document(path).meta for path in branch_notes(catalog, node))
    days = (day.iso[:10] for meta in metas for day in (meta.modified, meta.date) if day)
    return max(days, default="")


def branch_mark(catalog: Catalog, node: Node, marks: Mapping[Node, str]) -> str:
    """Return a hash of everything that a whole branch is made from; `marks` are those of its pages."""
    pages = catalog.shape(node).pages(node)
    # A page without a text of its own is no more than its name.
    made_of = (f"{place.depth}{marks.get(place.node, place.node.key)}\0" for place in pages)
    return sha256("".join(made_of).encode()).hexdigest()


def _href(catalog: Catalog, file: SaveAs) -> str:
    return names.href(catalog.settings.base, file.removesuffix("index.html"))
