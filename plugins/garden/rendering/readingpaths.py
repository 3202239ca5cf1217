"""Reading paths: the chains that `next` and `prev` make, with the place of each note in its chain.

A step leads from a note to the first of its next ones, if that one names it first as its previous
one: so a note has one step out and one in at most, and branches and shortcuts make no second chain
of a page. A chain that runs in a circle begins with the first of its titles. Only listed pages are in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from garden.linking.answers import Node
from garden.linking.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Step:
    """A page's place in a chain; `index` counts from 0."""

    chain: tuple[Node, ...]
    index: int


def reading_paths(snapshot: Snapshot, nodes: Iterable[Node]) -> Mapping[Node, Step]:
    """Return the place of every page that is in a chain; `nodes` are the listed ones, in order of title."""
    in_order = list(nodes)
    listed = frozenset(in_order)
    after = {node: _first(snapshot, node, "next", listed) for node in in_order}
    before = {node: _first(snapshot, node, "prev", listed) for node in in_order}
    step = {node: end for node, end in after.items() if end is not None and before[end] == node}
    has_step_in = frozenset(step.values())
    found: dict[Node, Step] = {}
    # What has a step in and is reached from no beginning runs in a circle.
    for start in (*(node for node in in_order if node not in has_step_in), *in_order):
        if start in step and start not in found:
            chain = _chain(start, step)
            found.update((node, Step(chain, index)) for index, node in enumerate(chain))
    return found


def _chain(start: Node, step: Mapping[Node, Node]) -> tuple[Node, ...]:
    chain = {start: None}
    node = step.get(start)
    while node is not None and node not in chain:
        chain[node] = None
        node = step.get(node)
    return tuple(chain)


def _first(snapshot: Snapshot, node: Node, relation: str, listed: frozenset[Node]) -> Node | None:
    edges = snapshot.relations.get(node, {}).get(relation, ())
    return next((edge.node for edge in edges if edge.node in listed and edge.node != node), None)
