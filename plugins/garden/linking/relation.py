"""What the hierarchy consists of: nodes, edges, hubs, trails; and backlinks and note groups, which name notes as well."""

from typing import Literal, NamedTuple

from msgspec import Struct

from garden.model.names import Folded, VaultPath
from garden.model.pickling import pickled_quickly

NodeKind = Literal["note", "hub", "label", "gap", "folder", "category", "tag"]


@pickled_quickly
class Node(NamedTuple):
    """A page of the hierarchy: a note (`key` is its path) or a hub (`key` is its folded name).

    A label is a parent that is named in trails but has no page; its `key` is the folded name. A gap replaces the steps that
    are left out of a very long trail; its `key` is their number. A folder, category or tag is where a note outside the
    hierarchy is found; the `key` of a folder is its path, that of the others the folded name.
    """

    kind: NodeKind
    key: str


class Edge(Struct, frozen=True):
    """One entry of a relation; `node` is None for a target without a page, of which `text` is shown."""

    node: Node | None
    text: str = ""
    implied: bool = False  # whether it follows from other relations, and is not written in a note


class Hub(Struct, frozen=True):
    """A page for a parent that is not a note (HI-9).

    `written` is its name in notes, from which its address is made, empty if it is the same as `title`.
    """

    key: Folded
    title: str
    written: str = ""


class Backlink(Struct, frozen=True):
    """A note that links to a page; `refs` are the indexes of the links in that note's `Document.refs`, sorted (WL-15)."""

    source: VaultPath
    refs: tuple[int, ...]


class NoteGroup(Struct, frozen=True):
    """A tag, category or author with the listed notes that have it, in path order.

    A tag also has the notes of the tags nested in it (TG-4).
    """

    key: Folded
    name: str
    notes: tuple[VaultPath, ...]


TrailNodes = tuple[Node, ...]
"""A path from a root down to a page's parent; the page itself is not in it (HI-10)."""
