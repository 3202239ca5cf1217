"""Builds as a user starts them: Pelican's own command line in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Build(NamedTuple):
    """How a build ended."""

    code: int
    log: str
    out: Path

    def text(self, name: str) -> str:
        """The text of a file of the output."""
        return (self.out / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the output with its bytes."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Build]:
    """`build(vault, *arguments, out=…, cache=…)`: `pelican VAULT -s pelican.conf.py -o OUT` from the project root."""

    def run(vault: Path, *arguments: str, out: str = "out", cache: str = "cache") -> Build:
        target = tmp_path / out
        command = [sys.executable, "-m", "pelican", str(vault), "-s", "pelican.conf.py", "-o", str(target)]
        command += ["-e", f'CACHE_PATH="{tmp_path / cache}"', *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        )
        return Build(done.returncode, done.stdout + done.stderr, target)

    return run
