"""What the processes of one run of the tests share: a folder that the first of them fills."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def shared_folder(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """Give the folder of this name, which `fill` has filled in this process or another one of the same run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each process has a folder in one that they have in common
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            being_filled = base / f"{name}.part"
            being_filled.mkdir()
            fill(being_filled)
            being_filled.rename(folder)
    return folder
