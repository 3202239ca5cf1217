"""The archive: all listed notes by year and month."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from garden.model import names, routes
from garden.model.names import Url, VaultPath
from garden.model.note import Date
from garden.model.pages.entries import Card
from garden.model.pages.list_pages import ArchivePage, ArchiveYear, CountedLink
from garden.rendering.catalog import Catalog
from garden.rendering.dates import day_view, month_name
from garden.rendering.pages.head import page_head

_UNDATED: Final = Date("", 0, 0, 0)
"""What stands for the date of a note without one."""

_PER_MONTH: Final = 2
"""A year is divided into months if those that have notes have at least this number on average."""

_MOST: Final = 1500
"""The maximum number of notes on one page of the archive: some 200 kB of HTML."""


def archive_pages(catalog: Catalog) -> Iterator[ArchivePage]:
    """Yield the archive, newest first; notes without a date come last, under the year 0 (TI-5).

    If there are many notes, each year has a page of its own.
    """
    written = [path for path in catalog.listed if not names.is_view_file(path)]
    years = {
        year: list(notes) for year, notes in groupby(written, key=lambda path: _date(catalog, path).year)
    }
    title = catalog.gettext("Archive")
    head = page_head(catalog.settings, title, routes.ARCHIVE)
    save_as = names.save_as(routes.ARCHIVE)
    if len(written) <= _MOST:
        shown = tuple(_year(catalog, year, notes) for year, notes in years.items())
        yield ArchivePage(routes.ARCHIVE, save_as, title, head, shown)
        return
    base = catalog.settings.base
    index = tuple(
        CountedLink(_title(catalog, year), names.href(base, _url(year)), len(notes))
        for year, notes in years.items()
    )
    yield ArchivePage(routes.ARCHIVE, save_as, title, head, index=index)
    back = names.href(base, routes.ARCHIVE)
    for year, notes in years.items():
        url, found = _url(year), _year(catalog, year, notes)
        own = f"{title}: {found.title}"
        head = page_head(catalog.settings, own, url)
        yield ArchivePage(url, names.save_as(url), own, head, (found,), back=back)


def _year(catalog: Catalog, year: int, notes: list[VaultPath]) -> ArchiveYear:
    months = catalog.part((year, tuple(notes)), lambda: tuple(_months(catalog, notes)))
    return ArchiveYear(year, _title(catalog, year), months)


def _title(catalog: Catalog, year: int) -> str:
    return str(year) if year else catalog.gettext("Undated")


def _url(year: int) -> Url:
    return Url(f"{routes.ARCHIVE}{year or 'undated'}/")


def _months(catalog: Catalog, notes: list[VaultPath]) -> Iterator[tuple[str, tuple[Card, ...]]]:
    """Yield the names of the months, each with its notes; if the notes are few, they come together under no name."""
    months = {_date(catalog, path).month for path in notes}
    if len(notes) < _PER_MONTH * len(months):
        # A name of a month above each note or two would only be in the way: the notes have their dates.
        yield "", _dated(catalog, notes)
        return
    for month, found in groupby(notes, key=lambda path: _date(catalog, path).month):
        name = month_name(month, catalog.settings.language) if month else ""
        yield name, _dated(catalog, found)


def _dated(catalog: Catalog, notes: Iterable[VaultPath]) -> tuple[Card, ...]:
    """Return cards whose dates leave out the year, which is the heading above them."""
    language = catalog.settings.language
    found: list[Card] = []
    for path in notes:
        date = day_view(catalog.document(path).meta.date, language)
        found.append(replace(catalog.card(path), date=date))
    return tuple(found)


def _date(catalog: Catalog, path: VaultPath) -> Date:
    return catalog.document(path).meta.date or _UNDATED
