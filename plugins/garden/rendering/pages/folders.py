"""Notes outside the hierarchy by folder: a way to them where nobody has written parents.

A folder is not a parent (HC-1, HI-5): no trail and no relation comes from it, and no page of its own.
It only groups the lists of the home page and the map.
"""

from collections.abc import Mapping

from garden.linking.relation import Node
from garden.model.names import VaultPath, fold, folder
from garden.rendering.branches import Branches
from garden.rendering.catalog import Catalog


def folder_tree(catalog: Catalog) -> Branches:
    """Return the folders of the loose notes as a tree: folders before notes, both in order of title.

    Pages without a file, hubs whose children are all hidden, are left out.
    """
    notes = [node for node in catalog.branches.loose if node.kind == "note"]
    above: dict[Node, Node] = {}
    below: dict[Node, list[Node]] = {}
    for note in notes:
        node, place = note, folder(VaultPath(note.key))
        while place:
            parent = Node("folder", place)
            is_known = parent in below
            below.setdefault(parent, []).append(node)
            above[node] = parent
            if is_known:
                break
            node, place = parent, folder(place)
    counts = dict.fromkeys((*notes, *below), 0)
    # The longest path first: a folder is counted before the one above it.
    for node in sorted(below, key=lambda node: -node.key.count("/")):
        counts[node] = sum(1 if child.kind == "note" else counts[child] for child in below[node])

    def order(node: Node) -> tuple[bool, str, str]:
        return node.kind == "note", fold(folder_title(catalog, node)), node.key

    children = {node: tuple(sorted(below.get(node, ()), key=order)) for node in counts}
    roots = tuple(sorted((node for node in counts if node not in above), key=order))
    return Branches(children, roots, above, counts, {}, {}, ())


def folder_title(catalog: Catalog, node: Node) -> str:
    """Return the title of a note, or the name of a folder."""
    return catalog.title(node) if node.kind == "note" else node.key.rpartition("/")[2]


def folder_anchors(tree: Branches) -> Mapping[Node, str]:
    """Return the ids by which the map's lines of folders can be reached."""
    folders = sorted(node for node in tree.children if node.kind == "folder")
    return {node: f"g:folder-{number}" for number, node in enumerate(folders, 1)}
