"""`garden serve` as a whole: with a builder of our own, and as the real command."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from garden.__main__ import main
from garden.hosts.command_line import CommandError
from garden.hosts.pelican.build_requests import SHOWN, WHOLE
from garden.hosts.pelican.process import BuildResult, Print
from garden.hosts.serve import dev_server
from garden.hosts.serve.dev_server import DevServer
from garden.hosts.serve.live_reload import FILES, Builds, FinishedBuild
from garden.hosts.serve.serve import _preview_folder
from garden.hosts.serve.web_server import SiteServer
from garden.model.errors import storage_error
from tests.support.patience import PATIENCE

PLUGINS = Path(__file__).resolve().parents[4] / "plugins"

# A plugin with which Pelican copies one note into one page, and fails on request.
PLUGIN = """\
from pathlib import Path
from pelican import signals

def write(pelican):
    note = (Path(pelican.settings["PATH"]) / "note.md").read_text()
    if "broken" in note:
        raise RuntimeError("the note is broken")
    page = f"<html><head></head><body>{note} {pelican.settings['SITENAME']}</body></html>"
    output = Path(pelican.settings["OUTPUT_PATH"])
    output.mkdir(exist_ok=True)
    (output / "index.html").write_text(page)

def register():
    signals.finalized.connect(write)
"""
CONF = """\
PATH = "notes"
SITENAME = "one"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["garden", "onepage"]
DIRECT_TEMPLATES = []
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
"""


class StubBuilder:
    """Ends with the next of some exit codes and remembers what it was asked; `shown` is what it says to SHOW."""

    def __init__(self, *codes: int, shown: str = WHOLE, line: str = "a line") -> None:
        self.codes = list(codes)
        self.shown = shown
        self.line = line
        self.asked: list[str] = []

    def build(self, on_line: Print) -> BuildResult:
        """End with the next code."""
        self.asked.append("build")
        on_line(self.line)
        return BuildResult(self.codes.pop(0), self.line)

    def show(self, changed: Collection[Path], on_line: Print) -> str:
        """Answer as it was told to."""
        self.asked.append(f"show {len(changed)}")
        on_line("a page")
        return self.shown

    def complete(self, on_line: Print) -> BuildResult | None:
        """End with the next code, None when there is none left."""
        self.asked.append("complete")
        on_line("a line")
        return BuildResult(self.codes.pop(0), "a line") if self.codes else None

    def refresh(self) -> None:
        """Remember it."""
        self.asked.append("refresh")

    def close(self) -> None:
        """Remember it."""
        self.asked.append("close")


def test_the_server_survives_a_failed_build(tmp_path, capsys):
    """A failed build is recorded and reported; the next one may succeed; code is read again when it has changed."""
    builds = Builds(first=1)
    server = SiteServer(("127.0.0.1", 0), tmp_path, builds)
    site = StubBuilder(0, 1, 0)
    workshop = DevServer(site, builds, server)
    workshop.build(tmp_path)
    workshop.build(tmp_path, frozenset({tmp_path / "note.md"}))
    assert builds.last == FinishedBuild(3, failed=True, log="a line")
    workshop.build(tmp_path, frozenset({tmp_path / "site.py"}))
    assert builds.last == FinishedBuild(4, log="a line")
    workshop.close()
    assert site.asked == ["build", "show 1", "build", "refresh", "build", "close"]
    said = capsys.readouterr().err
    assert said.count(f"http://localhost:{server.server_port}") == 3
    assert "The build has failed; it is tried again when you save a correction" in said


def test_what_could_not_be_written_is_tried_again(tmp_path, capsys, monkeypatch):
    """A disk that was full says nothing when it has room; a mistake waits for whoever has made it."""
    monkeypatch.setattr(dev_server, "_RETRIES", (0.01, 30.0))
    builds = Builds()
    full = str(storage_error(OSError(errno.ENOSPC, "No space left on device"), tmp_path))
    workshop = DevServer(
        StubBuilder(1, 1, 0, line=full), builds, SiteServer(("127.0.0.1", 0), tmp_path, builds)
    )
    asked = threading.Event()
    workshop.on_retry = asked.set
    workshop.build(tmp_path)
    assert asked.wait(PATIENCE)
    workshop.build(tmp_path)
    workshop.build(tmp_path)
    workshop.close()
    said = capsys.readouterr().err
    assert "it is tried again in 0 s" in said
    assert "it is tried again in 30 s" in said
    assert not builds.last.failed


def test_a_changed_picture_is_told_apart_from_a_changed_text(tmp_path):
    """Pictures keep their addresses: an open page has to load them again. What an interrupted build has not announced, the next one announces."""
    builds = Builds()
    site = StubBuilder(0, 0, 0, 0)
    workshop = DevServer(site, builds, SiteServer(("127.0.0.1", 0), tmp_path, builds))
    told = []
    for names in ((), ("note.md",), ("note.md", "picture.png"), ("base.html", "site.py", "own.css")):
        workshop.build(tmp_path, frozenset(tmp_path.parent / name for name in names))
        told.append(builds.last.renewed)
    workshop.close()
    assert told == ["", "", FILES, ""]


def test_a_changed_note_is_shown_before_the_rest_is_built(tmp_path, capsys):
    """The browser is told of the page first, and of the site when it is complete."""
    builds = Builds(first=1)
    site = StubBuilder(0, 0, shown=SHOWN)
    workshop = DevServer(site, builds, SiteServer(("127.0.0.1", 0), tmp_path, builds))
    workshop.build(tmp_path)
    events = builds.events()
    assert b'"number": 2' in next(events)
    workshop.build(tmp_path, frozenset({tmp_path / "note.md"}))
    workshop.wait()
    assert builds.last == FinishedBuild(4, log="a line")
    # What another change has interrupted is told by that change.
    workshop.build(tmp_path, frozenset({tmp_path / "note.md"}))
    workshop.wait()
    assert builds.last == FinishedBuild(5, log="a line")
    # A change elsewhere concerns everything.
    site.codes.append(0)
    workshop.build(tmp_path, frozenset({tmp_path.parent / "theme" / "style.css"}))
    workshop.close()
    assert site.asked == ["build", "show 1", "complete", "show 1", "complete", "build", "close"]
    assert capsys.readouterr().err.count("Shown in") == 2


def test_a_build_with_errors_in_notes_has_not_failed(tmp_path, capsys):
    """The site is complete, and the browser is told that something needs mending."""
    builds = Builds(first=1)
    workshop = DevServer(StubBuilder(4), builds, SiteServer(("127.0.0.1", 0), tmp_path, builds))
    workshop.build(tmp_path)
    workshop.close()
    assert builds.last == FinishedBuild(2, log="a line", errors=True)
    assert "with errors in notes" in capsys.readouterr().err


def test_a_view_without_drafts_says_nothing_about_problems_of_notes(tmp_path, capsys):
    """PB-3: they quote drafts; the author reads them in the terminal. What has made a build fail is shown."""
    line = "draft.md:1:1: error [yaml-late] a secret"
    builds = Builds()
    site = StubBuilder(4, 1, line=f"{line}\nwrong.html:2: error")
    server = SiteServer(("127.0.0.1", 0), tmp_path, builds)
    preview = DevServer(site, builds, server, has_drafts=False)
    preview.build(tmp_path)
    assert (builds.last.errors, builds.last.log) == (True, "")
    assert b"secret" not in builds.problems.as_json("draft.md")
    preview.build(tmp_path)
    preview.close()
    assert builds.last.log == "wrong.html:2: error"
    assert builds.problems.found == ()
    assert line in capsys.readouterr().err


def test_a_folder_of_notes_that_has_gone_is_reported_in_a_sentence(tmp_path, capsys):
    """Nothing is built of nothing; when it is there again, it is built."""
    builds = Builds(first=1)
    site = StubBuilder(0)
    workshop = DevServer(site, builds, SiteServer(("127.0.0.1", 0), tmp_path, builds))
    workshop.build(tmp_path / "gone")
    assert builds.last.failed
    assert site.asked == []
    told = f"There is no folder of notes {tmp_path / 'gone'}"
    assert builds.last.log.startswith(told)
    assert capsys.readouterr().err.count(told) == 1
    (tmp_path / "gone").mkdir()
    workshop.build(tmp_path / "gone")
    workshop.close()
    assert not builds.last.failed


def test_the_server_can_end_before_its_first_build(tmp_path):
    """Ctrl-C at once does not hang."""
    builds = Builds()
    workshop = DevServer(StubBuilder(), builds, SiteServer(("127.0.0.1", 0), tmp_path, builds))
    workshop.close()
    assert list(builds.events())[1:] == []


@pytest.fixture
def project(tmp_path) -> Path:
    """A project whose Pelican turns one note into one page."""
    for name, content in {
        "notes/note.md": "first",
        "plugins/onepage.py": PLUGIN,
        "pelican.conf.py": CONF,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@contextmanager
def serving(project: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the command in the project; give the process and its port when the site has been built."""
    # A script that runs the tests in the background has them, and their children, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "garden", "serve", "--port", "0", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(PLUGINS)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        addresses = (re.search(r"http://localhost:(\d+)", line) for line in process.stderr)
        address = next(filter(None, addresses), None)
        assert address, "it has ended"
        yield process, int(address[1])
    finally:
        process.kill()
        process.communicate()


def test_the_command_builds_serves_and_rebuilds(project):
    """A saved note, a broken one, its correction, a changed setting and changed code all reach the browser."""
    with serving(project) as (process, port):
        assert "first one" in _page(port, until="first one")
        (project / "notes" / "note.md").write_text("second")
        assert "second one" in _page(port, until="second one")
        (project / "notes" / "note.md").write_text("broken")
        assert "RuntimeError: the note is broken" in _page(port, "/_garden/log", until="the note is broken")
        assert "second one" in _page(port)
        (project / "notes" / "note.md").write_text("third")
        assert "third one" in _page(port, until="third one")
        conf = project / "pelican.conf.py"
        conf.write_text(CONF.replace('"one"', '"two"'))
        assert "third two" in _page(port, until="third two")
        code = project / "plugins" / "onepage.py"
        code.write_text(PLUGIN.replace("<body>", "<body>new "))
        assert "new third two" in _page(port, until="new third")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "KeyboardInterrupt" not in process.stderr.read()


def test_a_port_in_use_is_reported_and_a_termination_ends_it_cleanly(project, monkeypatch, capsys):
    """A second server names the port and a way out; what a system sends to end a program counts as Ctrl-C, also for one that was stopped."""
    with serving(project) as (process, port):
        _page(port, until="first")
        monkeypatch.chdir(project)
        assert main(["serve", "--port", str(port)]) == 2
        said = capsys.readouterr().err
        assert f"port {port} is in use" in said
        assert f"choose another one, such as --port {port + 1}" in said
        process.send_signal(signal.SIGSTOP)
        process.terminate()
        process.send_signal(signal.SIGCONT)
        assert process.wait(PATIENCE) == 0


def _page(port: int, path: str = "/", until: str = "") -> str:
    """Return a page as soon as it holds `until`, or what it is when that takes too long."""
    end = time.monotonic() + PATIENCE
    text = ""
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            text = connection.getresponse().read().decode()
        except OSError:
            text = ""
        finally:
            connection.close()
        if text and until in text:
            break
        time.sleep(0.05)
    return text


def test_a_preview_is_never_what_is_published(tmp_path):
    """It is written into the cache folder, or wherever else, but not into the output (PB-8)."""
    names = {"CACHE_PATH": str(tmp_path / "cache"), "OUTPUT_PATH": str(tmp_path / "output")}
    assert _preview_folder(None, names) == tmp_path / "cache" / "preview"
    assert _preview_folder(tmp_path / "other", names) == tmp_path / "other"
    with pytest.raises(CommandError, match="a preview needs another one"):
        _preview_folder(tmp_path / "output", names)
