"""A program that shares work among processes until it is killed: `python -m tests.support.pool_at_work fork` or `spawn`."""

import os
import sys
from collections.abc import Sequence

from garden.vault import parallel


def work(share: Sequence[int]) -> int:
    """Say which process works. The one that was started from outside then waits for input, which the others do not have."""
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    sys.stdin.read()
    return len(share)


if __name__ == "__main__":
    parallel._START = sys.argv[1]
    os.cpu_count = lambda: 3
    list(parallel.in_parallel(range(parallel.WORTH_STARTING), work, portable=True))
