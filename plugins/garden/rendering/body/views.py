"""Writes the views in a body; each kind has a module of its own.

These are imported only when a page has such a view, since most pages have none.
"""

from html import escape

from garden.linking.resolving.resolution import Found
from garden.model import names
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.views.canvas import CanvasView
from garden.model.views.drawing import DrawingView
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView
from garden.rendering.body.body_writer import BodyWriter
from garden.rendering.body.scope import Scope


def view_html(
    filling: BodyWriter, scope: Scope, view: HierarchyView | LiveView | CanvasView | DrawingView
) -> str:
    """Return the HTML of a view in the body that is shown."""
    match view:
        case HierarchyView():
            return _hierarchy(filling, scope, view)
        case LiveView():
            from garden.rendering.body.live_views import LiveViewFilling

            return LiveViewFilling(filling).html(scope, view)
        case CanvasView():
            from garden.rendering.body.canvases import CanvasHtml

            return CanvasHtml(filling, scope, view).html()
        case DrawingView():
            from garden.rendering.body.drawings import drawing_html

            return drawing_html(filling, scope, view, filling.drawing_width)


def base_embed(filling: BodyWriter, scope: Scope, index: int, path: VaultPath) -> str:
    """Return the HTML of the view of a base that an embed names."""
    from garden.rendering.body.live_views import LiveViewFilling

    return LiveViewFilling(filling).base_embed(scope, index, path)


def _hierarchy(filling: BodyWriter, scope: Scope, view: HierarchyView) -> str:
    """Return the HTML of a view that starts at the page it names, otherwise at the page it is in."""
    start = scope.node
    if view.start >= 0:
        found = scope.resolutions[view.start]
        if not isinstance(found, Found):
            return f'<p class="view-empty">{escape(filling.translation.gettext("not available"))}</p>'
        start = found.node
    from garden.rendering.body.hierarchy_view import HierarchyViews

    labels = {names.field_key(field.name): field.label for field in filling.settings.relations}
    views = HierarchyViews(
        filling.snapshot, filling.settings.base, filling.snapshot.title, labels, filling.translation
    )
    shown = views.html(view, start, scope.prefix, scope.resolutions)
    if views.not_drawn:
        place = Place(scope.document.path, view.line, 1)
        message = f"this view cannot be drawn, so it is shown as a list: {views.not_drawn}"
        filling.problems.append(Diagnostic(place, "diagram-failed", message))
    return shown
