"""What some work takes: the time that passes, processor time of all processes, and their memory."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LOOK = 0.1
"""Seconds between two looks at the memory of a build."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that have passed, and of processor time; the latter 0 where it is not known."""

    seconds: float
    processor: float = 0.0


def measured(work: Callable[[], object]) -> Taken:
    """Do some work, and return what it and the processes that it starts take."""
    before, begin = _processor_seconds(), time.perf_counter()
    work()
    return Taken(time.perf_counter() - begin, _processor_seconds() - before)


def _processor_seconds() -> float:
    if sys.platform == "win32":
        return 0.0
    from resource import RUSAGE_CHILDREN, getrusage

    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Run a command; return the most megabytes that it and its processes have together, what they share counted once.

    Only Linux says so: elsewhere it is 0.
    """
    peak = 0.0
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_memory, [process.pid, *descendants(process.pid)])))
            time.sleep(_LOOK)
    return peak


def descendants(ancestor: int) -> Iterator[int]:
    """Yield the processes that descend from one, in other sessions, too."""
    parents: dict[int, int] = {}
    with suppress(FileNotFoundError):
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (found := state(int(entry.name))):
                parents[int(entry.name)] = int(found[1])
    for process in parents:
        above = process
        while above in parents and above != ancestor:
            above = parents[above]
        if above == ancestor and process != ancestor:
            yield process


def state(process: int) -> list[str]:
    """Return what the system says about a process, from its state on; empty if it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _memory(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
