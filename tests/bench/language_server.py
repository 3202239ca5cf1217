"""How long `garden lsp` needs for a key press, as a program: `python tests/bench/language_server.py --help`.

An editor opens a note of a generated vault (or one of your own) and types a paragraph with links, tags and headings,
character by character; after each it waits for the problems, and where a name is typed it asks what completes it. Both the
time that passes and the processor time of the server are both given: on a busy machine only the latter means something.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.vaults import make_vault
from tests.support.language_client import LanguageClient

TYPED = (
    "\n\nA paragraph about [[note-7]] and [[No",
    "te-8|that one]], with #ta",
    "g and [a link](note-9.md).\n\nup:: [[note-1",
    "]]\n\n## A heading\n\nMore words, **bold** and `code`, and ![[note-12",
    "#Part]]\n\n- [ ] a task [[nobody",
    "]]\n",
)
LIMIT = 50.0
"""Milliseconds that a key press may take."""


def cpu(process: int) -> float:
    """Milliseconds of processor time that the threads of a process have taken."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


def reported(name: str, times: list[tuple[float, float, str]]) -> float:
    """Print what was measured, time and processor time with the line that was typed; return the 95th percentile."""
    columns = []
    for at, what in enumerate(("passed", "processor")):
        ordered = sorted(time[at] for time in times)
        p95 = ordered[int(len(ordered) * 0.95)]
        columns.append(
            f"{what}: median {statistics.median(ordered):5.1f}, p95 {p95:5.1f}, most {ordered[-1]:6.1f} ms"
        )
        if at == 0:
            longest = p95
    slowest = max(times, key=lambda time: time[1])
    print(f"{name:11} {len(times):4}×  {'   '.join(columns)} ({slowest[2]!r})")
    return longest


def measure(client: LanguageClient, note: str) -> list[float]:
    """Type and ask; return the 95th percentiles."""
    text = client.open(note)
    client.diagnostics(note)
    times: dict[str, list[tuple[float, float, str]]] = {"diagnostics": [], "completion": []}

    def timed(kind: str, work: Callable[[], object]) -> None:
        before, start = cpu(client.process_id), time.perf_counter()
        work()
        passed = (time.perf_counter() - start) * 1000
        times[kind].append((passed, cpu(client.process_id) - before, text.rpartition("\n")[2]))

    for part in TYPED:
        client.save(note, text)  # the whole vault is read again while the next words are typed
        for character in part:
            text += character

            def type_it() -> None:
                client.change(note, text)  # noqa: B023 (called at once)
                client.diagnostics(note)

            timed("diagnostics", type_it)
            line = text.rpartition("\n")[2]
            if "[[" in line or "#" in line:
                timed("completion", lambda: client.at("completion", note, text.count("\n"), len(line)))  # noqa: B023 (the same)
    return [reported(kind, found) for kind, found in times.items()]


def main() -> int:
    """Measure; return 1 when a key press takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--vault", type=Path, help="a vault of your own, of which a copy is opened")
    parser.add_argument("--note", help="the note to type in (default: the longest)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        if arguments.vault:
            shutil.copytree(arguments.vault, vault, symlinks=True)
        else:
            make_vault(vault, arguments.notes)
        notes = sorted(vault.rglob("*.md"), key=lambda note: note.stat().st_size)
        note = arguments.note or notes[-1].relative_to(vault).as_posix()
        print(f"{len(notes)} notes, typing in {note} of {(vault / note).stat().st_size} bytes")
        client = LanguageClient(vault)
        try:
            longest = max(measure(client, note))
        finally:
            client.close()
    return longest > LIMIT


if __name__ == "__main__":
    sys.exit(main())
