"""Calls native libraries in a separate process, so that a crash or a hang affects only that call, not the build.

Diagrams, pictures and the repair of HTML need code that is written in C, C++ or Rust and reads untrusted input. Such
code can crash its process, or never return. It therefore runs in a *helper*: a process that is started when it is
first needed, takes one call after another, ends itself if a call takes too long, and is then started again. Each
process of a build has its own helper; threads get one each while they call.

A helper protects from accidents. It has the author's rights, so it is not a defence against an attack.
"""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, ParamSpec, TypeVar, cast

from garden.model.errors import AuthorError
from garden.reading import isolation_helper

P = ParamSpec("P")
Result = TypeVar("Result")

LONGEST: Final = 30.0
"""Seconds that one call may take: a hundred times what the largest diagram needs on a slow machine."""


class LibraryError(Exception):
    """A library gave no result; the text says why, phrased to follow a colon."""


class LibraryMissingError(LibraryError):
    """A library is not installed, or not for this system."""


def isolated(function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Return what a function of a module returns when a helper calls it.

    Arguments and result travel by pickle; paths must be absolute. Raises LibraryMissingError when something
    cannot be imported, LibraryError when the call raises, takes longer than `LONGEST`, or ends the helper; an
    AuthorError is raised as it is.
    """
    call = pickle.dumps((function, args, kwargs))
    helper = _free.pop() if _free else _Helper()
    has_worked = helper.has_worked
    answer = helper.ask(call)
    if answer[0] == "crashed" and has_worked:
        # The failed call may have crashed only because an earlier one had damaged the memory of the helper.
        helper = _Helper()
        answer = helper.ask(call)
    if helper.is_alive:
        _free.append(helper)
    match answer:
        case ("result", result):
            return cast(Result, result)
        case ("author", AuthorError() as error):
            raise error
        case ("missing", reason):
            raise LibraryMissingError(reason)
        case (_, reason):
            raise LibraryError(reason)


class _Helper:
    """The process, as seen from the build. It ends when the pipe to it is closed, however the build ends."""

    def __init__(self) -> None:
        self.is_alive = True
        self.has_worked = False  # whether it has answered a call
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, call: bytes) -> tuple[str, object]:
        """Return the response to a call: its kind, and the result or the reason why there is none."""
        try:
            process = self._process = self._process or _started()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(pickle.dumps((LONGEST, call)))
            process.stdin.flush()
            answer = cast(tuple[str, object], pickle.load(process.stdout))  # noqa: S301 (our own process)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            return self._end(error)
        self.has_worked = True
        return answer

    def close(self) -> None:
        """End the process."""
        self.is_alive = False
        if self._process is not None:
            with suppress(OSError):
                self._process.communicate()

    def forget(self) -> None:
        """Close the pipes that a forked process has inherited, since the helper belongs to its parent."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process.returncode = 0

    def _end(self, error: Exception) -> tuple[str, object]:
        """End the process after a failed call, and return the reason in the form of `ask`."""
        self.close()
        if self._process is None:
            return "failed", f"no process can be started for it: {error}"
        if self._process.returncode == isolation_helper.TOO_LONG:
            return "failed", f"it takes longer than {LONGEST:.0f} seconds"
        return "crashed", f"the library that does this has crashed (exit code {self._process.returncode})"


def _started() -> "subprocess.Popen[bytes]":
    """Start a helper."""
    # Pelican imports plugins from folders that are not in the path for imports.
    paths = [str(Path(path).absolute()) for path in (str(Path(__file__).parents[2]), *sys.path)]
    return subprocess.Popen(  # noqa: S603 (our own module)
        # `-P`: not from the working folder, which may contain a file with the name of a library.
        [sys.executable, "-P", "-m", isolation_helper.__name__],
        cwd=Path(sys.executable).anchor,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


_free: list[_Helper] = []  # helpers that wait for a call; two threads never get the same


def _forget_all() -> None:
    """Leave the waiting helpers to the process that this one was forked from."""
    while _free:
        _free.pop().forget()


def end_helpers(left: int = 0) -> None:
    """End the waiting helpers except for the number `left`.

    After many threads have had one each, most are no longer needed; one may be left for the next call.
    """
    while len(_free) > left:
        _free.pop().close()


atexit.register(end_helpers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
