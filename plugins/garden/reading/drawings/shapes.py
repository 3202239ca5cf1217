"""Draws the elements of a drawing as SVG (EX-3): their geometry and colours, without Excalidraw's hand-drawn style."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import atan2, cos, degrees, isfinite, pi, sin
from typing import Any, Final

from garden.model.views.drawing import DrawnImage

_COLOR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}")
# These colours are replaced by those of the page, so that they follow its colour scheme.
_INK: Final = frozenset(("#000", "#000000", "#1e1e1e", "black"))
_PAPER: Final = frozenset(("#fff", "#ffffff", "white"))
_PAGE_INK: Final = "currentColor"
_PAGE_PAPER: Final = "var(--paper, #fff)"
_DARK: Final = "#1c1c1c"
_DASHES: Final = {"dashed": (4, 3), "dotted": (1, 2)}
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
# Excalidraw's numbers for its fonts: those for code, and those that look like handwriting. All others are sans-serif.
_FONTS: Final = {3: "monospace", 8: "monospace", 1: "cursive, sans-serif", 5: "cursive, sans-serif"}
# A wikilink or a Markdown link, with or without the mark of an embed.
_LINK: Final = re.compile(r"!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]|\[([^\[\]]*)\]\([^()]*\)")
_MOST_POINTS: Final = 20_000  # of a line; the plugin draws far fewer (HC-10)
_LARGEST: Final = 1e7  # of a coordinate: more is a mistake, and would be written with many digits
_HEAD: Final = 14  # length of the strokes of an arrowhead
_HEAD_ANGLE: Final = pi / 7  # between each of them and the line
_LABEL_GAP: Final = 6  # between a frame and the name above it

Images = Mapping[str, int]
"""The indexes in Document.refs of image files by their ids."""


def measure(element: Mapping[str, Any], name: str, default: float = 0.0) -> float:
    """Return a numeric property of an element, `default` if it is not a number."""
    value = element.get(name)
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and isfinite(value)
        and abs(value) < _LARGEST
    ):
        return float(value)
    return default


def line_points(element: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return the points of a line, relative to the element."""
    written = element.get("points")
    return [
        (measure({"x": pair[0]}, "x"), measure({"y": pair[1]}, "y"))
        for pair in (written if isinstance(written, list) else [])[:_MOST_POINTS]
        if isinstance(pair, list) and len(pair) >= 2
    ]


def shown_text(text: str) -> str:
    """Return a text in which links are replaced by the text that they show."""
    return _LINK.sub(lambda found: found[2] or found[1] or found[3] or "", text)


def text_of_element(element: Mapping[str, Any]) -> str:
    """Return the text of a text element as its author typed it."""
    for name in ("rawText", "originalText", "text"):
        value = element.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def draw_element(element: Mapping[str, Any], images: Images) -> "tuple[str | DrawnImage, ...]":
    """Return an element as SVG, empty for one that is not drawn."""
    draw = _DRAWERS.get(str(element.get("type")))
    if draw is None:
        return ()
    made = draw(element, images)
    if not made:
        return ()
    opacity = measure(element, "opacity", 100) / 100
    attributes = f' opacity="{opacity:g}"' if opacity < 1 else ""
    angle = measure(element, "angle")
    if angle:
        x = measure(element, "x") + measure(element, "width") / 2
        y = measure(element, "y") + measure(element, "height") / 2
        attributes += f' transform="rotate({degrees(angle):.4g} {x:.6g} {y:.6g})"'
    if not attributes:
        return (made,)
    return (f"<g{attributes}>", made, "</g>")


def _color(value: Any) -> str:
    """Return a colour for SVG: black and white as those of the page, `none` for anything that is not a colour."""
    if not isinstance(value, str) or not _COLOR.fullmatch(value) or value == "transparent":
        return "none"
    lower = value.lower()
    return _PAGE_INK if lower in _INK else _PAGE_PAPER if lower in _PAPER else lower


def is_filled(element: Mapping[str, Any]) -> bool:
    """Say whether an element is filled with a colour that is the same in both colour schemes."""
    if element.get("type") not in ("rectangle", "ellipse", "diamond"):
        return False
    return _color(element.get("backgroundColor")) not in ("none", _PAGE_INK, _PAGE_PAPER)


def readable_on(element: Mapping[str, Any], filled: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return an element; if it is a text in the page's colour over a `filled` one, with a colour that is always dark."""
    if element.get("type") != "text" or _color(element.get("strokeColor", "black")) != _PAGE_INK:
        return element
    x, y, width, height = _box(element)
    across, down = x + width / 2, y + height / 2
    for left, top, box_width, box_height in map(_box, filled):
        if left <= across <= left + box_width and top <= down <= top + box_height:
            return {**element, "strokeColor": _DARK}
    return element


def _stroke(element: Mapping[str, Any]) -> str:
    """Return the attributes of an element's outline."""
    width = measure(element, "strokeWidth", 2)
    dash = _DASHES.get(str(element.get("strokeStyle")))
    dashes = f' stroke-dasharray="{dash[0] * width:g} {dash[1] * width:g}"' if dash else ""
    return f'stroke="{_color(element.get("strokeColor", "black"))}" stroke-width="{width:g}"{dashes}'


def _fill(element: Mapping[str, Any]) -> str:
    return f'fill="{_color(element.get("backgroundColor"))}"'


def _box(element: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of an element."""
    return (
        measure(element, "x"),
        measure(element, "y"),
        max(measure(element, "width"), 0),
        max(measure(element, "height"), 0),
    )


# One function for each type of element, as the table at the end says. All take `images`, which only `_image` needs.


def _rectangle(element: Mapping[str, Any], images: Images) -> str:
    del images
    x, y, width, height = _box(element)
    # A quarter of the shorter side, at most 32, as in Excalidraw.
    corner = min(width, height, 128) / 4 if isinstance(element.get("roundness"), dict) else 0
    radius = f' rx="{corner:g}"' if corner else ""
    return f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"{radius} {_stroke(element)} {_fill(element)}/>'


def _ellipse(element: Mapping[str, Any], images: Images) -> str:
    del images
    x, y, width, height = _box(element)
    return (
        f'<ellipse cx="{x + width / 2:.6g}" cy="{y + height / 2:.6g}" rx="{width / 2:.6g}" ry="{height / 2:.6g}" '
        f"{_stroke(element)} {_fill(element)}/>"
    )


def _diamond(element: Mapping[str, Any], images: Images) -> str:
    del images
    x, y, width, height = _box(element)
    corners = (
        (x + width / 2, y),
        (x + width, y + height / 2),
        (x + width / 2, y + height),
        (x, y + height / 2),
    )
    return f'<polygon points="{_joined(corners)}" {_stroke(element)} {_fill(element)}/>'


def _joined(pairs: Sequence[tuple[float, float]]) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:.6g},{y:.6g}" for x, y in pairs)


def _line(element: Mapping[str, Any], images: Images) -> str:
    """Draw a line, an arrow or a freehand stroke; one that ends where it begins is filled."""
    del images
    x, y = measure(element, "x"), measure(element, "y")
    found = [(x + left, y + top) for left, top in line_points(element)]
    if len(found) < 2:
        return ""
    closed = found[0] == found[-1] and len(found) > 3
    fill = _fill(element) if closed else 'fill="none"'
    curved = isinstance(element.get("roundness"), dict) and len(found) > 2
    path = _curve(found) if curved else f"M{' L'.join(f'{x:.6g} {y:.6g}' for x, y in found)}"
    heads = ""
    if element.get("endArrowhead"):
        heads += _arrowhead(found[-1], found[-2])
    if element.get("startArrowhead"):
        heads += _arrowhead(found[0], found[1])
    return (
        f'<path d="{path}{heads}" {_stroke(element)} {fill} stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _curve(found: list[tuple[float, float]]) -> str:
    """Return a smooth path through points: a Catmull-Rom spline.

    Between two points it is a Bézier curve whose control points are a sixth of the way between the neighbours of each point
    away from it.
    """
    out = [f"M{found[0][0]:.6g} {found[0][1]:.6g}"]
    for at in range(len(found) - 1):
        before, begin = found[max(at - 1, 0)], found[at]
        end, after = found[at + 1], found[min(at + 2, len(found) - 1)]
        first = (begin[0] + (end[0] - before[0]) / 6, begin[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - begin[0]) / 6, end[1] - (after[1] - begin[1]) / 6)
        out.append(
            f"C{first[0]:.6g} {first[1]:.6g} {second[0]:.6g} {second[1]:.6g} {end[0]:.6g} {end[1]:.6g}"
        )
    return " ".join(out)


def _arrowhead(tip: tuple[float, float], before: tuple[float, float]) -> str:
    """Return two strokes at the end of a line, which comes from `before`."""
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    strokes = []
    for turn in (-_HEAD_ANGLE, _HEAD_ANGLE):
        x, y = tip[0] - _HEAD * cos(angle + turn), tip[1] - _HEAD * sin(angle + turn)
        strokes.append(f" M{x:.6g} {y:.6g} L{tip[0]:.6g} {tip[1]:.6g}")
    return "".join(strokes)


def _freedraw(element: Mapping[str, Any], images: Images) -> str:
    """Draw a freehand stroke: a line with many points, neither curved nor with arrowheads."""
    return _line({**element, "endArrowhead": None, "startArrowhead": None, "roundness": None}, images)


def _text(element: Mapping[str, Any], images: Images) -> str:
    """Draw the lines of a text; links in it are their display texts."""
    del images
    text = shown_text(str(element.get("text") or text_of_element(element)))
    x, y, width, _ = _box(element)
    size = measure(element, "fontSize", 20)
    step = size * (measure(element, "lineHeight", 1.25) or 1.25)
    align = str(element.get("textAlign"))
    across = {"center": width / 2, "right": width}.get(align, 0)
    family = _FONTS.get(int(measure(element, "fontFamily", 2)), "sans-serif")
    lines = "".join(
        f'<tspan x="{x + across:.6g}" y="{y + step * index + size:.6g}">{escape(line, quote=False)}</tspan>'
        for index, line in enumerate(text.split("\n"))
    )
    color = _color(element.get("strokeColor", "black"))
    return (
        f'<text fill="{color}" font-family="{family}" font-size="{size:g}" '
        f'text-anchor="{_ANCHORS.get(align, "start")}">{lines}</text>'
    )


def _frame(element: Mapping[str, Any], images: Images) -> str:
    """Draw a frame around other elements, with its name above it."""
    del images
    x, y, width, height = _box(element)
    name = element.get("name")
    label = (
        f'<text x="{x:.6g}" y="{y - _LABEL_GAP:.6g}" font-size="14" fill="currentColor">{escape(name)}</text>'
        if isinstance(name, str)
        else ""
    )
    return f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}" rx="8" fill="none" stroke="currentColor" stroke-width="1"/>{label}'


def _image(element: Mapping[str, Any], images: Images) -> "str | DrawnImage":
    """Return the gap for an image, empty for one whose file is not known."""
    index = images.get(str(element.get("fileId")))
    if index is None:
        return ""
    x, y, width, height = _box(element)
    return DrawnImage(index, f'x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"')


_DRAWERS: Final[Mapping[str, Callable[[Mapping[str, Any], Images], "str | DrawnImage"]]] = {
    "rectangle": _rectangle,
    "embeddable": _rectangle,
    "iframe": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
    "line": _line,
    "arrow": _line,
    "freedraw": _freedraw,
    "text": _text,
    "frame": _frame,
    "magicframe": _frame,
    "image": _image,
}
