"""The order in which a tree of pages is read, like the chapters of a book: each page before its children."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from garden.linking.relation import Node
from garden.rendering.branches import Branches


class AdjacentPages(Struct, frozen=True):
    """The pages before and after a page; None at the ends."""

    previous: Node | None
    next: Node | None


def reading_order(shape: Branches, *, across: bool) -> Mapping[Node, AdjacentPages]:
    """Return the pages before and after every page of `shape`; with `across` the next tree follows the end of a tree."""
    trees = [list(_pages(shape, root)) for root in shape.roots]
    if across:
        trees = [[node for tree in trees for node in tree]]
    found: dict[Node, AdjacentPages] = {}
    for tree in trees:
        for previous, node, following in zip([None, *tree], tree, [*tree[1:], None], strict=False):
            found[node] = AdjacentPages(previous, following)
    return found


def _pages(shape: Branches, root: Node) -> Iterator[Node]:
    """Yield the notes and hubs of a tree; without recursion, since a branch may be thousands of levels deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind in ("note", "hub"):
            yield node
        waiting.extend(reversed(shape.own_children(node)))
