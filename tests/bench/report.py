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

_PROMISES: Final = {"nothing changed": 0.1, "a sentence changed": 0.5}
"""What a build takes at most, in shares of a first one, in vaults of _ENOUGH notes."""

_ENOUGH: Final = 1000
_MOST_GROWTH: Final = 1.15
"""How many times as much a note among 10,000 takes, at most, as one among 1,000."""

_OURS: Final = "Garden"
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

    def processor(self, what: str, who: str) -> float | None:
        """Return the median of the processor time, None where it is not known."""
        runs = self.runs.get(what, {}).get(who)
        return statistics.median(run.processor for run in runs) or None if runs else None

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
                f"{goal:.2f}" if goal and base and who == _OURS else "",
            )
            yield f"| {' | '.join(cells)} |"
    for who, megabytes in figures.memory.items():
        if megabytes:
            yield f"| first build: memory of all processes, MB | {who} | {megabytes:.0f} | | | |"


def broken_promises(found: Sequence[Figures]) -> list[str]:
    """Return what we promise and do not keep: shares of our own first build, which hold on every machine."""
    broken = []
    for one in found:
        whole = one.median("first build", _OURS)
        if whole is None or one.corpus.size < _ENOUGH:
            continue
        for what, share in _PROMISES.items():
            taken = one.median(what, _OURS)
            if taken is not None and taken > share * whole:
                broken.append(
                    f"{one.corpus.name}: {what} takes {taken / whole:.2f} of a first build, not {share}"
                )
    growth = _growth(found, _OURS)
    if growth and growth[-1] > _MOST_GROWTH:
        broken.append(
            f"a note in the largest vault takes {growth[-1]:.2f} of one in a smaller vault, not {_MOST_GROWTH}"
        )
    return broken


def _growth(found: Sequence[Figures], who: str) -> tuple[Figures, Figures, float] | None:
    """Return the two largest generated vaults, and how many times as much a note of the larger one takes.

    In processor time, where it is known: it is not the same moment in which they are built.
    """
    sizes = sorted((one for one in found if one.corpus.count), key=lambda one: one.corpus.count)
    if len(sizes) < 2:
        return None
    few, many = sizes[-2:]
    small, large = (
        one.processor("first build", who) or one.median("first build", who) for one in (few, many)
    )
    return (few, many, large / many.corpus.count / (small / few.corpus.count)) if small and large else None


def per_note(found: Sequence[Figures]) -> str:
    """Return how what each note takes grows from one generated vault to the largest, empty if there is only one."""
    lines = []
    for who in found[-1].runs.get("first build", {}):
        if growth := _growth(found, who):
            few, many, ratio = growth
            lines.append(
                f"{who}: a note among {many.corpus.name} takes {ratio:.2f} of one among {few.corpus.name}\n"
            )
    return "".join(lines)
