"""`garden publish`: what changes is shown and asked for before anything is replaced."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from garden.__main__ import main
from garden.hosts.commands import publish
from garden.hosts.pelican.process import BuildResult
from garden.publishing.folder.output import Output
from garden.publishing.release.kept_file import KeptFile
from tests.support.building import QUICK, ROOT, run_pelican
from tests.support.vault import write_vault

NOTES = {
    "a.md": "---\ntags: t\n---\nSee [[b]].\n",
    "b.md": "Text of the second note. ![[p.png]]\n",
    "c.md": "---\nstatus: draft\n---\nzqsecret ![[q.png]]\n",
    "p.png": b"not really a picture",
    "q.png": b"not really a picture either",
}


class Publication(NamedTuple):
    """How a run of the command ended."""

    code: int
    out: str
    err: str

    @property
    def changes(self) -> dict[str, list[str]]:
        """The addresses of each list of the report for programs."""
        data = json.loads(self.out)
        return {
            name: [one["address"] for one in value]
            for name, value in data.items()
            if isinstance(value, list) and value
        }


class Project(NamedTuple):
    """A vault that is published; `run` takes arguments of the command."""

    vault: Path
    out: Path
    run: Callable[..., Publication]

    def write(self, **notes: str) -> None:
        """Write notes, by their stems."""
        write_vault({f"{name}.md": text for name, text in notes.items()}, self.vault)

    def site(self) -> dict[str, bytes]:
        """The files of the site."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def manifest(self) -> dict[str, str]:
        """The addresses in the list of what is public, each with its source."""
        data = json.loads((self.vault / "published.json").read_text(encoding="utf-8"))
        return {one["address"]: one.get("source", "") for one in data["addresses"]}


def _in_this_process(arguments: list[str], on_line: Callable[[str], None]) -> BuildResult:
    done = run_pelican(arguments)
    for line in done.log.splitlines():
        on_line(line)
    return BuildResult(done.exit_code, done.log)


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a vault that has been published, its site and its cache."""
    folder = tmp_path_factory.mktemp("published")
    write_vault(NOTES, folder / "vault")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _prepare(folder, monkeypatch)
        assert main([*_command(folder), "--yes"]) == 0
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    """A vault of two notes and a draft, which has not been published; nobody is at the terminal."""
    write_vault(NOTES, tmp_path / "vault")
    return _project(tmp_path, monkeypatch, capsys)


@pytest.fixture
def published(
    published_once: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Project:
    """The same after it has been published."""
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    return _project(tmp_path, monkeypatch, capsys)


def _project(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    _prepare(folder, monkeypatch)

    def run(*arguments: str) -> Publication:
        capsys.readouterr()
        code = main([*_command(folder), *arguments])
        return Publication(code, *capsys.readouterr())

    return Project(folder / "vault", folder / "out", run)


def _prepare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("YES", raising=False)
    monkeypatch.delenv("MAKELEVEL", raising=False)  # `make test` sets it, and hints are in its form then
    monkeypatch.setattr(publish, "run_pelican", _in_this_process)
    (folder / "conf.py").write_text(
        f"from runpy import run_path\nglobals().update(run_path({str(QUICK)!r}))\n"
        f"CACHE_PATH = {str(folder / 'cache')!r}\n",
        encoding="utf-8",
    )


def _command(folder: Path) -> list[str]:
    files = [str(folder / "vault"), "--conf", str(folder / "conf.py"), "--output", str(folder / "out")]
    return ["publish", *files, "--site-url", "https://example.org"]


def test_nothing_is_public_without_a_yes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can be asked, what would happen is shown, and how to agree by the command that was used; nothing is written."""
    before = sorted(project.vault.iterdir())
    done = project.run()
    assert done.code == 3
    assert "Public for the first time: 2 notes\n  /a/  a.md\n  /b/  b.md\n" in done.out
    assert f"run: garden publish {project.vault} " in done.err
    assert done.err.endswith(" --site-url https://example.org --yes\n")
    monkeypatch.setenv("MAKELEVEL", "1")
    done = project.run()
    assert done.err.endswith(f"run: make publish VAULT={project.vault} SITEURL=https://example.org YES=1\n")
    monkeypatch.setenv("YES", "0")  # agrees to nothing
    assert project.run().code == 3
    assert not project.out.exists()
    assert sorted(project.vault.iterdir()) == before


@pytest.mark.parametrize("how", ["--yes", "YES", "setting"])
def test_there_are_three_ways_to_agree(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str
) -> None:
    """An option, a variable for machines, a setting for those who never want to be asked."""
    if how == "YES":
        monkeypatch.setenv("YES", "1")
    if how == "setting":
        with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write('GARDEN = GARDEN | {"ask_before_publishing": False}\n')
    done = project.run(*(["--yes"] if how == "--yes" else []))
    assert done.code == 0, done.err
    assert "a/index.html" in project.site()
    assert project.manifest()["/b/"] == "b.md"
    assert "c.md" not in (project.vault / "published.json").read_text(encoding="utf-8")
    assert "/published.json" not in project.manifest()


def test_at_a_terminal_the_author_is_asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything but a yes is a no."""
    answers = iter(["\n", "", "nonsense\n", "y\n"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers))
    for code in (3, 3, 3, 0):
        done = project.run()
        assert done.code == code
        assert "2 notes public for the first time. Publish this? [y/N] " in done.err
        assert project.out.exists() is (code == 0)


def test_what_needs_no_yes_is_published_without_one(published: Project) -> None:
    """A changed text, a new attachment; and when nothing changes, nothing is written."""
    published.write(b="Another text. ![[p.png]] ![[q.png]]\n")
    done = published.run("--format", "json")
    assert done.code == 0
    assert done.changes["attachments_added"] == ["/q.png"]
    assert "/b/" in done.changes["changed"]
    assert b"Another text" in published.site()["b/index.html"]
    times = {
        path: path.stat().st_mtime_ns for path in (*published.out.rglob("*"), *published.vault.iterdir())
    }
    assert "Nothing changes" in published.run().out
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_a_machine_publishes_what_the_author_has_agreed_to(published: Project, tmp_path: Path) -> None:
    """A fresh checkout has the two lists, and neither cache nor site; nobody has to agree there."""
    site = published.site()
    shutil.rmtree(published.out)
    shutil.rmtree(tmp_path / "cache")
    assert published.run().code == 0
    assert published.site() == site
    published.write(d="The author has not seen this.\n")
    assert published.run().code == 3
    assert published.site() == site


def test_another_theme_changes_no_note(published: Project, tmp_path: Path) -> None:
    """What is around a text changes on every page, and nobody wants to read that."""
    overrides = write_vault({"more.css": "body { color: red }"}, tmp_path / "css")
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(
            f'THEME_CSS_OVERRIDES = [{str(overrides)!r}]\nGARDEN = GARDEN | {{"licence": "CC BY 4.0"}}\n'
        )
    old = published.site()["a/index.html"]
    done = published.run("--format", "json")
    assert done.code == 0
    assert done.changes == {}
    assert published.site()["a/index.html"] != old


def test_a_dry_run_writes_nothing(published: Project) -> None:
    """For people and for programs."""
    site, manifest = published.site(), published.manifest()
    published.write(d="A new note. #u\n", b="Changed.\n")
    done = published.run("--dry-run", "--yes", "--format", "json")
    assert done.code == 0
    assert done.changes["first_time_public"] == ["/d/"]
    assert done.changes["removed"] == ["/p.png"]
    assert json.loads(done.out)["published"] is False
    assert "Public for the first time: 1 note\n  /d/  d.md\n" in published.run("--dry-run").out
    assert (published.site(), published.manifest()) == (site, manifest)


def test_deleted_renamed_and_moved_notes(published: Project) -> None:
    """What goes wants a yes; what only has another address does not."""
    published.write(b="---\nslug: other\n---\nText of the second note. ![[p.png]]\n")
    done = published.run("--format", "json")
    assert (done.code, done.changes["moved"]) == (0, ["/other/"])
    (published.vault / "a.md").unlink()
    done = published.run("--format", "json")
    assert (done.code, done.changes["removed"]) == (3, ["/a/", "/tags/t/"])
    assert "a/index.html" in published.site()
    assert published.run("--yes").code == 0
    assert "a/index.html" not in published.site()
    (published.vault / "b.md").rename(published.vault / "z.md")
    assert published.run().code == 0
    assert published.manifest()["/other/"] == "z.md"
    (published.vault / "z.md").unlink()
    published.write(y="---\nslug: other\n---\nAnother text. ![[p.png]]\n")
    done = published.run("--format", "json")
    assert (done.code, done.changes["first_time_public"]) == (3, ["/other/"])


def test_a_renamed_note_moves_with_its_old_address(published: Project) -> None:
    """Its title follows its name; its text was public before, so nothing is asked."""
    (published.vault / "b.md").rename(published.vault / "deep-thought.md")
    published.write(a="---\ntags: t\n---\nSee [[deep-thought]].\n")
    done = published.run("--format", "json")
    assert done.code == 0
    assert not {"first_time_public", "removed"} & done.changes.keys()
    assert published.manifest()["/deep-thought/"] == "deep-thought.md"
    assert published.manifest()["/b/"] == "/deep-thought/"
    assert b"/deep-thought/" in published.site()["b/index.html"]


def test_a_note_that_the_command_has_renamed_is_the_same_note(published: Project, tmp_path: Path) -> None:
    """Whatever its text says now: the command has recorded where it is."""
    rename = ["rename", "b", "deep/thought", "--yes", "--vault", str(published.vault)]
    assert main([*rename, "--conf", str(tmp_path / "conf.py")]) == 0
    with (published.vault / "deep" / "thought.md").open("a", encoding="utf-8") as note:
        note.write("More text.\n")
    done = published.run("--format", "json")
    assert (done.code, done.changes["moved"]) == (0, ["/thought/"])
    assert not {"first_time_public", "removed"} & done.changes.keys()


def test_what_an_address_is_redirected_to_may_be_public_for_the_first_time(
    published: Project, tmp_path: Path
) -> None:
    """The address that it takes over was another note's."""
    (published.vault / "b.md").unlink()
    published.write(a="---\ntags: t\n---\nText.\n", secret="Secret text.\n")
    redirect = ["redirect", "/b/", "/secret/", "--vault", str(published.vault)]
    assert main([*redirect, "--conf", str(tmp_path / "conf.py")]) == 0
    done = published.run("--format", "json")
    assert (done.code, done.changes["first_time_public"]) == (3, ["/secret/"])


def test_a_draft_that_is_published_and_held_back_again(published: Project) -> None:
    """Each time it is asked for, and its words go with it."""
    for _ in range(2):
        published.write(c="zqsecret ![[q.png]]\n")
        assert published.run("--format", "json").changes["first_time_public"] == ["/c/"]
        assert published.run("--yes").code == 0
        assert b"zqsecret" in b"".join(published.site().values())
        published.write(c=str(NOTES["c.md"]))
        assert published.run("--format", "json").changes["removed"] == ["/c/", "/q.png"]
        assert published.run("--yes").code == 0
        assert b"zqsecret" not in b"".join(published.site().values())
        assert "/c/" not in published.manifest()


@pytest.mark.parametrize("step", ["before the site", "after the site"])
def test_a_publication_that_is_cut_off(
    published: Project, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The site is the old or the new one, whole; the list is never ahead of it; the next run ends the work."""
    old, manifest = published.site(), published.manifest()
    published.write(c="zqsecret\n")

    class CutOffError(BaseException):
        pass

    def cut_off(*_: object) -> None:
        raise CutOffError

    place = (Output, "replace") if step == "before the site" else (KeptFile, "put_in_place")
    with monkeypatch.context() as patch:
        patch.setattr(*place, cut_off)
        with pytest.raises(CutOffError):
            published.run("--yes")
    assert (published.site() == old) is (step == "before the site")
    assert published.manifest() == manifest
    asked = published.run("--format", "json")
    assert (asked.code, asked.changes["first_time_public"]) == (3, ["/c/"])
    assert published.run("--yes").code == 0
    assert "c/index.html" in published.site()
    assert published.manifest()["/c/"] == "c.md"
    assert sorted(path.name for path in published.vault.iterdir()) == sorted(
        [*NOTES, "addresses.jsonl", "published.json"]
    )


def test_a_build_that_fails_replaces_nothing(published: Project, tmp_path: Path) -> None:
    """The last site stays whole."""
    old, manifest = published.site(), published.manifest()
    overrides = write_vault({"templates/note.html": "{% if %}"}, tmp_path / "overrides")
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"THEME_TEMPLATES_OVERRIDES = [{str(overrides / 'templates')!r}]\n")
    published.write(b="Changed.\n")
    done = published.run("--yes")
    assert done.code == 1
    assert "stays as it is" in done.err
    assert (published.site(), published.manifest()) == (old, manifest)


def test_errors_in_notes_cost_no_page(project: Project) -> None:
    """The site is published, and the exit code shows it (HC-9)."""
    project.write(d="---\nslug: ../x\n---\ntext\n")
    for _ in range(2):
        assert project.run("--yes").code == 1
        assert {"a/index.html", "x/index.html"} <= project.site().keys()


def test_files_of_others_stay_and_are_not_listed(project: Project) -> None:
    """A file at the address of a page is an error; what readers see there is not ours to list."""
    write_vault({"CNAME": "example.org", "b/index.html": "mine"}, project.out)
    done = project.run("--yes")
    assert done.code == 1
    assert "[output-foreign]" in done.err
    assert project.site()["b/index.html"] == b"mine"
    assert project.site()["CNAME"] == b"example.org"
    assert "/a/" in project.manifest()
    assert "/b/" not in project.manifest()


def test_a_list_that_is_not_ours_stops_before_anything_is_built(project: Project) -> None:
    """It is not overwritten either."""
    write_vault({"published.json": "{}"}, project.vault)
    done = project.run("--yes")
    assert done.code == 2
    assert "was not written by Garden" in done.err
    assert not project.out.exists()
    assert (project.vault / "published.json").read_text(encoding="utf-8") == "{}"


def test_a_vault_that_cannot_be_written_stops_before_anything_is_replaced(
    published: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written down must not become public."""
    old = published.site()
    published.write(d="New.\n")
    (
        published.vault / ".published.json.new"
    ).mkdir()  # cannot be written even by those who may write anything
    done = published.run("--yes")
    assert done.code == 2
    assert "published.json cannot be written" in done.err
    assert published.site() == old


def test_a_site_inside_the_vault_has_no_notes(project: Project, tmp_path: Path) -> None:
    """Neither the pages of another output nor their Markdown are read as the author's files."""
    (tmp_path / "conf.py").write_text(
        (tmp_path / "conf.py").read_text(encoding="utf-8") + 'GARDEN = GARDEN | {"static": ["www"]}\n',
        encoding="utf-8",
    )
    assert project.run("--output", str(project.vault / "www"), "--yes").code == 0
    first = project.manifest()
    assert project.run("--output", str(project.vault / "www"), "--yes").code == 0
    assert project.manifest() == first
    assert not any("www" in address for address in first)
