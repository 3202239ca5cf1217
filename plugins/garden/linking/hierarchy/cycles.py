"""Strongly connected components of the graph of parents: notes that are their own ancestors (HI-7)."""

from collections.abc import Mapping, Sequence

from garden.linking.relation import Node


def strong_components(parents: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """Return the strongly connected components of the graph of parents, parents before their children.

    This is Tarjan's algorithm with an explicit stack, since a chain of parents may be longer than Python's recursion
    limit. Nodes without parents need not be keys.
    """
    order: dict[Node, int] = {}  # the number of each node, in the order in which they are first visited
    low: dict[Node, int] = {}  # the lowest number of an open node that a node is known to reach
    open_nodes: list[Node] = []  # visited nodes whose component is not complete
    is_open: set[Node] = set()
    found: list[list[Node]] = []
    for start in parents:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        open_nodes.append(start)
        is_open.add(start)
        path = [(start, iter(parents[start]))]
        while path:
            node, rest = path[-1]
            for parent in rest:
                if parent not in order:
                    order[parent] = low[parent] = len(order)
                    open_nodes.append(parent)
                    is_open.add(parent)
                    path.append((parent, iter(parents.get(parent, ()))))
                    break
                if parent in is_open:
                    low[node] = min(low[node], order[parent])
            else:
                path.pop()
                if path:
                    child = path[-1][0]
                    low[child] = min(low[child], low[node])
                if low[node] == order[node]:
                    # The node reaches none that was visited before it: all open nodes from it on are its component.
                    at = len(open_nodes) - 1
                    while open_nodes[at] != node:
                        at -= 1
                    members = open_nodes[at:]
                    del open_nodes[at:]
                    is_open.difference_update(members)
                    found.append(members)
    return found


def cycle_order(members: Sequence[Node], parents: Mapping[Node, Sequence[Node]]) -> list[Node]:
    """Return the members of a component along the cycle if they form a single one, otherwise sorted by key."""
    by_key = sorted(members, key=lambda node: (node.key, node.kind))
    inside = set(members)
    walk = [by_key[0]]
    while len(walk) <= len(members):
        above = [parent for parent in parents.get(walk[-1], ()) if parent in inside]
        if len(above) != 1:
            return by_key
        if above[0] == walk[0]:
            return walk if len(walk) == len(members) else by_key
        walk.append(above[0])
    return by_key
