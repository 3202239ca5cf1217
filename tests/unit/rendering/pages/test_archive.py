"""The archive: what its headings say is not repeated."""

from garden.rendering.pages.archive import archive_pages
from tests.support.vault import Vault


def test_dates_leave_out_the_year_that_is_above_them(vault: Vault) -> None:
    """The machine-readable date is whole; a note without a date has none."""
    vault.note("a.md", date="2024-02-03")
    vault.note("b.md")
    page = next(iter(archive_pages(vault.catalog())))
    cards = [card for year in page.years for _month, found in year.months for card in found]
    assert [(card.title, card.date and (card.date.iso, card.date.text)) for card in cards] == [
        ("a", ("2024-02-03", "Feb 3")),
        ("b", None),
    ]
