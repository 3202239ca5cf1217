"""How other pages show a page: as a link, in a list, in a relation; and how they show dates and feeds."""

from enum import Enum

from msgspec import Struct


class Freshness(Enum):
    """How finished a note is, which pages show with a mark; the value is the name of the mark."""

    SEEDLING = "seedling"
    GROWING = "growing"
    EVERGREEN = "evergreen"
    STALE = "stale"


class Link(Struct, frozen=True):
    """A link to a page: its title and its address, which is empty for a target that does not exist.

    Here and everywhere else, `lang` is the language of a title, empty for that of the page it is on, and `draft` says that
    only a preview has the page (PB-8).
    """

    title: str
    href: str
    summary: str = ""
    lang: str = ""
    draft: bool = False


class DateView(Struct, frozen=True):
    """A date: `iso` for the `datetime` attribute, `text` for readers, in the language of the page it is on."""

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
    """One entry of a relation; `children` are the pages directly below it, of which `left_out` more are not listed."""

    title: str
    href: str
    summary: str = ""
    implied: bool = False  # it follows from other relations and is not written in a note
    children: tuple["Related", ...] = ()
    count: int = 0  # notes in the branch below, the entry itself not counted
    lang: str = ""
    draft: bool = False
    left_out: int = 0


class FeedLinks(Struct, frozen=True):
    """The addresses of a feed in each of its formats."""

    atom: str  # address
    rss: str  # address
    json: str  # address of the JSON Feed
