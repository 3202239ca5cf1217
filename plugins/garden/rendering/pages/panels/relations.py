"""Where a page is: its trails, its relations, and the tree around it (HI-10 … HI-12)."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from garden.linking.hierarchy.trails import first_trails
from garden.linking.relation import Edge, Node
from garden.model import names, routes
from garden.model.pages.entries import Link, Related
from garden.model.pages.panels import MatrixCell, MatrixRow, Relation, Trail, TreeNode
from garden.rendering.catalog import Catalog

MAX_TRAILS: Final = 10
"""The maximum number of trails on a page (HI-10)."""

_CONTEXT: Final = 6
"""The maximum number of children of a child that are named; its count includes the others."""

_IN_CELL: Final = 12
"""The maximum number of entries of a relation in a cell of the matrix; its count includes the others."""

_WIDE: Final = 100
"""A page with more children than this shows them without their own children."""

_MAX_SIBLINGS: Final = 200
"""The maximum number of siblings on a page: of thousands, each page would list all others (HC-10)."""

_TREE_BREADTH: Final = 30
"""The maximum number of pages beside each other in the tree beside a note, which must not grow with the vault."""

_TREE_HEIGHT: Final = 8
"""The maximum number of ancestors in that tree; longer trails are shown in full above the title."""


def page_trails(catalog: Catalog, node: Node) -> tuple[Trail, ...]:
    """Return every trail of a page, shortest first (HI-10)."""
    found = first_trails(catalog.snapshot, node, MAX_TRAILS)
    labels = _labels_of_parents(catalog, node)
    return tuple(
        Trail(tuple(catalog.link(above) for above in trail), labels.get(trail[-1], "")) for trail in found
    )


def place_trail(catalog: Catalog, node: Node) -> tuple[Link, ...]:
    """Return the way to a page that has no trail: through its folder, category or tag, or else from the map."""
    shape = catalog.places.shape
    found = tuple(map(catalog.link, shape.nearest(node, _TREE_HEIGHT)))
    if found:
        return found
    return (
        Link(catalog.gettext("Map", catalog.language(node)), names.href(catalog.settings.base, routes.MAP)),
    )


def place_contents(catalog: Catalog, node: Node) -> tuple[Related, ...]:
    """Return what is in the folder that a note represents."""
    below = catalog.places.shape.children.get(node, ())
    if len(below) > _WIDE:
        return tuple(map(catalog.mention, below))
    return tuple(catalog.related(child, implied=False, children=()) for child in below)


def _labels_of_parents(catalog: Catalog, node: Node) -> dict[Node, str]:
    """Return which relation makes each parent a parent, if several relations lead up."""
    ups = [name for name, direction in catalog.directions.items() if direction == "up"]
    labels: dict[Node, str] = {}
    if len(ups) > 1:
        edges = catalog.snapshot.relations.get(node, {})
        for name in ups:
            for edge in edges.get(name, ()):
                if edge.node is not None:
                    labels.setdefault(edge.node, catalog.label(name, catalog.language(node)))
    return labels


def page_relations(catalog: Catalog, node: Node) -> tuple[Relation, ...]:
    """Return every non-empty relation in the order of the settings, siblings last (HI-12)."""
    snapshot = catalog.snapshot
    edges = snapshot.relations.get(node, {})
    found = []
    language = catalog.language(node)
    for name, direction in catalog.directions.items():
        entries = _entries(catalog, edges.get(name, ()), context=direction == "down")
        if entries:
            found.append(Relation(name, catalog.label(name, language), entries, direction))
    siblings = tuple(catalog.mention(sibling) for sibling in _siblings(catalog, node))
    if siblings:
        found.append(Relation("siblings", catalog.gettext("Siblings", language), siblings))
    return tuple(found)


def _siblings(catalog: Catalog, node: Node) -> tuple[Node, ...]:
    """Return the pages that share a parent with a page; if there are too many, the nearest ones."""
    shape = catalog.branches
    parent = shape.above.get(node)
    if parent is not None and len(shape.children[parent]) > _MAX_SIBLINGS:
        beside = _window(shape.children[parent], shape.places[node], _MAX_SIBLINGS)
        return tuple(sibling for sibling in beside if sibling != node)
    return catalog.snapshot.siblings.get(node, ())[:_MAX_SIBLINGS]


def _entries(catalog: Catalog, edges: Sequence[Edge], *, context: bool) -> tuple[Related, ...]:
    """Return the pages to which edges lead; with `context` each has its children, unless there are many pages."""
    context = context and len(edges) <= _WIDE
    entries = []
    for edge in edges:
        if edge.node is None:
            entries.append(Related(edge.text, ""))
            continue
        below = catalog.branches.children.get(edge.node, ()) if context else ()
        children = tuple(catalog.mention(child) for child in below[:_CONTEXT])
        entry = catalog.related(edge.node, edge.implied, children)
        entries.append(
            replace(entry, left_out=len(below) - len(children)) if len(below) > len(children) else entry
        )
    return tuple(entries)


def relation_matrix(relations: Sequence[Relation]) -> tuple[MatrixRow, ...]:
    """Return which entries of each relation are written and which are implied; nothing for a single relation."""
    rows = tuple(
        MatrixRow(relation.label, (_cell(relation, implied=False), _cell(relation, implied=True)))
        for relation in relations
        if relation.name != "siblings"
    )
    return rows if len(rows) > 1 else ()


def _cell(relation: Relation, *, implied: bool) -> MatrixCell:
    found = [entry for entry in relation.entries if entry.implied is implied]
    return MatrixCell(tuple(found[:_IN_CELL]), len(found[_IN_CELL:]))


def focus_tree(catalog: Catalog, node: Node) -> tuple[TreeNode, ...]:
    """Return the tree beside a page: its ancestors on the shortest trail, and the pages beside it.

    What is below the page is not in the tree, because the page itself lists it.
    """
    shape = catalog.shape(node)
    if node not in shape.children:
        return ()
    here = catalog.tree_node(node, current=True)
    ancestors = shape.nearest(node, _TREE_HEIGHT)
    beside = shape.children[ancestors[-1]] if ancestors else shape.roots
    if node not in shape.places or (not ancestors and len(beside) == 1):
        return ()
    window = _window(beside, shape.places[node], _TREE_BREADTH)
    level = tuple(here if sibling == node else catalog.tree_node(sibling) for sibling in window)
    for ancestor in reversed(ancestors):
        # Without the number of pages below each, since every new note would change it on all of these pages.
        level = (catalog.tree_node(ancestor, level, counted=False),)
    return level


def _window(children: tuple[Node, ...], place: int, size: int) -> tuple[Node, ...]:
    """Return `size` neighbours, the one at `place` in the middle where possible."""
    start = max(0, min(place - size // 2, len(children) - size))
    return children[start : start + size]
