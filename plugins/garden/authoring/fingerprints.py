"""How a problem is recognized again after an edit elsewhere in its note: by everything but its line and column."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from garden.model.diagnostic import Diagnostic

Identity = tuple[str, str, str]
"""A problem without its place in the note: path, id, message."""


def identity(problem: Diagnostic) -> Identity:
    """Return what identifies a problem, whatever lines are added or removed above it."""
    return problem.place.path, problem.code, problem.message


def fingerprinted(problems: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each problem with its fingerprint of 32 characters, which is unique in the report."""
    seen: Counter[Identity] = Counter()  # equal problems of one note are numbered
    for problem in problems:
        same = identity(problem)
        seen[same] += 1
        text = "\0".join((*same, str(seen[same])))
        yield problem, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
