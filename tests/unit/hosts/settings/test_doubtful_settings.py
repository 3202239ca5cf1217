"""What probably does not do what the author of the settings meant."""

from pathlib import Path
from typing import Any

import pytest

from garden import defaults
from garden.hosts.settings.doubtful_settings import doubtful_settings
from garden.model.diagnostic import Severity

GARDEN = {name: getattr(defaults, name) for name in defaults.__all__}


def reported(**names: Any) -> list[str]:
    """Return what is reported about a settings file that has these names besides those of every garden."""
    return [problem.full_message for problem in doubtful_settings({**GARDEN, **names}, vars(defaults))]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SITENAM", "SITENAME"),
        ("SITE_URL", "SITEURL"),
        ("GARDN", "GARDEN"),
        ("TIMEZON", "TIMEZONE"),
    ],
)
def test_a_misspelt_name_is_reported(name: str, meant: str) -> None:
    """With the name that is like it."""
    assert reported(**{name: "x"}) == [f"nothing reads the setting {name} (did you mean {meant}?)"]


def test_names_that_are_in_use_are_fine(tmp_path: Path) -> None:
    """Known ones, one beside the setting that it is like, one that a template shows, those of other plugins, and others."""
    (tmp_path / "note.html").write_text("{{ settings.SITENAM }}", encoding="utf-8")
    assert reported(SITENAME="x", AUTHOR="y", SOCIAL=(), GARDEN={}, HERE="z", MY_WORDS=[]) == []
    assert reported(SITE_URL="https://x.org", SITEURL="https://x.org/y") == []
    assert reported(SITENAM="x", THEME_TEMPLATES_OVERRIDES=[str(tmp_path)]) == []
    assert reported(SITENAM="x", PLUGINS=["garden", "other"]) == []


@pytest.mark.parametrize(
    ("language", "hint"), [("german", '"de"?'), ("de,en", 'such as "de"'), ("Français", 'such as "de"')]
)
def test_a_language_has_a_code(language: str, hint: str) -> None:
    """Anything else is reported, with the right code if it is the name of a language."""
    (message,) = reported(DEFAULT_LANG=language)
    assert message.startswith(f'DEFAULT_LANG is "{language}", which is not the code of a language')
    assert hint in message


def test_a_language_without_translation_is_mentioned(tmp_path: Path) -> None:
    """Unless the author has one; a region has that of its language, and English needs none."""
    (problem,) = doubtful_settings({**GARDEN, "DEFAULT_LANG": "it"}, vars(defaults))
    assert (problem.code, problem.severity) == ("language-untranslated", Severity.INFO)
    assert '"it"' in problem.message
    assert "garden docs languages" in problem.help
    own = tmp_path / "it/LC_MESSAGES/messages.po"
    own.parent.mkdir(parents=True)
    own.touch()
    assert reported(DEFAULT_LANG="it", THEME_TRANSLATIONS_OVERRIDES=[str(tmp_path)]) == []
    assert [reported(DEFAULT_LANG=language) for language in ("de", "de-AT", "de_CH", "en", "en-GB", "")] == [
        []
    ] * 6


@pytest.mark.parametrize("name", ["partials/fotter.html", "footer.html"])
def test_a_template_that_replaces_nothing_is_reported(tmp_path: Path, name: str) -> None:
    """One that is misspelt or in the wrong folder; one that others include, or that is like none, is the author's own."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.touch()
    (tmp_path / "rather-different.html").touch()
    (message,) = reported(THEME_TEMPLATES_OVERRIDES=[str(tmp_path)])
    assert f'"{name}"' in message
    assert 'did you mean "partials/footer.html"?' in message
    (tmp_path / "note.html").write_text(f'{{% include "{name}" %}}', encoding="utf-8")
    assert reported(THEME_TEMPLATES_OVERRIDES=[str(tmp_path)]) == []
