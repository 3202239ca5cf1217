"""`make bench` and `make bench-peers`: our builds and saves, and those of other generators, in turn, on the same text.

Machines differ and are shared, so what counts is the ratio within one run of this program, and processor time. What the
peers are given is in `peers.py`, what is edited in `saves.py`. If we break a promise of `report.py`, the exit code is 1.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from tests.bench.corpus import Corpus
from tests.bench.measured import Taken, measured, peak_memory
from tests.bench.peers import CANDIDATES, ROOT, Candidate
from tests.bench.plot import plot
from tests.bench.report import PLOTTED, Figures, broken_promises, per_note, table
from tests.bench.saves import HASTE, KINDS, Server, saves, sentence, serving

_ENVIRONMENT: Final = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}


def first_build(candidate: Candidate, run: int) -> Taken:
    """Build from nothing."""
    del run
    for folder in candidate.clean:
        shutil.rmtree(folder, ignore_errors=True)
    return _built(candidate)


def nothing_changed(candidate: Candidate, run: int) -> Taken:
    """Build again."""
    del run
    return _built(candidate)


def sentence_changed(candidate: Candidate, run: int) -> Taken:
    """Build after a change of a sentence."""
    note = candidate.vault / candidate.edited[0]
    text = note.read_text(encoding="utf-8")
    note.write_text(f"{text}\nMeasured sentence {run}.\n", encoding="utf-8")
    try:
        return _built(candidate)
    finally:
        note.write_text(text, encoding="utf-8")


BUILDS: Final[Mapping[str, Callable[[Candidate, int], Taken]]] = {
    "first build": first_build,
    "nothing changed": nothing_changed,
    "a sentence changed": sentence_changed,
}


def _built(candidate: Candidate) -> Taken:
    return measured(lambda: _run(candidate.build, candidate.folder))


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, env=_ENVIRONMENT, check=False)
    if done.returncode not in (0, 1):  # ours says 1 if there are errors in notes; the site is complete
        sys.exit(f"{' '.join(command)} has failed:\n{done.stderr.decode(errors='replace')[-2000:]}")


def compare_builds(candidates: Sequence[Candidate], runs: int, figures: Figures) -> None:
    """Build with each generator in turn."""
    for what, build in BUILDS.items():
        for run in range(runs):
            _tell(f"{what}, {run + 1} of {runs}")
            for candidate in candidates:
                figures.add(what, candidate.name, build(candidate, run))
    for candidate in candidates:
        for folder in candidate.clean:
            shutil.rmtree(folder, ignore_errors=True)
        figures.memory[candidate.name] = peak_memory(candidate.build, candidate.folder, _ENVIRONMENT)


def compare_saves(candidates: Sequence[Candidate], runs: int, figures: Figures, kinds: Sequence[str]) -> None:
    """Save notes while all generators serve, each in its turn."""
    with ExitStack() as stack:
        servers: list[Server] = []
        for candidate in candidates:
            _tell(f"starting to serve: {candidate.name}")
            with serving(candidate, _ENVIRONMENT) as server:
                figures.add("started: until a page is served", candidate.name, Taken(server.start()))
                server.rest()
            server = stack.enter_context(serving(candidate, _ENVIRONMENT))
            figures.add("started again: until a page is served", candidate.name, Taken(server.start()))
            figures.add("saved right after that", candidate.name, Taken(sentence(server)))
            server.rest()
            servers.append(server)
        for what in kinds:
            unable: set[str] = set()  # who does not show such a change
            for run in range(runs):
                _tell(f"save: {what}, {run + 1} of {runs}")
                for server in servers:
                    name = server.candidate.name
                    if name not in unable:
                        try:
                            figures.add(f"save: {what}", name, Taken(saves(server, what)))
                        except TimeoutError as error:
                            unable.add(name)
                            print(error, file=sys.stderr)


def _tell(what: str) -> None:
    """Say what is being measured: all of it takes minutes."""
    print(f"{what} …", file=sys.stderr, flush=True)


def compare(corpus: Corpus, options: argparse.Namespace) -> Figures:
    """Measure everything with the notes of a corpus."""
    figures = Figures(corpus)
    with tempfile.TemporaryDirectory() as folder:
        known = {make.__name__: make for make in CANDIDATES}
        candidates = [known[name](Path(folder), corpus) for name in ("ours", *options.peers)]
        if not options.only_saves:
            compare_builds(candidates, options.runs, figures)
        kinds = [*KINDS, *(HASTE if options.haste else ())]
        compare_saves([one for one in candidates if one.serve], options.runs, figures, kinds)
    return figures


def main() -> int:
    """Measure, print the tables and write the figures; return 1 if a promise is broken."""
    peers = [make.__name__ for make in CANDIDATES[1:]]
    parser = argparse.ArgumentParser(
        description="Compare builds and saves with those of other generators, in turn."
    )
    parser.add_argument("--notes", type=int, nargs="*", metavar="N", help="how many generated notes")
    parser.add_argument("--vault", type=Path, nargs="*", default=[], help="real vaults, which are copied")
    parser.add_argument("--alone", action="store_true", help="measure ours alone")
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument(
        "--peers", nargs="*", choices=peers, help="with whom (default: all; with real vaults Hugo)"
    )
    parser.add_argument("--haste", action="store_true", help="also measure saves that follow each other")
    parser.add_argument("--only-saves", action="store_true", help="measure no builds")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--plot", type=Path, help="draw the main ones into this file, as SVG")
    options = parser.parse_args()
    if options.notes is None:
        options.notes = [] if options.vault else [100, 1000, 10_000] if options.alone else [1000]
    if options.peers is None or options.alone:
        options.peers = [] if options.alone else ["hugo"] if options.vault else peers
    corpora = [*map(Corpus, options.notes), *(Corpus(real=vault) for vault in options.vault)]
    found: list[Figures] = []
    for corpus in corpora:
        found.append(compare(corpus, options))
        print(table(found[-1]), end="\n\n", flush=True)
    print(per_note(found), end="")
    cores = os.cpu_count()
    if options.json:
        about: dict[str, Any] = {"machine": platform.machine(), "cores": cores, "runs": options.runs}
        about["corpora"] = [figures.as_data() for figures in found]
        options.json.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    if options.plot:
        label = f"Seconds on {cores} cores: medians of {options.runs} runs in turn"
        rows = {
            f"{what}, {one.corpus.name}": one.seconds(what)
            for one in found
            for what in PLOTTED
            if one.has(what)
        }
        options.plot.write_text(plot(rows, label), encoding="utf-8")
    broken = broken_promises(found)
    print("".join(f"BROKEN PROMISE: {promise}\n" for promise in broken), end="")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
