"""Strongly connected components."""

from garden.linking.hierarchy.cycles import cycle_order, strong_components
from garden.linking.relation import Node


def graph(edges: str) -> dict[Node, tuple[Node, ...]]:
    """Read `ab ac`: a has the parents b and c."""
    found: dict[Node, tuple[Node, ...]] = {}
    for child, parent in edges.split():
        found[Node("note", child)] = (*found.get(Node("note", child), ()), Node("note", parent))
    return found


def names(nodes: list[Node]) -> str:
    """Return the keys of nodes as one word."""
    return "".join(node.key for node in nodes)


def test_parents_come_before_children() -> None:
    """In a graph without cycles every node is its own component, roots first."""
    assert [names(part) for part in strong_components(graph("ab bc ac dc"))] == ["c", "b", "a", "d"]


def test_members_of_a_cycle_are_together() -> None:
    """Two cycles with a bridge are two components."""
    found = strong_components(graph("ab ba bc cd de ec"))
    assert sorted("".join(sorted(names(part))) for part in found) == ["ab", "cde"]


def test_a_deep_chain_needs_no_deep_stack() -> None:
    """Thousands of parents in a row cause no recursion."""
    chain = {Node("note", str(at)): (Node("note", str(at + 1)),) for at in range(5000)}
    assert len(strong_components(chain)) == 5001


def test_a_plain_cycle_is_named_in_its_order() -> None:
    """The first member comes first, then its parent; a tangle is named by key."""
    ring = graph("ca ab bc")
    assert names(cycle_order(strong_components(ring)[0], ring)) == "abc"
    other = graph("ac cb ba")
    assert names(cycle_order(strong_components(other)[0], other)) == "acb"
    tangle = graph("ac ca ab ba")
    assert names(cycle_order(strong_components(tangle)[0], tangle)) == "abc"
    lasso = graph("ab bc cb")
    assert names(cycle_order([Node("note", "c"), Node("note", "b")], lasso)) == "bc"
