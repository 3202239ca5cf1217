"""A canvas as data: nodes in a plane and edges between them (CV), as its file says, checked."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from garden.model.body import Part


class CanvasNode(Struct, frozen=True):
    """A node. `kind` is text, file, link or group; whole numbers are pixels.

    `parts` are the HTML of a text. `ref` is the index in Document.refs of the file that is shown, or of the
    background of a group, -1 for none. `name` is what the node is called where another leads to it.
    """

    kind: str
    x: int
    y: int
    width: int
    height: int
    color: str = ""
    parts: "tuple[Part, ...]" = ()
    ref: int = -1
    url: str = ""
    name: str = ""


class CanvasEdge(Struct, frozen=True):
    """An edge from one node to another, by their indexes; a side is empty where the file leaves it out."""

    begin: int
    end: int
    begin_side: str = ""
    end_side: str = ""
    begin_arrow: bool = False
    end_arrow: bool = True
    color: str = ""
    label: str = ""


class CanvasView(Struct, frozen=True):
    """A canvas, its nodes in the order of the file."""

    nodes: tuple[CanvasNode, ...] = ()
    edges: tuple[CanvasEdge, ...] = ()
