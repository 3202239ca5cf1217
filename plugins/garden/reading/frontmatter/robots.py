"""What a note asks search engines to do: `robots: noindex, nofollow`, or `noindex: true` (FM-18)."""

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

    A word that is not known counts as `noindex`: what an author wants to keep out of search engines
    must not get into them by a misspelling.
    """
    if not (robots or noindex):
        return ""
    words = re.split(r"[\s,]+", re.sub(r":\s+", ":", robots.strip().lower()))
    known = (word if word in _KNOWN or _WITH_VALUE.fullmatch(word) else "noindex" for word in words if word)
    found = dict.fromkeys(known)
    if noindex.strip().lower() not in _PUBLIC:
        found["noindex"] = None
    return ", ".join(found)
