"""The map: the whole hierarchy as nested lists, on several pages if one would be too large.

A note with several parents is shown under each, but its own branch only under the parent on its shortest trail, so
that the map is about as large as the vault. Notes outside the hierarchy follow by their places, most of which are
folders.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.list_pages import MapPage
from garden.model.pages.page import Artifact
from garden.model.pages.panels import TreeNode
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog
from garden.rendering.pages.head import page_head
from garden.rendering.pages.panels.map_drawing import draw_map, draw_narrow_map
from garden.rendering.xml_text import for_xml

_MAX_NODES: Final = 2000
"""The maximum number of nodes on one page of the map: about 200 kB of HTML."""

_MAX_DEPTH: Final = 12
"""The maximum depth on one page of the map; deeper lists are unreadable on any screen."""

_DRAWN_BELOW: Final = 10
"""The maximum number of children of each branch in any drawing."""

_DRAWN_ROOTS: Final = 10
"""The maximum number of branches in the drawing of the map."""

_DRAWN_LINES: Final = 30
"""The lines for the children of all branches in that drawing; each branch gets an equal share."""

_FEWEST_BELOW: Final = 3
"""The minimum of that share."""

# The same for the small drawing on the home page.
_SMALL_ROOTS: Final = 5
_SMALL_LINES: Final = 12
_SMALL_BELOW: Final = 1

_NARROW_LINES: Final = 14
"""The lines for children in the narrow drawing beside a note."""

_OWN_PAGE_AT_MOST: Final = 400
"""If the whole does not fit on one page, branches of up to this number of nodes get pages of their own."""

_OWN_PAGE_ABOVE: Final = 30
"""A branch of up to this number of nodes is too small for a page of its own."""


def map_pages(catalog: Catalog) -> Iterator[MapPage]:
    """Yield the map, then a page for each branch that is cut off; places already have pages of their own."""
    branches = _Forest(catalog, catalog.branches)
    places = _Forest(catalog, catalog.places.shape)
    roots, loose = branches.trees(branches.shape.roots), places.trees(places.shape.roots)
    count = catalog.places.count
    title = catalog.gettext("Map")
    head = page_head(catalog.settings, title, routes.MAP)
    drawn = drawn_map(catalog)
    yield MapPage(routes.MAP, names.save_as(routes.MAP), title, head, roots, loose, count, drawn)
    yield from branches.cut_pages()


def drawn_map(catalog: Catalog) -> str:
    """Return the drawing of the map, empty if there is nothing to draw."""
    return draw_map(_largest(catalog, _DRAWN_ROOTS, _DRAWN_LINES, _FEWEST_BELOW), catalog.gettext("Map"))


def small_map(catalog: Catalog) -> str:
    """Return the drawing for the home page: fewer branches."""
    return draw_map(_largest(catalog, _SMALL_ROOTS, _SMALL_LINES, _SMALL_BELOW), catalog.gettext("Map"))


def map_drawing(catalog: Catalog) -> Artifact:
    """Return the narrow drawing of the map as a file; a script shows it beside a note, with the note's place marked."""
    branches = _largest(catalog, _DRAWN_ROOTS, _NARROW_LINES, 0)
    if 2 * len(branches) > _NARROW_LINES:  # there would be only one line below each
        branches = [replace(branch, children=()) for branch in branches]
    drawing = draw_narrow_map(branches, catalog.gettext("Map"))
    return Artifact(SaveAs(routes.MAP_DRAWING), for_xml(drawing).encode())


def _largest(catalog: Catalog, most_roots: int, lines: int, fewest: int) -> list[TreeNode]:
    """Return the largest branches and places, at most `most_roots`, each with its largest and most cited children.

    All children together have about as many `lines`, but each branch has at least the `fewest` of them, if it can.
    """
    found: list[TreeNode] = []
    cited = {path: rank for rank, path in enumerate(catalog.most_cited)}
    for shape in (catalog.branches, catalog.places.shape):
        roots = [root for root in shape.roots if shape.children[root]]
        for root in sorted(roots, key=lambda root: -shape.counts[root])[:most_roots]:
            # The sort is stable, so equal ones stay in the order of lists.
            below = sorted(
                shape.children[root],
                key=lambda child: (-shape.counts[child], cited.get(VaultPath(child.key), len(cited))),
            )
            found.append(catalog.tree_node(root, tuple(map(catalog.tree_node, below[:_DRAWN_BELOW]))))
    found = found[:most_roots]
    most = max(fewest, lines // max(1, len(found)))
    return [replace(branch, children=branch.children[:most]) for branch in found]


class _Forest:
    """The trees on one page of the map, and the branches that are cut off for further pages."""

    def __init__(self, catalog: Catalog, shape: Branches) -> None:
        self.shape = shape
        self._is_hierarchy = shape is catalog.branches
        self._catalog = catalog
        self._cut: deque[Node] = deque()
        self._urls: dict[Node, Url] = {}

    def trees(self, roots: Sequence[Node]) -> tuple[TreeNode, ...]:
        """Return trees of about `_MAX_NODES` nodes; branches that are cut off are for `cut_pages`.

        They are opened level by level, so that cuts are deep. If they are too large, branches of a suitable size are
        cut off, instead of the many small ones that come last.
        """
        level = list(roots)
        room = _MAX_NODES - len(level)
        fits = sum(self.shape.counts[node] for node in level) <= room
        opened: dict[Node, tuple[Node, ...]] = {}
        in_order = list(level)
        depth = 1
        while level:
            below: list[Node] = []
            for node in level:
                children = self.shape.children[node]
                if not children:
                    continue
                suits_a_page = not fits and _OWN_PAGE_ABOVE < self.shape.counts[node] <= _OWN_PAGE_AT_MOST
                # A single root is always opened, or the cutting would never end.
                is_only_root = depth == 1 and len(in_order) == 1
                is_cut = depth >= _MAX_DEPTH or len(children) > room or suits_a_page
                # A parent that is only a name has no page of its own that could list its children.
                if is_cut and not is_only_root and node.kind != "label":
                    if self._is_hierarchy:  # a place has a page already
                        self._cut.append(node)
                        self._urls[node] = self._url(node)
                    continue
                opened[node] = children
                room -= len(children)
                below.extend(self.shape.own_children(node))
            in_order.extend(below)
            level = below
            depth += 1
        return self._built(roots, in_order, opened)

    def cut_pages(self) -> Iterator[MapPage]:
        """Yield a page for each branch that is cut off, including those that are cut off from these pages."""
        while self._cut:
            node = self._cut.popleft()
            url = self._urls[node]
            trees = self.trees((node,))
            title = self._catalog.title(node)
            head = page_head(self._catalog.settings, title, url)
            yield MapPage(url, names.save_as(url), title, head, trees, (), 0)

    def _built(
        self, roots: Iterable[Node], in_order: list[Node], opened: Mapping[Node, tuple[Node, ...]]
    ) -> tuple[TreeNode, ...]:
        """Build trees from their deepest level up, without recursion, since a branch may be very deep."""
        made: dict[Node, TreeNode] = {}
        for node in reversed(in_order):
            children = opened.get(node, ())
            below = tuple(
                made[child] if self.shape.above.get(child) == node else self._shown(child)
                for child in children
            )
            made[node] = self._shown(node, below, is_cut=node in self._urls and not children)
        return tuple(made[root] for root in roots)

    def _shown(self, node: Node, below: tuple[TreeNode, ...] = (), *, is_cut: bool = False) -> TreeNode:
        catalog = self._catalog
        if not is_cut:
            return catalog.tree_node(node, below)
        href = names.href(catalog.settings.base, self._urls[node])
        return TreeNode(
            catalog.title(node), href, count=self.shape.counts[node], lang=catalog.link(node).lang
        )

    def _url(self, node: Node) -> Url:
        return Url(f"{routes.MAP}{self._catalog.url(node).rstrip('/')}/")
