"""Writes drawings as figures (EX-2 … EX-5): with the exported image beside them, or else drawn from their data."""

from html import escape
from typing import Final

from garden.linking.drawing_exports import DARK, export_names
from garden.linking.resolving.resolution import FoundFile
from garden.model import names
from garden.model.views.drawing import DrawingView, DrawnImage
from garden.rendering.body.body_writer import BodyWriter
from garden.rendering.body.hrefs import file_href
from garden.rendering.body.scope import Scope

_HEAD: Final = 'class="drawing" data-view="drawing" data-view-source="excalidraw"'


def drawing_html(filling: BodyWriter, scope: Scope, view: DrawingView, width: str = "") -> str:
    """Return the figure of a drawing; `width` is a number of pixels, empty for the width of the drawing."""
    head = f'<figure {_HEAD} data-count="{view.count}">'
    shown = _export(filling, scope, view, width) or _drawn(filling, scope, view, width)
    if not shown:
        nothing = filling.translation.gettext("No results.")
        shown = f'<p class="view-empty">{escape(nothing)}</p>'
    return f"{head}{shown}</figure>\n"


def _export(filling: BodyWriter, scope: Scope, view: DrawingView, width: str) -> str:
    """Return the images that the plugin has exported beside the drawing, for both colour schemes (EX-2)."""
    files = [path for path in export_names(scope.document.path) if path in filling.snapshot.files]
    light = next((path for path in files if not path.endswith(DARK)), None)
    dark = next((path for path in files if path.endswith(DARK)), None)
    main = light or dark
    if main is None:
        return ""
    base = filling.settings.base
    size = f' width="{width}"' if width else ""
    image = f'<img src="{escape(file_href(filling.snapshot, base, main))}" alt="{escape(view.alt)}"{size} loading="lazy">'
    if light is None or dark is None:
        return image
    source = escape(file_href(filling.snapshot, base, dark))
    return f'<picture><source media="(prefers-color-scheme: dark)" srcset="{source}">{image}</picture>'


def _drawn(filling: BodyWriter, scope: Scope, view: DrawingView, width: str) -> str:
    """Return the drawing as SVG, which reading has made from its data, with its images inserted; empty for an empty one."""
    if not view.svg:
        return ""
    out = [f'<svg role="img" aria-label="{escape(view.alt)}" xmlns="http://www.w3.org/2000/svg" ']
    if width:
        out.append(f'style="inline-size:{width}px;block-size:auto" ')
    out += [_image(filling, scope, piece) if isinstance(piece, DrawnImage) else piece for piece in view.svg]
    return "".join((*out, "</svg>"))


def _image(filling: BodyWriter, scope: Scope, image: DrawnImage) -> str:
    """Return an image in a drawing, empty if it is not published."""
    found = scope.resolutions[image.ref]
    if not isinstance(found, FoundFile) or not names.is_image(found.path):
        return ""
    href = file_href(filling.snapshot, filling.settings.base, found.path)
    return f'<image href="{escape(href)}" {image.attributes}/>' if href else ""
