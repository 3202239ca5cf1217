"""`make bench-peers`: our builds and those of other generators, in turn, on the same text.

Machines differ and are shared, so what counts is the ratio within one run of this program. What the peers are
given is in `peers.py`.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.peers import CANDIDATES, EDITED, PORT, ROOT, Candidate
from tests.bench.plot import plot
from tests.bench.vaults import name


def cold(candidate: Candidate) -> float:
    """Build from nothing and return the seconds that it took."""
    for folder in candidate.clean:
        shutil.rmtree(folder, ignore_errors=True)
    return _run(candidate)


def unchanged(candidate: Candidate) -> float:
    """Build again and return the seconds that it took."""
    return _run(candidate)


def _run(candidate: Candidate) -> float:
    begin = time.perf_counter()
    subprocess.run(candidate.build, cwd=candidate.folder, check=True, capture_output=True, env=_environment())
    return time.perf_counter() - begin


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "plugins")}


def saves(candidate: Candidate, runs: int) -> list[float]:
    """Return the seconds from the end of each write to the new text in the page that is served."""
    note = next(candidate.vault.rglob(f"{name(EDITED)}.md"))
    process = subprocess.Popen(
        candidate.serve,
        cwd=candidate.folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(candidate.address, b"<h1", 120)
        time.sleep(3)
        found = []
        for run in range(runs):
            words = f"Measured sentence {run} of {time.time_ns()}."
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\n{words}\n")
            found.append(_wait(candidate.address, words.encode(), 60))
            time.sleep(2)  # what it still does in the background belongs to this save and not to the next
        return found
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address: str, text: bytes, seconds: float) -> float:
    """Ask for a page every 5 ms until it has a text; return the seconds that it took."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
        with suppress(OSError, HTTPException):
            connection.request("GET", address)
            if text in connection.getresponse().read():
                return time.perf_counter() - begin
        connection.close()
        time.sleep(0.005)
    raise TimeoutError(f"{address} has not shown {text!r} for {seconds} s")


def main() -> None:
    """Measure, print the table and write the figures."""
    known = {make.__name__: make for make in CANDIDATES[1:]}
    parser = argparse.ArgumentParser(description="Compare builds with those of other generators, in turn.")
    parser.add_argument("--notes", type=int, default=1000, help="notes of the vault (default: 1000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument(
        "--peers", nargs="*", default=list(known), choices=list(known), help="with whom (default: all)"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--plot", type=Path, help="draw them into this file, as SVG")
    options = parser.parse_args()
    figures: dict[str, dict[str, list[float]]] = {"cold": {}, "nothing changed": {}, "save": {}}
    with tempfile.TemporaryDirectory() as folder:
        chosen = [CANDIDATES[0], *(known[peer] for peer in options.peers)]
        candidates = [make(Path(folder), options.notes) for make in chosen]
        for what, measure in (("cold", cold), ("nothing changed", unchanged)):
            for _ in range(options.runs):
                for candidate in candidates:
                    figures[what].setdefault(candidate.name, []).append(measure(candidate))
        for candidate in candidates:
            if candidate.serve:
                figures["save"][candidate.name] = saves(candidate, options.runs)
    print(table(figures, options.notes))
    cores = os.cpu_count()
    if options.json:
        about = {"notes": options.notes, "machine": platform.machine(), "cores": cores}
        options.json.write_text(
            json.dumps({"about": about, "seconds": figures}, indent=1) + "\n", encoding="utf-8"
        )
    if options.plot:
        label = f"Builds of {options.notes:,} notes on {cores} cores: medians of {options.runs} runs in turn"
        options.plot.write_text(plot(figures, label), encoding="utf-8")


def table(figures: dict[str, dict[str, list[float]]], notes: int) -> str:
    """Return the medians with their spread and the ratio to Hugo's, or without it to ours, as a table in Markdown."""
    base_name = "Hugo" if "Hugo" in figures["cold"] else "Garden"
    lines = [f"| {notes:,} notes | median (least–most), seconds | to {base_name} |", "|---|---:|---:|"]
    for what, seconds in figures.items():
        base = statistics.median(seconds[base_name])
        for candidate, runs in seconds.items():
            middle = statistics.median(runs)
            spread = f"{middle:.2f} ({min(runs):.2f}–{max(runs):.2f})"
            lines.append(f"| {what}: {candidate} | {spread} | {middle / base:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
