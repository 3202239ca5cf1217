"""The interface of the filling of a page's body for the modules that write its views."""

from collections.abc import Callable
from gettext import NullTranslations
from html import escape
from typing import Protocol

from garden.linking.snapshot import Snapshot
from garden.model.body import Body, Part
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Ref
from garden.model.settings import Settings
from garden.rendering.body.scope import Scope


class BodyWriter(Protocol):
    """The filling of a page's body, as far as views use it."""

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
        """The function that returns the bodies of notes."""

    def scope(self, path: VaultPath, prefix: str, shown: range) -> Scope:
        """Begin to show some parts of the body of the note at `path`."""

    def write(self, scope: Scope, part: Part, out: list[str]) -> None:
        """Write a part of a body, with its slot filled."""

    def embed_block(self, scope: Scope, index: int, out: list[str]) -> None:
        """Write the content of an embed that is a block."""

    def report(self, ref: Ref, code: str, message: str) -> None:
        """Report a problem at a reference."""

    def kept_inside(self, body: Body, html: str) -> str:
        """Return the HTML of a body with all elements of its author closed."""


def missing_html(text: str, *, block: bool) -> str:
    """Return the HTML for an embed that cannot be shown (EM-7)."""
    tag = "div" if block else "span"
    return f'<{tag} class="unresolved" data-embed="missing">{escape(text, quote=False)}</{tag}>'
