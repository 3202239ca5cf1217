"""The archive: all listed notes by year and month."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from garden.model import names
from garden.model.list_pages import ArchivePage, ArchiveYear, Counted
from garden.model.names import Url, VaultPath
from garden.model.note import Date
from garden.model.pages import Card
from garden.rendering.catalog import Library
from garden.rendering.dates import month_name

ARCHIVE_URL: Final = Url("archive/")

_UNDATED: Final = Date("", 0, 0, 0)


_MOST: Final = 1500
"""Notes on one page of the archive: some 200 kB of HTML."""


def archive_pages(library: Library) -> Iterator[ArchivePage]:
    """Yield the archive, newest first; notes without a date stand last, under the year 0 (TI-5).

    Past some size each year has a page of its own.
    """
    years = {
        year: list(notes)
        for year, notes in groupby(library.listed, key=lambda path: _date(library, path).year)
    }
    title = library.word("archive")
    save_as = names.save_as(ARCHIVE_URL)
    if len(library.listed) <= _MOST:
        shown = tuple(_year(library, year, notes) for year, notes in years.items())
        yield ArchivePage(ARCHIVE_URL, save_as, title, shown)
        return
    base = library.settings.base
    index = tuple(
        Counted(_title(library, year), names.href(base, _url(year)), len(notes))
        for year, notes in years.items()
    )
    yield ArchivePage(ARCHIVE_URL, save_as, title, index=index)
    back = names.href(base, ARCHIVE_URL)
    for year, notes in years.items():
        url, found = _url(year), _year(library, year, notes)
        yield ArchivePage(url, names.save_as(url), f"{title}: {found.title}", (found,), back=back)


def _year(library: Library, year: int, notes: list[VaultPath]) -> ArchiveYear:
    return ArchiveYear(year, _title(library, year), tuple(_months(library, notes)))


def _title(library: Library, year: int) -> str:
    return str(year) if year else library.word("undated")


def _url(year: int) -> Url:
    return Url(f"{ARCHIVE_URL}{year or 'undated'}/")


def _months(library: Library, notes: list[VaultPath]) -> Iterator[tuple[str, tuple[Card, ...]]]:
    for month, found in groupby(notes, key=lambda path: _date(library, path).month):
        name = month_name(month, library.settings.language) if month else ""
        yield name, library.cards(found)


def _date(library: Library, path: VaultPath) -> Date:
    return library.document(path).meta.date or _UNDATED
