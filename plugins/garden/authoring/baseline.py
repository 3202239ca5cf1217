"""The baseline: the known problems of a vault, which `garden check` does not report.

The file has each problem by note, id and message, with the number of times that it occurs, but without its line. So an
edit elsewhere in a note does not bring it back, but one occurrence more is reported.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from garden.authoring.fingerprints import Identity, identity
from garden.model.diagnostic import Diagnostic
from garden.model.errors import AuthorError

_FORMAT: Final = "garden-baseline"

Baseline = Counter[Identity]
"""How often each problem is known to occur."""


class BaselineError(AuthorError):
    """A baseline cannot be read; the text says why and what to do."""


class BaselineComparison(NamedTuple):
    """The problems that are not in a baseline, the number of those that are, and how many of the baseline are gone."""

    new: list[Diagnostic]
    known: int
    solved: int


def compare_baseline(problems: Iterable[Diagnostic], baseline: Baseline) -> BaselineComparison:
    """Compare the problems of a vault, in the order of their places, with a baseline."""
    left = Baseline(baseline)  # what has not been found yet
    new = []
    known = 0
    for problem in problems:
        if left[identity(problem)] > 0:
            left[identity(problem)] -= 1
            known += 1
        else:
            new.append(problem)
    return BaselineComparison(new, known, sum(count for count in left.values() if count > 0))


def baseline_of(problems: Iterable[Diagnostic]) -> Baseline:
    """Return the baseline with all of these problems."""
    return Counter(map(identity, problems))


def baseline_text(baseline: Baseline) -> str:
    """Return the text of a baseline's file: sorted, with a line for each problem, so that its diffs can be read."""
    rows = [
        json.dumps({"path": path, "id": code, "message": message, "count": count}, ensure_ascii=False)
        for (path, code, message), count in sorted(baseline.items())
        if count > 0
    ]
    body = ",\n    ".join(rows)
    return f'{{\n  "format": "{_FORMAT}",\n  "problems": [\n    {body}\n  ]\n}}\n' if rows else _EMPTY


_EMPTY: Final = f'{{\n  "format": "{_FORMAT}",\n  "problems": []\n}}\n'


def read_baseline(file: Path) -> Baseline:
    """Return the baseline in a file. Raises BaselineError if there is no such file, or if it is something else."""
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise BaselineError(f"{file} is not a baseline of `garden check`: name another file")
        return Baseline(
            {(row["path"], row["id"], row["message"]): int(row["count"]) for row in content["problems"]}
        )
    except FileNotFoundError as error:
        raise BaselineError(f"there is no baseline {file}: write one with --update-baseline") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(
            f"{file} cannot be read as a baseline: {error}. Remove what a merge has left in it, or write it "
            "again with --update-baseline"
        ) from error
