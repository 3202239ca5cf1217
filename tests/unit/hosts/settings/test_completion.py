"""What a settings file leaves out, and what of Pelican's settings is checked before Pelican sees it."""

from pathlib import Path

import pytest

from garden import defaults
from garden.hosts.settings.completion import completed_settings, names_plugin
from garden.model.errors import SettingsError


def test_a_silent_file_is_that_of_a_garden(tmp_path):
    """It gets plugin, theme, folders and the folders of overrides, from its own folder on."""
    found = completed_settings({}, tmp_path / "conf.py")
    assert (found["PLUGINS"], found["THEME"]) == (["garden"], defaults.THEME)
    assert found["PATH"] == str(tmp_path / "content")
    assert found["THEME_CSS_OVERRIDES"] == [str(tmp_path / "theme_overrides/css")]


def test_a_pelican_project_keeps_what_it_has(tmp_path):
    """Its theme, and the plugins that it names; one of Pelican's own themes keeps its name."""
    found = completed_settings({"THEME": "simple", "PLUGINS": ["sitemap", "garden"]}, tmp_path / "conf.py")
    assert (found["THEME"], found["PLUGINS"]) == ("simple", ["sitemap", "garden"])
    assert "THEME_CSS_OVERRIDES" not in found
    assert "THEME" not in completed_settings({"PLUGINS": ["garden"]}, tmp_path / "conf.py")


def test_plugins_alone_are_supplied_to_our_theme(tmp_path):
    """Naming the theme of a garden implies the plugin."""
    found = completed_settings({"THEME": defaults.THEME}, tmp_path / "conf.py")
    assert found["PLUGINS"] == ["garden"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"THEME": "gone"}, "there is no folder"),
        ({"THEME": 3}, "THEME must be a string"),
        ({"PATH": ["notes"]}, "PATH must be a string"),
        ({"PLUGINS": "garden"}, "PLUGINS must be a list"),
        ({"PLUGIN_PATHS": 3}, "PLUGIN_PATHS must be a list"),
        ({"THEME_CSS_OVERRIDES": [3]}, "each item of THEME_CSS_OVERRIDES must be a string"),
    ],
)
def test_a_wrong_setting_is_a_sentence(tmp_path, names, sentence):
    """Pelican would answer with a traceback."""
    with pytest.raises(SettingsError, match=sentence):
        completed_settings(names, tmp_path / "conf.py")


def test_the_plugin_may_be_named_in_several_ways():
    """By either of its names, as a module, or not at all where Pelican takes all that are installed."""
    import garden

    for plugins in (["garden"], ["pelican.plugins.garden"], [garden], None):
        assert names_plugin({"PLUGINS": plugins})
    assert not names_plugin({"PLUGINS": ["sitemap", Path]})
