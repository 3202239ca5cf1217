"""The images that the plugin Excalidraw exports beside a drawing (EX-2)."""

from collections.abc import Iterable
from typing import Final

from garden.model.names import VaultPath
from garden.model.note import Document

DARK: Final = (".dark.svg", ".dark.png")
"""How the names of exports for dark schemes end."""

_ENDINGS: Final = ("svg", "light.svg", "png", "light.png", "dark.svg", "dark.png")


def export_names(path: VaultPath) -> tuple[VaultPath, ...]:
    """Return what exports of a drawing may be called, the best first."""
    start = path.rpartition(".")[0]
    return tuple(VaultPath(f"{start}.{ending}") for ending in _ENDINGS)


def published_exports(published: Iterable[Document], attachments: Iterable[VaultPath]) -> set[VaultPath]:
    """Return the existing exports of published drawings that are recognisable by their names."""
    drawings = [document for document in published if document.view == "drawing"]
    if not drawings:
        return set()
    there = frozenset(attachments)
    found = (path for document in drawings for path in export_names(document.path))
    return {path for path in found if path in there and ".excalidraw." in path.rpartition("/")[2]}
