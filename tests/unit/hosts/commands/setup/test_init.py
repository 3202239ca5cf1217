"""`garden init`: what it writes where."""

import json
import re
from pathlib import Path

import pytest
import yaml

from garden.__main__ import main
from garden.hosts.commands.setup.init import DEPLOYMENTS
from garden.hosts.settings.configuration import load_settings, run_settings_file
from garden.model.diagnostic import Diagnostic, Place
from tests.support.vault import write_vault


def test_beginning_in_a_vault_leaves_its_files(tmp_path: Path) -> None:
    """A vault is where it is: it gets no note, and an output that Obsidian does not look into."""
    write_vault({"idea.md": "text", ".obsidian/app.json": "{}", ".gitignore": "mine\n"}, tmp_path)
    assert main(["init", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitignore",
        ".obsidian",
        "Makefile",
        "idea.md",
        "pelican.conf.py",
    ]
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    _, names = load_settings(tmp_path / "pelican.conf.py")
    assert Path(names["PATH"]) == tmp_path.resolve()
    assert Path(names["OUTPUT_PATH"]) == tmp_path.resolve() / ".site"


def test_a_pelican_site_hands_over_what_means_the_same(tmp_path: Path) -> None:
    """What it holds back stays held back, and its output is not ours."""
    files = {
        "content/a.md": "Title: A\n\ntext",
        "pelicanconf.py": 'SITENAME = "O\'Hara"\nPATH = "content"\nDEFAULT_METADATA = {"status": "draft"}\nTHEME = "x"\n',
        "publishconf.py": "import sys, os\nsys.path.append(os.path.dirname(__file__))\nfrom pelicanconf import *\n"
        'SITEURL = "https://example.org"\n',
    }
    write_vault(files, tmp_path)
    assert main(["init", str(tmp_path)]) == 0
    settings, names = load_settings(tmp_path / "pelican.conf.py")
    assert settings.site_name == "O'Hara"
    assert settings.site_url == "https://example.org"
    assert settings.reading.default_status == "draft"
    assert Path(names["PATH"]) == (tmp_path / "content").resolve()
    assert Path(names["OUTPUT_PATH"]).name == "output-garden"
    assert (tmp_path / "pelicanconf.py").read_text() == files["pelicanconf.py"]


def test_an_address_without_its_scheme_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is written, and not only when the site is published."""
    assert main(["init", str(tmp_path / "site"), "--site-url", "example.org"]) != 0
    assert '--site-url must be a full address such as "https://example.org"' in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_the_list_of_settings_ends_with_the_place_of_the_theme(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole list is Python."""
    assert main(["settings"]) == 0
    shown = capsys.readouterr().out
    compile(shown, "settings", "exec")
    assert (Path(shown.splitlines()[-1].rpartition(" are in ")[2]) / "templates/note.html").is_file()


def test_notes_elsewhere_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--notes` with the `~` that no shell has replaced."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_vault({"vault/a.md": "text"}, tmp_path)
    assert main(["init", str(tmp_path / "site"), "--notes", "~/vault"]) == 0
    _, names = load_settings(tmp_path / "site/pelican.conf.py")
    assert Path(names["PATH"]) == (tmp_path / "vault").resolve()
    assert sorted(path.name for path in (tmp_path / "vault").iterdir()) == ["a.md"]


def test_a_second_time_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays, and is named."""
    main(["init", str(tmp_path)])
    (tmp_path / "pelican.conf.py").write_text("SITENAME = 'Mine'\n")
    capsys.readouterr()
    assert main(["init", str(tmp_path), "--name", "Other"]) == 0
    assert (tmp_path / "pelican.conf.py").read_text() == "SITENAME = 'Mine'\n"
    assert "pelican.conf.py already exists" in capsys.readouterr().err


def test_the_address_is_asked_for_where_it_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The settings file that is there may have it."""
    main(["init", str(tmp_path), "--deploy", "netlify"])
    assert "Set SITEURL" in capsys.readouterr().err
    (tmp_path / "pelican.conf.py").write_text("SITEURL = 'https://example.org'\n")
    main(["init", str(tmp_path), "--deploy", "gitlab"])
    assert "Set SITEURL" not in capsys.readouterr().err


@pytest.mark.parametrize("host", DEPLOYMENTS)
def test_a_host_gets_its_file(tmp_path: Path, host: str) -> None:
    """No gap is left, and what is published is what the settings name."""
    main(["init", str(tmp_path), "--deploy", host])
    text = (tmp_path / DEPLOYMENTS[host][1]).read_text()
    assert "garden publish" in text
    assert "--yes" not in text
    for gap in ("{vault}", "{output}", "{project}"):
        assert gap not in text
    assert (tmp_path / "requirements.txt").read_text().startswith("garden-pelican[diagrams]>=")


def test_the_settings_file_says_only_what_differs(tmp_path: Path) -> None:
    """Everything else comes from the package, and so from its next version."""
    main(["init", str(tmp_path)])
    written = (tmp_path / "pelican.conf.py").read_text()
    assert "THEME" not in written
    assert run_settings_file(tmp_path / "pelican.conf.py")["PLUGINS"] == ["garden"]


def test_help_for_editors_is_added_on_request(tmp_path, monkeypatch, capsys):
    """Tasks and snippets that VS Code can read, templates that are not part of the site, a check before each commit."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--add", "vscode", "--add", "templates", "--add", "pre-commit"]) == 0
    tasks = json.loads((tmp_path / ".vscode" / "tasks.json").read_text())
    pattern = next(
        task["problemMatcher"]["pattern"] for task in tasks["tasks"] if task["label"] == "Garden: check"
    )
    found = re.fullmatch(pattern["regexp"], str(Diagnostic(Place("a b.md", 3, 4), "link-unresolved", "x")))
    assert found is not None
    assert [found[pattern[name]] for name in ("file", "line", "column", "code")] == [
        "a b.md",
        "3",
        "4",
        "link-unresolved",
    ]
    json.loads((tmp_path / ".vscode" / "garden.code-snippets").read_text())
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())
    assert hooks["repos"][0]["hooks"][0]["entry"].startswith("garden check")
    capsys.readouterr()
    assert main(["new", "Tea", "--template", "article", "--up", "-"]) == 0
    assert "status: draft" in (tmp_path / "notes" / "tea.md").read_text()
    main(["drafts"])
    assert "template" in capsys.readouterr().out
