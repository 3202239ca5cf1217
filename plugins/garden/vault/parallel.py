"""Work shared out among processes: one for each core of the machine.

On Linux processes are forked, so they see everything that has been made before and nothing is copied to
them; only results travel. Elsewhere they are started afresh, which takes a second, so there only work that can
be sent to them is shared, and only much of it. Whatever else there is to do is done right here.
"""

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from garden.model.errors import AuthorError

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_SHARING = 40
"""Below this many items, starting processes costs more than it saves."""

WORTH_STARTING = 200
"""The same where each process has to import everything first."""

_SHARE = 16

_START = "fork" if sys.platform == "linux" else "spawn"

# What the forked processes inherit: a function cannot be sent to them.
_work: Callable[[Sequence[Any]], Any] | None = None
_shares: Sequence[Sequence[Any]] = ()


class SharedWorkError(Exception):
    """Something went wrong in another process; the text is its traceback."""


def shared(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Result], *, portable: bool = False
) -> Iterator[Result]:
    """Yield what `work` returns for shares of `items`, in the order of the items.

    `work` must return something that can be pickled and must not rely on what it changes being
    seen elsewhere. It is `portable` when it can be pickled itself, a function of a module or a `partial` of one;
    other work is only shared where processes are forked.
    Raises SharedWorkError when it raises in another process, but an AuthorError as it is.
    """
    global _work, _shares
    forking = _START == "fork"
    worth = WORTH_SHARING if forking else WORTH_STARTING
    if len(items) < worth or (os.cpu_count() or 1) < 2 or not (forking or portable):
        if items:
            yield work(items)
        return
    shares = [items[start : start + _SHARE] for start in range(0, len(items), _SHARE)]
    context = multiprocessing.get_context(_START)
    if not forking:
        yield from _mapped(context, partial(_done, work), shares)
        return
    _work, _shares = work, shares
    try:
        yield from _mapped(context, _share, range(len(_shares)))
    finally:
        _work, _shares = None, ()


def _mapped(context: BaseContext, work: Callable[[Any], Result], shares: Sequence[Any]) -> Iterator[Result]:
    pool = ProcessPoolExecutor(mp_context=context)
    results = pool.map(work, shares)
    done = 0
    try:
        while done < len(shares):
            try:
                result = next(results)
            except BrokenProcessPool:
                # A process was ended from outside, for want of memory say: what it leaves is done right here.
                break
            yield result
            done += 1
    finally:
        # Whoever has given up in between waits for none of the rest.
        pool.shutdown(cancel_futures=True)
    yield from map(work, shares[done:])


def _share(number: int) -> Any:
    assert _work is not None
    return _done(_work, _shares[number])


def _done(work: Callable[[Sequence[Any]], Any], share: Sequence[Any]) -> Any:
    try:
        return work(share)
    except AuthorError:
        raise
    except Exception as error:
        # Not every exception can be sent to another process; its text can.
        raise SharedWorkError(traceback.format_exc()) from error
