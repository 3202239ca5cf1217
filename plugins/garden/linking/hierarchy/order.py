"""The order of related notes (HI-11): by title, or as the author wants them to be read."""

from collections.abc import Iterable, Mapping
from math import inf

from garden.linking.relation import Node
from garden.model.names import Folded
from garden.model.note import Document


class TitleOrder:
    """Sorts pages by folded title, then by path."""

    def __init__(self, titles: Mapping[Node, Folded]) -> None:
        """`titles` are the folded titles of all pages."""
        self._ranks = _ranks(titles)

    def is_same(self, other: object) -> bool:
        """Say whether another order is the same."""
        return isinstance(other, TitleOrder) and vars(self) == vars(other)

    def sort(self, nodes: Iterable[Node]) -> list[Node]:
        """Return the pages sorted, each once."""
        return sorted(set(nodes), key=self._ranks.__getitem__)


class ReadingOrder:
    """Sorts pages by list notes, then by `order` in their front matter, then by title; but keeps chains together.

    A chain is a sequence of notes that "next" connects. It is where its first note would be.
    """

    def __init__(
        self,
        titles: Mapping[Node, Folded],
        documents: Iterable[Document],
        listed: Mapping[Node, int],
        following: Mapping[Node, Node],
    ) -> None:
        """`listed` are the positions of notes in list notes, `following` is the next note of each note in a chain."""
        orders = {Node("note", document.path): _written_order(document) for document in documents}
        by_title = _ranks(titles)
        ordered = sorted(
            titles, key=lambda node: (listed.get(node, inf), orders.get(node, inf), by_title[node])
        )
        self._ranks = {node: rank for rank, node in enumerate(ordered)}
        self._following = following

    def is_same(self, other: object) -> bool:
        """Say whether another order is the same."""
        return isinstance(other, ReadingOrder) and vars(self) == vars(other)

    def sort(self, nodes: Iterable[Node]) -> list[Node]:
        """Return the pages sorted, each once."""
        ranked = sorted(set(nodes), key=self._ranks.__getitem__)
        waiting = dict.fromkeys(ranked)
        follower = {node: self._following[node] for node in ranked if self._following.get(node) in waiting}
        followers = set(follower.values())
        found: list[Node] = []
        # First the chains, from their first notes; what remains after that are rings, which have no first note.
        for head in (*(node for node in ranked if node not in followers), *ranked):
            node: Node | None = head
            while node is not None and node in waiting:
                del waiting[node]
                found.append(node)
                node = follower.get(node)
        return found


Order = TitleOrder | ReadingOrder


def _ranks(titles: Mapping[Node, Folded]) -> dict[Node, int]:
    ordered = sorted(titles, key=lambda node: (titles[node], node.key, node.kind))
    return {node: rank for rank, node in enumerate(ordered)}


def _written_order(document: Document) -> float:
    """Return the number in the property `order`; infinity, which sorts last, if there is none."""
    value = document.meta.properties.get("order")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else inf
