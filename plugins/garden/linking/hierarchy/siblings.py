"""The siblings of a page: the listed notes that have a parent in common with it (HI-5)."""

from collections.abc import Iterator, Mapping

from garden.linking.hierarchy.order import Order
from garden.linking.incremental.vault_changes import same_where_equal
from garden.linking.relation import Node


class Siblings(Mapping[Node, tuple[Node, ...]]):
    """The siblings of each page, in the order of HI-11.

    They are computed on demand: each of n children has n - 1 siblings, so all lists together would be too large.
    """

    def __init__(
        self,
        parents: Mapping[Node, tuple[Node, ...]],
        children: Mapping[Node, tuple[Node, ...]],
        order: Order,
    ) -> None:
        """`parents` is the graph of parents, `children` are the listed children of each parent, sorted by `order`."""
        self.parents = parents
        self.children = children
        self.order = order

    def like(self, former: "Siblings", parents: Mapping[Node, tuple[Node, ...]]) -> "Siblings":
        """Return the same siblings with former objects, perhaps as the former object; `parents` is an equal graph."""
        children = same_where_equal(former.children, self.children)
        if parents is former.parents and children is former.children and self.order.is_same(former.order):
            return former
        return Siblings(parents, children, self.order)

    def kin(self, node: Node) -> tuple[Node, ...] | None:
        """Return what differs whenever the siblings of a page do, and costs nothing: all children of its only parent."""
        above = self.parents.get(node, ())
        return self.children.get(above[0], ()) if len(above) == 1 else self.get(node)

    def __getitem__(self, node: Node) -> tuple[Node, ...]:
        """Return the siblings of a page. Raises KeyError if it has no parent."""
        above = self.parents[node]
        if len(above) == 1:
            return tuple(child for child in self.children.get(above[0], ()) if child != node)
        found = {child for parent in above for child in self.children.get(parent, ())}
        return tuple(self.order.sort(found - {node}))

    def __iter__(self) -> Iterator[Node]:
        """Iterate over the pages that have parents."""
        return iter(self.parents)

    def __len__(self) -> int:
        """Return the number of pages that have parents."""
        return len(self.parents)
