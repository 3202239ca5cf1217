"""What becomes of Pelican's settings: of each one there is something to say."""

from pelican.settings import DEFAULT_CONFIG

from garden.hosts.settings.pelican_effects import KEPT, MAPPED, OF_PELICAN, WITHOUT_EFFECT, unused_settings


def test_each_setting_of_pelican_has_an_entry() -> None:
    """It is kept, mapped, Pelican's own business, or without effect; never two of these."""
    tables = [set(KEPT), set(MAPPED), set(OF_PELICAN), set(WITHOUT_EFFECT)]
    assert set(DEFAULT_CONFIG) <= set().union(*tables)
    assert sum(map(len, tables)) == len(set().union(*tables))


def test_what_is_set_in_vain_is_named() -> None:
    """Neither a default, nor what is switched off, nor what works."""
    settings = {
        **DEFAULT_CONFIG,
        "DRAFT_URL": "d/{slug}/",
        "FEED_APPEND_REF": False,
        "JINJA_GLOBALS": {"a": 1},
        "SUMMARY_END_SUFFIX": "->",
    }
    found = dict(unused_settings(settings, DEFAULT_CONFIG))
    assert sorted(found) == ["DRAFT_URL", "SUMMARY_END_SUFFIX"]
    assert "garden serve" in found["DRAFT_URL"]
