"""Builds by Pelican's own command line, read back file by file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.building import QUICK, ROOT, BuildResult, run_pelican, run_pelican_alone

__all__ = ["ROOT", "Build"]


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


def _build(  # noqa: PLR0913 - what a command line is made of
    run: Callable[[list[str]], BuildResult],
    conf: Path,
    folder: Path,
    vault: Path,
    *arguments: str,
    out: str = "out",
    cache: str = "cache",
) -> Build:
    target = folder / out
    rest = list(arguments)
    if "-e" not in rest:
        rest.insert(0, "-e")
    # Of two options `-e` Pelican hears the last one only.
    rest.insert(rest.index("-e") + 1, f'CACHE_PATH="{folder / cache}"')
    done = run([str(vault), "-s", str(conf), "-o", str(target), *rest])
    return Build(done.exit_code, done.log, target)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Build]:
    """`build(vault, *arguments, out=…, cache=…)`: `pelican VAULT -s pelican.conf.py -o OUT` in this process."""
    monkeypatch.chdir(ROOT)
    return partial(_build, run_pelican, QUICK, tmp_path)


@pytest.fixture
def build_alone(tmp_path: Path) -> Callable[..., Build]:
    """The same as a user starts it, in a process of its own, from the project root."""
    return partial(_build, run_pelican_alone, Path("pelican.conf.py"), tmp_path)
