"""The figures of a comparison, as a table and as data."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.bench.corpus import Corpus
from tests.bench.measured import Taken

PLOTTED: Final = ("first build", "nothing changed", "save: a sentence")

_GOALS: Final = {"first build": 1.0, "nothing changed": 0.12, "save": 0.3}
"""By what is measured, or its first word, how many times what Hugo takes we want to take at most."""

_BASE: Final = "Hugo"


@dataclass(slots=True)
class Figures:
    """What was measured with one corpus: by what, then by whom, what each run took; and the megabytes of a first build."""

    corpus: Corpus
    runs: dict[str, dict[str, list[Taken]]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def add(self, what: str, who: str, taken: Taken) -> None:
        """Add a run."""
        self.runs.setdefault(what, {}).setdefault(who, []).append(taken)

    def has(self, what: str) -> bool:
        """Say whether something was measured."""
        return what in self.runs

    def seconds(self, what: str) -> Mapping[str, Sequence[float]]:
        """Return the seconds of all runs by whom."""
        return {who: [run.seconds for run in runs] for who, runs in self.runs[what].items()}

    def median(self, what: str, who: str) -> float | None:
        """Return the median of the seconds, None for what was not measured."""
        runs = self.runs.get(what, {}).get(who)
        return statistics.median(run.seconds for run in runs) if runs else None

    def as_data(self) -> dict[str, Any]:
        """Return everything for JSON."""
        return {
            "notes": self.corpus.name,
            "seconds": {what: self.seconds(what) for what in self.runs},
            "processor seconds": {
                what: {who: [run.processor for run in runs] for who, runs in by_whom.items()}
                for what, by_whom in self.runs.items()
                if any(run.processor for runs in by_whom.values() for run in runs)
            },
            "megabytes": self.memory,
        }


def table(figures: Figures) -> str:
    """Return medians with their spread, and how they relate to Hugo's, as a table in Markdown."""
    head = f"| {figures.corpus.name} | by | seconds: median (least–most) | of processor time | × {_BASE} | goal |"
    lines = [head, "|---|---|---:|---:|---:|---:|", *_rows(figures)]
    return "\n".join(lines)


def _rows(figures: Figures) -> Iterator[str]:
    for what, by_whom in figures.runs.items():
        base = figures.median(what, _BASE)
        for who, runs in by_whom.items():
            seconds = [run.seconds for run in runs]
            middle = statistics.median(seconds)
            spread = f"{middle:.3f} ({min(seconds):.3f}–{max(seconds):.3f})"
            processor = statistics.median(run.processor for run in runs)
            goal = _GOALS.get(what) or _GOALS.get(what.partition(":")[0])
            cells = (
                what,
                who,
                spread,
                f"{processor:.2f}" if processor else "",
                f"{middle / base:.2f}" if base else "",
                f"{goal:.2f}" if goal and base and who == "Garden" else "",
            )
            yield f"| {' | '.join(cells)} |"
    for who, megabytes in figures.memory.items():
        if megabytes:
            yield f"| first build: memory of all processes, MB | {who} | {megabytes:.0f} | | | |"


def per_note(found: Sequence[Figures]) -> str:
    """Return how the time for each note grows from the smallest generated vault to the largest, empty if there is only one."""
    sizes = sorted((one for one in found if one.corpus.count), key=lambda one: one.corpus.count)
    if len(sizes) < 2:
        return ""
    few, many = sizes[-2], sizes[-1]
    lines = []
    for who in many.runs.get("first build", {}):
        small, large = few.median("first build", who), many.median("first build", who)
        if small and large:
            ratio = large / many.corpus.count / (small / few.corpus.count)
            lines.append(
                f"{who}: a note among {many.corpus.name} takes {ratio:.2f} of one among {few.corpus.name}\n"
            )
    return "".join(lines)
