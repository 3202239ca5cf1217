"""Work distributed among processes, one for each core of the machine, this process being one of them.

On Linux the others are forked, so they see everything that has been made before and nothing is copied to
them; only results travel. Elsewhere new processes are started, which takes a second, and the work is sent to each of
them once; so there, work is distributed only if it can be sent and if there is enough of it. All other work is done in this
process.

Each process takes the next share when it has finished one. A forked process copies every page of memory on which it touches
a value, if only to count a reference: with this process at work, too, there is one copy fewer, and fewer results travel.
"""

import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

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


def in_parallel(
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
    Raises SharedWorkError when it raises, but an AuthorError as it is.
    """
    global _work, _shares
    forking = _START == "fork"
    worth = WORTH_SHARING if forking else WORTH_STARTING
    others = (os.cpu_count() or 1) - 1
    if (len(items) < worth and not at_once) or not others or not (forking or portable):
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
            pool = ProcessPoolExecutor(others, context, _receive, (sent,))
            yield from _SharedWork(pool, others, work, shares).results()
        return
    _work, _shares = work, shares
    try:
        yield from _SharedWork(ProcessPoolExecutor(others, context), others, work, shares).results()
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


class _SharedWork(Generic[Item, Result]):
    """Shares of some work, each done by the process that is free next."""

    def __init__(
        self,
        pool: ProcessPoolExecutor,
        others: int,
        work: Callable[[Sequence[Item]], Result],
        shares: Sequence[Sequence[Item]],
    ) -> None:
        self._pool = pool
        self._others = others
        self._work = work
        self._shares = shares
        self._left = iter(range(len(shares)))  # the numbers of the shares that nobody has taken
        self._returned: SimpleQueue[tuple[int, Future[Result] | None]] = SimpleQueue()

    def results(self) -> Iterator[Result]:
        """Yield the results in the order of the shares."""
        found: dict[int, Result] = {}
        lost: set[int] = set()
        done = 0
        try:
            # A process finds its next share waiting when it has finished one.
            for _ in range(self._others + 1):
                self._hand_out()
            while done < len(self._shares):
                number = next(self._left, None)
                if number is None and lost:
                    number = lost.pop()
                if number is not None:
                    found[number] = _attempt(self._work, self._shares[number])
                while not self._returned.empty() or (number is None and done not in found and not lost):
                    returned, task = self._returned.get()
                    if task is None:
                        lost.add(returned)
                    else:
                        found[returned] = task.result()
                while done in found:
                    yield found.pop(done)
                    done += 1
        finally:
            # A caller that has given up in the meantime does not wait for the rest.
            self._left = iter(())
            self._pool.shutdown(cancel_futures=True)

    def _hand_out(self) -> None:
        """Give the next share to one of the other processes."""
        number = next(self._left, None)
        if number is None:
            return
        try:
            task = self._pool.submit(_share, number)
        except RuntimeError:
            self._returned.put((number, None))
        else:
            task.add_done_callback(partial(self._take_back, number))

    def _take_back(self, number: int, task: "Future[Result]") -> None:
        """Note that a share is done, and hand out another one; called by a thread of the pool."""
        # If a process was ended from outside, for example for lack of memory, its share is done right here.
        is_lost = task.cancelled() or isinstance(task.exception(), BrokenProcessPool)
        self._returned.put((number, None if is_lost else task))
        if not is_lost:
            self._hand_out()


def _share(number: int) -> Any:
    assert _work is not None
    return _attempt(_work, _shares[number])


def _attempt(work: Callable[[Sequence[Item]], Result], share: Sequence[Item]) -> Result:
    try:
        return work(share)
    except AuthorError:
        raise
    except Exception as error:
        # Not every exception can be sent to another process; its text can.
        raise SharedWorkError(traceback.format_exc()) from error
