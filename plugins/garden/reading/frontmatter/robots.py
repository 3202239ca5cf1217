"""Reads a note's directives for search engines: `robots: noindex, nofollow`, or `noindex: true` (FM-18)."""

import re
from typing import Final

_KNOWN: Final = frozenset(
    "all index follow none noindex nofollow noarchive nosnippet noimageindex notranslate indexifembedded".split()
)
_WITH_VALUE: Final = re.compile(
    r"max-snippet:-?\d+|max-image-preview:(?:none|standard|large)|max-video-preview:-?\d+"
    r"|unavailable_after:[\w:.+-]+"
)
_PUBLIC: Final = frozenset(("", "false", "no", "off", "0"))


def robots_directives(robots: str, noindex: str) -> str:
    """Return the directives of a note, separated by commas, empty for the default.

    An unknown word counts as `noindex`, so that a misspelling does not expose a page to search engines.
    """
    if not (robots or noindex):
        return ""
    words = re.split(r"[\s,]+", re.sub(r":\s+", ":", robots.strip().lower()))
    known = (word if word in _KNOWN or _WITH_VALUE.fullmatch(word) else "noindex" for word in words if word)
    found = dict.fromkeys(known)
    if noindex.strip().lower() not in _PUBLIC:
        found["noindex"] = None
    return ", ".join(found)
