"""Destinations beyond the vault: which are, which may be linked, and what their links look like."""

import re

from garden.model.settings import ReadingSettings
from garden.reading.syntax.engine.serialize import slot

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):|//")
# Where the HTML of notes is not trusted, no other scheme is: `javascript:` and `data:` are programs (HT-1).
_HARMLESS = frozenset(("http", "https", "mailto", "tel"))
# Browsers read a destination without them.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\ufeff]+")


def is_external(destination: str) -> bool:
    """Say whether a destination names another site or another protocol."""
    return _SCHEME.match(destination) is not None


def may_lead_to(destination: str, settings: ReadingSettings) -> bool:
    """Say whether a link may have this destination; where raw HTML is off, not everything may."""
    if settings.raw_html:
        return True
    match = _SCHEME.match(_IGNORED.sub("", destination))
    return match is None or match[1] is None or match[1].lower() in _HARMLESS


def external_link(destination: str, title: str = "", kind: str = "") -> dict[str, str]:
    """Return the attributes of a link that leaves the site; `kind` is a further class.

    The address of another site is a gap, since pages list them (`printed-links`).
    """
    named = {"title": title} if title else {}
    if destination.lower().startswith("mailto:"):
        return {"href": destination} | named
    return (
        {"href": slot("outside", destination)}
        | named
        | {"class": f"external {kind}".rstrip(), "rel": "noopener"}
    )
