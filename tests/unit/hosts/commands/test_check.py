"""`garden check`, from its arguments to what it prints and the code it ends with."""

import json

import pytest

from garden.__main__ import main
from tests.support.vault import write_vault


@pytest.fixture
def codes(project, capsys):
    """Run a check and return its exit code and the ids that it reports."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = main(["check", "--format", "json", *arguments])
        return code, [problem["code"] for problem in json.loads(capsys.readouterr().out)]

    return run


def test_check_prints_problems_and_fails_on_errors(project, capsys):
    """Each problem has a line that begins with a path from here, so that a terminal opens it; a summary ends the report."""
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("notes/broken.md:") and " error [yaml-malformed] " in line for line in lines)
    at = next(
        at for at, line in enumerate(lines) if line.startswith("notes/a.md:4:12: warning [link-unresolved] ")
    )
    assert lines[at + 1 : at + 3] == [
        "    See [[b]], [[Nowhere]] and [[nowhere|again]].",
        "               ^",
    ]
    assert not any(" info [" in line for line in lines)
    assert lines[-1].startswith("1 error, ")


def test_a_warning_fails_a_strict_check_only(project, codes):
    """Infos never do, also when they are printed."""
    (project / "notes" / "broken.md").unlink()
    assert codes("--verbose")[0] == 0
    assert "hub-generated" in codes("--verbose")[1]
    assert codes("--strict")[0] == 1
    assert codes("--strict", "--ignore", "link-*")[0] == 0
    assert codes("--strict", "--verbose", "--select", "hub-generated") == (0, ["hub-generated"])


def test_the_settings_file_is_checked(project, codes, capsys):
    """At its own place, which is not below the folder of notes; it has severities like the notes, and paths leave it out."""
    conf = project / "pelican.conf.py"
    conf.write_text(conf.read_text() + 'SITENAM = "x"\n')
    assert main(["check", "--select", "setting-unused"]) == 0
    assert capsys.readouterr().out.startswith("pelican.conf.py:1:1: warning [setting-unused] ")
    assert codes("--select", "setting-unused", "notes") == (0, ["setting-unused"])
    assert codes("--select", "setting-unused", "notes/a.md") == (0, [])
    conf.write_text(conf.read_text() + 'GARDEN = {"severities": {"setting-unused": "off"}}\n')
    assert codes("--select", "setting-unused") == (0, [])


def test_ids_are_selected_and_ignored(codes):
    """By name or by pattern, several with commas; a wrong one is corrected."""
    assert codes("--select", "link-unresolved", "--ignore", "yaml-malformed") == (0, ["link-unresolved"] * 3)
    assert set(codes("--select", "yaml-*,link-unpublished")[1]) == {"yaml-malformed", "link-unpublished"}


def test_notes_and_folders_are_named(project, codes, monkeypatch):
    """From here or from the vault on; the whole vault is read all the same, so links are what they are."""
    assert set(codes("notes/deep")[1]) == {"link-unresolved"}
    assert codes("deep/b.md") == codes("notes/deep/b.md")
    assert "yaml-malformed" in codes("broken.md")[1]
    assert set(codes("a.md")[1]) == {"link-unresolved", "link-unpublished"}
    monkeypatch.chdir(project / "notes" / "deep")
    assert codes("--conf", "../../pelican.conf.py", "b.md") == (0, ["link-unresolved"])


def test_another_folder_is_a_vault(project, capsys, tmp_path_factory):
    """Unless a folder above it is one of Obsidian's: then it is part of that."""
    other = write_vault(
        {"fine.md": "text\n", "sub/x.md": "[[fine]] [[nowhere]]\n"}, tmp_path_factory.mktemp("other")
    )
    assert main(["check", str(other / "sub"), "--format", "concise"]) == 0
    assert "2 warnings" in capsys.readouterr().out
    (other / ".obsidian").mkdir()
    main(["check", str(other / "sub"), "--format", "concise"])
    assert "1 warning" in capsys.readouterr().out
    main(["check", "--vault", str(other), "fine.md"])
    assert capsys.readouterr().out == "no problems\n"


def test_a_vault_without_a_settings_file_will_do(tmp_path, capsys, monkeypatch):
    """Nothing is written into it; in a folder of a site the settings file above counts."""
    vault = write_vault({"a.md": "[[nowhere]]\n", "sub/b.md": "text [[a]]\n"}, tmp_path / "any")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "any", "--format", "concise"]) == 0
    assert capsys.readouterr().out.startswith("any/a.md:1:1: warning [link-unresolved]")
    assert sorted(path.name for path in vault.rglob("*")) == ["a.md", "b.md", "sub"]
    assert main(["new", "Tea", "--vault", "any"]) == 0
    assert (vault / "tea.md").exists()
    assert main(["check"]) == 2
    (tmp_path / "pelican.conf.py").write_text(
        'PATH = "any"\nGARDEN = {"severities": {"link-unresolved": "error"}}\n'
    )
    monkeypatch.chdir(vault / "sub")
    assert main(["check", "--format", "concise"]) == 1
    assert "../a.md:1:1: error" in capsys.readouterr().out


def test_statistics_count_instead_of_listing(project, capsys):
    """The most frequent id comes first."""
    assert main(["check", "--statistics"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["3", "link-unresolved", "warning"]
    assert ["1", "yaml-malformed", "error"] in [line.split() for line in lines]


def test_a_baseline_puts_off_what_is_there(project, codes, capsys):
    """What comes later is reported; the list is written on request, and may be named in the settings."""
    assert main(["check", "--baseline", "list.json", "--update-baseline"]) == 0
    assert "list.json now has 5 problems" in capsys.readouterr().err
    assert codes("--baseline", "list.json") == (0, [])
    note = project / "notes" / "a.md"
    note.write_text(note.read_text().replace("See", "\nSee [[new name]],"))
    assert codes("--baseline", "list.json") == (0, ["link-unresolved"])
    (project / "pelican.conf.py").write_text('PATH = "notes"\nGARDEN = {"baseline": "../list.json"}\n')
    assert codes() == (0, ["link-unresolved"])
    (project / "list.json").rename(project / "later.json")
    assert codes()[0] == 1
    capsys.readouterr()
    main(["check"])
    assert (
        "list.json, which does not exist, so all problems are reported: --update-baseline"
        in capsys.readouterr().err
    )
    (project / "later.json").rename(project / "list.json")
    note.unlink()
    main(["check", "--verbose"])
    assert "of the baseline no longer occur" in capsys.readouterr().err


def test_settings_and_notes_have_a_say(project, codes):
    """The settings grade ids, for a path as well; a note silences a problem and says why."""
    (project / "notes" / "broken.md").write_text(
        "---\nsilence: {link-unresolved: an example}\n---\n[[nowhere]]"
    )
    assert codes("broken.md") == (0, [])
    garden = {"severities": {"link-unresolved": "error"}, "path_severities": {"deep": {"link-*": "off"}}}
    (project / "pelican.conf.py").write_text(f'PATH = "notes"\nGARDEN = {garden!r}\n')
    assert codes("a.md")[0] == 1
    assert codes("deep") == (0, [])


def test_other_formats_are_for_programs(project, capsys):
    """Paths are those of the repository where it matters."""
    main(["check", "--format", "github"])
    assert "::error file=notes/broken.md,line=" in capsys.readouterr().out
    main(["check", "--format", "sarif"])
    assert '"uri": "notes/broken.md"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--select", "link-unresolvd"],
            'there is no diagnostic "link-unresolvd"; did you mean "link-unresolved"?',
        ),
        (["nothing.md"], "there is no file or folder nothing.md"),
        (["--baseline", "none.json"], "there is no baseline none.json"),
        (["--update-baseline"], "name the file of the baseline"),
        (["pelican.conf.py"], "say which folder of notes pelican.conf.py is in"),
    ],
)
def test_wrong_use_is_a_sentence(project, capsys, arguments, says):
    """The exit code is 2, which is not that of problems."""
    assert main(["check", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_fixes_are_shown_and_written_when_agreed(project, capsys):
    """A diff comes first; nothing is written before somebody agrees, and what is left is reported then."""
    note = project / "notes" / "broken.md"
    note.write_bytes(b"---\r\ndate: 2024/3/5\r\n---\r\n[[nowhere]]")
    before = note.read_bytes()
    assert main(["check", "--diff"]) == 1
    assert "+date: 2024-03-05\n" in capsys.readouterr().out
    assert main(["check", "--fix"]) == 3
    told = capsys.readouterr().err
    assert "corrects notes/broken.md:2:1 [date-invalid]\n" in told
    assert "[link-unresolved]" not in told
    assert "Nothing was written: use --yes to agree" in told
    main(["check", "--fix", "--yes", "--ignore", "date-invalid"])
    main(["check", "--fix", "--yes", "a.md"])
    assert note.read_bytes() == before
    capsys.readouterr()
    assert main(["check", "--fix", "--yes", "--select", "date-invalid,link-unresolved", "broken.md"]) == 0
    printed = capsys.readouterr()
    assert note.read_bytes() == before.replace(b"2024/3/5", b"2024-03-05")
    assert printed.out.startswith("--- a/notes/broken.md\n+++ b/notes/broken.md\n@@ ")
    assert "1 note changed" in printed.err
    assert "1 warning" in printed.out
    assert main(["check", "--diff"]) == 0
