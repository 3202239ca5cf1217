"""The helper process of `isolation`: `python -m garden.reading.isolation_helper`.

It reads calls from standard input and writes responses to standard output, both pickled. It ends at the end of its
input.
"""

import faulthandler
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from garden.model.errors import AuthorError

TOO_LONG: Final = 1
"""The exit code with which `faulthandler` ends a process whose time is up, whatever code it is in."""

# The exit code of an internal error (`EX_SOFTWARE` of sysexits.h), different from TOO_LONG
_UNEXPECTED: Final = 70
_LONGEST_REASON: Final = 160  # characters
_MOST_MEMORY: Final = 4 << 30  # bytes


def _serve() -> NoReturn:
    """Answer calls from standard input until it ends."""
    calls = sys.stdin.buffer
    # The output of libraries must not get among the responses.
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open as long as the process)
    os.dup2(nowhere.fileno(), 1)
    _limit()
    while True:
        try:
            seconds, call = pickle.load(calls)  # noqa: S301 (from the process that has started this one)
        except EOFError:
            os._exit(0)
        # An alarm signal would not do: Python would handle it only after the library has returned.
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        answer = _answer(call)
        faulthandler.cancel_dump_traceback_later()
        answers.write(answer)
        answers.flush()


def _answer(call: bytes) -> bytes:
    """Carry out a call; return the response: its kind, and the result or the reason why there is none."""
    try:
        function, args, kwargs = pickle.loads(call)  # noqa: S301 (the same)
        return pickle.dumps(("result", function(*args, **kwargs)))
    except AuthorError as error:
        return pickle.dumps(("author", error))
    except ImportError as error:
        return pickle.dumps(("missing", " ".join(str(error).split())[:_LONGEST_REASON]))
    except BaseException as error:  # noqa: BLE001 (a panic in Rust is not an Exception)
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        return pickle.dumps(("failed", reason or type(error).__name__))


def _limit() -> None:
    """Prevent a core dump after a crash, and limit the memory of this process."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # the limit is already lower, or the system has none
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    try:
        _serve()
    except BaseException:  # noqa: BLE001 (Python would end with 1, which is TOO_LONG)
        os._exit(_UNEXPECTED)
