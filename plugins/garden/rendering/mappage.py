"""The whole hierarchy as nested lists, cut into several pages where one would be too large.

A note with several parents is shown under each, but with its own branch only
under the parent on its shortest trail, so the map is no larger than the vault.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from garden.linking.answers import Node
from garden.model import names
from garden.model.names import Url, VaultPath
from garden.model.page import MapPage, TreeNode
from garden.rendering.library import Library

MAP_URL: Final = Url("map/")

_MAX_NODES: Final = 2000
"""Nodes on one page of the map: some 200 kB of HTML."""

_MAX_DEPTH: Final = 12
"""Levels on one page of the map: deeper lists cannot be read on any screen."""


_SHEET: Final = 400
"""Nodes of a branch that is put on a page of its own when the whole does not fit on one."""

_SPRIG: Final = 30
"""Nodes of a branch that is too small for that."""


def map_pages(library: Library) -> Iterator[MapPage]:
    """Yield the map, then a page for each branch that is cut off."""
    shape = library.branches
    loose = tuple(library.card(VaultPath(node.key)) for node in shape.loose if node.kind == "note")
    roots, cut = _cut_tree(library, shape.roots)
    yield MapPage(MAP_URL, names.save_as(MAP_URL), library.word("map"), roots, loose)
    waiting = deque(cut)
    while waiting:
        node = waiting.popleft()
        roots, cut = _cut_tree(library, (node,))
        waiting.extend(cut)
        url = _branch_url(library, node)
        yield MapPage(url, names.save_as(url), library.title(node), roots, ())


def _branch_url(library: Library, node: Node) -> Url:
    return Url(f"{MAP_URL}{library.url(node).rstrip('/')}/")


def _cut_tree(library: Library, roots: Iterable[Node]) -> tuple[tuple[TreeNode, ...], list[Node]]:
    """Return a tree of about `_MAX_NODES` nodes and the nodes in it whose branch is cut off.

    The tree is opened level by level, so that what is cut off lies deep. When it is too large as a
    whole, branches of a fitting size are cut off and not the many small ones for which no room is left.
    """
    shape = library.branches
    level = list(roots)
    room = _MAX_NODES - len(level)
    fits = sum(shape.counts[node] for node in level) <= room
    opened: dict[Node, tuple[Node, ...]] = {}
    cut: list[Node] = []
    in_order = list(level)
    depth = 1
    while level:
        below: list[Node] = []
        for node in level:
            children = shape.children[node]
            if not children:
                continue
            a_sheet = not fits and _SPRIG < shape.counts[node] <= _SHEET
            # A page of one root always opens it, or the cutting would never end.
            alone = depth == 1 and len(in_order) == 1
            if not alone and (depth >= _MAX_DEPTH or len(children) > room or a_sheet):
                cut.append(node)
                continue
            opened[node] = children
            room -= len(children)
            below.extend(shape.own_children(node))
        in_order.extend(below)
        level = below
        depth += 1
    return _built(library, roots, in_order, opened, frozenset(cut)), cut


def _built(
    library: Library,
    roots: Iterable[Node],
    in_order: list[Node],
    opened: dict[Node, tuple[Node, ...]],
    cut: frozenset[Node],
) -> tuple[TreeNode, ...]:
    """Build the tree from its deepest level up; without recursion, a branch may be long."""
    shape = library.branches
    made: dict[Node, TreeNode] = {}
    for node in reversed(in_order):
        if node in cut:
            href = names.href(library.settings.base, _branch_url(library, node))
            made[node] = TreeNode(library.title(node), href, count=shape.counts[node])
            continue
        children = opened.get(node, ())
        made[node] = library.tree_node(
            node,
            tuple(
                made[child] if shape.above.get(child) == node else library.tree_node(child)
                for child in children
            ),
        )
    return tuple(made[root] for root in roots)
