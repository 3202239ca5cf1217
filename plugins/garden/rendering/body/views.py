"""Views in a body, whatever their kind: each is written by a module of its own.

All but those of the hierarchy are imported only where a page has one: most have none, and an unchanged vault needs
none of them.
"""

from collections.abc import Callable
from gettext import NullTranslations
from html import escape
from typing import Protocol

from garden.linking.resolving.resolution import Found
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.body import Body, Part
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Ref
from garden.model.settings import Settings
from garden.model.views.canvas import CanvasView
from garden.model.views.drawing import DrawingView
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView
from garden.rendering.body.hierarchy_view import HierarchyViews
from garden.rendering.body.scope import Scope


class BodyWriter(Protocol):
    """The filling of a page's body, as views need it."""

    snapshot: Snapshot
    settings: Settings
    translation: NullTranslations
    prefix: str
    depth: int
    transclusions: int
    drawing_width: str
    problems: list[Diagnostic]

    @property
    def bodies(self) -> Callable[[VaultPath], Body]:
        """The function that gives the bodies of notes."""

    def scope(self, path: VaultPath, prefix: str, shown: range) -> Scope:
        """Start to show some parts of the body of `path`."""

    def write(self, scope: Scope, part: Part, out: list[str]) -> None:
        """Write a part of a body, its gap filled."""

    def embed_block(self, scope: Scope, index: int, out: list[str]) -> None:
        """Write what an embed shows that stands alone."""

    def report(self, ref: Ref, code: str, message: str) -> None:
        """Report a problem at a reference."""

    def kept_inside(self, body: Body, html: str) -> str:
        """Return the HTML of a body so that its author's own tags end with it."""


def view_html(
    filling: BodyWriter, scope: Scope, view: HierarchyView | LiveView | CanvasView | DrawingView
) -> str:
    """Return a view of the body that is shown."""
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
    """Return the view of a base that an embed names."""
    from garden.rendering.body.live_views import LiveViewFilling

    return LiveViewFilling(filling).base_embed(scope, index, path)


def missing_html(text: str, *, block: bool) -> str:
    """Return what is shown if something cannot be embedded (EM-7)."""
    tag = "div" if block else "span"
    return f'<{tag} class="unresolved" data-embed="missing">{escape(text, quote=False)}</{tag}>'


def _hierarchy(filling: BodyWriter, scope: Scope, view: HierarchyView) -> str:
    start = scope.node
    if view.start >= 0:
        found = scope.resolutions[view.start]
        if not isinstance(found, Found):
            return f'<p class="view-empty">{escape(filling.translation.gettext("not available"))}</p>'
        start = found.node
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
