"""The text of a link that has no display text (WL-7)."""

from garden.linking.resolving.resolution import Found
from garden.linking.snapshot import Snapshot
from garden.model.settings import Settings
from garden.rendering.body.scope import Scope


def link_text(snapshot: Snapshot, settings: Settings, scope: Scope, index: int) -> str:
    """Return the default text of a reference in the body that is shown."""
    ref = scope.document.refs[index]
    pieces = [piece for piece in map(str.strip, ref.raw.split("#")) if piece]
    found = scope.resolutions[index]
    if settings.link_text == "title" and ref.target.path and isinstance(found, Found):
        pieces[0] = snapshot.title(found.node)
    return " > ".join(pieces)
