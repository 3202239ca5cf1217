"""Writes canvases as figures (CV-4 … CV-11): each node once, in reading order, and the edges as a drawing.

Styles position the nodes as on the canvas; without styles, on phones and for screen readers, they follow in reading
order. A node of an unpublished note is left out without a trace.
"""

from html import escape
from math import hypot
from typing import Final, NamedTuple

from garden.linking.resolving.resolution import Found, FoundFile, Unpublished
from garden.model import names
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.views.canvas import CanvasEdge, CanvasNode, CanvasView
from garden.rendering.body.body_writer import BodyWriter
from garden.rendering.body.hrefs import file_href, ref_href
from garden.rendering.body.scope import Scope

MOST_NODES: Final = 500
"""The maximum number of nodes of a canvas that are shown (CV-11)."""

_NO_GROUP: Final = -1
"""What stands for the group of nodes that are in none, among the indexes of groups."""

_SCHEMES: Final = ("http://", "https://", "mailto:")

_SIDES: Final = {"top": (0.5, 0.0), "right": (1.0, 0.5), "bottom": (0.5, 1.0), "left": (0.0, 0.5)}
"""Where the middle of each side is, as shares of the width and the height."""

_OUTWARD: Final = {"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)}
"""In which direction each side faces."""

_ARROW: Final = 12
"""The length of arrowheads in pixels."""

_LEAST_BEND: Final = 20
_GREATEST_BEND: Final = 200
"""How far, in pixels, an edge at least and at most runs straight out of a side before it turns."""


class _ShownPart(NamedTuple):
    """The part of a canvas that is shown: the indexes of its nodes in the order of the file, and its rectangle."""

    nodes: list[int]
    left: int
    top: int
    width: int
    height: int


class CanvasHtml:
    """Writes one canvas in a body."""

    def __init__(self, filling: BodyWriter, scope: Scope, view: CanvasView) -> None:
        self._filling = filling
        self._scope = scope
        self._view = view
        allowed = [index for index, node in enumerate(view.nodes) if not self._is_hidden(node)]
        self._count = len(allowed)
        kept = allowed[:MOST_NODES]
        boxes = [view.nodes[index] for index in kept]
        left = min((node.x for node in boxes), default=0)
        top = min((node.y for node in boxes), default=0)
        right = max((node.x + node.width for node in boxes), default=0)
        bottom = max((node.y + node.height for node in boxes), default=0)
        self._shown = _ShownPart(kept, left, top, right - left, bottom - top)
        # Nodes that are left out must not leave gaps in the numbering.
        self._numbers = {index: number for number, index in enumerate(kept)}
        self._edges = [
            edge for edge in view.edges if edge.begin in self._numbers and edge.end in self._numbers
        ]
        self._from: dict[int, list[CanvasEdge]] = {}
        for edge in self._edges:
            self._from.setdefault(edge.begin, []).append(edge)

    def _is_hidden(self, node: CanvasNode) -> bool:
        """Say whether a node shows a note that is not published (CV-9)."""
        if node.kind != "file":
            return False
        return isinstance(self._scope.resolutions[node.ref], Unpublished)

    def html(self) -> str:
        """Return the figure."""
        shown = self._shown
        head = (
            f'<figure class="canvas" data-view="canvas" data-view-source="canvas" data-count="{self._count}"'
        )
        if not shown.nodes:
            nothing = self._filling.translation.gettext("No results.")
            return f'{head}><p class="view-empty">{escape(nothing)}</p></figure>\n'
        inside = self._contents()
        out: list[str] = [
            f'{head} style="--w:{shown.width};--h:{shown.height}"><div class="canvas-plane" tabindex="0">\n'
        ]
        out.append(self._drawing())
        self._write(inside[_NO_GROUP], inside, out)
        out.append("</div>")
        left_out = self._count - len(shown.nodes)
        if left_out:
            rest = self._filling.translation.ngettext("%(num)s more", "%(num)s more", left_out) % {
                "num": left_out
            }
            out.append(f'<p class="view-note">{escape(rest)}</p>')
            place = Place(self._scope.document.path, 1, 1)
            message = f"{self._count} nodes, of which {MOST_NODES} are shown"
            self._filling.problems.append(Diagnostic(place, "view-cut", message))
        return "".join((*out, "</figure>\n"))

    def _contents(self) -> dict[int, list[int]]:
        """Return the nodes in each group, and those in none, each list in reading order (CV-5)."""
        nodes = self._view.nodes
        groups = sorted(
            (index for index in self._shown.nodes if nodes[index].kind == "group"),
            key=lambda index: (nodes[index].width * nodes[index].height, index),
        )
        rank = {index: place for place, index in enumerate(groups)}  # the smallest group first
        inside: dict[int, list[int]] = {_NO_GROUP: []}
        for index in sorted(self._shown.nodes, key=lambda index: (nodes[index].y, nodes[index].x, index)):
            node = nodes[index]
            x, y = node.x + node.width / 2, node.y + node.height / 2
            # A group can only be in a larger one, so that none contains itself.
            larger = groups[rank[index] + 1 :] if index in rank else groups
            holder = next((group for group in larger if _holds(nodes[group], x, y)), _NO_GROUP)
            inside.setdefault(holder, []).append(index)
        return inside

    def _write(self, indexes: list[int], inside: dict[int, list[int]], out: list[str]) -> None:
        """Write some nodes, each with the nodes inside it and the links along its edges."""
        for index in indexes:
            node = self._view.nodes[index]
            out.append(f'<div data-node="{node.kind}" id="{self._id(index)}"{self._attributes(index, node)}>')
            match node.kind:
                case "text":
                    for part in node.parts:
                        self._filling.write(self._scope, part, out)
                case "file":
                    self._file(node, out)
                case "link":
                    out.append(_link(node.url))
                case _:
                    if node.name:
                        out.append(f"<p data-group-title>{escape(node.name, quote=False)}</p>\n")
                    out.append(self._background(node))
                    self._write(inside.get(index, []), inside, out)
            out.append(self._links_from(index))
            out.append("</div>\n")

    def _id(self, index: int) -> str:
        return escape(f"{self._scope.prefix}node-{self._numbers[index] + 1}")

    def _attributes(self, index: int, node: CanvasNode) -> str:
        """Return the attributes for the place and the color of a node."""
        x, y = node.x - self._shown.left, node.y - self._shown.top
        style = f"--x:{x};--y:{y};--w:{node.width};--h:{node.height};--z:{self._numbers[index]}"
        if node.color.startswith("#"):
            return f' style="{style};--color:{node.color}"'
        color = f' data-color="{node.color}"' if node.color else ""
        return f'{color} style="{style}"'

    def _file(self, node: CanvasNode, out: list[str]) -> None:
        """Write the embedded file of a node; another canvas is only linked to."""
        found = self._scope.resolutions[node.ref]
        if (
            isinstance(found, Found)
            and found.node.kind == "note"
            and names.extension(found.node.key) == "canvas"
        ):
            href = ref_href(self._filling.snapshot, self._filling.settings.base, self._scope, node.ref)
            title = escape(self._filling.snapshot.title(found.node), quote=False)
            out.append(
                f'<p><a class="internal" href="{escape(href)}">{title}</a></p>\n'
                if href
                else f"<p>{title}</p>\n"
            )
            return
        self._filling.embed_block(self._scope, node.ref, out)

    def _background(self, node: CanvasNode) -> str:
        found = self._scope.resolutions[node.ref] if node.ref >= 0 else None
        if not isinstance(found, FoundFile) or not names.is_image(found.path):
            return ""
        href = file_href(self._filling.snapshot, self._filling.settings.base, found.path)
        return f'<img class="canvas-background" src="{escape(href)}" alt="" loading="lazy">\n' if href else ""

    def _links_from(self, index: int) -> str:
        """Return the list of links along the edges from a node (CV-6)."""
        items = "".join(
            f"<li>{escape(edge.label + ' ' if edge.label else '', quote=False)}"
            f'<a href="#{self._id(edge.end)}">{escape(self._name(edge.end), quote=False)}</a></li>'
            for edge in self._from.get(index, ())
        )
        return f"<ul data-edges>{items}</ul>" if items else ""

    def _name(self, index: int) -> str:
        """Return the text of a link to a node."""
        node = self._view.nodes[index]
        if node.kind == "file":
            found = self._scope.resolutions[node.ref]
            if isinstance(found, Found):
                return self._filling.snapshot.title(found.node)
            path = (
                found.path
                if isinstance(found, FoundFile)
                else VaultPath(self._scope.document.refs[node.ref].raw)
            )
            return path.rsplit("/", 1)[-1]
        return node.name or "…"

    def _drawing(self) -> str:
        """Return the drawing of all edges."""
        if not self._edges:
            return ""
        shown = self._shown
        paths = "".join(self._path(edge) for edge in self._edges)
        return (
            f'<svg aria-hidden="true" viewBox="0 0 {shown.width} {shown.height}" '
            f'width="{shown.width}" height="{shown.height}">{paths}</svg>\n'
        )

    def _path(self, edge: CanvasEdge) -> str:
        """Return an edge as a curve, with its arrowheads."""
        begin, end = self._view.nodes[edge.begin], self._view.nodes[edge.end]
        begin_side = edge.begin_side or _facing(begin, end)
        end_side = edge.end_side or _facing(end, begin)
        first, last = self._point(begin, begin_side), self._point(end, end_side)
        half_way = hypot(last[0] - first[0], last[1] - first[1]) / 2
        bend = min(max(half_way, _LEAST_BEND), _GREATEST_BEND)
        # The control points of the curve are straight in front of the sides.
        controls = " ".join(
            _coordinates((point[0] + _OUTWARD[side][0] * bend, point[1] + _OUTWARD[side][1] * bend))
            for point, side in ((first, begin_side), (last, end_side))
        )
        curve = f"M{_coordinates(first)} C{controls} {_coordinates(last)}"
        arrows = [_arrow(last, end_side)] if edge.end_arrow else []
        arrows += [_arrow(first, begin_side)] if edge.begin_arrow else []
        color = f' data-color="{edge.color}"' if edge.color and edge.color[0] != "#" else ""
        style = f' style="--color:{edge.color}"' if edge.color.startswith("#") else ""
        return f'<path data-edge d="{" ".join((curve, *arrows))}"{color}{style}/>'

    def _point(self, node: CanvasNode, side: str) -> tuple[float, float]:
        """Return the middle of a side of a node."""
        across, down = _SIDES[side]
        return (
            node.x - self._shown.left + node.width * across,
            node.y - self._shown.top + node.height * down,
        )


def _holds(group: CanvasNode, x: float, y: float) -> bool:
    return group.x <= x <= group.x + group.width and group.y <= y <= group.y + group.height


def _facing(node: CanvasNode, other: CanvasNode) -> str:
    """Return the side of a node that faces another node."""
    across = other.x + other.width / 2 - node.x - node.width / 2
    down = other.y + other.height / 2 - node.y - node.height / 2
    if abs(across) >= abs(down):
        return "right" if across > 0 else "left"
    return "bottom" if down > 0 else "top"


def _arrow(tip: tuple[float, float], side: str) -> str:
    """Return the two lines of an arrowhead that touches a side from outside."""
    out_x, out_y = _OUTWARD[side]
    strokes = []
    for turn in (-1, 1):
        x = tip[0] + out_x * _ARROW + out_y * turn * _ARROW / 2
        y = tip[1] + out_y * _ARROW + out_x * turn * _ARROW / 2
        strokes.append(f"M{_coordinates((x, y))} L{_coordinates(tip)}")
    return " ".join(strokes)


def _coordinates(point: tuple[float, float]) -> str:
    """Return a point as paths have it: four digits, or whole numbers if these are large, as SVG need not be finer."""
    return (
        f"{point[0]:.4g} {point[1]:.4g}"
        if max(map(abs, point)) < 10_000
        else f"{point[0]:.0f} {point[1]:.0f}"
    )


def _link(url: str) -> str:
    """Return a link to a web page, or the address as text if it has another scheme, such as `javascript:`."""
    text = escape(url, quote=False)
    return (
        f'<p><a href="{escape(url)}">{text}</a></p>\n'
        if url.lower().startswith(_SCHEMES)
        else f"<p>{text}</p>\n"
    )
