"""Publishing: its address, and where it may lead."""

import pytest

from garden.__main__ import main
from garden.hosts.command_line import CommandError, refuse_to_publish
from garden.hosts.commands import publish
from garden.hosts.pelican.process import BuildResult


def test_notes_are_never_public_as_they_are(tmp_path):
    """A folder that holds the notes cannot be the output: a web server would show the drafts among them."""
    for output in (tmp_path, tmp_path / "notes"):
        with pytest.raises(CommandError, match="cannot be the output"):
            refuse_to_publish((tmp_path / "notes",), output)
    refuse_to_publish((tmp_path / "notes",), tmp_path / "notes" / "public")


@pytest.mark.parametrize("command", ["html", "publish", "publish --dry-run"])
def test_an_output_that_cannot_be_written_is_wrong_use(tmp_path, capsys, command):
    """It is reported before anything is built, in the same way by all commands."""
    (tmp_path / "content").mkdir()
    (tmp_path / "file").write_text("precious")
    conf = tmp_path / "pelican.conf.py"
    conf.write_text('SITEURL = "https://example.org"\n')
    assert main([*command.split(), "--conf", str(conf), "--output", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err == (
        f"garden: {tmp_path / 'file'} cannot be written: it is not a folder. Choose another folder (OUTPUT_PATH and "
        "CACHE_PATH in the settings file)\n"
    )
    assert (tmp_path / "file").read_text() == "precious"


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

    monkeypatch.setattr(publish, "run_pelican", run)
    assert main(["publish", "--conf", str(conf), "--yes"]) == code
    assert 'SITEURL="https://example.org/docs"' in commands[0]
    printed = capsys.readouterr()
    assert "the log" in printed.err
    assert ("The site for https://example.org/docs is in" in printed.out) == (code == 0)
