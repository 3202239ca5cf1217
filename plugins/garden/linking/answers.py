"""The answers that linking gives: where a reference leads, what stands in which relation.

Closed unions and records only; readers match on them and never search the vault again.
"""

from dataclasses import dataclass
from typing import NamedTuple

from garden.model.names import Anchor, Folded, Url, VaultPath
from garden.model.note import Block, Heading


class Node(NamedTuple):
    """A page of the hierarchy: a note (`key` is its path) or a hub (`key` is the fold of its name).

    A label is a parent in trails that has a name, but no page; its `key` is the fold of the name.
    """

    kind: str  # "note", "hub" or "label"
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """The reference leads to a published note or a hub, perhaps to a part of it."""

    node: Node
    anchor: Anchor | None = None
    part: Heading | Block | None = None
    part_missing: bool = False  # the note is there, the heading or block is not (AN-4, AN-6)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """The reference leads to an attachment."""

    path: VaultPath


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The reference leads to a generated page: Pelican's `{tag}`, `{category}`, `{index}` (WL-13)."""

    url: Url


@dataclass(frozen=True, slots=True)
class Missing:
    """No note, file or hub answers to the name (WL-12)."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The target is a note that is not published: nothing about it may be shown (PB-4)."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A Markdown link that may be a site address: it is left as it stands (WL-13)."""


Resolution = Found | FoundFile | FoundPage | Missing | Unpublished | LeftAlone


@dataclass(frozen=True, slots=True)
class Edge:
    """One entry of a relation; `node` is None for an unresolved target, shown as `text`."""

    node: Node | None
    text: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Hub:
    """A hierarchy target that is no note (HI-9).

    `written` is its name in notes, which its address is made from, where `title` is another;
    empty where it is the same.
    """

    key: Folded
    title: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that cites a page; `refs` index that note's `Document.refs`, in order (WL-15)."""

    source: VaultPath
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A tag, category or author with the listed notes that have it, in path order.

    A tag also has the notes of the tags nested in it (TG-4).
    """

    key: Folded
    name: str
    notes: tuple[VaultPath, ...]


Trail = tuple[Node, ...]
"""A path from a root down to a page's parent; the page itself is not in it (HI-10)."""
