"""`graph.json`: the whole graph for the graph page, with positions computed by the build."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from json.encoder import encode_basestring

from garden.linking.relation import Node, NoteGroup
from garden.model import routes
from garden.model.names import SaveAs, VaultPath, field_key
from garden.model.pages.page import Artifact
from garden.model.settings import RelationField
from garden.rendering.catalog import Catalog
from garden.rendering.compact_json import compact_json
from garden.rendering.files.graph_layout import positions
from garden.rendering.pages.panels.local_graph import MENTION


def graph(catalog: Catalog) -> Artifact:
    """Return nodes (title, address, branch, x, y, tags), links (source, target, relation) and their names.

    Links, branches and tags (`g`) are numbers into `nodes`, `relations`, `branches` and `tags`; a node
    outside all branches has the branch -1. Where notes have no written hierarchy, their places are the branches.
    `labels` are the names of `relations` for readers.
    """
    language = catalog.settings.language
    nodes = catalog.nodes_by_title
    index = {node: number for number, node in enumerate(nodes)}
    tops, branch_of = catalog.part("branches", lambda: _branches(catalog))
    relations = _one_way(catalog.settings.relations)
    points = catalog.part("points", lambda: positions(catalog.branches, _linked(catalog)))
    tags = [entry for entry in catalog.snapshot.tags.values() if entry.notes]
    tagged = _tagged(tags)
    found = []
    for node in nodes:
        name = catalog.part(node, partial(_name, catalog, node))
        x, y = points[node]
        numbers = tagged.get(node.key) if node.kind == "note" else None
        last = f',"g":[{",".join(map(str, numbers))}]' if numbers else ""
        found.append(f'{{{name},"b":{branch_of.get(node, -1)},"x":{x},"y":{y}{last}}}')
    rest = {
        "links": sorted(_links(catalog, index, relations)),
        "relations": [*relations, MENTION],
        "labels": [*(catalog.label(name, language) for name in relations), catalog.gettext("mention")],
        "tags": [entry.name for entry in tags],
        "branches": [catalog.title(top) for top in tops],
    }
    content = f'{{"nodes":[{",".join(found)}],{compact_json(rest)[1:]}'
    return Artifact(SaveAs(routes.GRAPH_DATA), content.encode("utf-8", "replace"))


def _name(catalog: Catalog, node: Node) -> str:
    """Return the members of a page that say what it is called, and where it is."""
    title, address = map(encode_basestring, (catalog.marked_title(node), catalog.link(node).href))
    return f'"t":{title},"u":{address}'


def _tagged(tags: Iterable[NoteGroup]) -> Mapping[str, list[int]]:
    """Return the tags of each note as numbers, including those in which its tags are nested."""
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(tags):
        for path in entry.notes:
            found.setdefault(path, []).append(number)
    return found


def _one_way(fields: tuple[RelationField, ...]) -> list[str]:
    """Return one field of each pair of inverse relations, since the other has the same links in reverse."""
    kept: list[str] = []
    for field in fields:
        if field_key(field.inverse) not in kept:
            kept.append(field_key(field.name))
    return kept


def _tops(catalog: Catalog) -> list[Node]:
    """Return the tops of the branches and places; one that contains most notes is split into those right below it."""
    found: list[Node] = []
    total = len(catalog.nodes)
    for shape in (catalog.branches, catalog.places.shape):
        for root in shape.roots:
            if shape.children[root]:
                found.append(root)
            if 2 * shape.counts[root] > total:
                found += [child for child in shape.own_children(root) if shape.children[child]]
    return found


def _branches(catalog: Catalog) -> tuple[list[Node], dict[Node, int]]:
    """Return the tops of branches, and the number of the branch that each page is in."""
    tops = _tops(catalog)
    branch_of = {top: number for number, top in enumerate(tops)}
    for node in catalog.nodes:
        _find_branch(catalog, node, branch_of)
    return tops, branch_of


def _find_branch(catalog: Catalog, node: Node, branch_of: dict[Node, int]) -> None:
    """Record the number of the branch or place of a node, for all nodes on the way to its top."""
    shape = catalog.places.shape if node in catalog.places.shape.depths else catalog.branches
    way = [node]
    while way[-1] not in branch_of and (above := shape.above.get(way[-1])) is not None:
        way.append(above)
    if way[-1] in branch_of:
        branch_of.update(dict.fromkeys(way, branch_of[way[-1]]))


def _links(
    catalog: Catalog, index: Mapping[Node, int], relations: list[str]
) -> Iterator[tuple[int, int, int]]:
    """Yield the lines between the pages: the numbers of both ends, and of the relation."""
    kinds = {name: number for number, name in enumerate(relations)}
    # A symmetric relation is listed at both ends, but written once.
    symmetric = {
        kinds[field_key(field.name)]
        for field in catalog.settings.relations
        if field_key(field.name) == field_key(field.inverse)
    }
    for node, source in index.items():
        for near, kind in catalog.part(("links", node), partial(_lines, catalog, node, kinds)):
            target = index.get(near)
            if target is not None and (kind not in symmetric or source < target):
                yield source, target, kind


def _lines(catalog: Catalog, node: Node, kinds: Mapping[str, int]) -> tuple[tuple[Node, int], ...]:
    """Return the pages to which a line leads from a page, each with the number of the relation."""
    found: list[tuple[Node, int]] = []
    joined = {node}
    for name, edges in catalog.snapshot.relations.get(node, {}).items():
        targets = [edge.node for edge in edges if edge.node is not None]
        joined.update(targets)
        if name in kinds:
            found += [(target, kinds[name]) for target in targets]
    if node.kind == "note":
        found += [(near, len(kinds)) for near in catalog.cites(VaultPath(node.key)) if near not in joined]
    return tuple(found)


def _linked(catalog: Catalog) -> Mapping[Node, Sequence[Node]]:
    """Return for each page outside the hierarchy the others with which it is linked, in either direction."""
    loose = set(catalog.branches.loose)
    found: dict[Node, dict[Node, None]] = {}
    for node in catalog.branches.loose:
        edges = catalog.snapshot.relations.get(node, {}).values()
        near = [edge.node for relation in edges for edge in relation if edge.node is not None]
        near += catalog.cites(VaultPath(node.key)) if node.kind == "note" else ()
        for other in near:
            if other in loose and other != node:
                found.setdefault(node, {})[other] = None
                found.setdefault(other, {})[node] = None
    return {node: tuple(near) for node, near in found.items()}
