"""Files of tests go into memory, unless somebody says otherwise or it is not fit for them."""

import os
import shutil
import tempfile
from types import SimpleNamespace

import pytest

from tests.support.temporary import ROOM, use_memory


@pytest.fixture
def free(monkeypatch):
    """Give the function that says how many bytes are free; nobody has chosen a folder."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    return lambda room: monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=room))


def test_memory_is_used(free, tmp_path):
    """What starts later finds it, too."""
    free(ROOM)
    use_memory(tmp_path)
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(tmp_path)


def test_a_little_memory_is_left_alone(free, tmp_path):
    """A container may have 64 megabytes of it."""
    free(ROOM - 1)
    use_memory(tmp_path)
    assert "TMPDIR" not in os.environ


def test_other_systems_have_none(free, tmp_path):
    """Files are where they always were."""
    free(ROOM)
    use_memory(tmp_path / "shm")
    assert "TMPDIR" not in os.environ


def test_who_names_a_folder_gets_it(free, tmp_path, monkeypatch):
    """TMPDIR counts."""
    free(ROOM)
    monkeypatch.setenv("TMPDIR", "elsewhere")
    use_memory(tmp_path)
    assert os.environ["TMPDIR"] == "elsewhere"
