"""The processes that share some work, including this one.

A forked process inherits all objects, so only its results are sent. To a process that is started anew, the work is
pickled and sent once. Each process gets the next share when it has finished one.

A forked process copies every page of memory in which it touches an object, if only to count a reference. This process
does shares itself, so one process fewer copies memory and sends results.

No process outlives the one that has started it, even if that is killed.
"""

import multiprocessing
import os
import pickle
import threading
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

# Forked processes inherit these two; other processes are sent them when they start.
_work: Callable[[Sequence[Any]], Any] | None = None
_shares: Sequence[Sequence[Any]] = ()


class SharedWorkError(Exception):
    """Shared work raised an exception, here or in another process; the text is its traceback."""


def shared_work(
    work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]], others: int, start: str
) -> Iterator[Result]:
    """Yield what `work` returns for each share, in their order; `others` more processes begin by `start`: "fork" or "spawn".

    Raises AuthorError and InterruptedError as `work` raises them, and SharedWorkError for any other exception.
    """
    global _work, _shares
    context = multiprocessing.get_context(start)
    if start == "fork":
        _work, _shares = work, shares
        try:
            pool = ProcessPoolExecutor(others, context, _begin)
            yield from _SharedWork(pool, others, work, shares).results()
        finally:
            _work, _shares = None, ()
        return
    sent = _pickled(work, shares)
    if sent is None:
        yield from map(work, shares)
    else:
        pool = ProcessPoolExecutor(others, context, _begin, (sent,))
        yield from _SharedWork(pool, others, work, shares).results()


def _pickled(*work: object) -> bytes | None:
    """Return work and its shares in the form for a new process, None if they cannot be pickled."""
    try:
        return pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _begin(sent: bytes | None = None) -> None:
    """Set up another process; one that inherits nothing has been `sent` its work and the shares."""
    global _work, _shares
    end_with_parent()
    if sent is not None:
        _work, _shares = pickle.loads(sent)  # noqa: S301 (the process that has started this one has sent it)


def end_with_parent() -> None:
    """Make this process of a pool end as soon as its parent has ended, even if that is killed.

    Otherwise it would wait for work forever: each process of a pool has both ends of the pool's pipes, so they never
    close. The pipe that is watched here closes, since only the parent has its other end, and processes forked later,
    which end first.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None, "this process is one of a pool"

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class _SharedWork(Generic[Item, Result]):
    """Hands out the shares of some work, each to the next process that is free, and collects the results."""

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
        # The numbers of the remaining shares. Threads of the pool take from it, too: `next` is atomic.
        self._left = iter(range(len(shares)))
        self._returned: SimpleQueue[tuple[int, Future[Result] | None]] = SimpleQueue()

    def results(self) -> Iterator[Result]:
        """Yield the results in the order of the shares."""
        found: dict[int, Result] = {}  # results that wait for an earlier one
        lost: set[int] = set()  # shares of processes that ended
        done = 0  # results yielded
        try:
            # One share more than there are other processes, so that the first to finish finds its next one waiting.
            for _ in range(self._others + 1):
                self._hand_out()
            while done < len(self._shares):
                number = next(self._left, None)
                if number is None and lost:
                    number = lost.pop()
                if number is not None:
                    found[number] = _attempt(self._work, self._shares[number])
                # Collect the results that have arrived; wait for one only if no share is left and the next result is missing.
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
            # No more shares are handed out after the caller has stopped early.
            self._left = iter(())
            self._pool.shutdown(cancel_futures=True)

    def _hand_out(self) -> None:
        """Give the next share to one of the other processes."""
        number = next(self._left, None)
        if number is None:
            return
        try:
            task = self._pool.submit(_share, number)
        except RuntimeError:  # the pool is broken or closed: the share is done here
            self._returned.put((number, None))
        else:
            task.add_done_callback(partial(self._take_back, number))

    def _take_back(self, number: int, task: "Future[Result]") -> None:
        """Record that a share is done, and hand out the next one; called by a thread of the pool."""
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
    except (AuthorError, InterruptedError):
        raise
    except Exception as error:
        # Not every exception can be sent to another process; its text can.
        raise SharedWorkError(traceback.format_exc()) from error
