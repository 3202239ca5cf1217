"""Dates and durations of queries."""

from datetime import UTC, date, datetime

import pytest

from garden.model.views.moments import Duration, Moment, between, duration, moment
from garden.model.views.task_dates import date_range


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05", "2024-05-01"),
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T09:30", "2024-05-01T09:30"),
        ("2024-05-01 09:30:15", "2024-05-01T09:30:15"),
        ("2024-05-01T09:30+02:00", "2024-05-01T09:30+02:00"),
        ("2024-13-01", None),
        ("may", None),
    ],
)
def test_what_is_a_date(text: str, iso: str | None) -> None:
    """ISO from the month on, with or without a time and a zone."""
    found = moment(text)
    assert (found.iso if found else None) == iso


def test_months_end_where_they_end() -> None:
    """A month after 31 January is the last day of February."""
    day = Moment(datetime(2024, 1, 31, tzinfo=UTC))
    assert day.plus(Duration(months=1)).iso == "2024-02-29"


def test_a_difference_counts_by_the_calendar() -> None:
    """Days are exact, months those of the calendar."""
    length = between(Moment(datetime(2024, 1, 15, tzinfo=UTC)), Moment(datetime(2024, 3, 20, tzinfo=UTC)))
    assert length.unit("days") == 65
    assert length.pieces() == {"months": 2, "days": 5}


def test_durations_of_texts() -> None:
    """Several units may follow each other; what is not one makes the whole a text."""
    found = duration("6hr 4min")
    assert found is not None
    assert found.unit("minutes") == 364
    assert duration("6 apples") is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-W01", "2024-01-01", "2024-01-07"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("in 2 weeks", "2024-05-29", "2024-05-29"),
        ("3 days ago", "2024-05-12", "2024-05-12"),
        ("next monday", "2024-05-20", "2024-05-20"),
        ("last wednesday", "2024-05-08", "2024-05-08"),
        ("last quarter", "2024-01-01", "2024-03-31"),
        ("next month", "2024-06-01", "2024-06-30"),
    ],
)
def test_days_in_words(text: str, first: str, last: str) -> None:
    """Seen from Wednesday, 15 May 2024."""
    found = date_range(text, date(2024, 5, 15))
    assert found is not None
    assert [day.isoformat() for day in found[0]] == [first, last]
