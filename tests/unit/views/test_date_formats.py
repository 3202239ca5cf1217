"""Dates as text."""

import pytest

from garden.model.views.moments import duration, moment
from garden.views.date_formats import duration_format, luxon, moment_js, parsed_date

WHEN = moment("2024-05-01T09:05:07")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy-MM-dd", "2024-05-01"),
        ("d LLL yy, h:mm a", "1 May 24, 9:05 AM"),
        ("EEEE 'at' HH", "Wednesday at 09"),
        ("kkkk-'W'WW", "2024-W18"),
    ],
)
def test_formats_of_luxon(pattern: str, text: str) -> None:
    """Letters are pieces of the date, quoted text is itself."""
    assert WHEN is not None
    assert luxon(WHEN, pattern, "en") == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2024-05-01"),
        ("dddd, MMMM Do YYYY", "Wednesday, May 1st 2024"),
        ("[week] w, HH:mm:ss", "week 18, 09:05:07"),
        ("DDD ddd M/D/YY h:mm a", "122 Wed 5/1/24 9:05 am"),
    ],
)
def test_formats_of_moment(pattern: str, text: str) -> None:
    """Letters are pieces of the date, text in brackets is itself."""
    assert WHEN is not None
    assert moment_js(WHEN, pattern, "en") == text


def test_names_are_in_the_language_of_the_site() -> None:
    """Months and days."""
    assert WHEN is not None
    assert luxon(WHEN, "EEEE, d. MMMM", "de") == "Mittwoch, 1. Mai"


def test_dates_are_read_by_a_format() -> None:
    """Names of months are understood, another form is not."""
    found = parsed_date("1. May 2024", "d. MMMM yyyy", "en")
    assert found is not None
    assert found.iso == "2024-05-01"
    assert parsed_date("2024", "d. MMMM yyyy", "en") is None


def test_durations_share_their_units() -> None:
    """The units that the format names make up the whole."""
    length = duration("1 day 2 hours 5 minutes")
    assert length is not None
    assert duration_format(length, "h:mm") == "26:05"
