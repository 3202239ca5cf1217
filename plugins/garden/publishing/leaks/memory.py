"""What the leak gate remembers between two searches: the trace of each public text and of each file of the output.

A trace depends only on the text and on the private sources, so if a public note changes, only the files that changed with
it are searched. The result of a search that found no leak is remembered as well, under a hash of everything that it
depends on. The file begins with a hash of the rest; if that does not match, it is ignored, which only costs time.
"""

import json
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from garden.model.diagnostic import Diagnostic, Place
from garden.publishing.leaks.needle_file import (
    StoredNeedles,
    kind_of_numbers,
    read_needles,
    store_needles,
)
from garden.publishing.leaks.traces import Needle, Trace

_SEAL: Final = 32  # bytes of the hash at the beginning of the file
_NUMBER: Final = "I"  # an unsigned integer of four bytes


class SearchMemory:
    """Traces by name and content, and the result of the last search.

    `shared` is the trace of what several files of the output have in common.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read what was remembered in `file`; without one, nothing is remembered."""
        self.shared = Trace()
        self._file = file
        self._known: dict[str, tuple[str, Trace]] = {}
        self._kept: dict[str, tuple[str, Trace]] = {}
        self._private = ""
        self._result: tuple[str, list[Diagnostic]] = ("", [])
        if file:
            with suppress(OSError, ValueError, KeyError, TypeError, IndexError, EOFError):
                self._read(file.read_bytes())

    def result(self, state: str) -> list[Diagnostic] | None:
        """Return what the last search found if `state`, a hash of everything it depends on, is the same."""
        return self._result[1] if state and self._result[0] == state else None

    def begin(self, private: str, needles_of: Callable[[], StoredNeedles]) -> StoredNeedles:
        """Return the needles of the present private sources, and forget the traces of earlier ones.

        `private` is a hash of the sources; `needles_of` makes their needles if they are not remembered.
        """
        private = sha256(f"{kind_of_numbers()} {private}".encode()).hexdigest()
        if private != self._private:
            self._known, self.shared, self._private = {}, Trace(), private
        file = self._file.with_suffix(".needles") if self._file else None
        found = read_needles(file, private) if file else None
        if found is None:
            found = needles_of()
            if file:
                store_needles(file, private, found)
        return found

    def forget(self) -> None:
        """Forget all traces."""
        self._known, self._kept, self.shared = {}, {}, Trace()

    def trace(self, name: str, content_hash: str) -> Trace | None:
        """Return the trace of a file or a text, None if its content has changed or is not known."""
        known_hash, trace = self._known.get(name, ("", None))
        return trace if content_hash and known_hash == content_hash else None

    def keep(self, name: str, content_hash: str, trace: Trace) -> None:
        """Remember a trace for the next search."""
        self._kept[name] = (content_hash, trace)

    def save(self, state: str, result: Sequence[Diagnostic]) -> None:
        """Write the file; what cannot be written is not remembered."""
        if not self._file:
            return
        traces = array(_NUMBER)
        entries = []
        for name, (content_hash, trace) in (("", ("", self.shared)), *sorted(self._kept.items())):
            numbers = _packed(trace)
            entries.append((name, content_hash, len(numbers)))
            traces.extend(numbers)
        found = [(*problem.place[:3], problem.code, problem.message) for problem in result]
        head = json.dumps(
            {"private": self._private, "state": state, "result": found, "traces": entries}
        ).encode()
        content = len(head).to_bytes(8, "big") + head + traces.tobytes()
        new = self._file.with_suffix(".new")
        with suppress(OSError):
            new.write_bytes(sha256(content).digest() + content)
            new.replace(self._file)

    def _read(self, content: bytes) -> None:
        """Read the parts of the file: a hash of the rest, the length of the head, the head as JSON, and the traces as numbers.

        The head says how many of the numbers belong to each trace; the shared trace is the one without a name.
        """
        if sha256(content[_SEAL:]).digest() != content[:_SEAL]:
            return
        begin = _SEAL + 8
        end = begin + int.from_bytes(content[_SEAL:begin], "big")
        head = json.loads(content[begin:end])
        numbers = array(_NUMBER)
        numbers.frombytes(content[end:])
        at = 0
        for name, content_hash, length in head["traces"]:
            self._known[name] = content_hash, _unpacked(numbers[at : at + length])
            at += length
        self.shared = self._known.pop("")[1]
        self._private = head["private"]
        self._result = (
            head["state"],
            [
                Diagnostic(Place(path, line, column), code, message)
                for path, line, column, code, message in head["result"]
            ],
        )


def _packed(trace: Trace) -> list[Needle]:
    """Return a trace as a list of numbers: the number of singles, the singles, and each run preceded by its length."""
    numbers = [len(trace.singles), *sorted(trace.singles)]
    for run in trace.runs:
        numbers.append(len(run))
        numbers.extend(run)
    return numbers


def _unpacked(numbers: Sequence[Needle]) -> Trace:
    end = 1 + numbers[0]
    runs = []
    at = end
    while at < len(numbers):
        runs.append(tuple(numbers[at + 1 : at + 1 + numbers[at]]))
        at += 1 + numbers[at]
    return Trace(frozenset(numbers[1:end]), tuple(runs))
