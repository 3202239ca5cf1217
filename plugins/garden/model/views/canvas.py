"""A canvas as data: nodes with positions, and edges between them (CV), read from its file and checked."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from garden.model.body import Part


class CanvasNode(Struct, frozen=True):
    """A node; position and size are in pixels."""

    kind: str  # "text", "file", "link" or "group"
    x: int
    y: int
    width: int
    height: int
    color: str = ""  # the number of one of the plugin's six colours, or hexadecimal digits after `#`
    parts: "tuple[Part, ...]" = ()  # of a text: its HTML
    ref: int = -1  # index in Document.refs of the file that is shown, or of a group's background, -1 for none
    url: str = ""  # of a link
    name: str = ""  # how the list of edges calls the node


class CanvasEdge(Struct, frozen=True):
    """An edge from one node to another; a side is empty if the file does not say it."""

    begin: int  # index in CanvasView.nodes, as `end`
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
