"""Work shared out among processes: one for each core of the machine.

Processes are forked, so they see everything that has been made before and nothing is copied to
them; only results travel. Where the system cannot fork, or there is little to do, the work is
done right here.
"""

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from garden.model.errors import AuthorError

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_SHARING = 40
"""Below this many items, starting processes costs more than it saves."""

_SHARE = 16

# What the forked processes inherit: a function cannot be sent to them.
_work: Callable[[Sequence[Any]], Any] | None = None
_shares: Sequence[Sequence[Any]] = ()


class SharedWorkError(Exception):
    """Something went wrong in another process; the text is its traceback."""


def shared(items: Sequence[Item], work: Callable[[Sequence[Item]], Result]) -> Iterator[Result]:
    """Yield what `work` returns for shares of `items`, in the order of the items.

    `work` must return something that can be pickled and must not rely on what it changes being
    seen elsewhere. Raises SharedWorkError when it raises in another process, but an AuthorError as it is.
    """
    global _work, _shares
    if len(items) < WORTH_SHARING or (os.cpu_count() or 1) < 2 or sys.platform != "linux":
        if items:
            yield work(items)
        return
    _work, _shares = work, [items[start : start + _SHARE] for start in range(0, len(items), _SHARE)]
    try:
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_share, range(len(_shares)))
    finally:
        _work, _shares = None, ()


def _share(number: int) -> Any:
    assert _work is not None
    try:
        return _work(_shares[number])
    except AuthorError:
        raise
    except Exception as error:
        # Not every exception can be sent to another process; its text can.
        raise SharedWorkError(traceback.format_exc()) from error
