"""A view of the hierarchy inside a note, as data: the checked options of a block ```` ```breadcrumbs ````."""

from enum import Enum

from msgspec import Struct

from garden.model.names import Folded


class ViewKind(Enum):
    """How a view is drawn."""

    TREE = "tree"
    MERMAID = "mermaid"
    MARKMAP = "markmap"


class Operator(Enum):
    """What joins the conditions of a query."""

    AND = "and"
    OR = "or"
    NOT = "not"


class HasTag(Struct, frozen=True):
    """A note has this tag or one nested in it."""

    tag: Folded


class InFolder(Struct, frozen=True):
    """A note is in this folder or below it; empty for the whole vault."""

    folder: Folded


class LinksTo(Struct, frozen=True):
    """A note links to the note `name`; `ref` is the index of that reference in Document.refs, -1 until it has one."""

    name: str
    ref: int = -1


Condition = HasTag | InFolder | LinksTo
ViewQuery = tuple[Condition | Operator, ...]
"""Which notes may be in a view, in postfix order; empty for all."""


class HierarchyView(Struct, frozen=True):
    """The options of a view. Absent text is empty.

    The neighbours of the first note are level 1; levels are shown for which `above` < level <= `below`.
    """

    kind: ViewKind = ViewKind.TREE
    title: str = ""
    fields: tuple[str, ...] = ()  # compared names of the relations to follow, empty for all
    above: int = 0
    below: int = 0  # 0 for the default depth
    start: int = -1  # index in Document.refs of the note to begin with, -1 for the note with the view
    sort: str = "basename"  # what pages are sorted by; for `neighbour-field`, that of `sort_field`
    sort_field: str = ""  # a compared name
    descending: bool = False
    flat: bool = False  # whether all levels are one list
    collapse: bool = False  # whether lower levels are folded at first
    content: str = ""  # "open" or "closed": the whole view can be folded
    merge: bool = True  # whether all relations are followed in one tree, and not each in its own
    attributes: tuple[str, ...] = ()  # what is said about each edge
    prefix: bool = False  # whether the relation is shown before each page
    query: ViewQuery = ()
    direction: str = "LR"  # of a Mermaid diagram
    line: int = 0  # of the view in its file
