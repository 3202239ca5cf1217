"""What the hierarchy consists of: nodes, edges, hubs, trails."""

from typing import Literal, NamedTuple

from msgspec import Struct

from garden.model.names import Folded, VaultPath

NodeKind = Literal["note", "hub", "label", "gap", "folder", "category", "tag"]


class Node(NamedTuple):
    """A page of the hierarchy: a note (`key` is its path) or a hub (`key` is the fold of its name).

    A label is a parent in trails that has a name, but no page; its `key` is the fold of the name. A gap
    replaces, in a very long trail, the steps that are left out; its `key` is their number. A folder, category or tag
    is where a note outside the hierarchy is found; the `key` of a folder is its path, that of the others a fold.
    """

    kind: NodeKind
    key: str


class Edge(Struct, frozen=True):
    """One entry of a relation; `node` is None for an unresolved target, shown as `text`."""

    node: Node | None
    text: str = ""
    implied: bool = False


class Hub(Struct, frozen=True):
    """A hierarchy target that is not a note (HI-9).

    `written` is its name in notes, which its address is made from, where `title` is another;
    empty where it is the same.
    """

    key: Folded
    title: str
    written: str = ""


class Backlink(Struct, frozen=True):
    """A note that cites a page; `refs` index that note's `Document.refs`, in order (WL-15)."""

    source: VaultPath
    refs: tuple[int, ...]


class TagEntry(Struct, frozen=True):
    """A tag, category or author with the listed notes that have it, in path order.

    A tag also has the notes of the tags nested in it (TG-4).
    """

    key: Folded
    name: str
    notes: tuple[VaultPath, ...]


TrailNodes = tuple[Node, ...]
"""A path from a root down to a page's parent; the page itself is not in it (HI-10)."""
