"""Matches files with the setting `ignore`, and reports its patterns that match none (HC-1).

Such a pattern is most often a mistake, by which a folder that was meant to stay private is published.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fnmatch import translate

from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.names import fold

_WILDCARD = re.compile(r"[*?\[]")

_ALL_BELOW = re.compile(r"(?:/\*+)+$")
"""The end of a pattern that means everything in a folder."""

_MOST_DIFFERENT = 2
"""The maximum difference in length between a pattern and a name that is proposed instead."""


class IgnorePatterns:
    """The patterns of our settings, and those of Pelican's settings, which are not reported if they match nothing.

    Case is ignored: `Journal/*` matches the folder `journal`, too.
    """

    def __init__(self, patterns: Iterable[str], of_pelican: Iterable[str] = ()) -> None:
        own = list(dict.fromkeys(patterns))
        whole = "|".join(_expression(pattern) for pattern in (*own, *of_pelican))
        self._all = re.compile(whole) if whole else None
        # The patterns that have matched nothing so far, except for files that begin with a dot, which are left out anyway.
        self._unused = {
            pattern: re.compile(_expression(pattern))
            for pattern in own
            if not any(name.startswith(".") for name in _plain(pattern).split("/"))
        }
        self._seen: dict[str, str] = {}  # the paths that have been asked about, by their folded forms

    def match(self, path: str) -> bool:
        """Say whether a path of the vault is left out, and remember which patterns have matched."""
        if self._all is None:
            return False
        folded = fold(path)
        if self._unused:
            self._seen[folded] = path
        if not self._all.match(folded):
            return False
        for pattern in [each for each, expression in self._unused.items() if expression.match(folded)]:
            del self._unused[pattern]
        return True

    def problems(self) -> Iterator[Diagnostic]:
        """Yield the patterns that have matched nothing in the whole vault, each once."""
        for pattern in self._unused:
            if self._is_covered(fold(_plain(pattern))):
                continue
            near = self._near(pattern)
            yield Diagnostic(
                IN_SETTINGS,
                "ignore-unused",
                f'GARDEN["ignore"]: "{pattern}" matches nothing, so it leaves nothing out',
                f'did you mean "{near}"?'
                if near
                else "remove it, or write it as a path from the folder of notes on",
            )

    def _is_covered(self, plain: str) -> bool:
        """Say whether a folder in the pattern is left out itself, or exists and is merely empty."""
        parts = plain.split("/")
        above = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return _ALL_BELOW.sub("", plain) in self._seen or any(
            self._all is not None and self._all.match(folder) for folder in above
        )

    def _near(self, pattern: str) -> str:
        """Return a similar pattern that matches something, empty if there is none."""
        rest = _plain(pattern)
        while "/" in rest:  # a path from a folder above the vault on, such as `notes/journal/*`
            rest = rest.partition("/")[2]
            expression = re.compile(_expression(rest))
            if not _WILDCARD.search(rest.partition("/")[0]) and any(map(expression.match, self._seen)):
                return rest
        plain = _plain(pattern)
        folder = (
            _WILDCARD.split(plain, maxsplit=1)[0].rpartition("/")[0] if _WILDCARD.search(plain) else plain
        )
        depth = folder.count("/")
        names = {
            folded if "/" in plain else folded.rpartition("/")[2]: written
            for folded, written in self._seen.items()
            if "/" not in plain or folded.count("/") == depth
        }
        likely = [name for name in names if abs(len(name) - len(folder)) <= _MOST_DIFFERENT]
        found = get_close_matches(fold(folder), likely, n=1, cutoff=0.75) if folder else []
        if not found:
            return ""
        written = names[found[0]]
        return (written if "/" in plain else written.rpartition("/")[2]) + plain[len(folder) :]


def _plain(pattern: str) -> str:
    """Return a pattern without a `./` before it and slashes around it, which have no meaning."""
    return pattern.strip().removeprefix("./").strip("/")


def _expression(pattern: str) -> str:
    """Return the regular expression for the folded paths that a pattern matches."""
    # A pattern without a slash names a file or folder anywhere, as in .gitignore.
    plain = _plain(pattern)
    return ("" if "/" in plain else "(?:.*/)?") + translate(fold(plain))
