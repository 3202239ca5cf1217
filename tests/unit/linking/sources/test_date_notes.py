"""Dated notes and the formats of their names."""

from datetime import date

import pytest

from garden.linking.sources.formats import DateFormatError, Period, compile_format
from garden.model.settings import EdgeSource, Settings

SETTINGS = Settings(edge_sources=(EdgeSource("date-notes", next_field="next"),))


def test_days_follow_each_other(read, related):
    """In the documentation's example each of the first days of 2022 leads to the following one.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Date Notes».
    """
    snapshot = read({f"2022-01-0{day}.md": "" for day in (3, 1, 2)}, SETTINGS)
    assert related(snapshot, "2022-01-01.md", "next") == ["2022-01-02.md"]
    assert related(snapshot, "2022-01-02.md", "next") == ["2022-01-03.md"]
    assert related(snapshot, "2022-01-03.md", "prev") == ["2022-01-02.md"]


def test_gaps_are_stretched_over(read, related):
    """The following note is the next one that there is, as where Breadcrumbs stretches to existing ones.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Date Note Settings».
    """
    snapshot = read({"2024-03-30.md": "", "2024-04-02.md": ""}, SETTINGS)
    assert related(snapshot, "2024-03-30.md", "next") == ["2024-04-02.md"]


def test_days_weeks_months_and_years_are_levels(read, related):
    """Each note belongs to the next longer period that has a note; a week to the month of its Thursday."""
    notes = ["2024-12-31", "2024-12-30", "2024-11-05", "2025-W01", "2024-12", "2025-01", "2024", "2025"]
    snapshot = read({f"{name}.md": "" for name in notes}, SETTINGS)
    assert related(snapshot, "2024-12-31.md", "up") == ["2025-W01.md"]
    assert related(snapshot, "2025-W01.md", "up") == ["2025-01.md"]
    assert related(snapshot, "2024-12.md", "up") == ["2024.md"]
    assert related(snapshot, "2024-11-05.md", "up") == ["2024.md"]
    assert related(snapshot, "2024.md", "next") == ["2025.md"]
    (trail,) = snapshot.trails["note", "2024-12-30.md"]
    assert [node.key for node in trail] == ["2025.md", "2025-01.md", "2025-W01.md"]


def test_weeks_may_begin_on_sundays(read, related):
    """Then a Sunday is in the week that follows.

    Source: breadcrumbs-docs.michaelpporter.com, «Date Notes», Week Starts On.
    """
    notes = {f"{name}.md": "" for name in ("2024-01-20", "2024-01-21", "2024-W03", "2024-W04")}
    assert related(read(notes, SETTINGS), "2024-01-21.md", "up") == ["2024-W03.md"]
    snapshot = read(notes, Settings(edge_sources=(EdgeSource("date-notes", week_start="sunday"),)))
    assert related(snapshot, "2024-01-21.md", "up") == ["2024-W04.md"]
    assert related(snapshot, "2024-01-20.md", "up") == ["2024-W03.md"]


def test_quarters_are_between_months_and_years(read, related):
    """May belongs to the second quarter."""
    snapshot = read({"2024-05.md": "", "2024-Q2.md": "", "2024-Q1.md": "", "2024.md": ""}, SETTINGS)
    assert related(snapshot, "2024-05.md", "up") == ["2024-Q2.md"]
    assert related(snapshot, "2024-Q2.md", "up") == ["2024.md"]


@pytest.mark.parametrize(
    ("period", "written", "name", "day"),
    [
        ("day", "yyyy-MM-dd", "2024-02-29", date(2024, 2, 29)),
        ("day", "yyyy-MM-dd", "2023-02-29", None),
        ("day", "yyyy-MM-dd 'DN'", "2024-01-02 DN", date(2024, 1, 2)),
        ("day", "DD.MM.YYYY", "02.01.2024", date(2024, 1, 2)),
        ("day", "d-M-yyyy", "2-1-2024", date(2024, 1, 2)),
        ("week", "kkkk-'W'WW", "2020-W53", date(2020, 12, 28)),
        ("week", "GGGG-[W]WW", "2021-W53", None),
        ("week", "yyyy-'W'W", "2021-W2", date(2021, 1, 11)),
        ("month", "yyyy-MM", "2024-13", None),
        ("quarter", "yyyy-'Q'q", "2024-Q3", date(2024, 7, 1)),
        ("year", "yyyy", "2024 notes", None),
    ],
)
def test_formats_read_names(period, written, name, day):
    """The tokens of Luxon and Moment that stand for numbers are known; days that do not exist are none."""
    assert compile_format(Period(period), written).read(name) == day


@pytest.mark.parametrize(
    ("period", "written", "says"),
    [
        ("day", "yyyy-LLL-dd", '"LLL" in the format'),
        ("day", "yyyy-MM", "must contain exactly these: day, month, year"),
        ("year", "", "must contain exactly these"),
    ],
)
def test_other_formats_are_refused(period, written, says):
    """Names of months are not known, and a format must say all that its period needs."""
    with pytest.raises(DateFormatError, match=says):
        compile_format(Period(period), written)
