"""A feed and its entries, independent of the format: what Atom, RSS and JSON Feed have in common.

Addresses are absolute if the site's own address is known; times are in UTC.
"""

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from garden.model.pages.page import Picture

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of the last update of a feed without entries, since formats require one."""


class FeedEntry(Struct, frozen=True):
    """A note in a feed; `html` is its whole text, without scripts.

    `id` is the first address that the note ever had, so that feed readers do not show a renamed note as a new one.
    `updated` is a date of the note, never the time of a build.
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
    """A feed of the newest notes of a page; `address` is that of the feed itself, in the format that is written."""

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
        """The time of the newest change, and not of the build, so that a build of the same notes gives the same bytes."""
        return max((entry.updated for entry in self.entries), default=NEVER)
