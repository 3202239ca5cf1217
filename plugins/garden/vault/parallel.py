"""Distributes work among processes, one for each core of the machine, including this process (`pool`).

On Linux the others are forked, which costs little. Elsewhere new processes are started, which takes a second; there,
work is distributed only if it can be pickled and there is enough of it. All other work is done in this process.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_SHARING = 40
"""Below this many items, starting processes costs more than it saves."""

WORTH_STARTING = 200
"""The same where each process has to import everything first."""

_SHARE = 16
"""The maximum number of items in a share: so many that handing it out costs little."""

_LAST_SHARE = 4
"""The number of items in the last shares: so few that all processes finish at about the same time."""

_START = "fork" if sys.platform == "linux" else "spawn"


def is_forking() -> bool:
    """Say whether other processes inherit everything that this one has in memory."""
    return _START == "fork"


def in_parallel(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], Result],
    *,
    portable: bool = False,
    at_once: int = 0,
) -> Iterator[Result]:
    """Yield what `work` returns for shares of `items`, in the order of the items.

    The result of `work` must be picklable, and nothing may depend on what it changes in memory. `portable` says that
    it does the same in a process that inherits nothing; then it is pickled, if that is possible (a function of a
    module, a `partial` of one, a bound method). Other work is shared only where processes are forked. With `at_once`
    each process gets that many items at a time, and work is shared even if there are few items. Raises AuthorError and
    InterruptedError as `work` raises them, and SharedWorkError for any other exception in work that is shared; work that is
    not shared raises its own.
    """
    worth = WORTH_SHARING if _START == "fork" else WORTH_STARTING
    others = (os.cpu_count() or 1) - 1
    if (len(items) < worth and not at_once) or not others or not (_START == "fork" or portable):
        if items:
            yield work(items)
        return
    from garden.vault.pool import shared_work  # a small change does not wait for what starts processes

    yield from shared_work(work, list(_shares(items, others + 1, at_once)), others, _START)


def _shares(items: Sequence[Item], processes: int, at_once: int) -> Iterator[Sequence[Item]]:
    """Yield the items in shares, which get smaller towards the end unless there have to be that many `at_once`."""
    start = 0
    while start < len(items):
        # Each process may have a share waiting, which must not be much when there is nothing left for the others.
        left = len(items) - start
        size = at_once or min(_SHARE, max(_LAST_SHARE, left // (4 * processes)))
        yield items[start : start + size]
        start += size
