"""Decides which branches can be read as a whole on one page, and in which order their pages are.

A page is such a branch when it is in one of the top levels and has several children. So is a folder of notes without
a written hierarchy, and a note that stands for such a folder. A child whose shortest trail leads through another
parent is shown, but its own children are only shown in that parent's branch. So all branches together are about as
large as the vault, even in a dense hierarchy (HC-10).
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
"""The minimum number of children of a branch that can be read as a whole."""

DEEPEST: Final = 1
"""The maximum depth below a root of such a branch, so that each note is in three of them at most."""

MOST_PAGES: Final = 200
"""The maximum number of pages of a branch that are shown on one page."""


def is_branch(catalog: Catalog, node: Node) -> bool:
    """Say whether a page can be read as a branch."""
    shape = catalog.shape(node)
    return len(shape.children.get(node, ())) >= FEWEST_CHILDREN and shape.depths.get(node, 0) <= DEEPEST


def folder_branches(catalog: Catalog) -> tuple[Node, ...]:
    """Return the folders that can be read as branches."""
    return tuple(node for node in catalog.places.folder_urls if is_branch(catalog, node))


def branch_reading(catalog: Catalog, node: Node) -> BranchReading | None:
    """Return the addresses of a branch in its forms as a whole, None for a page that is not such a branch."""
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


def branch_fingerprint(catalog: Catalog, node: Node, fingerprints: Mapping[Node, str]) -> str:
    """Return a hash of everything that a whole branch is made from; `fingerprints` are the hashes of its pages."""
    pages = catalog.shape(node).pages(node)
    # A page without a text only contributes its name.
    made_of = (f"{place.depth}{fingerprints.get(place.node, place.node.key)}\0" for place in pages)
    return sha256("".join(made_of).encode()).hexdigest()


def _href(catalog: Catalog, file: SaveAs) -> str:
    return names.href(catalog.settings.base, file.removesuffix("index.html"))
