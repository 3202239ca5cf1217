"""A feed and its entries, before any format: what Atom, RSS and JSON Feed all tell a reader.

Addresses are complete wherever the site's own is known; moments are in UTC.
"""

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from garden.model.pages.page import Picture

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: formats ask for a moment all the same."""


class FeedEntry(Struct, frozen=True):
    """A note in a feed; `html` is its whole text, without scripts.

    `id` is the first address that the note ever had, so that a reader does not take a note that was
    renamed for a new one. `updated` is what its author says, never the time of a build.
    """

    id: str
    address: str
    title: str
    published: datetime
    updated: datetime
    html: str
    summary: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()  # category and tags
    picture: Picture | None = None


class Feed(Struct, frozen=True):
    """The newest notes of a page; `address` is that of the feed in the format that is written."""

    id: str
    title: str
    address: str
    page: str  # what the feed belongs to: the home page, a category, a branch
    language: str
    author: str
    description: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest change was: no clock is asked."""
        return max((entry.updated for entry in self.entries), default=NEVER)
