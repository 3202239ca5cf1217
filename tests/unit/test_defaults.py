"""What the package supplies is what the repository's own settings file says."""

from pathlib import Path
from runpy import run_path

from garden import defaults
from garden.hosts.commands.settings import every_setting
from garden.hosts.settings.configuration import garden_setting_names, settings_from

CONF = Path(__file__).resolve().parents[2] / "pelican.conf.py"


def test_the_defaults_are_those_of_the_repository() -> None:
    """One table in the package, one in the settings file of this repository: they agree."""
    written = run_path(str(CONF))
    theme = Path(defaults.THEME)
    assert theme == CONF.parent / written["THEME"]
    named = {name: written[name] for name in defaults.__all__ if name != "THEME"}
    assert named == {name: getattr(defaults, name) for name in named}


def test_the_listed_settings_are_all_and_are_the_defaults() -> None:
    """`garden settings` shows every setting that can be written, with the value that it has unless it is written."""
    names: dict[str, dict[str, object]] = {}
    exec(every_setting(), names)
    assert sorted(names["GARDEN"]) == sorted(garden_setting_names())
    assert settings_from({"GARDEN": names["GARDEN"]}) == settings_from({})
