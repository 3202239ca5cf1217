"""Finds the images that Obsidian's plugin Excalidraw has exported beside a drawing (EX-2)."""

from collections.abc import Iterable
from typing import Final

from garden.model.names import VaultPath
from garden.model.note import Document

DARK: Final = (".dark.svg", ".dark.png")
"""The endings of exports for dark schemes."""

_ENDINGS: Final = ("svg", "light.svg", "png", "light.png", "dark.svg", "dark.png")


def export_names(path: VaultPath) -> tuple[VaultPath, ...]:
    """Return the possible paths of a drawing's exports, the most useful first."""
    start = path.rpartition(".")[0]
    return tuple(VaultPath(f"{start}.{ending}") for ending in _ENDINGS)


def published_exports(published: Iterable[Document], attachments: Iterable[VaultPath]) -> set[VaultPath]:
    """Return the existing exports of published drawings whose names show that they are exports."""
    drawings = [document for document in published if document.view == "drawing"]
    if not drawings:
        return set()
    there = frozenset(attachments)
    found = (path for document in drawings for path in export_names(document.path))
    return {path for path in found if path in there and ".excalidraw." in path.rpartition("/")[2]}
