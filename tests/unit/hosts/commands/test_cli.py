"""The commands that read a vault, from their arguments to what they print."""

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from garden.__main__ import main
from garden.hosts import command_line
from garden.hosts.commands.explanations import EXPLANATIONS
from garden.linking.ledger.text import format_ledger, parse_ledger
from garden.model.ledger import LEDGER_FILE, LedgerLine, LineKey, ledger_of
from garden.model.names import Url
from tests.support.building import ROOT
from tests.support.patience import PATIENCE
from tests.support.vault import write_vault
from tests.unit.hosts.commands.conftest import PROJECT_NOTES


def test_drafts_are_listed(project, capsys):
    """A draft is shown by its path and title, and counted."""
    assert main(["drafts"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "deep/b.md  The draft  status: draft\n"
    assert (
        printed.err == "1 of 3 notes is held back (`garden drafts` lists them):\n     1 a status of draft\n"
    )


def test_drafts_counts_the_other_notes_that_are_not_public(project, capsys):
    """A misspelt or unknown status is shown with its key; hidden and ignored notes are counted."""
    write_vault(
        {
            "h.md": "---\nhidden: true\n---\ntext",
            "m.md": "---\nstatsu: draft\n---\ntext",
            "u.md": "---\nstatus: in progress\n---\ntext",
            ".trash/t.md": "text",
        },
        project / "notes",
    )
    assert main(["drafts"]) == 0
    printed = capsys.readouterr()
    assert [line.split("  ")[-1] for line in printed.out.splitlines()] == [
        "status: draft",
        "statsu: draft, taken for status",
        "status: in progress, which is not known",
    ]
    assert printed.err.splitlines()[-1] == (
        "Other notes that are not public: 1 whose name, or that of a folder above, begins with a dot; "
        "1 hidden, which have pages but are in no list."
    )


def test_wanted_names_are_counted(project, capsys):
    """The most wanted name comes first, whatever its case; a parent that nobody wrote is wanted too."""
    assert main(["wanted"]) == 0
    rows = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert [row[:2] for row in cells] == [["3", "Nowhere"], ["1", "unwritten parent"]]
    assert cells[0][2].startswith("first at notes/a.md:4:")


def test_new_writes_a_draft(project, capsys):
    """The path is printed alone, for scripts; the hint goes beside it."""
    assert main(["new", "My note", "--up", "a, b", "--tags", "x"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "notes/my-note.md\n"
    assert "shows it at /my-note/. Change its Status to published" in printed.err
    assert "up:: [[a]], [[b]]" in (project / "notes" / "my-note.md").read_text()
    assert main(["new", "My note"]) == 2
    assert "there is already a note with that name: " in capsys.readouterr().err


def test_new_wants_a_parent_that_exists(project, capsys):
    """Else it asks, and where nobody can answer says what to do; the nearest name is proposed."""
    assert main(["new", "Child", "--up", "unwritten parents"]) == 3
    told = capsys.readouterr().err
    assert 'No note is called "unwritten parents" (did you mean' not in told  # a hub is not a note
    assert "Nothing was written: use --yes to agree" in told
    assert main(["new", "Child", "--up", "The draf"]) == 3
    assert main(["new", "Child", "--up", "unwritten parent"]) == 0
    assert main(["new", "Other", "--up", "nobody", "--yes", "--folder", "deep"]) == 0
    assert "up:: [[nobody]]" in (project / "notes" / "deep" / "other.md").read_text()


def test_a_wanted_note_is_written_where_its_links_find_it(project, capsys):
    """It has the name that they have, and the parent of the notes that mention it; `-` is for none."""
    assert main(["wanted", "--write", "nowhere"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "notes/Nowhere.md\n"
    assert "Its parent is unwritten parent, like that of the notes that link to it." in printed.err
    assert "up:: [[unwritten parent]]" in (project / "notes" / "Nowhere.md").read_text()
    assert main(["check", "a.md", "--select", "link-unresolved"]) == 0
    assert "no problems" in capsys.readouterr().out
    assert main(["new", "unwritten parent", "--up", "-"]) == 0
    assert "up::" not in (project / "notes" / "unwritten parent.md").read_text()
    assert main(["wanted", "--write", "nowhere"]) == 2
    assert 'no link names "nowhere"' in capsys.readouterr().err


def test_wanted_names_are_listed_by_branch(project, capsys):
    """And for programs."""
    main(["wanted", "--format", "json", "--branch", "unwritten parent"])
    (want,) = json.loads(capsys.readouterr().out)
    assert (want["name"], want["links"], want["branch"]) == ("Nowhere", 3, "unwritten parent")
    assert want["places"][0]["path"] == "notes/a.md"
    assert main(["wanted", "--branch", "unwriten parent"]) == 2
    assert 'did you mean "unwritten parent"?' in capsys.readouterr().err


def test_new_takes_a_template_of_the_vault(project, capsys):
    """By its name, from the folder that Obsidian's settings name; a misspelt one is corrected."""
    write_vault(
        {
            ".obsidian/templates.json": '{"folder": "forms"}',
            "forms/Article.md": "---\nkind: article\n---\n{{title}}\n",
        },
        project / "notes",
    )
    assert main(["new", "Tea", "--template", "article"]) == 0
    text = (project / "notes" / "tea.md").read_text()
    assert text.startswith('---\nkind: article\ntitle: "Tea"\n')
    assert text.endswith("---\nTea\n")
    assert main(["new", "Two", "--template", "Artcle"]) == 2
    assert 'there is no template "Artcle"; did you mean "Article"?' in capsys.readouterr().err


def test_new_opens_the_editor(project, monkeypatch):
    """The one that the environment names."""
    monkeypatch.setenv("VISUAL", "touch opened")
    assert main(["new", "Tea", "--open"]) == 0
    assert (project / "opened").exists()
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert main(["new", "Coffee", "--open"]) == 2


def test_explain_prints_what_to_do(project, capsys):
    """One id is explained, a misspelt one corrected, none lists all."""
    assert main(["explain", "link-unresolved"]) == 0
    assert capsys.readouterr().out.startswith(
        "link-unresolved (warning)\n\nA link names no note, alias or file."
    )
    assert main(["explain", "link-unresolvd"]) == 2
    assert 'did you mean "link-unresolved"?' in capsys.readouterr().err
    assert main(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(EXPLANATIONS)


def test_docs_prints_a_page(capsys):
    """By its name or its path; a misspelt one is corrected, none lists all."""
    page = (ROOT / "docs/how-to/check.md").read_text(encoding="utf-8")
    for name in ("check", "how-to/check", "docs/how-to/check.md"):
        assert main(["docs", name]) == 0
        assert capsys.readouterr().out == page
    assert main(["docs", "chek"]) == 2
    assert 'did you mean "check"?' in capsys.readouterr().err
    assert main(["docs"]) == 0
    assert "how-to/check" in capsys.readouterr().out


def test_every_page_that_the_program_names_exists(capsys):
    """A message that sends somebody to the documentation leads somewhere."""
    texts = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "plugins/garden").rglob("*.py"))
    named = set(re.findall(r"`garden docs ([a-z-]+)`", texts))
    assert len(named) > 5
    for name in named:
        assert main(["docs", name]) == 0, name


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "no such folder"], "garden: there is no file or folder no such folder"),
        (["check", "--conf", "nothing.py"], "garden: there is no settings file nothing.py"),
        (["serve", "no such folder"], "garden: there is no folder no such folder"),
        (["publish"], "garden: the site needs its address: set SITEURL"),
        (["publish", "--site-url", "example.org"], "garden: SITEURL must be a full address"),
        (
            ["publish", "--site-url", "https://x.org", "--output", "."],
            "cannot be the output folder, because ",
        ),
        (
            ["publish", "--site-url", "https://x.org", "--output", "notes"],
            "cannot be the output folder, because ",
        ),
        (["pubish"], 'garden: there is no command "pubish"; did you mean "publish"? (`garden --help`'),
        (["xyzzy"], 'garden: there is no command "xyzzy" (`garden --help` lists all commands)'),
        ([], "garden: the following arguments are required: COMMAND (`garden --help`"),
        (["serve", "--port", "abc"], 'garden: --port: a port is a number below 65536, not "abc"'),
        (["serve", "--port", "70000"], 'garden: --port: a port is a number below 65536, not "70000"'),
        (["check", "--format", "xml"], "garden: --format: invalid choice: 'xml' (choose from "),
        (["explain", "a", "b"], "garden: `garden explain` does not take b (`garden explain --help`"),
    ],
)
def test_a_mistake_is_a_sentence(project, capsys, arguments, says):
    """Whoever mistypes gets one line that says what is wrong, no traceback, and exit code 2."""
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert says in printed.err
    assert len(printed.err.splitlines()) == 1
    assert sorted(path.name for path in (project / "notes").iterdir()) == ["a.md", "broken.md", "deep"]


@pytest.mark.parametrize("name", ["check", "new", "drafts", "wanted", "explain", "publish", "serve"])
def test_every_command_has_help(name, capsys):
    """`--help` says what the command takes."""
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: garden {name}" in capsys.readouterr().out


def test_a_long_command_says_what_it_does(capsys, monkeypatch):
    """Silence ends after a while; a quick command says nothing."""
    told = ""
    monkeypatch.setattr(command_line, "PATIENCE", 0.01)
    with command_line.tell_if_slow("Reading"):
        end = time.monotonic() + PATIENCE
        while not told and time.monotonic() < end:
            time.sleep(0.01)
            told = capsys.readouterr().err
    assert told == "Reading …\n"
    monkeypatch.setattr(command_line, "PATIENCE", PATIENCE)
    with command_line.tell_if_slow("Reading"):
        pass
    assert capsys.readouterr().err == ""


def test_rename_moves_a_note_and_its_links(project, capsys):
    """After a diff and a yes; the note may be named as links name it."""
    write_vault({"c.md": "[[a]] [x](a.md)\n"}, project / "notes")
    ledger = project / "notes" / LEDGER_FILE
    ledger.write_text(format_ledger(ledger_of([LedgerLine(LineKey("note", "a.md"), Url("a/"))])))
    assert main(["rename", "a", "deep/better", "--diff"]) == 0
    printed = capsys.readouterr().out
    assert "+[[better]] [x](deep/better.md)" in printed
    assert printed.endswith("notes/a.md -> notes/deep/better.md\n")
    assert main(["rename", "notes/a.md", "notes/deep/better.md"]) == 3
    assert (project / "notes" / "a.md").exists()
    assert main(["rename", "A", "deep/better.md", "--yes"]) == 0
    assert (project / "notes" / "c.md").read_text() == "[[better]] [x](deep/better.md)\n"
    assert (project / "notes" / "deep" / "better.md").read_text() == PROJECT_NOTES["a.md"]
    assert not (project / "notes" / "a.md").exists()
    (line,) = parse_ledger(ledger.read_text()).lines.values()
    assert (line.key.name, line.address) == ("deep/better.md", "a/")
    capsys.readouterr()
    assert main(["rename", "c", "d"]) == 3  # nothing links to it
    assert capsys.readouterr().err.startswith("Rename it? Nothing was written")


def test_rename_keeps_the_ending_of_a_note(project):
    """Of those that a note may have, the one that it has."""
    (project / "notes" / "long.markdown").write_text("# Long\n")
    assert main(["rename", "long.markdown", "longer", "--yes"]) == 0
    assert (project / "notes" / "longer.markdown").read_text() == "# Long\n"


def test_a_note_may_be_named_by_its_title(project, capsys):
    """If nothing else has the name, and only one note the title; the new note's link has the file's name."""
    assert main(["new", "Child", "--up", "the draft"]) == 0
    assert "up:: [[b]]" in (project / "notes" / "child.md").read_text()
    assert main(["rename", "The draft", "better", "--yes"]) == 0
    assert (project / "notes" / "deep" / "better.md").exists()
    write_vault({"c.md": "---\ntitle: The draft\n---\n"}, project / "notes")
    capsys.readouterr()
    for arguments in (["new", "Other", "--up", "The draft"], ["rename", "The draft", "x", "--yes"]):
        assert main(arguments) == 2
        said = capsys.readouterr().err
        assert said == 'garden: "The draft" is the title of c.md, deep/better.md: give the path\n'


def test_new_says_what_becomes_of_a_parent_without_a_note(project, capsys):
    """A check reports such a name until the note is published and the name becomes a page."""
    assert main(["new", "Child", "--up", "grove", "--yes"]) == 0
    assert '"grove" gets a page when this note is published' in capsys.readouterr().err
    main(["check", "--format", "concise"])
    assert "(the site gets a page of that name when this note is published)" in capsys.readouterr().out
    (project / "pelican.conf.py").write_text('PATH = "notes"\nGARDEN = {"missing_parents": {"*": "hide"}}\n')
    assert main(["new", "Other", "--up", "grove", "--yes"]) == 0
    assert "gets a page" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("brokn", "x", 'there is no note "brokn"; did you mean "broken"?'),
        ("a", "broken", "there is already a file broken.md"),
        ("a", "../x", "is not in"),
    ],
)
def test_a_wrong_rename_changes_nothing(project, capsys, old, new, says):
    """It is a sentence."""
    assert main(["rename", old, new, "--yes"]) == 2
    assert says in capsys.readouterr().err
    assert (project / "notes" / "a.md").read_text() == PROJECT_NOTES["a.md"]


def test_help_does_not_wait_for_what_reads_notes():
    """The list of commands, the version and an explanation import neither the parser nor Pelican."""
    code = (
        "import sys; from garden.__main__ import main\n"
        "for asked in (['--version'], ['--help'], ['explain', 'link-unresolved'], ['nonsense']):\n"
        "    try: main(asked)\n"
        "    except SystemExit: pass\n"
        "heavy = ('garden.reading', 'garden.vault', 'garden.rendering', 'markdown', 'pelican', 'yaml', 'PIL')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert 'there is no command "nonsense"' in done.stderr


def test_a_console_with_few_characters_shows_what_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows gives a program whose output goes into a pipe an encoding that has no Japanese, for instance."""
    write_vault({"日本.md": "[[nobody]]"}, tmp_path)
    (tmp_path / "pelican.conf.py").write_text(f"from garden.defaults import *\nPATH = {str(tmp_path)!r}\n")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    main(["check", "--conf", str(tmp_path / "pelican.conf.py")])
    sys.stdout.flush()
    assert rb"\u65e5\u672c.md:1:1: warning [link-unresolved]" in written.getvalue()


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [("settings", 0, "garden = {"), ("nonsense", 2, ""), ("--version", 0, "garden ")],
)
def test_the_program_ends_with_all_that_it_has_to_say(asked: str, code: int, says: str) -> None:
    """It ends without freeing what it has in memory, but not without writing its output and calling what waits for the end."""
    program = (
        "import atexit, sys; atexit.register(print, 'the end'); sys.argv[1:] = [%r]\n"
        "from garden.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program % asked],
        env={"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert says.casefold() in done.stdout.casefold()
    assert done.stdout.endswith("the end\n")
