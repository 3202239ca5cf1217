"""The few words that pages of ours bring along themselves; templates have their own."""

from typing import Final

SIBLINGS: Final = "Siblings"
TAGS: Final = "Tags"
CATEGORIES: Final = "Categories"
AUTHORS: Final = "Authors"
ARCHIVE: Final = "Archive"
MAP: Final = "Map"
GRAPH: Final = "Graph"
SEARCH: Final = "Search"
NOT_FOUND: Final = "Page not found"
