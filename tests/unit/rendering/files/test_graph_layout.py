"""Where pages stand in the picture of the graph."""

from itertools import pairwise
from math import atan2, hypot

from garden.linking.relation import Node
from garden.rendering.branches import Branches
from garden.rendering.files.graph_layout import positions


def node(name: str) -> Node:
    return Node("note", name)


def loose(*names: str) -> Branches:
    return Branches({}, (), {}, {}, {}, {}, tuple(map(node, names)))


def distance(point: tuple[int, int]) -> float:
    return hypot(*point)


def test_a_branch_is_a_sector_and_a_level_is_a_ring() -> None:
    """Children stand farther out than their parent and on its side."""
    above = {node(f"{top}{number}"): node(top) for top in "ab" for number in range(3)}
    shape = Branches({}, (node("a"), node("b")), above, {}, {}, {}, ())
    points = positions(shape, {})
    assert len(set(points.values())) == 8
    for child, parent in above.items():
        assert distance(points[child]) > distance(points[parent])
        assert (points[child][1] > 0) == (points[parent][1] > 0)


def test_what_is_linked_stands_together_round_the_most_linked() -> None:
    """Two groups of links are two sectors; what has no link is below all."""
    groups = {"h": "xyz", "k": "uvw"}
    linked: dict[Node, list[Node]] = {}
    for hub, others in groups.items():
        for other in others:
            linked.setdefault(node(hub), []).append(node(other))
            linked.setdefault(node(other), []).append(node(hub))
    points = positions(loose("alone", *"hkuvwxyz"), {key: tuple(near) for key, near in linked.items()})
    for hub, others in groups.items():
        side = atan2(points[node(hub)][1], points[node(hub)][0]) > 0
        for other in others:
            assert distance(points[node(other)]) > distance(points[node(hub)])
            assert (atan2(points[node(other)][1], points[node(other)][0]) > 0) == side
    assert points[node("alone")][1] == max(y for _, y in points.values())


def test_what_has_no_link_is_in_rows() -> None:
    """Broader than high, no two at one point, the same distance apart each way."""
    points = list(positions(loose(*map(str, range(200))), {}).values())
    columns, rows = (sorted({point[axis] for point in points}) for axis in (0, 1))
    assert len(set(points)) == 200
    assert len(columns) > 2 * len(rows)
    assert {after - before for axis in (columns, rows) for before, after in pairwise(axis)} == {40}


def test_an_empty_vault_has_no_points() -> None:
    """And a single note has one."""
    assert positions(loose(), {}) == {}
    assert len(positions(loose("a"), {})) == 1
