"""Splitting the destination of a link, from `[[destination]]` or `(destination)`, into a Target (WL-1, WL-3, WL-13)."""

import re
from urllib.parse import unquote

from garden.model.names import without_ending
from garden.model.note import Target

# A destination that names neither a note nor a heading or block.
_NOTHING = re.compile(r"(?:#[\s#^]*)?")
_MAY_BE_NOTHING = frozenset(("", "#"))


def split_wikilink(inner: str) -> tuple[str, str] | None:
    r"""Return the destination and the display text of `[[inner]]`, or None if it is not a link (WL-2).

    They are separated by the first `|`, or `\|` in a table (WL-9), and trimmed.
    """
    before, bar, after = inner.partition("|")
    if bar and before.endswith("\\"):
        before = before[:-1]
    destination = before.strip()
    if destination[:1] in _MAY_BE_NOTHING and _NOTHING.fullmatch(destination):
        return None
    return destination, after.strip()


def wiki_target(destination: str) -> Target:
    """Return the Target of a wiki-link's trimmed destination."""
    path, _, fragment = destination.partition("#")
    return _target(_without_md(path.strip()), fragment)


def markdown_target(destination: str) -> Target:
    """Return the Target of a Markdown link's destination: split at `#`, then percent-decoded."""
    path, _, fragment = destination.partition("#")
    decoded = unquote(fragment)
    target = _target(_without_md(unquote(path).strip()), decoded)
    return Target(target.path, target.headings, target.block, decoded)


def _target(path: str, fragment: str) -> Target:
    """Return the Target of a path and of what follows `#`."""
    if not fragment:
        return Target(path)
    if fragment.strip().startswith("^"):
        return Target(path, block=fragment.strip()[1:].strip().lower())
    headings = tuple(part.strip() for part in fragment.split("#") if part.strip())
    # `[[n#A#^b]]` is a block below a heading: the block alone decides.
    if headings and headings[-1].startswith("^"):
        return Target(path, block=headings[-1][1:].strip().lower())
    return Target(path, headings)


def _without_md(path: str) -> str:
    """Return a path without the ending of a note, and without spaces before that ending."""
    short = without_ending(path)
    return short if short == path else short.rstrip()
