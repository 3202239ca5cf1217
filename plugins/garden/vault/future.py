"""Holds back notes with a date in the future until their day, as Pelican does with WITH_FUTURE_DATES = False.

This is separate from reading, because the day changes while the cached notes stay the same.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from garden.model.names import VaultPath
from garden.model.note import Document, HeldBack, HoldReason, Status
from garden.model.settings import Settings


def hold_back_future(
    documents: Mapping[VaultPath, Document], settings: Settings
) -> Mapping[VaultPath, Document]:
    """Return the documents with those dated after `settings.build_date` as drafts; if that is empty, all are returned unchanged.

    A date that cannot be read may be in the future, so its note is held back, too.
    """
    if not settings.build_date:
        return documents
    return {path: _held(document, settings.build_date) for path, document in documents.items()}


def _held(document: Document, today: str) -> Document:
    """Return a note as a draft, with the reason, if its date is in the future or cannot be read."""
    meta = document.meta
    if meta.status is Status.DRAFT:
        return document
    place = meta.places.get("date")
    if any(problem.code == "date-invalid" and problem.place == place for problem in document.problems):
        written = "a date that cannot be read"
    elif meta.date and meta.date.iso[:10] > today:
        written = meta.date.iso[:10]
    else:
        return document
    return replace(
        document, meta=replace(meta, status=Status.DRAFT, held=HeldBack(HoldReason.FUTURE, written))
    )
