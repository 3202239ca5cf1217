"""What can be tried of Windows elsewhere: modules and calls that it lacks, and those that only it has."""

import importlib
import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from garden.__main__ import main
from garden.publishing.folder import workspace
from garden.reading import isolation_helper

# Everything else is imported first, so that only our own modules believe that this is Windows.
_IMPORT_ALL = """
import os, pkgutil, ssl, sys, types, importlib
import garden
names = [found.name for found in pkgutil.walk_packages(garden.__path__, "garden.")]
names = [name for name in names if not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
for name in [name for name in sys.modules if name.partition(".")[0] == "garden"]:
    del sys.modules[name]
sys.platform = "win32"
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty"):
    sys.modules[name] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
ssl.enum_certificates = ssl.enum_crls = lambda store: ()  # Windows has them, and libraries ask for them at once
for name in ("fork", "killpg", "getuid", "setsid", "waitpid", "sched_getaffinity", "register_at_fork"):
    delattr(os, name)
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_every_module_can_be_imported_without_what_windows_lacks() -> None:
    """No module asks for more than that before it is used."""
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


def test_the_lock_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails at once where somebody has it, and is waited for as long as it takes."""
    held = [True, True]
    asked: list[int] = []

    def locking(descriptor: int, mode: int, count: int) -> None:
        assert (descriptor, count) == (7, 1)
        asked.append(mode)
        if held and held.pop():
            raise OSError("taken")

    fake: Any = ModuleType("msvcrt")
    fake.LK_NBLCK, fake.LK_LOCK, fake.locking = 2, 1, locking
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("windows_workspace", workspace.__file__)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module._LOCK_STAYS
    assert not module._try_lock(7)
    module._wait_for_lock(7)
    assert module._try_lock(7)
    assert asked == [2, 1, 1, 2]


def test_memory_is_not_limited_where_it_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no such call."""
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(isolation_helper, "sys", SimpleNamespace(platform="win32"))
    isolation_helper._limit()


def test_names_of_files_that_cannot_be_read_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A locale of ASCII, which Python was told to keep, would lose notes."""
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    assert main(["explain", "link-unresolved"]) == 2
    assert "PYTHONUTF8=1" in capsys.readouterr().err
