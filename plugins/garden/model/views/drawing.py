"""A drawing as data (EX): an SVG with gaps for the images in it, or nothing where it cannot be drawn."""

from msgspec import Struct


class DrawingView(Struct, frozen=True):
    """A drawing: pieces of its SVG, with the images in between. `alt` are its texts, `count` is that of its elements."""

    svg: tuple["str | DrawnImage", ...] = ()
    alt: str = ""
    count: int = 0


class DrawnImage(Struct, frozen=True):
    """An image in a drawing: `ref` is its index in Document.refs, `attributes` say where it is."""

    ref: int
    attributes: str
