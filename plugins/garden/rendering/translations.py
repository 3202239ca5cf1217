"""The few words that pages of ours bring along themselves, in the reader's language.

A theme has a catalogue for each language that it knows; the words here are also in it, and stand
in for it where there is none.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

Words = Callable[[str], Mapping[str, str]]
"""Gives the words of a language (a BCP 47 tag) by key; words that it lacks are English."""

ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "siblings": "Siblings",
        "tags": "Tags",
        "categories": "Categories",
        "authors": "Authors",
        "archive": "Archive",
        "undated": "Undated",
        "map": "Map",
        "graph": "Graph",
        "search": "Search",
        "not_found": "Page not found",
        "line_mention": "mention",
        "source": "Source",
        "diagram": "Diagram",
        "diagram_source": "Source of the diagram",
        "not_rendered": "not rendered",
        "not_available": "not available",
        "explicit": "explicit",
        "implied": "implied",
        "rel_up": "Part of",
        "rel_down": "Contains",
        "rel_same": "Same topic",
        "rel_next": "Next",
        "rel_prev": "Previous",
        "rel_x": "Related",
    }
)


def english(_language: str) -> Mapping[str, str]:
    """Return the English words, whatever the language."""
    return ENGLISH
