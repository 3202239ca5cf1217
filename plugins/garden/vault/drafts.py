"""Gives drafts pages in a preview, and keeps the reason why they are not published (PB-8).

This is separate from reading, because the cached notes are the same in a preview and in a published site.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from garden.model.names import VaultPath
from garden.model.note import Document, HeldBack, HoldReason, Status
from garden.model.settings import Settings


def show_drafts(documents: Mapping[VaultPath, Document], settings: Settings) -> Mapping[VaultPath, Document]:
    """Return the documents; for a preview every draft is among the published ones."""
    if not settings.preview:
        return documents
    return {path: _shown(document) for path, document in documents.items()}


def _shown(document: Document) -> Document:
    meta = document.meta
    if meta.status is not Status.DRAFT:
        return document
    held = meta.held or HeldBack(HoldReason.STATUS, "")
    return replace(document, meta=replace(meta, status=Status.PUBLISHED, held=held))
