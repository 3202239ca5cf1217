"""An Excalidraw drawing as data (EX): an SVG with gaps for the images in it."""

from msgspec import Struct


class DrawingView(Struct, frozen=True):
    """A drawing: `svg` are the pieces of its SVG, with the images between them; it is empty if it cannot be drawn."""

    svg: tuple["str | DrawnImage", ...] = ()
    alt: str = ""  # the texts in the drawing
    count: int = 0  # number of its elements


class DrawnImage(Struct, frozen=True):
    """An image in a drawing: its index in Document.refs, and the SVG attributes for its position and size."""

    ref: int
    attributes: str
