"""Branches that can be read as a whole: which ones they are, and what is in them in which order.

A page can be read as a branch when it is in one of the top levels and has some children. A child
that hangs below another parent by its shortest trail is shown, but what is below it is left to that
parent: so the branches together are about as large as the vault, however its notes are woven (HC-10).
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final, NamedTuple

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


class BranchPlace(NamedTuple):
    """A page in a branch; `depth` is 0 for its top."""

    node: Node
    depth: int


def is_branch(catalog: Catalog, node: Node) -> bool:
    """Say whether a page can be read as a branch."""
    shape = catalog.branches
    return len(shape.children.get(node, ())) >= FEWEST_CHILDREN and shape.depths.get(node, 0) <= DEEPEST


def branch_pages(catalog: Catalog, node: Node) -> Iterator[BranchPlace]:
    """Yield the pages of a branch in the order of its tree, its top first, each once."""
    shape = catalog.branches
    seen = {node}
    waiting = [BranchPlace(node, 0)]
    while waiting:
        place = waiting.pop()
        yield place
        # A page that hangs elsewhere ends the way down.
        if place.depth and shape.above.get(place.node) not in seen:
            continue
        below = [child for child in shape.children.get(place.node, ()) if child not in seen]
        if place.depth:
            below = [child for child in below if shape.above.get(child) == place.node]
        seen.update(below)
        waiting.extend(BranchPlace(child, place.depth + 1) for child in reversed(below))


def branch_reading(catalog: Catalog, node: Node) -> BranchReading | None:
    """Return the addresses of a branch as a whole, None for a page that is not a branch."""
    if not is_branch(catalog, node):
        return None
    url = catalog.url(node)
    pages = [place.node for place in branch_pages(catalog, node)]
    notes = filter(None, map(catalog.note, pages))
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
    return (VaultPath(place.node.key) for place in branch_pages(catalog, node) if place.node.kind == "note")


def branch_newest(catalog: Catalog, node: Node) -> str:
    """Return the day on which a note of a branch was last written or changed, empty where none says so."""
    metas = (catalog.document(path).meta for path in branch_notes(catalog, node))
    days = (day.iso[:10] for meta in metas for day in (meta.modified, meta.date) if day)
    return max(days, default="")


def branch_mark(catalog: Catalog, node: Node, marks: Mapping[Node, str]) -> str:
    """Return a hash of all that a branch as a whole is made of; `marks` are those of its pages."""
    digest = sha256()
    for place in branch_pages(catalog, node):
        digest.update(f"{place.depth}{marks.get(place.node, '')}\0".encode())
    return digest.hexdigest()


def _href(catalog: Catalog, file: SaveAs) -> str:
    return names.href(catalog.settings.base, file.removesuffix("index.html"))
