"""What is shown around the text of a note: where it belongs, what it contains, what cites it, how to go on."""

from msgspec import Struct

from garden.model.pages.entries import Card, DateView, FeedLinks, Freshness, Link, Related


class Relation(Struct, frozen=True):
    """All entries of one relation of a page; `name` is `up`, `down`, …, `x` or `siblings`.

    `direction` is one of the five, no matter what the relation is called, empty for none.
    """

    name: str
    label: str  # what readers see
    entries: tuple[Related, ...]  # in the order of HI-11
    direction: str = ""


class Trail(Struct, frozen=True):
    """A path from a root down to the parent; the page itself is not in it (HI-10).

    `relation` is the label of the field that leads up from the page, empty where a site has only one.
    """

    links: tuple[Link, ...]  # from the root on
    relation: str = ""


class Citation(Struct, frozen=True):
    """A sentence that cites the page, split at the citing words; `href` leads to the very place.

    `to` is the id of the heading or block of the page that is cited, empty for the page as a whole.
    """

    before: str  # text before the citing words
    cited: str  # the citing words
    after: str  # text after them
    href: str
    to: str = ""


class BacklinkView(Struct, frozen=True):
    """A page that links here; `relation` is the label of the typed relation, empty for a mention."""

    title: str
    href: str
    relation: str = ""
    citations: tuple[Citation, ...] = ()  # the sentences that cite this page
    lang: str = ""
    draft: bool = False


class Backlinks(Struct, frozen=True):
    """The pages that link to a page; without any sentence to show they are `brief`.

    `mentions` are those that no list of the page's relations names.
    """

    entries: tuple[BacklinkView, ...] = ()  # by title
    brief: bool = False
    mentions: tuple[BacklinkView, ...] = ()


class MatrixCell(Struct, frozen=True):
    """The entries of a relation that are written, or that are implied."""

    entries: tuple[Related, ...]  # the first ones
    left_out: int  # how many more there are


class MatrixRow(Struct, frozen=True):
    """A relation in the table of what is written and what is implied, in this order."""

    label: str  # what readers see of the relation
    cells: tuple[MatrixCell, MatrixCell]  # what is written, what is implied


class TocEntry(Struct, frozen=True):
    """A heading in the table of contents."""

    title: str
    href: str
    children: tuple["TocEntry", ...] = ()  # the headings below it


class TreeNode(Struct, frozen=True):
    """A page in a tree of the hierarchy, or a place such as a folder. `current` is the page being read.

    `children` may be cut; `count` is the number of notes in the whole branch below.
    """

    title: str
    href: str
    summary: str = ""
    children: tuple["TreeNode", ...] = ()
    count: int = 0
    current: bool = False
    lang: str = ""
    draft: bool = False
    freshness: Freshness | None = None  # None for a note that does not say


class ReadingPath(Struct, frozen=True):
    """Where a note is in a chain of `next` and `prev`; `position` counts from 1.

    `previous` and `next` are the neighbours in the chain, None at its ends.
    """

    position: int
    length: int  # how many notes are in the chain
    first: Link  # where it begins
    previous: Link | None = None
    next: Link | None = None


class Recommendation(Struct, frozen=True):
    """A page to go on to, and why, in words; the reason is empty where the order alone is one."""

    title: str
    href: str
    summary: str = ""
    reason: str = ""  # a sentence, translated
    lang: str = ""
    draft: bool = False


class OnwardLinks(Struct, frozen=True):
    """Where to go on from a page: to the pages before and after it, unless its relations name them, and to other pages."""

    previous: Recommendation | None = None  # the page before this one
    next: Recommendation | None = None  # the page after it
    read_next: tuple[Recommendation, ...] = ()  # up to three other pages


class BranchReading(Struct, frozen=True):
    """The ways to read a whole branch: as one page, as text, as a feed, as an e-book.

    `feeds` is None without dated notes; `book` is empty where the settings want no e-books.
    """

    count: int  # pages on the one page, at most
    href: str
    text: str  # address of the branch as plain text
    feeds: FeedLinks | None
    book: str = ""


class BranchFacts(Struct, frozen=True):
    """What there is below a page: `count` notes, `minutes` to read them all, the date of the newest.

    `start` is the note that most others of the branch link to, `cited` by how many; `recent` are the newest ones.
    `svg_html` draws the branch, empty where there is nothing to draw.
    """

    count: int
    minutes: int
    newest: DateView | None = None  # the date of the newest note
    start: Link | None = None
    cited: int = 0
    recent: tuple[Card, ...] = ()
    svg_html: str = ""


class LocalGraph(Struct, frozen=True):
    """A page with its neighbours as an SVG; `lines` are the names of the kinds of lines that it shows."""

    svg_html: str  # the drawing
    lines: tuple[str, ...]  # of "hierarchy", "sequence", "related" and "mention"
