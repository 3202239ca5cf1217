"""Which changes matter, and that they are noticed."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from garden.hosts.serve import watching
from garden.hosts.serve.watching import Watcher, affects_site, watched_alone
from tests.support.patience import PATIENCE


@pytest.mark.parametrize(
    "path",
    ["note.md", "a b/ö.md", "image.png", "templates/base.html", ".obsidian/plugins/breadcrumbs/data.json"],
)
def test_a_source_matters(path):
    """Notes, files, templates and the settings of the hierarchy change the site."""
    assert affects_site(Path("/vault") / path, Path("/vault"))


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/workspace.json",
        ".git/index",
        "a/.note.md.swp",
        "note.md~",
        "4913",
        "garden/__pycache__/site.cpython-311.pyc",
        "note.tmp",
    ],
)
def test_a_programs_own_file_does_not(path):
    """Editors, git and Obsidian write files all the time that no page is made of."""
    assert not affects_site(Path("/vault") / path, Path("/vault"))


def test_a_hidden_parent_does_not_hide_a_vault():
    """Only names inside the watched folder count."""
    assert affects_site(Path("/home/.notes/a.md"), Path("/home/.notes"))
    assert not affects_site(Path("/elsewhere/a.md"), Path("/home/.notes"))


@pytest.fixture
def project(tmp_path):
    """A folder of notes and a settings file, being watched."""
    (tmp_path / "notes").mkdir()
    conf = tmp_path / "pelican.conf.py"
    conf.write_text("")
    watcher = Watcher()
    folders = [tmp_path / "notes", tmp_path / "no such folder", tmp_path / "overrides" / "css"]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "HEAD").write_text("")
    with watcher.watching(folders, conf, tmp_path / "logs" / "HEAD"):
        # The watching threads have to start.
        first, last, elsewhere = (tmp_path / name for name in ("notes/first.md", "notes/last.md", "last.md"))
        written_until_noticed(first, watcher)
        written_until_noticed(conf, watcher)
        first.unlink()
        # What they have noticed by then may be late, but not later than what happens next: each of these is one event.
        elsewhere.touch()
        noticed(partial(elsewhere.rename, last), watcher, "last.md")
        noticed(partial(last.rename, elsewhere), watcher, "last.md")
        for change in (folders[1].mkdir, folders[1].rmdir):
            noticed(change, watcher, "no such folder")
        yield tmp_path, watcher


def waited(watcher: Watcher, seconds: float = PATIENCE) -> frozenset[str]:
    """Wait for a change and return the names of the files; empty when there is none for some time."""
    is_over = threading.Event()
    end = threading.Timer(seconds, lambda: (is_over.set(), watcher.wake()))
    end.start()
    try:
        # An earlier call may have been woken at its very end.
        while not (changed := watcher.wait()) and not is_over.is_set():
            pass
    finally:
        end.cancel()
    return frozenset(path.name for path in changed)


def noticed(change: Callable[[], object], watcher: Watcher, name: str) -> None:
    """Make a change, and wait until the file of this name is reported."""
    change()
    while name not in (seen := waited(watcher)):
        assert seen, f"{name} is not reported"


def written_until_noticed(file: Path, watcher: Watcher) -> frozenset[str]:
    """Write a file again and again until that is noticed; return the names of all files that have been by then."""
    seen: frozenset[str] = frozenset()
    end = time.monotonic() + PATIENCE
    while file.name not in seen:
        assert time.monotonic() < end, f"{file} is not noticed"
        file.write_text("x")
        seen |= waited(watcher, 0.3)
    return seen


def test_a_file_that_is_being_written_is_waited_for(project, monkeypatch):
    """A program that empties a file first does not make an empty page flash up."""
    root, watcher = project
    monkeypatch.setattr(watching, "_FILLING", PATIENCE)
    note = root / "notes" / "a.md"
    note.write_text("")
    threading.Timer(0.1, lambda: note.write_text("text")).start()
    assert waited(watcher) == {"a.md"}
    assert note.read_text() == "text"


def test_a_saved_note_is_noticed(project):
    """A file deep in a new folder counts; one beside the folder does not."""
    root, watcher = project
    (root / "other.txt").write_text("x")
    (root / "notes" / "deep").mkdir()
    seen = written_until_noticed(root / "notes" / "deep" / "a.md", watcher)
    assert "a.md" in seen
    assert "other.txt" not in seen


def test_settings_replaced_by_renaming_are_noticed(project):
    """Editors that save by renaming replace the file that was watched; the second save counts too."""
    root, watcher = project
    for number in range(2):
        (root / "new").write_text(str(number))
        (root / "new").rename(root / "pelican.conf.py")
        assert waited(watcher) == {"pelican.conf.py"}


def test_a_commit_is_noticed(project):
    """It may give a note a new date; whatever else git writes beside its log does not."""
    root, watcher = project
    (root / "logs" / "refs").write_text("x")
    (root / "logs" / "HEAD").write_text("a commit")
    assert waited(watcher) == {"HEAD"}


def test_a_folder_that_goes_and_comes_is_reported_by_its_own_name(project):
    """So that it can be watched again: what was watched is the folder that is gone."""
    root, watcher = project
    for change in ((root / "notes").rmdir, (root / "notes").mkdir, (root / "no such folder").mkdir):
        change()
        assert waited(watcher) & {"notes", "no such folder"}


def test_a_folder_around_one_that_is_wanted_is_reported(project):
    """Then the one that is wanted can be watched, as soon as it is made."""
    root, watcher = project
    (root / "overrides").mkdir()
    assert waited(watcher) == {"overrides"}
    alone = watched_alone([root / "overrides" / "css"], root / "pelican.conf.py")
    assert alone == {root / "pelican.conf.py", root / "overrides", root / "overrides" / "css"}
