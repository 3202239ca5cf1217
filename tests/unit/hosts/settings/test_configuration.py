"""The settings file becomes Settings, and a mistake in it becomes a plain sentence."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from garden.hosts.settings.configuration import garden_setting_names, load_settings, settings_from
from garden.model.errors import SettingsError
from garden.model.settings import RelationField, Settings

ROOT = Path(__file__).resolve().parents[4]


def test_no_settings_are_the_defaults():
    """Pelican's settings without GARDEN give what the data type says."""
    assert settings_from({}) == Settings()


def test_a_module_beside_the_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What `garden serve` reads after a change of it is what it says by then."""
    monkeypatch.syspath_prepend(tmp_path)
    conf, names = tmp_path / "pelican.conf.py", tmp_path / "names_of_this_site.py"
    conf.write_text("from names_of_this_site import *\n", encoding="utf-8")
    names.write_text('SITENAME = "Notes"\n', encoding="utf-8")
    assert load_settings(conf)[0].site_name == "Notes"
    names.write_text('SITENAME = "Other notes"\n', encoding="utf-8")
    assert load_settings(conf)[0].site_name == "Other notes"


def test_pelican_names_are_used():
    """What Pelican has a name for is set there, and the path of SITEURL becomes the base."""
    settings = settings_from(
        {
            "SITENAME": "Notes",
            "AUTHOR": "Ada",
            "SITEURL": "https://example.org/docs/",
            "DEFAULT_LANG": "de",
            "TIMEZONE": "Europe/Berlin",
            "THEME": "anything else is ignored",
        }
    )
    assert (settings.site_name, settings.author, settings.language) == ("Notes", "Ada", "de")
    assert (settings.site_url, settings.base) == ("https://example.org/docs", "/docs")
    assert settings.timezone == "Europe/Berlin"


def test_reading_settings_are_separate():
    """Settings that reading depends on go where the cache looks for them; lists become tuples."""
    settings = settings_from({"GARDEN": {"hard_line_breaks": True, "ignore": ["templates/*"], "recent": 3}})
    assert settings.reading.hard_line_breaks
    assert settings.ignore == ("templates/*",)
    assert settings.recent == 3


def test_relations_are_given_in_both_forms():
    """Relations are kept as written and, for reading, as they are compared."""
    settings = settings_from(
        {"GARDEN": {"relations": [["Built On", "Based on", "Used By"], ["Used By", "Uses", "built on"]]}}
    )
    assert settings.relations[0] == RelationField("Built On", "Based on", "Used By")
    assert settings.reading.relations == ("built-on", "used-by")


def test_groups_of_fields_follow_the_relations():
    """Views name the fields of one direction together, as in Breadcrumbs."""
    relations = [("up", "In", "child"), ("parent", "In", "child", "up"), ("child", "Has", "up", "down")]
    groups = dict(settings_from({"GARDEN": {"relations": relations}}).reading.field_groups)
    assert (groups["ups"], groups["downs"], groups["sames"]) == (("up", "parent"), ("child",), ())


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"GARDEN": ["x"]}, "GARDEN must be a dictionary, not ['x']"),
        ({"GARDEN": {"recnt": 3}}, 'GARDEN["recnt"] is not known; did you mean "recent"?'),
        ({"GARDEN": {"zzz": 3}}, 'GARDEN["zzz"] is not known'),
        ({"GARDEN": {"base": "/x"}}, 'GARDEN["base"] is not known'),
        ({"GARDEN": {"site_name": "x"}}, 'GARDEN["site_name"] is not known: set SITENAME instead'),
        (
            {"GARDEN": {"recent": "3"}},
            'GARDEN["recent"] must be a whole number that is not negative, not "3"',
        ),
        (
            {"GARDEN": {"recent": True}},
            'GARDEN["recent"] must be a whole number that is not negative, not True',
        ),
        ({"GARDEN": {"recent": -1}}, 'GARDEN["recent"] must be a whole number that is not negative, not -1'),
        ({"GARDEN": {"raw_html": "no"}}, 'GARDEN["raw_html"] must be True or False, not "no"'),
        ({"GARDEN": {"licence": None}}, 'GARDEN["licence"] must be a string, not None'),
        ({"GARDEN": {"ignore": "a"}}, 'GARDEN["ignore"] must be a list of strings, not "a"'),
        ({"GARDEN": {"ignore": [1]}}, 'each item of GARDEN["ignore"] must be a string, not 1'),
        (
            {"GARDEN": {"link_text": "name"}},
            'GARDEN["link_text"] must be one of "as-typed", "title", not "name"',
        ),
        (
            {"GARDEN": {"default_status": []}},
            'GARDEN["default_status"] must be one of "published", "hidden", "draft", not []',
        ),
        ({"GARDEN": {"relations": "up"}}, "must be a list of (name, label, inverse)"),
        ({"GARDEN": {"relations": ["up"]}}, 'each relation is (name, label, inverse), not "up"'),
        ({"GARDEN": {"relations": [("::", "a", "::")]}}, '"::" is not a name that a note can use'),
        ({"GARDEN": {"relations": [("a", "A", "a"), ("A", "B", "a")]}}, 'has "a" twice'),
        (
            {"GARDEN": {"relations": [("parent", "Of", "chlid"), ("child", "Has", "parent")]}},
            'the inverse of "parent", "chlid", is not a relation itself; did you mean "child"?',
        ),
        ({"SITEURL": "example.org"}, 'SITEURL must be a full address such as "https://example.org"'),
        ({"SITEURL": "https://example.org/?x"}, 'SITEURL must have no "?"'),
        ({"SITENAME": 3}, "SITENAME must be a string, not 3"),
    ],
)
def test_a_wrong_setting_is_named(written, says):
    """A setting of an unknown name or a wrong kind says which it is and what it should be."""
    with pytest.raises(SettingsError) as caught:
        settings_from(written)
    assert says in str(caught.value)


def test_the_shipped_file_holds_every_setting():
    """The settings file that authors start from names each setting once, all but what this site is with its default."""
    settings, names = load_settings(ROOT / "pelican.conf.py")
    assert tuple(sorted(names["GARDEN"])) == garden_setting_names()
    defaults = settings_from({name: value for name, value in names.items() if name != "GARDEN"})
    assert replace(settings, description="") == defaults


def test_paths_are_taken_from_the_file(tmp_path):
    """Folders are relative to the settings file, wherever the command runs."""
    conf = tmp_path / "pelican.conf.py"
    conf.write_text('PATH = "notes"\nignored = 1\n')
    _, names = load_settings(conf, {"SITENAME": "Mine"})
    expected = {
        "PATH": str(tmp_path / "notes"),
        "OUTPUT_PATH": str(tmp_path / "output"),
        "CACHE_PATH": str(tmp_path / ".cache" / "garden"),
        "SITENAME": "Mine",
    }
    assert expected.items() <= names.items()
    assert "ignored" not in names


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("A = 1\nB = (\n", "pelican.conf.py:2: SyntaxError: '(' was never closed"),
        ("A = 1\n\nB = C\n", "pelican.conf.py:3: NameError: name 'C' is not defined"),
    ],
)
def test_a_file_that_cannot_be_run_names_the_line(tmp_path, content, says):
    """A mistake in the settings file is reported with its line."""
    conf = tmp_path / "pelican.conf.py"
    conf.write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(conf)
    assert str(caught.value).endswith(says)


def test_a_missing_file_is_named(tmp_path):
    """Without a settings file the message says how to name one."""
    with pytest.raises(SettingsError, match=r"there is no settings file .*--conf"):
        load_settings(tmp_path / "nothing.py")
