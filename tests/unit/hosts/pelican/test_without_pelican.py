"""Builds of sites in which Pelican has no part: they do the same without it."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from garden.__main__ import main
from garden.hosts.pelican import build
from garden.hosts.pelican.build import PelicanBuild
from garden.hosts.pelican.build_requests import OWN_CLOSE
from garden.hosts.pelican.process import pelican_arguments
from garden.hosts.pelican.program import main as pelican_main
from garden.hosts.pelican.without_pelican import STANDARD, settings_without_pelican
from garden.hosts.settings.configuration import load_settings
from garden.model.routes import RECORD
from tests.support.building import ROOT, signals_kept
from tests.support.vault import write_vault

SITE = f'SITENAME = "Notes"\nPLUGIN_PATHS = [{str(ROOT / "plugins")!r}]\n'

OF_ITS_OWN = """
SITEURL = "https://example.org/notes/"
DEFAULT_LANG = "pt-BR"
TIMEZONE = "Europe/Berlin"
TYPOGRIFY = False
IGNORE_FILES = ["*.tmp"]
DEFAULT_METADATA = {"status": "hidden"}
WITH_FUTURE_DATES = False
DEFAULT_DATE = "2020-01-02"
GARDEN = {"description": "All of them", "link_text": "title"}
"""


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """The settings file of a small site."""
    notes = {
        "a.md": "up:: [[b]]\n\nA [[c]] and ![[p.txt]].\n",
        "b.md": "# B\n\n```python\nx = 1\n```\n",
        "c.md": "---\ndate: 2024-02-03\ntags: [t]\n---\nText.\n",
        "p.txt": "A file.",
    }
    write_vault(notes, tmp_path / "content")
    written = tmp_path / "pelican.conf.py"
    written.write_text(SITE)
    return written


def test_pelican_has_the_same_defaults() -> None:
    """What a settings file leaves out is what Pelican puts there."""
    assert {name: DEFAULT_CONFIG[name] for name in STANDARD} == STANDARD


def _files(folder: Path) -> dict[Path, bytes]:
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("more", ["", "from garden.defaults import *", OF_ITS_OWN])
def test_the_site_is_the_same(conf: Path, more: str) -> None:
    """A build by Pelican into another folder writes the same bytes, and one into the same folder finds nothing to do."""
    conf.write_text(f"{SITE}{more}")
    folder = conf.parent
    assert main(["html", "--conf", str(conf), "--output", str(folder / "alone")]) == 0

    def by_pelican(output: Path) -> None:
        with signals_kept():
            pelican_main(pelican_arguments(conf, folder / "content", output, {}))

    by_pelican(folder / "pelican")
    assert _files(folder / "alone") == _files(folder / "pelican")
    settings = settings_without_pelican(load_settings(conf, {"OUTPUT_PATH": str(folder / "pelican")})[1])
    assert settings is not None
    assert PelicanBuild(settings).unchanged
    assert settings[OWN_CLOSE]


@pytest.mark.parametrize(
    "more",
    [
        'PLUGINS = ["garden", "sitemap"]',
        'THEME = "simple"',
        'LOCALE = "de_DE"',
        "DELETE_OUTPUT_DIRECTORY = True",
        'STATIC_PATHS = ["images"]',
        'IGNORE_FILES = ("*.tmp",)',
        'THEME_TEMPLATES_OVERRIDES = ["content"]',
        "UNHEARD_OF = 1",
    ],
)
def test_pelican_builds_a_site_in_which_it_may_have_a_part(conf: Path, more: str) -> None:
    """Another plugin or theme, an own template, a setting of Pelican's or one that nobody knows."""
    assert settings_without_pelican(load_settings(conf)[1]) is not None
    conf.write_text(f"{SITE}{more}\n")
    assert settings_without_pelican(load_settings(conf)[1]) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEMPLATE_PAGES", {"a.html": "b.html"}),
        ("STATIC_PATHS", ["images"]),
        ("DELETE_OUTPUT_DIRECTORY", True),
        ("PLUGINS", ["garden", "sitemap"]),
    ],
)
def test_a_build_in_which_pelican_has_a_part_is_not_alone(conf: Path, name: str, value: object) -> None:
    """So it takes nothing over from an earlier one."""
    settings = settings_without_pelican(load_settings(conf)[1])
    assert settings is not None
    assert PelicanBuild(settings).is_ours_alone
    assert not PelicanBuild({**settings, name: value}).is_ours_alone


def test_whatever_a_site_is_made_from_is_an_input(conf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, the folders and the theme: with another one a build does not find that nothing has changed."""
    settings = settings_without_pelican(load_settings(conf)[1])
    assert settings is not None
    others: list[dict[str, object]] = [
        {},
        {"GARDEN": {"description": "Another one"}},
        {"SITENAME": "Another one"},
        {"PATH": str(conf.parent)},
        {"OUTPUT_PATH": str(conf.parent / "another one")},
    ]
    inputs = [PelicanBuild({**settings, **other}).inputs for other in others]
    monkeypatch.setattr(build, "theme_version", lambda *_: "another one")
    inputs.append(PelicanBuild(settings).inputs)
    assert len(set(inputs)) == len(inputs)


_BUILD = """
import sys
from garden.__main__ import main
main(["html", "--conf", sys.argv[1]])
print(sum(name.startswith("garden.") for name in sys.modules), *sorted(set(sys.argv[2:]) & sys.modules.keys()))
"""

_NEVER = ("pelican", "rich", "docutils", "yaml", "PIL", "concurrent.futures.process", "pygments.lexers")
_FOR_A_TEXT = (
    "garden.reading.document",
    "garden.rendering.catalog",
    "garden.vault.site",
    "jinja2",
    "sqlite3",
)


def test_a_build_imports_only_what_it_needs(conf: Path) -> None:
    """One of unchanged notes neither reads nor renders; one with another text does not start Pelican.

    The more modules, the longer the start: of our own, a fifth and three fifths are imported.
    """

    def imported() -> tuple[int, list[str]]:
        program = [sys.executable, "-c", _BUILD, str(conf), *_NEVER, *_FOR_A_TEXT]
        run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
        count, *names = run.stdout.splitlines()[-1].split()
        return int(count), names

    assert main(["html", "--conf", str(conf)]) == 0
    count, names = imported()
    assert names == []
    assert count < 110
    note = conf.parent / "content/b.md"
    note.write_text(note.read_text() + "\nA sentence after the block of code.\n")
    count, names = imported()
    assert names == sorted(_FOR_A_TEXT)
    assert count < 380


def test_a_build_looks_at_each_file_once(conf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nothing has changed, each note is read once, and of each file of the output the size and time are asked once."""
    assert main(["html", "--conf", str(conf)]) == 0
    looked: Counter[str] = Counter()

    def counting(plain: Callable[..., Any]) -> Callable[..., Any]:
        def counted(path: str, *rest: Any, **named: Any) -> Any:
            looked[os.fspath(path)] += 1
            return plain(path, *rest, **named)

        return counted

    for name in ("lstat", "open"):
        monkeypatch.setattr(os, name, counting(getattr(os, name)))
    assert main(["html", "--conf", str(conf)]) == 0
    files = [*(conf.parent / "content").glob("*.md"), *(conf.parent / "output").rglob("*")]
    assert {looked[str(file)] for file in files if file.is_file() and file.name != RECORD} == {1}
