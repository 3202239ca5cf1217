"""Pelican round us: its failures are loud, other plugins and themes see the notes."""

import os
from collections.abc import Callable
from pathlib import Path

import pelican
import pytest

from tests.build.conftest import ROOT, Build
from tests.support.vault import write_vault

NOTES = {
    "a.md": "---\ntitle: Alpha & co\ndate: 2024-01-02\ncategory: things\ntags: one\nauthor: Ann\n---\nSee [[b]].\n",
    "b.md": "---\ntitle: Beta\nstatus: hidden\n---\nText.\n",
    "c.md": "---\ntitle: Gamma\nstatus: draft\n---\nCanary.\n",
}


def settings(tmp_path: Path, lines: str) -> str:
    """A settings file that changes the repository's."""
    file = tmp_path / "other_settings.py"
    file.write_text(
        "from runpy import run_path\n"
        f"globals().update({{n: v for n, v in run_path({str(ROOT / 'pelican.conf.py')!r}).items() if n.isupper()}})\n"
        f"THEME = {str(ROOT / 'theme')!r}\nPLUGIN_PATHS = [{str(ROOT / 'plugins')!r}, {str(tmp_path)!r}]\n{lines}",
        encoding="utf-8",
    )
    return str(file)


def test_pelican_counts_the_notes(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Pelican's last line says how many notes there are, in every build."""
    notes = write_vault(NOTES, tmp_path / "vault")
    for _ in range(2):
        assert "Processed 1 article, 1 draft, 1 hidden article" in " ".join(build(notes).log.split())


def test_what_cannot_be_read_costs_no_other_note_its_page(
    tmp_path: Path, build: Callable[..., Build]
) -> None:
    """A link to nowhere or a pipe with the name of a note is reported; with another name it is not a file (HC-9)."""
    notes = write_vault({"a.md": "One. ![[gone.png]]"}, tmp_path / "vault")
    for name in ("gone.md", "gone.png"):
        (notes / name).symlink_to("nowhere")
    os.mkfifo(notes / "pipe.md")
    site = build(notes)
    assert site.code == 1
    assert "One." in site.text("a/index.html")
    for line in (
        "gone.md:1:1: error [note-unreadable]",
        "pipe.md:1:1: error [note-unreadable]",
        "a.md:1:6: warning [embed-missing]",
    ):
        assert site.log.count(line) == 1


def test_another_plugin_sees_the_notes(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A plugin that listens to `article_generator_finalized` gets published notes as Pelican's articles look."""
    (tmp_path / "listener.py").write_text(
        "from pelican import signals\n"
        "def heard(generator):\n"
        "    for a in generator.articles:\n"
        "        print('HEARD', a.title, a.url, a.category, a.date.year, [str(t) for t in a.tags], a.author, a.content)\n"
        "def register():\n"
        "    signals.article_generator_finalized.connect(heard)\n",
        encoding="utf-8",
    )
    notes = write_vault(NOTES, tmp_path / "vault")
    site = build(notes, "-s", settings(tmp_path, "PLUGINS = ['garden', 'listener']\n"))
    heard = [line for line in site.log.splitlines() if line.startswith("HEARD")]
    assert len(heard) == 1
    assert heard[0].startswith("HEARD Alpha & co a/ things 2024 ['one'] Ann <p>See")
    assert (site.out / "a" / "index.html").is_file()


def test_pelicans_own_theme_renders_the_notes(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A theme that knows nothing of us gets articles, categories, tags and an index."""
    simple = Path(pelican.__file__).parent / "themes" / "simple"
    lines = (
        f"THEME = {str(simple)!r}\n"
        "DIRECT_TEMPLATES = ['index', 'tags', 'categories', 'archives']\n"
        "CATEGORY_SAVE_AS = 'category/{slug}.html'\nTAG_SAVE_AS = 'tag/{slug}.html'\n"
    )
    site = build(write_vault(NOTES, tmp_path / "vault"), "-s", settings(tmp_path, lines))
    assert site.code == 0, site.log
    assert "See" in site.text("a/index.html")
    assert 'href="/b/"' in site.text("a/index.html")
    assert "/a/" in site.text("index.html")
    assert "/a/" in site.text("category/things.html")
    assert not any(b"Canary" in content for content in site.files().values())


def test_another_theme_gets_templates_as_pelican_has_them(
    tmp_path: Path, build: Callable[..., Build]
) -> None:
    """The shipped settings work with a theme that prints names that nobody has set, and markup as it is."""
    site = build(write_vault(NOTES, tmp_path / "vault"), "-t", "simple")
    assert site.code == 0, site.log
    assert "<p>See" in site.text("a/index.html")
    assert not any(b"Canary" in content for content in site.files().values())


def test_a_plugin_that_raises_is_loud(tmp_path: Path, build_alone: Callable[..., Build]) -> None:
    """It makes the build fail before Pelican's log is set up."""
    (tmp_path / "broken.py").write_text(
        "def register():\n    raise RuntimeError('broken')\n", encoding="utf-8"
    )
    file = settings(tmp_path, "PLUGINS = ['garden', 'broken']\n")
    site = build_alone(write_vault(NOTES, tmp_path / "vault"), "-s", file, "--fatal", "errors")
    assert site.code != 0
    assert "broken" in site.log


def test_a_vault_without_notes_builds(tmp_path: Path, build: Callable[..., Build]) -> None:
    """An empty folder gives an empty site (HC-9)."""
    (tmp_path / "vault").mkdir()
    site = build(tmp_path / "vault")
    assert site.code == 0, site.log
    assert "<h1" in site.text("index.html")


def test_a_wrong_setting_is_reported_without_a_traceback(tmp_path: Path, build: Callable[..., Build]) -> None:
    """What the author has to mend is one line, and the exit code is not 0."""
    notes = write_vault(NOTES, tmp_path / "vault")
    site = build(notes, "-s", settings(tmp_path, "GARDEN = {'ingore': []}\n"))
    assert site.code == 1
    assert 'GARDEN["ingore"] is not known; did you mean "ignore"?' in site.log
    assert "Traceback" not in site.log


@pytest.mark.parametrize("count", [1, 60], ids=["alone", "in processes"])
def test_a_broken_template_is_reported_with_its_place(
    tmp_path: Path, build: Callable[..., Build], count: int
) -> None:
    """File and line of the template, also where pages are written by several processes."""
    overrides = tmp_path / "templates"
    overrides.mkdir()
    (overrides / "note.html").write_text("<p>\n{{ nonsense }}\n", encoding="utf-8")
    notes = write_vault({f"{number}.md": "Text.\n" for number in range(count)}, tmp_path / "vault")
    site = build(notes, "-s", settings(tmp_path, f"THEME_TEMPLATES_OVERRIDES = [{str(overrides)!r}]\n"))
    assert site.code == 1
    assert "templates/note.html:2: error `nonsense` is not defined" in site.log
    assert "Traceback" not in site.log
