"""Running the program that builds, again and again, in fresh and in forked processes."""

import json
import os
import threading
import time
from pathlib import Path

import pytest

from garden.hosts.pelican import process
from garden.hosts.pelican.process import BuildResult, ForkingBuilder, builder, pelican_arguments, run_pelican
from tests.support.patience import PATIENCE

PROGRAM = """\
import sys
import slow
print("built with", slow.VALUE, *sys.argv[1:])
print("a note is broken", file=sys.stderr)
if "fail" in sys.argv:
    sys.exit(3)
if "stop" in sys.argv:
    sys.exit("stopped")
if "raise" in sys.argv:
    raise RuntimeError("no end of line")
if "loop" in sys.argv:
    import time
    time.sleep(60)
sys.stdout.write("no end of line")
"""


@pytest.fixture
def program(tmp_path, monkeypatch) -> Path:
    """A folder with a program `toybuild` and a module `slow` that it imports."""
    (tmp_path / "toybuild.py").write_text(PROGRAM)
    (tmp_path / "slow.py").write_text("VALUE = 1\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return tmp_path


@pytest.fixture
def warm(program):
    """Make warm builders of the program, and close them in the end."""
    made = []

    def make(*arguments: str) -> ForkingBuilder:
        made.append(ForkingBuilder(list(arguments), "toybuild", ("slow", "no_such_module")))
        return made[-1]

    yield make
    for one in made:
        one.close()


def ignore(_line: str) -> None:
    """Print nothing."""


def test_a_run_returns_its_log_and_code(warm):
    """Lines are handed over as they come and collected; a last line may lack its end."""
    lines: list[str] = []
    outcome = warm("a b").build(lines.append)
    assert outcome == BuildResult(0, "built with 1 a b\na note is broken\nno end of line")
    assert lines == outcome.log.splitlines()


@pytest.mark.parametrize(("how", "code"), [("fail", 3), ("stop", 1), ("raise", 1)])
def test_a_failing_run_fails(warm, how, code):
    """An exit code, an exit message and an exception are told apart from success, and can be repeated."""
    site = warm(how)
    for _ in range(2):
        outcome = site.build(ignore)
        assert outcome.code == code
        assert "a note is broken" in outcome.log
    assert ("stopped" in outcome.log) == (how == "stop")
    assert ("RuntimeError: no end of line" in outcome.log) == (how == "raise")


def test_imports_are_kept_until_a_refresh(program, warm):
    """What was imported before stays as it was; after a refresh it is read again."""
    site = warm()
    assert "built with 1" in site.build(ignore).log
    (program / "slow.py").write_text("VALUE = 2\n")
    assert "built with 1" in site.build(ignore).log
    site.refresh()
    assert "built with 2" in site.build(ignore).log


def test_the_program_itself_is_read_at_each_run(program, warm):
    """Only what is imported beforehand is warm."""
    site = warm()
    site.build(ignore)
    (program / "toybuild.py").write_text("print('changed')\n")
    assert site.build(ignore).log == "changed"


def test_a_killed_process_is_replaced(warm):
    """Were the warm process to die, this build fails and the next one starts another."""
    site = warm()
    site.build(ignore)
    os.kill(site._parent.pid, 9)
    assert site.build(ignore).code == 1
    assert site.build(ignore).code == 0


def test_every_request_to_a_process_that_ends_is_answered(warm):
    """Also one that waits for the answer to another: a note is saved while the site is built, and the system ends the process."""
    site = warm("loop")
    started = threading.Event()
    found = []

    def build() -> None:
        found.append(site.build(lambda _line: started.set()).code)

    threads = [threading.Thread(target=build) for _ in range(12)]
    for thread in threads:
        thread.start()
    assert started.wait(PATIENCE)
    while site._sent < len(threads):
        time.sleep(0.01)
    os.killpg(site._parent.pid, 9)
    for thread in threads:
        thread.join(PATIENCE / 2)
    assert found == [1] * len(threads)


def test_closing_ends_a_running_build(warm):
    """A build that still runs when the server ends does not go on writing."""
    site = warm("loop")
    started = threading.Event()
    thread = threading.Thread(target=site.build, args=(lambda _line: started.set(),))
    thread.start()
    assert started.wait(PATIENCE)
    site.close()
    thread.join(PATIENCE / 2)  # the build itself takes a minute
    assert not thread.is_alive()
    assert site.build(ignore).code == 1  # nor does another one begin


def test_closing_does_not_wait_for_a_request_that_was_interrupted(warm, monkeypatch):
    """Ctrl-C comes at any moment, also after a request was sent and before its answer is waited for."""
    monkeypatch.setattr(process, "_LAST_RESPONSES", 0.01)
    site = warm()

    def interrupt(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site.build(interrupt)
    site._sent += 1
    site.close()
    assert site._parent is None


def test_a_fresh_run_gives_pelicans_code_and_log(tmp_path):
    """Without warmth the same is returned; the padding of Pelican's logger is not in the log."""
    conf = tmp_path / "pelican.conf.py"
    conf.write_text("raise RuntimeError('settings are broken')\n")
    outcome = run_pelican(pelican_arguments(conf, None, tmp_path / "out", {}), ignore)
    assert outcome.code != 0
    assert "settings are broken" in outcome.log
    assert " " * 40 not in outcome.log


def test_arguments_keep_every_character(tmp_path):
    """Paths are single arguments; settings are JSON, as Pelican wants them."""
    arguments = pelican_arguments(Path("p.py"), Path("my notes"), tmp_path, {"SITEURL": 'https://x/"'})
    assert arguments[0] == "my notes"
    assert arguments[1:5] == ["--settings", "p.py", "--fatal", "errors"]
    assert arguments[5:7] == ["--output", str(tmp_path)]
    name, _, value = arguments[-1].partition("=")
    assert (name, json.loads(value)) == ("SITEURL", 'https://x/"')


def test_errors_are_fatal_and_never_quiet():
    """Pelican exits with 0 when a plugin raises, unless told otherwise; `-q` would undo that."""
    arguments = pelican_arguments(Path("p.py"), None, None, {})
    assert arguments == ["--settings", "p.py", "--fatal", "errors"]


def test_this_system_builds_warm():
    """Where processes can be forked, they are."""
    assert isinstance(builder([]), ForkingBuilder) == hasattr(os, "fork")
