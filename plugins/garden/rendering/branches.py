"""The shape of the hierarchy for readers: children, roots, sizes of branches, shortest trails.

It is computed once for a Snapshot, in time linear in its edges, so that no page has to traverse the vault. It
contains only pages that may be listed (PB-2).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from garden.linking.incremental.vault_changes import same_where_equal
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import fold


class BranchPlace(NamedTuple):
    """A page in a branch; `depth` is 0 for its top."""

    node: Node
    depth: int


@dataclass(frozen=True, slots=True)
class Branches:
    """The hierarchy of all listed pages."""

    children: Mapping[Node, tuple[Node, ...]]  # in display order (HI-11)
    # They have children and no parent; of a cycle to which nothing else leads, the first page counts as a root.
    roots: tuple[Node, ...]
    above: Mapping[Node, Node]  # the parent on the shortest trail (HI-10)
    counts: Mapping[Node, int]  # the number of pages below, without the page itself
    depths: Mapping[Node, int]  # the length of the shortest trail
    places: Mapping[Node, int]  # the position among the children of the page above, or among the roots
    loose: tuple[Node, ...]  # pages with neither parents nor children
    tops: Mapping[Node, Node] = field(
        default_factory=dict
    )  # the first page of the shortest trail; for a root, itself
    _pages: dict[Node, tuple[BranchPlace, ...]] = field(default_factory=dict, compare=False, repr=False)

    def like(self, former: "Branches") -> "Branches":
        """Return this hierarchy with the objects of a `former` one wherever they are equal; `former` itself if all are."""
        mappings = ("children", "above", "counts", "depths", "places", "tops")
        kept: dict[str, Any] = {
            name: same_where_equal(getattr(former, name), getattr(self, name)) for name in mappings
        }
        is_same = all(kept[name] is getattr(former, name) for name in mappings)
        if is_same and (self.roots, self.loose) == (former.roots, former.loose):
            return former
        return replace(self, **kept)

    def pages(self, node: Node) -> tuple[BranchPlace, ...]:
        """Return the pages of a branch in the order of its tree, its top first, each once.

        A page whose shortest trail leads through another parent is among them, but its children only belong to that
        parent's branch.
        """
        found = self._pages.get(node)
        if found is None:
            found = self._pages[node] = tuple(self._walked(node))
        return found

    def _walked(self, node: Node) -> Iterator[BranchPlace]:
        """Yield the pages of a branch by walking through its tree: the pages still to be visited are on a stack."""
        seen = {node}
        waiting = [BranchPlace(node, 0)]
        while waiting:
            place = waiting.pop()
            yield place
            children = self.children.get(place.node)
            # Most pages have none; and the traversal stops at a page whose shortest trail is elsewhere.
            if not children or (place.depth and self.above.get(place.node) not in seen):
                continue
            below = [child for child in children if child not in seen]
            if place.depth:
                below = [child for child in below if self.above.get(child) == place.node]
            seen.update(below)
            waiting.extend(BranchPlace(child, place.depth + 1) for child in reversed(below))

    def trail(self, node: Node) -> tuple[Node, ...]:
        """Return the shortest trail, root first, without the node itself."""
        found: list[Node] = []
        while (above := self.above.get(node)) is not None:
            found.append(above)
            node = above
        return tuple(reversed(found))

    def nearest(self, node: Node, count: int) -> tuple[Node, ...]:
        """Return the last `count` pages of the shortest trail, since a whole one may be as long as the vault."""
        found: list[Node] = []
        while len(found) < count and (above := self.above.get(node)) is not None:
            found.append(above)
            node = above
        return tuple(reversed(found))

    def own_children(self, node: Node) -> tuple[Node, ...]:
        """Return the children whose shortest trail leads through `node`: a tree without repeats."""
        return tuple(child for child in self.children.get(node, ()) if self.above.get(child) == node)


def branches(snapshot: Snapshot, nodes: Iterable[Node], title: Callable[[Node], str]) -> Branches:
    """Return the hierarchy of `nodes`, the pages that may be listed."""
    in_order = sorted(nodes, key=lambda node: (fold(title(node)), node.key, node.kind))
    rank = {node: number for number, node in enumerate(in_order)}
    children = {node: _children(snapshot, node, rank) for node in in_order}
    with_parent = {child for found in children.values() for child in found}
    roots = [node for node in in_order if children[node] and node not in with_parent]
    above: dict[Node, Node] = {}
    depths: dict[Node, int] = {}
    _descend(roots, children, rank, above, depths)
    for node in in_order:
        # The remaining pages are only reached from a cycle, whose first member becomes a root.
        if node not in depths and children[node]:
            roots.append(node)
            _descend([node], children, rank, above, depths)
    tops: dict[Node, Node] = {}
    for node in depths:  # in the order of the walks, so the page above comes first
        tops[node] = tops[above[node]] if node in above else node
    loose = tuple(node for node in in_order if not children[node] and node not in with_parent)
    places = {
        child: place
        for node in in_order
        for place, child in enumerate(children[node])
        if above.get(child) == node
    }
    places.update((root, place) for place, root in enumerate(roots))
    return Branches(children, tuple(roots), above, _counts(roots, children), depths, places, loose, tops)


def _children(snapshot: Snapshot, node: Node, rank: Mapping[Node, int]) -> tuple[Node, ...]:
    return tuple(child for child in snapshot.children.get(node, ()) if child in rank)


def _descend(
    start: list[Node],
    children: Mapping[Node, tuple[Node, ...]],
    rank: Mapping[Node, int],
    above: dict[Node, Node],
    depths: dict[Node, int],
) -> None:
    """Traverse level by level; as each level is in the order of trails, the first visit of a page is by its best trail."""
    level = list(start)
    depths.update(dict.fromkeys(level, 0))
    depth = 0
    while level:
        depth += 1
        below: list[Node] = []
        for node in level:
            for child in sorted(children[node], key=rank.__getitem__):
                if child not in depths:
                    depths[child] = depth
                    above[child] = node
                    below.append(child)
        level = below


def _counts(roots: Iterable[Node], children: Mapping[Node, tuple[Node, ...]]) -> dict[Node, int]:
    """Count the pages below each node, a page with two parents once in each of their branches.

    A set of pages is represented by the bits of an integer, so that a union of ten thousand pages is one cheap
    operation. A child that leads back up in a cycle adds only itself.
    """
    bit = {node: 1 << number for number, node in enumerate(_bottom_up(roots, children))}
    below: dict[Node, int] = {}
    for node, own in bit.items():
        found = 0
        for child in children[node]:
            found |= bit[child] | below.get(child, 0)
        below[node] = found & ~own
    return {node: found.bit_count() for node, found in below.items()}


def _bottom_up(roots: Iterable[Node], children: Mapping[Node, tuple[Node, ...]]) -> list[Node]:
    """Return every node below `roots` and the roots, children before their parents."""
    done: list[Node] = []
    seen: set[Node] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(children[root]))]
        while stack:
            node, rest = stack[-1]
            child = next((found for found in rest if found not in seen), None)
            if child is None:
                done.append(node)
                stack.pop()
            else:
                seen.add(child)
                stack.append((child, iter(children[child])))
    return done
