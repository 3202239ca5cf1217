"""Dates and authors from the history of a vault's repository."""

import os
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from garden.hosts.settings.configuration import settings_from
from garden.model.note import Document
from garden.vault.git.history import file_histories
from garden.vault.git.log import find_repository, log_of_commits
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored.cache import Cache
from tests.support.vault import write_vault

FRONT = "---\ntitle: {}\n---\n"


class Repo:
    """A repository whose commits have the dates that a test gives them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2024-01-01", author: str = "Ann") -> None:
        """Run git as an author on a day."""
        who = {"NAME": author, "EMAIL": "a@example.org", "DATE": f"{day}T12:00:00+02:00"}
        names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            **names,
        }
        subprocess.run(["git", *arguments], cwd=self.root, env=environment, check=True, capture_output=True)

    def commit(self, files: dict[str, str], day: str, author: str = "Ann") -> None:
        """Write files and commit everything."""
        write_vault(files, self.root)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"On {day}", day=day, author=author)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with a note that has been created, changed, moved, and changed in nothing that matters."""
    made = Repo(tmp_path / "repo")
    made.commit({"notes/a.md": FRONT.format("A") + "one two three four\n", "notes/b.md": "b"}, "2023-01-01")
    made.commit({"notes/a.md": FRONT.format("A") + "one two three four five\n"}, "2023-02-02", "Bob")
    made.git("mv", "notes/a.md", "notes/moved.md")
    made.commit({}, "2023-03-03")
    made.commit({"notes/moved.md": FRONT.format("Another") + "one  two\nthree four\n\nfive\n"}, "2023-04-04")
    return made


def site_of(root: Path, **settings: object) -> Site:
    """Read a vault with these settings."""
    chosen = settings_from({"GARDEN": settings})
    return read_site(scan(root, chosen), chosen)


def note(root: Path, path: str, **settings: object) -> Document:
    """Read a vault and return one note."""
    return site_of(root, **settings).snapshot.documents[path]


def days(document: Document) -> tuple[str, str]:
    """Return when a note was written and changed."""
    meta = document.meta
    return (meta.date.iso if meta.date else "", meta.modified.iso if meta.modified else "")


def test_a_silent_note_has_the_dates_of_its_file(repo: Repo) -> None:
    """Across a rename; changes of front matter and white space are none."""
    assert days(note(repo.root / "notes", "moved.md")) == ("2023-01-01", "2023-02-02")
    assert days(note(repo.root, "notes/b.md")) == ("2023-01-01", "")
    found = find_repository(repo.root)
    assert found is not None
    assert file_histories(found)["notes/moved.md"].former == ["notes/a.md"]


def test_what_a_note_says_counts_unless_history_is_preferred(repo: Repo) -> None:
    """So it does for each of the two dates; `off` asks nobody."""
    repo.commit({"notes/moved.md": "---\ndate: 2020-05-05\n---\none two\n"}, "2023-05-05")
    notes = repo.root / "notes"
    assert days(note(notes, "moved.md")) == ("2020-05-05", "2023-05-05")
    assert days(note(notes, "moved.md", git_dates="preferred")) == ("2023-01-01", "2023-05-05")
    assert days(note(notes, "moved.md", git_dates="off")) == ("2020-05-05", "")


def test_authors_are_named_on_request(repo: Repo) -> None:
    """The most frequent first; a note that names its own keeps them."""
    notes = repo.root / "notes"
    assert note(notes, "moved.md").meta.authors == ()
    assert note(notes, "moved.md", git_authors=True).meta.authors == ("Ann", "Bob")
    repo.commit({"notes/b.md": "---\nauthor: Eve\n---\nb"}, "2023-06-06")
    assert note(notes, "b.md", git_authors=True).meta.authors == ("Eve",)


def test_revisions_are_listed_on_request(repo: Repo) -> None:
    """Those that changed the text, the last one first, across the rename, and not more than are asked for."""
    notes = repo.root / "notes"
    assert note(notes, "moved.md").meta.revisions == ()
    found = note(notes, "moved.md", revisions=5).meta.revisions
    assert [(one.moment[:10], one.author, one.subject) for one in found] == [
        ("2023-02-02", "Bob", "On 2023-02-02"),
        ("2023-01-01", "Ann", "On 2023-01-01"),
    ]
    assert len(note(notes, "moved.md", revisions=1).meta.revisions) == 1


def test_a_shallow_clone_says_that_it_cannot_know(repo: Repo, tmp_path: Path) -> None:
    """No note is dated by the commit at which the clone ends; what happened later is known."""
    repo.commit({"notes/b.md": "b, changed\n"}, "2023-07-07")
    repo.git("clone", "--quiet", "--depth=2", f"file://{repo.root}", str(tmp_path / "clone"))
    site = site_of(tmp_path / "clone" / "notes")
    assert [days(document) for document in site.snapshot.documents.values()] == [("", "2023-07-07"), ("", "")]
    (problem,) = [problem for problem in site.snapshot.diagnostics if problem.code == "history-cut"]
    assert "2 notes" in problem.message
    assert [p.code for p in site_of(tmp_path / "clone" / "notes", git_dates="off").snapshot.diagnostics] == []


def test_the_log_of_commits_is_found(repo: Repo, tmp_path: Path) -> None:
    """Whoever waits for commits watches it; in a second working tree it is another one, and elsewhere there is none."""
    log = log_of_commits(repo.root / "notes")
    assert log is not None
    assert log.resolve() == repo.root / ".git" / "logs" / "HEAD"
    before = log.read_text()
    repo.git("commit", "--allow-empty", "--message", "empty")
    assert log.read_text() != before
    repo.git("worktree", "add", str(tmp_path / "tree"))
    second = log_of_commits(tmp_path / "tree" / "notes")
    assert second is not None
    assert second.is_file()
    assert second.resolve() != log.resolve()
    (tmp_path / "other").mkdir()
    assert log_of_commits(tmp_path / "other") is None


def test_a_note_that_is_not_committed_has_no_history(repo: Repo) -> None:
    """Neither has a vault outside any repository, or in one without a commit."""
    write_vault({"new.md": "x", "moved.md": "changed here only"}, repo.root / "notes")
    assert days(note(repo.root / "notes", "new.md")) == ("", "")
    assert days(note(repo.root / "notes", "moved.md")) == ("2023-01-01", "2023-02-02")
    empty = Repo(repo.root.parent / "empty")
    write_vault({"a.md": "x"}, empty.root)
    assert days(note(empty.root, "a.md")) == ("", "")


def test_a_file_that_came_back_is_new(repo: Repo) -> None:
    """What was deleted before is another text."""
    repo.git("rm", "--quiet", "notes/b.md")
    repo.commit({}, "2023-08-08")
    repo.commit({"notes/b.md": "something else entirely"}, "2023-09-09")
    assert days(note(repo.root / "notes", "b.md")) == ("2023-09-09", "")


def test_the_histories_of_a_commit_are_remembered(repo: Repo, tmp_path: Path) -> None:
    """They are read again when there is another one, and when what is remembered is damaged."""
    settings = settings_from({})
    store = Cache(tmp_path / "cache.sqlite")

    def read() -> tuple[str, str]:
        site = read_site(scan(repo.root / "notes", settings), settings, store)
        return days(site.snapshot.documents["moved.md"])

    assert read() == ("2023-01-01", "2023-02-02")
    memory = tmp_path / "git-history.json"
    memory.write_text(memory.read_text().replace("2023-02-02", "2023-02-22"))
    assert read() == ("2023-01-01", "2023-02-22")
    memory.write_text("{")
    assert read() == ("2023-01-01", "2023-02-02")
    repo.commit({"notes/moved.md": "new text\n"}, "2023-10-10")
    assert read() == ("2023-01-01", "2023-10-10")
    settings = replace(settings, revisions=2)
    first, second = (
        read_site(scan(repo.root / "notes", settings), settings, store).snapshot.documents["moved.md"].meta
        for _ in range(2)
    )
    assert [one.moment[:10] for one in first.revisions] == ["2023-10-10", "2023-02-02"]
    assert second.revisions == first.revisions
    store.close()
    store.close()


def test_nothing_of_the_repository_is_run(repo: Repo, tmp_path: Path) -> None:
    """A vault may be somebody else's: its settings start no program."""
    trap = tmp_path / "trap"
    for name in ("core.fsmonitor", "diff.external", "core.pager", "gpg.program"):
        repo.git("config", name, f"touch {trap}; false")
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "diff.trap.textconv", f"touch {trap}; cat")
    write_vault({".gitattributes": "*.md diff=trap filter=trap\n"}, repo.root)
    assert days(note(repo.root / "notes", "moved.md")) == ("2023-01-01", "2023-02-02")
    assert not trap.exists()


def test_without_git_there_is_no_history(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is built without."""
    monkeypatch.setenv("PATH", "")
    assert days(note(repo.root / "notes", "moved.md")) == ("", "")


def test_the_head_is_an_input_of_a_build(repo: Repo) -> None:
    """Another commit is another input, though no note differs."""
    settings = settings_from({})
    before = scan(repo.root, settings).repository
    repo.git("commit", "--quiet", "--allow-empty", "--message", "x")
    assert before is not None
    assert scan(repo.root, settings).repository != before
    assert scan(repo.root, replace(settings, git_dates="off")).repository is None
