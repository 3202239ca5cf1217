"""Calls into native libraries, which may crash or hang."""

import ctypes
import multiprocessing
import operator
import os
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest

from garden.model.errors import StorageError
from garden.reading import isolation
from garden.reading.isolation import LibraryError, LibraryMissingError, end_helpers, isolated

FUNCTIONS = """
import ctypes
import os
import time
from pathlib import Path

from garden.model.errors import StorageError

def hold():
    ctypes.PyDLL(None).sleep(60)  # in C, without letting any thread of Python run

def interrupt():
    raise KeyboardInterrupt

def fill():
    raise StorageError("there is no room")

def meet(folder, number, count):
    (Path(folder) / str(number)).touch()
    while len(os.listdir(folder)) < count:
        time.sleep(0.01)
"""


@pytest.fixture
def functions(tmp_path, monkeypatch):
    """A module that helpers can import."""
    (tmp_path / "functions_of_a_library.py").write_text(FUNCTIONS)
    monkeypatch.syspath_prepend(tmp_path)
    return import_module("functions_of_a_library")


@pytest.fixture(autouse=True)
def _no_helpers():
    """Begin without helpers, and leave none."""
    end_helpers()
    yield
    end_helpers()


def test_calls_run_in_one_other_process():
    """It is started once and takes call after call."""
    first = isolated(os.getpid)
    assert first != os.getpid()
    assert isolated(os.getpid) == first
    assert isolated(operator.add, "a" * 1_000_000, "b") == "a" * 1_000_000 + "b"


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(os.abort, ()), (ctypes.string_at, (0,)), (os._exit, (0,)), (os._exit, (7,))],
    ids=["abort", "segmentation fault", "silent end", "end"],
)
def test_a_crash_costs_one_call(function, arguments):
    """The next call finds a new process."""
    isolated(os.getpid)
    with pytest.raises(LibraryError, match="crashed"):
        isolated(function, *arguments)
    assert isolated(operator.add, 1, 2) == 3


def test_a_hang_costs_one_call(functions, monkeypatch):
    """Also one in native code that never lets Python run."""
    monkeypatch.setattr(isolation, "LONGEST", 0.2)
    with pytest.raises(LibraryError, match="takes longer"):
        isolated(functions.hold)
    monkeypatch.setattr(isolation, "LONGEST", 30)
    assert isolated(operator.add, 1, 2) == 3


def test_what_is_raised_is_reported(functions):
    """A library that is not there is another matter than one that fails; what the author must mend is raised as it is."""
    with pytest.raises(LibraryMissingError, match="no_such_library"):
        isolated(import_module, "no_such_library")
    with pytest.raises(LibraryError, match="Expecting value"):
        isolated(import_module("json").loads, "")
    with pytest.raises(LibraryError, match="KeyboardInterrupt"):
        isolated(functions.interrupt)
    with pytest.raises(StorageError, match="no room"):
        isolated(functions.fill)


def test_threads_do_not_wait_for_each_other(functions, tmp_path):
    """Each has a helper of its own while it calls: all three are there at the same time."""
    (tmp_path / "place").mkdir()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda number: isolated(functions.meet, str(tmp_path / "place"), number, 3), range(3)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_process_has_a_helper_of_its_own():
    """Two processes that used one pipe would read each other's answers."""
    mine = isolated(os.getpid)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        theirs = pool.map(_helper, range(20))
    assert mine not in theirs
    assert isolated(os.getpid) == mine


def _helper(_: int) -> int:
    return isolated(os.getpid)
