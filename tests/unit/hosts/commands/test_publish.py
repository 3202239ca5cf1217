"""Publishing starts from an empty folder, and empties no other."""

import argparse

import pytest

from garden.hosts.command_line import CommandError
from garden.hosts.commands import publish
from garden.hosts.pelican.process import BuildResult


def test_the_output_is_emptied(tmp_path):
    """Files, folders and links go; what a link leads to stays."""
    output, kept = tmp_path / "output", tmp_path / "kept"
    (output / "old").mkdir(parents=True)
    (output / "old" / "page.html").write_text("x")
    kept.mkdir()
    (kept / "note.md").write_text("x")
    (output / "link").symlink_to(kept)
    publish.empty(output, keep=(kept,))
    assert list(output.iterdir()) == []
    assert (kept / "note.md").is_file()


def test_a_missing_output_is_fine(tmp_path):
    """The first time there is nothing to remove."""
    publish.empty(tmp_path / "output", keep=())
    assert not (tmp_path / "output").exists()


def test_notes_are_never_removed(tmp_path):
    """A folder that holds the notes cannot be the output."""
    (tmp_path / "notes").mkdir()
    for output in (tmp_path, tmp_path / "notes"):
        with pytest.raises(CommandError, match="cannot be the output"):
            publish.empty(output, keep=(tmp_path / "notes",))
    assert (tmp_path / "notes").is_dir()


@pytest.mark.parametrize("code", [0, 1])
def test_the_address_reaches_pelican(tmp_path, monkeypatch, capsys, code):
    """The site is built for its address, and a failed build is a failed command."""
    (tmp_path / "content").mkdir()
    conf = tmp_path / "pelican.conf.py"
    conf.write_text('SITEURL = "https://example.org/docs/"\n')
    commands = []

    def run(arguments, on_line):
        commands.append(arguments)
        on_line("the log")
        return BuildResult(code, "the log")

    monkeypatch.setattr(publish, "run", run)
    parsed = argparse.Namespace(conf=conf, vault=None, site_url="", output=None)
    assert publish.publish(parsed) == code
    assert 'SITEURL="https://example.org/docs"' in commands[0]
    printed = capsys.readouterr()
    assert "the log" in printed.err
    assert ("The site for https://example.org/docs is in" in printed.out) == (code == 0)
