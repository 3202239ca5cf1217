"""Whole builds, timed as processes: against stock Pelican, with nothing changed, with one note edited.

Machines differ and are shared, so every figure is a ratio of two commands that took turns.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.peers import STOCK
from tests.bench.vaults import file, make_vault, name

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3


class Site:
    """A vault with an output folder and a cache of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.vault = make_vault(folder / "vault", count)

    def build(self) -> float:
        """Build, and return the seconds that it took."""
        cache = f'CACHE_PATH="{self.folder / "cache"}"'
        return timed(str(self.vault), "-s", "pelican.conf.py", "-o", str(self.folder / "out"), "-e", cache)

    def clean(self) -> None:
        """Remove output and cache."""
        subprocess.run(["rm", "-rf", self.folder / "out", self.folder / "cache"], check=True)

    def cold(self) -> float:
        """Build from nothing."""
        self.clean()
        return self.build()


def timed(*arguments: str) -> float:
    """Run Pelican and return the seconds that it took."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pelican", *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
    )
    return time.perf_counter() - begin


def in_turns(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """Run two measurements in turns and return their medians."""
    pairs = [(first(), second()) for _ in range(RUNS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


@pytest.fixture
def thousand(tmp_path: Path) -> Site:
    """A vault of 1,000 notes."""
    return Site(tmp_path, 1000)


def test_cold_is_quicker_than_stock_pelican(thousand: Site, tmp_path: Path) -> None:
    """1,000 notes from nothing take less time than stock Pelican with its simple theme needs for the same text."""
    plain = make_vault(tmp_path / "plain", 1000, link=lambda number: f"[note]({{filename}}/{file(number)})")
    (tmp_path / "stock.py").write_text(STOCK, encoding="utf-8")

    def stock() -> float:
        subprocess.run(["rm", "-rf", tmp_path / "stock"], check=True)
        return timed(str(plain), "-s", str(tmp_path / "stock.py"), "-o", str(tmp_path / "stock"))

    ours, theirs = in_turns(thousand.cold, stock)
    print(f"\ncold, 1,000 notes: {ours:.2f} s, stock Pelican {theirs:.2f} s, ratio {ours / theirs:.2f}")
    assert ours < theirs


def test_nothing_changed_costs_next_to_nothing(thousand: Site) -> None:
    """A build of 1,000 unchanged notes takes less than a tenth of a first one."""

    def unchanged() -> float:
        return thousand.build()

    cold, warm = in_turns(thousand.cold, unchanged)
    print(f"\nunchanged, 1,000 notes: {warm:.2f} s, cold {cold:.2f} s, ratio {warm / cold:.3f}")
    assert warm < cold / 10


def test_one_edited_note_costs_a_part(thousand: Site) -> None:
    """After an edit of one note of 1,000 a build takes less than half of a first one."""
    note = thousand.vault / "part-1" / f"{name(17)}.md"

    def edited() -> float:
        with note.open("a", encoding="utf-8") as file:
            file.write("\nOne more sentence.\n")
        return thousand.build()

    cold, edit = in_turns(thousand.cold, edited)
    print(f"\none note edited of 1,000: {edit:.2f} s, cold {cold:.2f} s, ratio {edit / cold:.2f}")
    assert edit < cold / 2


def test_time_per_note_does_not_grow(tmp_path: Path) -> None:
    """A note among 10,000 costs at most 1.2 times what it costs among 1,000."""
    small, large = Site(tmp_path / "small", 1000), Site(tmp_path / "large", 10000)
    few, many = in_turns(small.cold, large.cold)
    ratio = many / 10000 / (few / 1000)
    print(f"\nper note: {few:.2f} ms among 1,000 and {many / 10:.2f} ms among 10,000, ratio {ratio:.2f}")
    assert ratio <= 1.2
