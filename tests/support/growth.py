"""Whether work grows with its size as it may: ratios of the processor's time, not seconds."""

import gc
import time
from collections.abc import Callable

_TRIES = 5


def processor_seconds(work: Callable[[], object]) -> float:
    """How long some work takes, without the garbage collector, which walks all that any other test has left behind."""
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()


def grows_slowly(
    seconds: Callable[[int], float], few: int, many: int, *, most: float, noise: float = 0.0
) -> bool:
    """Say whether `many` take less than `most` times as long as `few`; both may be off by some seconds of `noise`.

    A machine that is busy with other things may slow one measurement: what grows too fast does so every time.
    """
    seconds(few // 10)  # whatever is only done once
    return any(seconds(many) < most * seconds(few) + noise for _ in range(_TRIES))
