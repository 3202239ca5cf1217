"""From a save to the page: a generator serves, a note is written, its page is asked for every 5 ms until it has the new text.

`KINDS` are single saves, each in a quiet moment: the one before has been finished, in the background too. `HASTE` is what
happens at a desk: saves that follow each other, and two notes at once.
"""

import os
import random
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Final

from tests.bench.measured import descendants, state
from tests.bench.peers import Candidate

_POLL: Final = 0.005
_PATIENCE: Final = 60.0
"""Seconds until a change is given up."""
_START: Final = 1800.0
"""Seconds until the first page is given up, and until a server is at rest."""
_QUIET: Final = 0.6
"""Seconds in which a server that is at rest takes no processor time worth mentioning."""

_numbers = count(time.time_ns() % 10**9)


@dataclass(slots=True)
class Server:
    """A generator that serves its site, and the two notes that are edited."""

    candidate: Candidate
    process: subprocess.Popen[bytes]
    texts: Sequence[str]
    """The notes as they were."""

    @property
    def paths(self) -> Sequence[str]:
        """The paths of the notes."""
        return self.candidate.edited

    def write(self, text: str, which: int = 0) -> None:
        """Save a note as most programs do."""
        (self.candidate.vault / self.paths[which]).write_text(text, encoding="utf-8")

    def wait(self, words: str, which: int = 0, since: float | None = None) -> float:
        """Return the seconds since `since` (now) until the page of a note has some words."""
        return self.wait_at(self.candidate.address(self.paths[which]), words, since)

    def start(self) -> float:
        """Return the seconds until the page of the first note is served."""
        return self.wait_at(self.candidate.address(self.paths[0]), "<h1", patience=_START)

    def wait_at(
        self, address: str, words: str, since: float | None = None, patience: float = _PATIENCE
    ) -> float:
        """Return the seconds since `since` (now) until the page at an address has some words. Raises TimeoutError."""
        begin = time.perf_counter() if since is None else since
        while time.perf_counter() - begin < patience:
            if words in self.page(address):
                return time.perf_counter() - begin
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.candidate.name} has ended with {self.process.returncode}")
            time.sleep(_POLL)
        raise TimeoutError(f"{self.candidate.name} has not shown {words!r} at {address}")

    def page(self, address: str) -> str:
        """Return a page, empty if there is none yet."""
        connection = HTTPConnection("127.0.0.1", self.candidate.port, timeout=30)
        with suppress(OSError, HTTPException):
            connection.request("GET", address)
            response = connection.getresponse()
            body = response.read().decode(errors="replace")
            return body if response.status == 200 else ""
        connection.close()
        return ""

    def rest(self) -> None:
        """Wait until the server has nothing more to do."""
        before = -1.0
        for _ in range(int(_START / _QUIET)):
            time.sleep(_QUIET)
            now = _processor_seconds(self.process.pid)
            if now - before < 0.05 * _QUIET:
                return
            before = now


@contextmanager
def serving(candidate: Candidate, environment: Mapping[str, str]) -> Iterator[Server]:
    """Start the server of a generator; afterwards the notes are as they were."""
    notes = [candidate.vault / path for path in candidate.edited]
    texts = [note.read_text(encoding="utf-8") for note in notes]
    process = subprocess.Popen(
        candidate.serve,
        cwd=candidate.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Server(candidate, process, texts)
    finally:
        process.terminate()
        process.wait(timeout=30)
        for note, text in zip(notes, texts, strict=True):
            note.write_text(text, encoding="utf-8")


def _processor_seconds(process: int) -> float:
    """Return what a process and its descendants have taken so far, 0 where the system does not say."""
    states = map(state, (process, *descendants(process)))
    ticks = sum(sum(map(int, found[11:15])) for found in states if found)
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _sentence(server: Server, which: int = 0, base: str | None = None) -> tuple[str, str]:
    words = f"Measured sentence {next(_numbers)}."
    return (server.texts[which] if base is None else base) + f"\n{words}\n", words


def sentence(server: Server) -> float:
    """A changed sentence."""
    text, words = _sentence(server)
    server.write(text)
    return server.wait_at(server.candidate.address(server.paths[0]), words, patience=_START)


def link(server: Server) -> float:
    """A new link to another note."""
    words = f"measured link {next(_numbers)}"
    server.write(f"{server.texts[0]}\n{server.candidate.link(server.paths[1], words)}\n")
    return server.wait(f"{words}</a>")


def title(server: Server) -> float:
    """Another title."""
    words = f"Measured title {next(_numbers)}"
    server.write(re.sub(r"(?m)^([Tt]itle: ).*", rf'\1"{words}"', server.texts[0], count=1))
    return server.wait(words)


def tag(server: Server) -> float:
    """A tag that no note had before."""
    words = f"measured-tag-{next(_numbers)}"
    server.write(re.sub(r"(?m)^([Tt]ags: \[?)", rf"\1{words}, ", server.texts[0], count=1))
    return server.wait(words)


def new_note(server: Server) -> float:
    """A note that was not there; until its own page is served."""
    folder = server.paths[0].rpartition("/")[0]
    path = f"{folder}/new-{next(_numbers)}.md".lstrip("/")
    words = f"Measured note {next(_numbers)}."
    file = server.candidate.vault / path
    text = f'---\ntitle: "{words}"\n---\n\nA new note.\n\n{words}\n'
    try:
        file.write_text(text, encoding="utf-8")
        return server.wait_at(server.candidate.address(path), words)
    finally:
        server.rest()
        file.unlink()


def renamed(server: Server) -> float:
    """A sentence, saved by an editor that writes another file and renames it."""
    text, words = _sentence(server)
    note = server.candidate.vault / server.paths[0]
    other = note.with_name(f".{note.name}.swp")
    other.write_text(text, encoding="utf-8")
    begin = time.perf_counter()
    other.replace(note)
    return server.wait(words, since=begin)


KINDS: Final[Mapping[str, Callable[[Server], float]]] = {
    "a sentence": sentence,
    "a link": link,
    "a title": title,
    "a tag": tag,
    "a new note": new_note,
    "a sentence, by renaming": renamed,
}


def five_in_a_second(server: Server) -> float:
    """Five saves, one each 0.2 s; the longest time until one of them, or a later one, is seen."""
    address = server.candidate.address(server.paths[0])
    known: list[tuple[float, str]] = []
    waiting: list[tuple[float, str]] = []
    longest, begin = 0.0, time.perf_counter()
    while len(known) < 5 or waiting:
        if len(known) < 5 and time.perf_counter() - begin >= 0.2 * len(known):
            text, words = _sentence(server)
            server.write(text)
            known.append((time.perf_counter(), words))
            waiting.append(known[-1])
        page = server.page(address)
        now = time.perf_counter()
        seen = next((index for index in range(len(known) - 1, -1, -1) if known[index][1] in page), -1)
        shown = [save for save in waiting if known.index(save) <= seen]
        longest = max([longest, *(now - save[0] for save in shown)])
        waiting = [save for save in waiting if save not in shown]
        if now - begin > _PATIENCE:
            raise TimeoutError(f"{server.candidate.name} has not shown five saves in turn")
        time.sleep(_POLL)
    return longest


def two_at_once(server: Server) -> float:
    """Two notes saved together; until both are seen."""
    texts = [_sentence(server, which) for which in (0, 1)]
    for which, (text, _) in enumerate(texts):
        server.write(text, which)
    begin = time.perf_counter()
    return max(server.wait(words, which, begin) for which, (_, words) in enumerate(texts))


def _during(make: Callable[[Server], float], pause: float) -> Callable[[Server], float]:
    def during(server: Server) -> float:
        make(server)
        time.sleep(pause)
        text, words = _sentence(server, 1)
        server.write(text, 1)
        return server.wait(words, 1)

    return during


HASTE: Final[Mapping[str, Callable[[Server], float]]] = {
    "the slowest of five in a second": five_in_a_second,
    "two notes at once": two_at_once,
    "0.1 s after another sentence": _during(sentence, 0.1),
    "0.5 s after another sentence": _during(sentence, 0.5),
    "0.1 s after a title": _during(title, 0.1),
    "1 s after a title": _during(title, 1.0),
    "0.3 s after a new link": _during(link, 0.3),
}


def saves(server: Server, what: str) -> float:
    """Return the seconds of one save of a kind, made when the server is at rest."""
    for which, text in enumerate(server.texts):
        server.write(text, which)
    server.rest()
    # Some servers look for changes twice a second: a fixed rhythm would always meet the same moment.
    time.sleep(random.uniform(0, 0.5))
    return {**KINDS, **HASTE}[what](server)
