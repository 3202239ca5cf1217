"""A drawing as data (EX): an SVG with gaps for the images in it, or nothing where it cannot be drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawingView:
    """A drawing: pieces of its SVG, with the images in between. `alt` are its texts, `count` is that of its elements."""

    svg: tuple["str | DrawnImage", ...] = ()
    alt: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class DrawnImage:
    """An image in a drawing: `ref` is its index in Document.refs, `attributes` say where it is."""

    ref: int
    attributes: str
