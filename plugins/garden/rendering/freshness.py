"""How finished a note is, as one of four states: seedling, growing, evergreen, stale.

It depends on the properties of the note, and on its date if a setting names the day before which unfinished notes
count as stale. The clock does not matter (HC-7). A note without such properties has no state.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from garden.model.note import Document
from garden.model.pages.entries import Freshness
from garden.model.settings import Settings

_WORDS: Final[Mapping[str, Freshness]] = MappingProxyType(
    dict.fromkeys("seedling seed sprout sprouting stub idea fleeting raw 🌱".split(), Freshness.SEEDLING)
    | dict.fromkeys(
        "growing budding bud sapling developing wip in-progress draft incubating 🌿 🪴".split(),
        Freshness.GROWING,
    )
    | dict.fromkeys(
        "evergreen finished complete completed done mature stable permanent tree 🌲 🌳".split(),
        Freshness.EVERGREEN,
    )
    | dict.fromkeys(
        "stale outdated obsolete old withered deprecated needs-update wilting 🥀 🍂".split(), Freshness.STALE
    )
)
"""Authors' words for the state of a note, in lower case and with `-` for spaces."""

_UNFINISHED: Final = ("citation_needed", "citation-needed", "todo")
"""Properties that say, unless they are empty or false, that a note is not finished."""

_NOTHING: Final = ("", "false", "no", "none", "0", "[]", "{}")
"""The values of a property that are empty or false, as text."""


def freshness(document: Document, settings: Settings) -> Freshness | None:
    """Return how finished a note is, None if it does not say."""
    stated = _stated(document, settings)
    if stated is Freshness.STALE:
        return stated
    # A note that lacks a source, or has something left to do, is not finished, whatever its author calls it.
    seems_finished = stated in (None, Freshness.EVERGREEN)
    found = Freshness.GROWING if seems_finished and _is_unfinished(document) else stated
    if found in (None, Freshness.EVERGREEN) or not settings.stale_before:
        return found
    changed = document.meta.modified or document.meta.date
    return Freshness.STALE if changed and changed.iso[:10] < settings.stale_before else found


def _stated(document: Document, settings: Settings) -> Freshness | None:
    """Return the state by the property that the settings name, or else by the status."""
    for wanted in (settings.maturity.casefold(), "status"):
        value = _property(document, wanted)
        for word in value if isinstance(value, list | tuple) else [value]:
            written = "-".join(str(word if word is not None else "").strip().lower().split())
            # The word alone, an emoji before other words, or a word after one, such as "🌱 seedling".
            for part in (written, written[:1], written.partition("-")[2]):
                if part in _WORDS and not (wanted == "status" and part == "draft"):
                    return _WORDS[part]
    return None


def _is_unfinished(document: Document) -> bool:
    found = (_property(document, key) for key in _UNFINISHED)
    return any(value is not None and str(value).strip().lower() not in _NOTHING for value in found)


def _property(document: Document, wanted: str) -> object:
    """Return the value of a property, whatever the case of its key."""
    properties = document.meta.properties.items()
    return next((value for key, value in properties if wanted and key.strip().casefold() == wanted), None)
