"""A mistake in the settings ends a build with one sentence, and what a settings file leaves out is there."""

import re

import pytest
from pelican.log import FatalLogger

from garden.hosts.pelican.process import pelican_arguments
from garden.hosts.pelican.program import main
from tests.support.building import signals_kept
from tests.support.vault import write_vault

SETTINGS = 'SITENAME = "Notes"\nPLUGIN_PATHS = ["own"]\n'


@pytest.fixture
def build(tmp_path, monkeypatch, capsys):
    """Build a vault of one note with some more settings; return the exit code and what was printed."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/Note.md").write_text("# Note\n")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/wrong.py").write_text("def register(:\n")
    (tmp_path / "own/failing.py").write_text(
        "from pelican import signals\n"
        "def fail(generators): raise KeyError('lost')\n"
        "def register(): signals.all_generators_finalized.connect(fail)\n"
    )
    (tmp_path / "own/quiet.py").write_text("def register(): pass\n")
    monkeypatch.setattr(FatalLogger, "fatal_lvl", FatalLogger.fatal_lvl)

    def run(settings):
        conf = tmp_path / "pelican.conf.py"
        conf.write_text(SETTINGS + settings)
        try:
            with signals_kept():
                main(pelican_arguments(conf, None, tmp_path / "output", {}))
        except SystemExit as end:
            return end.code, "".join(capsys.readouterr())
        return 0, "".join(capsys.readouterr())

    return run


def test_neither_plugins_nor_theme_are_needed(build, tmp_path):
    """A file that names neither is one of a garden."""
    assert build("")[0] == 0
    assert (tmp_path / "output/note/index.html").is_file()
    assert (tmp_path / ".cache/garden").is_dir()


def test_a_site_with_errors_in_notes_is_reported_as_written(build, tmp_path):
    """Whoever sees a failure knows that the site is there, and how many errors to look for."""
    (tmp_path / "content/Note.md").write_text("---\ntitle: [\n---\nText\n")
    code, told = build("")
    assert code == 1
    assert told.endswith("The site is written, with 1 error (see above)\n")
    assert (tmp_path / "output/note/index.html").is_file()


def test_the_last_line_counts_notes_and_pages(build, tmp_path):
    """It takes the place of Pelican's, in a build that has nothing to do as well; embedded canvases are not notes."""
    notes = {
        "b.md": "---\nstatus: draft\n---\n",
        "c.md": "---\nstatus: hidden\n---\n![[d.canvas]]",
        "d.canvas": "{}",
    }
    write_vault(notes, tmp_path / "content")
    for _ in range(2):
        code, log = build("")
        assert code == 0
        assert "1 of 3 notes is held back" in log
        assert re.search(r"^1 note, 1 draft, 1 hidden note and \d+ other pages$", log, re.MULTILINE)
        assert "Processed" not in log


def test_beside_other_plugins_pelican_counts(build):
    """A Pelican project ends as it always has."""
    code, log = build('PLUGINS = ["garden", "quiet"]\n')
    assert code == 0
    assert "Processed 1 article" in log
    assert "other pages" not in log


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("X = (\n", "SyntaxError: '(' was never closed"),
        ('PLUGINS = ["sitemap"]\n', 'does not name "garden"; add it to the list'),
        (
            'PLUGINS = ["garden", "lost"]\n',
            "Cannot load plugin `lost`: Cannot import plugin `lost`; install it",
        ),
        ('PLUGINS = ["garden", "wrong"]\n', "own/wrong.py:1"),
        ('PLUGINS = ["garden", "failing"]\n', "KeyError: 'lost'"),
        ("LOCALE = 9\n", "perhaps because LOCALE must be a list, not 9"),
        ("MARKDOWN = 9\n", "perhaps because MARKDOWN must be a dictionary, not 9"),
    ],
)
def test_a_mistake_is_one_sentence(build, settings, sentence):
    """It says what is wrong; there is no traceback."""
    said, log = build(settings)
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in log
