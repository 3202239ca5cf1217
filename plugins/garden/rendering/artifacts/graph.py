"""`graph.json`: the whole graph for the graph page, with positions worked out here.

The picture is a radial tree: a branch is a sector as wide as its number of
leaves, a level is a ring. It depends on the notes alone, so it looks the same
after each build and costs one walk over the tree.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from math import cos, pi, sin
from typing import Final

from garden.linking.answers import Node, TagEntry
from garden.model.names import SaveAs, VaultPath, field_key
from garden.model.page import Artifact
from garden.model.settings import RelationField
from garden.rendering.library import Library
from garden.rendering.localgraph import MENTION, mentioned

_RING: Final = 120
"""Distance between levels, in the units of the picture."""

_ROOM: Final = 14
"""Width that a leaf needs on its ring, in the same units."""


def graph(library: Library) -> Artifact:
    """Return nodes (title, address, branch, x, y, tags), links (source, target, relation) and their names.

    Links, branches and tags (`g`) are numbers into `nodes`, `relations`, `branches` and `tags`; a node
    outside all branches has the branch -1. `labels` are the names of `relations` for readers.
    """
    language = library.settings.language
    nodes = sorted(library.nodes, key=library.title_order)
    index = {node: number for number, node in enumerate(nodes)}
    roots = library.branches.roots
    branch_of = {root: number for number, root in enumerate(roots)}
    relations = _one_way(library.settings.relations)
    positions = _positions(library)
    tags = [entry for entry in library.snapshot.tags.values() if entry.notes]
    tagged = _tagged(tags)
    data = {
        "nodes": [
            {
                "t": library.title(node),
                "u": library.link(node).href,
                "b": branch_of.get(_root(library, node, branch_of), -1),
                "x": positions[node][0],
                "y": positions[node][1],
                **({"g": tagged[node.key]} if node.kind == "note" and node.key in tagged else {}),
            }
            for node in nodes
        ],
        "links": sorted(_links(library, index, relations)),
        "relations": [*relations, MENTION],
        "labels": [*(library.label(name, language) for name in relations), library.word("line_mention")],
        "tags": [entry.name for entry in tags],
        "branches": [library.title(root) for root in roots],
    }
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Artifact(SaveAs("graph.json"), content.encode("utf-8", "replace"))


def _tagged(tags: Iterable[TagEntry]) -> Mapping[str, list[int]]:
    """Return the tags of each note as numbers, those above its own among them."""
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(tags):
        for path in entry.notes:
            found.setdefault(path, []).append(number)
    return found


def _one_way(fields: tuple[RelationField, ...]) -> list[str]:
    """Return one field of each pair of inverses: the other says the same backwards."""
    kept: list[str] = []
    for field in fields:
        if field_key(field.inverse) not in kept:
            kept.append(field_key(field.name))
    return kept


def _root(library: Library, node: Node, branch_of: dict[Node, int]) -> Node:
    """Return the root above a node, remembering its number for all nodes on the way."""
    way = [node]
    while way[-1] not in branch_of and (above := library.branches.above.get(way[-1])) is not None:
        way.append(above)
    if way[-1] in branch_of:
        branch_of.update(dict.fromkeys(way, branch_of[way[-1]]))
    return way[-1]


def _links(
    library: Library, index: Mapping[Node, int], relations: list[str]
) -> Iterator[tuple[int, int, int]]:
    # Both ends list a symmetric relation.
    symmetric = {
        field_key(field.name)
        for field in library.settings.relations
        if field_key(field.name) == field_key(field.inverse)
    }
    for node, source in index.items():
        joined: set[int] = set()
        for name, edges in library.snapshot.relations.get(node, {}).items():
            targets = [index[edge.node] for edge in edges if edge.node is not None and edge.node in index]
            joined.update(targets)
            if name in relations:
                kind = relations.index(name)
                both = name in symmetric
                yield from ((source, target, kind) for target in targets if not both or source < target)
        if node.kind == "note":
            for near in mentioned(library, VaultPath(node.key)):
                target = index.get(near, source)
                if target != source and target not in joined:
                    yield source, target, len(relations)


def _positions(library: Library) -> dict[Node, tuple[int, int]]:
    """Return a point for every listed page; the loose ones stand on a ring round the tree."""
    shape = library.branches
    in_order: list[Node] = []
    waiting = list(reversed(shape.roots))
    while waiting:
        node = waiting.pop()
        in_order.append(node)
        waiting.extend(reversed(shape.own_children(node)))
    leaves = dict.fromkeys(in_order, 0)
    for node in reversed(in_order):
        leaves[node] = leaves[node] or 1
        above = shape.above.get(node)
        if above is not None:
            leaves[above] += leaves[node]
    total = sum(leaves[root] for root in shape.roots) or 1
    spread = max(1.0, total * _ROOM / (2 * pi * _RING))
    points: dict[Node, tuple[int, int]] = {}
    used = dict.fromkeys(in_order, 0.0)
    at_top = 0.0
    for node in in_order:
        share = leaves[node] / total
        above = shape.above.get(node)
        if above is None:
            start, at_top = at_top, at_top + share
        else:
            start = used[above]
            used[above] += share
        used[node] = start
        points[node] = _point(start + share / 2, _RING * spread * (shape.depths[node] + 1))
    deepest = max((shape.depths[node] for node in in_order), default=-1)
    radius = _RING * spread * (deepest + 2)
    for number, node in enumerate(shape.loose):
        # Three rings by turns, so that labels of neighbours do not meet.
        points[node] = _point(number / max(1, len(shape.loose)), radius + _RING * (number % 3))
    return points


def _point(turn: float, radius: float) -> tuple[int, int]:
    angle = 2 * pi * turn
    return round(radius * cos(angle)), round(radius * sin(angle))
