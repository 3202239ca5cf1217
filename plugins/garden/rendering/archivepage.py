"""The archive: all listed notes by year and month."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from garden.model import names
from garden.model.names import Url, VaultPath
from garden.model.note import Date
from garden.model.page import ArchivePage, ArchiveYear, Card
from garden.rendering.dates import month_name
from garden.rendering.library import Library

ARCHIVE_URL: Final = Url("archive/")

_UNDATED: Final = Date("", 0, 0, 0)


def archive_page(library: Library) -> ArchivePage:
    """Return the archive, newest first; notes without a date stand last, under the year 0 (TI-5)."""
    years = tuple(
        ArchiveYear(year, tuple(_months(library, list(notes))))
        for year, notes in groupby(library.listed, key=lambda path: _date(library, path).year)
    )
    return ArchivePage(ARCHIVE_URL, names.save_as(ARCHIVE_URL), library.word("archive"), years)


def _months(library: Library, notes: list[VaultPath]) -> Iterator[tuple[str, tuple[Card, ...]]]:
    for month, found in groupby(notes, key=lambda path: _date(library, path).month):
        name = month_name(month, library.settings.language) if month else ""
        yield name, library.cards(found)


def _date(library: Library, path: VaultPath) -> Date:
    return library.document(path).meta.date or _UNDATED
