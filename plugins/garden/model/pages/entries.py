"""What names a page elsewhere: in a sentence, a list, a relation; dates and feeds as they are shown."""

from enum import Enum

from msgspec import Struct


class Freshness(Enum):
    """How far a note has grown, as one mark shows it; the value is its word."""

    SEEDLING = "seedling"
    GROWING = "growing"
    EVERGREEN = "evergreen"
    STALE = "stale"


class Link(Struct, frozen=True):
    """A title and where it leads; `href` is empty for an unresolved target.

    Here and in everything else that shows a title, `lang` is its language, empty for that of the page it is on, and
    `draft` says that only a preview has the page (PB-8).
    """

    title: str
    href: str
    summary: str = ""
    lang: str = ""
    draft: bool = False


class DateView(Struct, frozen=True):
    """A date: `iso` for the `datetime` attribute, `text` for readers, in the language of its page."""

    iso: str
    text: str
    year: int  # as a number


class RevisionView(Struct, frozen=True):
    """A revision of a note.

    It has a `date`, an `author`, the first line of the commit message as `subject`, and the address of its changes
    as `href`, which is empty if they cannot be seen anywhere.
    """

    date: DateView
    author: str
    subject: str
    href: str = ""


class Card(Struct, frozen=True):
    """A page in a listing."""

    title: str
    href: str
    summary: str = ""
    date: DateView | None = None  # when it was written
    trail: tuple[str, ...] = ()  # titles from the root to the parent of the shortest trail
    lang: str = ""
    draft: bool = False


class Related(Struct, frozen=True):
    """One entry of a relation; `children` is one level of context below it, of which `left_out` are not named."""

    title: str
    href: str
    summary: str = ""
    implied: bool = False  # follows from other relations, is not written
    children: tuple["Related", ...] = ()
    count: int = 0  # notes in the branch below, the entry itself not counted
    lang: str = ""
    draft: bool = False
    left_out: int = 0


class FeedLinks(Struct, frozen=True):
    """Where a feed is to be had in each of its formats."""

    atom: str  # address
    rss: str  # address
    json: str  # address of the JSON Feed
