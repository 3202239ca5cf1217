"""A process that has already imported a program, and forks a child for every run of it.

`python -m garden.hosts.pelican.fork_server TOKEN MODULE [MODULE …]` imports the modules, then reads one request per
line from standard input: a JSON list with the program's module and its arguments. The program runs in a forked child
as `python -m` would run it; its output goes to standard output, followed by a line with the token and the exit code.
The child changes nothing in the parent, and the parent has no threads, so that forking is safe. A child with a
resident build reads the following requests itself, until it is asked to end. The other end is
`hosts.pelican.process`.
"""

import contextlib
import importlib
import json
import os
import runpy
import sys
import traceback


def main(token: str, modules: list[str]) -> None:
    """Serve requests until standard input ends."""
    for module in modules:
        # If a plugin cannot be imported, the build reports it, with its traceback.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    # Unbuffered, since a resident child reads its own requests from the same input.
    with open(0, "rb", buffering=0, closefd=False) as incoming:
        while request := incoming.readline():
            program, *arguments = json.loads(request)
            sys.stdout.flush()
            child = os.fork()
            if child == 0:
                _run(program, arguments, token)
            _, status = os.waitpid(child, 0)
            if status:
                print(f"{token} ended with {os.waitstatus_to_exitcode(status)}", flush=True)


def _run(program: str, arguments: list[str], token: str) -> None:
    """Run the program, report its exit code, and end this process, at once or after the last request."""

    def answer(text: str) -> None:
        print(f"{token} {text}", flush=True)

    code = 0
    sys.argv = [program, *arguments]
    try:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code)
        code = end.code if isinstance(end.code, int) else int(end.code is not None)  # 1 for a text
    except BaseException:  # noqa: BLE001 - an exception that ends the program must not reach the parent's loop
        traceback.print_exc()
        code = 1
    status = 1
    try:
        sys.stderr.flush()
        # If nothing has imported the module, no build is resident.
        module = sys.modules.get("garden.hosts.pelican.resident")
        resident = module.resident_build() if module else None
        answer(
            f"{code & 0xFF}{' remains' if resident else ''}"
        )  # the code as the system would give it: one byte
        if module and resident:
            module.answer_requests(resident, answer)
        status = 0
    except BaseException:  # noqa: BLE001 - the same
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
