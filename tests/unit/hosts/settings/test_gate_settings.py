"""The settings that hold notes back, ours and Pelican's."""

from datetime import date

import pytest

from garden.hosts.settings.configuration import settings_from
from garden.model.errors import SettingsError


@pytest.mark.parametrize(
    ("own", "pelicans", "status"),
    [
        (None, None, "published"),
        ("draft", None, "draft"),
        ("published", "draft", "draft"),
        ("draft", "published", "draft"),
        ("published", "Hidden ", "hidden"),
        ("published", "live", "draft"),
    ],
)
def test_the_default_status_is_the_one_that_shows_less(own, pelicans, status):
    """PB-1: Pelican's `DEFAULT_METADATA` counts, and never publishes what the other holds back."""
    written = {"GARDEN": {"default_status": own} if own else {}}
    if pelicans:
        written["DEFAULT_METADATA"] = {"status": pelicans}
    assert settings_from(written).reading.default_status == status


def test_words_of_the_author_are_pairs():
    """`status_values` is a dictionary of words and statuses."""
    settings = settings_from({"GARDEN": {"status_values": {"🌱": "hidden"}}})
    assert settings.reading.status_values == (("🌱", "hidden"),)
    with pytest.raises(SettingsError, match="must stand for one of"):
        settings_from({"GARDEN": {"status_values": {"🌱": "seedling"}}})


@pytest.mark.parametrize("day", ["2024-01-02", "2024-01-02T10:00", date(2024, 1, 2)])
def test_the_day_of_the_build_counts_where_the_future_is_held_back(day):
    """Without Pelican's WITH_FUTURE_DATES = False there is no such day."""
    assert settings_from({"GARDEN": {"build_date": day}}).build_date == ""
    assert (
        settings_from({"GARDEN": {"build_date": day}, "WITH_FUTURE_DATES": False}).build_date == "2024-01-02"
    )


def test_the_day_of_a_reproducible_build_is_that_of_source_date_epoch(monkeypatch):
    """HC-7: in the site's time zone; without it, today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704150000")
    assert settings_from({"WITH_FUTURE_DATES": False}).build_date == "2024-01-01"
    assert settings_from({"WITH_FUTURE_DATES": False, "TIMEZONE": "Asia/Tokyo"}).build_date == "2024-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH"):
        settings_from({"WITH_FUTURE_DATES": False})
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert len(settings_from({"WITH_FUTURE_DATES": False}).build_date) == len("2024-01-01")


@pytest.mark.parametrize("build_date", ["soon", "01.02.2024"])
def test_a_day_that_is_none_is_named(build_date):
    """It would hold nothing back."""
    with pytest.raises(SettingsError, match="build_date"):
        settings_from({"GARDEN": {"build_date": build_date}})


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("fs", ""),
        (None, ""),
        ("2024-01-02", "2024-01-02"),
        (date(2024, 1, 2), "2024-01-02"),
        ((2024, 1, 2, 14, 1, 1), "2024-01-02T14:01:01"),
    ],
)
def test_pelicans_default_date(written, found):
    """TI-5: never a file's own time."""
    assert settings_from({"DEFAULT_DATE": written}).reading.default_date == found


@pytest.mark.parametrize("written", ["soon", (2024,), 7])
def test_a_default_date_that_is_none_is_named(written):
    """A wrong setting is an error of its author's, with the name."""
    with pytest.raises(SettingsError, match="DEFAULT_DATE"):
        settings_from({"DEFAULT_DATE": written})


def test_what_pelican_ignores_is_ignored():
    """IGNORE_FILES works beside `ignore`, ARTICLE_EXCLUDES leaves out notes that are not pages."""
    settings = settings_from(
        {
            "GARDEN": {"ignore": ["a"]},
            "IGNORE_FILES": ["*~"],
            "ARTICLE_EXCLUDES": ["x/", "pages"],
            "PAGE_PATHS": ["pages"],
        }
    )
    assert (settings.ignore, settings.ignored_files) == (("a",), ("*~",))
    assert settings.excluded_folders == ("x",)


def test_a_status_by_path_is_read():
    """EXTRA_PATH_METADATA and the patterns, where they speak of a status."""
    settings = settings_from(
        {
            "EXTRA_PATH_METADATA": {"b/": {"status": "draft"}, "c": {"path": "d"}},
            "PATH_METADATA": "(?P<status>draft)s/.*",
            "FILENAME_METADATA": r"(?P<date>\d+).*",
        }
    )
    assert settings.reading.path_statuses == (("b", "draft"),)
    assert settings.reading.path_patterns == (("(?P<status>draft)s/.*", True),)
    with pytest.raises(SettingsError, match="PATH_METADATA"):
        settings_from({"PATH_METADATA": "(?P<status>"})
