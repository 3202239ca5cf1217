"""A view of the hierarchy inside a note: what a block ```` ```breadcrumbs ```` asks for, checked."""

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
    """A note links to the one named; `ref` is the index of that name in Document.refs, -1 until it has one."""

    name: str
    ref: int = -1


Condition = HasTag | InFolder | LinksTo
ViewQuery = tuple[Condition | Operator, ...]
"""Which notes may be in a view, in postfix order; empty for all."""


class HierarchyView(Struct, frozen=True):
    """The options of a view. Absent text is empty.

    `fields` are compared names, empty for all. Levels `above` < level <= `below` are shown, the
    notes next to the first one being level 1; `below` 0 means the usual depth. `start` is the
    index in Document.refs of the note to begin with, -1 for the note that holds the view.
    `sort` is a name, or `neighbour-field` with the compared name of that field in `sort_field`.
    `line` is where the view is.
    """

    kind: ViewKind = ViewKind.TREE
    title: str = ""
    fields: tuple[str, ...] = ()
    above: int = 0
    below: int = 0
    start: int = -1
    sort: str = "basename"
    sort_field: str = ""
    descending: bool = False
    flat: bool = False
    collapse: bool = False
    content: str = ""  # "open" or "closed": the whole can be folded
    merge: bool = True
    attributes: tuple[str, ...] = ()
    prefix: bool = False  # the relation is shown before each page
    query: ViewQuery = ()
    direction: str = "LR"
    line: int = 0
