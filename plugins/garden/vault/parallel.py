"""Work distributed among processes, one for each core of the machine.

On Linux processes are forked, so they see everything that has been made before and nothing is copied to
them; only results travel. Elsewhere new processes are started, which takes a second, and the work is sent to each of
them once; so there, work is distributed only if it can be sent and if there is enough of it. All other work is done in this
process.
"""

import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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

# What forked processes inherit, and what is sent to others when they start.
_work: Callable[[Sequence[Any]], Any] | None = None
_shares: Sequence[Sequence[Any]] = ()


class SharedWorkError(Exception):
    """Something went wrong in another process; the text is its traceback."""


def shared(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], Result],
    *,
    portable: bool = False,
    at_once: int = 0,
) -> Iterator[Result]:
    """Yield what `work` returns for shares of `items`, in the order of the items.

    `work` must return something that can be pickled and must not rely on what it changes being
    seen elsewhere. It is `portable` when it means the same where nothing is inherited: then it is pickled, if it can be
    (a function of a module, a `partial` of one, a method of something); other work is only shared where processes are forked.
    With `at_once` each process gets that many items at a time, however few there are: they are worth it.
    Raises SharedWorkError when it raises in another process, but an AuthorError as it is.
    """
    global _work, _shares
    forking = _START == "fork"
    worth = WORTH_SHARING if forking else WORTH_STARTING
    if (len(items) < worth and not at_once) or (os.cpu_count() or 1) < 2 or not (forking or portable):
        if items:
            yield work(items)
        return
    size = at_once or _SHARE
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    context = multiprocessing.get_context(_START)
    if not forking:
        sent = _sent(work, shares)
        if sent is None:
            yield from map(work, shares)
        else:
            pool = ProcessPoolExecutor(mp_context=context, initializer=_receive, initargs=(sent,))
            yield from _mapped(pool, work, shares)
        return
    _work, _shares = work, shares
    try:
        yield from _mapped(ProcessPoolExecutor(mp_context=context), work, shares)
    finally:
        _work, _shares = None, ()


def _sent(*work: object) -> bytes | None:
    """Return some work as it is sent, None for what cannot be."""
    try:
        return pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _receive(sent: bytes) -> None:
    global _work, _shares
    _work, _shares = pickle.loads(sent)  # noqa: S301 (the process that has started this one has sent it)


def _mapped(
    pool: ProcessPoolExecutor, work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]]
) -> Iterator[Result]:
    results = pool.map(_share, range(len(shares)))
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
        # A caller that has given up in the meantime does not wait for the rest.
        pool.shutdown(cancel_futures=True)
    yield from map(work, shares[done:])


def _share(number: int) -> Any:
    assert _work is not None
    try:
        return _work(_shares[number])
    except AuthorError:
        raise
    except Exception as error:
        # Not every exception can be sent to another process; its text can.
        raise SharedWorkError(traceback.format_exc()) from error
