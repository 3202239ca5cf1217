"""What a page shows around its text: trails, relations, backlinks, tables of contents, and where to go on."""

from msgspec import Struct

from garden.model.pages.entries import Card, DateView, FeedLinks, Freshness, Link, Related


class Relation(Struct, frozen=True):
    """All entries of one relation of a page.

    `name` is that of its field, in lower case, or `siblings`. `direction` is `up`, `down`, `same`, `next` or `prev`,
    whatever the field is called, empty for a relation without a direction.
    """

    name: str
    label: str  # what readers see
    entries: tuple[Related, ...]  # in the order of HI-11
    direction: str = ""


class Trail(Struct, frozen=True):
    """A path through the hierarchy, from a root to the parent of the page (HI-10).

    `relation` is the label of the field that leads up from the page, empty if the site has only one such field.
    """

    links: tuple[Link, ...]  # from the root on
    relation: str = ""


class Citation(Struct, frozen=True):
    """A sentence that links to the page, split at the text of the link; `href` leads to that place.

    `to` is the id of the heading or block of this page that the link leads to, empty for the page as a whole.
    """

    before: str  # the sentence before the link
    cited: str  # the text of the link
    after: str  # the sentence after the link
    href: str
    to: str = ""


class BacklinkView(Struct, frozen=True):
    """A page that links to this one; `relation` is the label of the relation, empty for a link in the text."""

    title: str
    href: str
    relation: str = ""
    citations: tuple[Citation, ...] = ()  # its sentences that link to this page
    lang: str = ""
    draft: bool = False


class Backlinks(Struct, frozen=True):
    """The pages that link to a page; `mentions` are those of them that are not among its relations."""

    entries: tuple[BacklinkView, ...] = ()  # sorted by title
    brief: bool = False  # whether none of them has a sentence to show
    mentions: tuple[BacklinkView, ...] = ()


class MatrixCell(Struct, frozen=True):
    """The entries of a relation, either those that are written in notes or those that are implied."""

    entries: tuple[Related, ...]  # the first of them
    left_out: int  # how many more there are


class MatrixRow(Struct, frozen=True):
    """A row of the table of relations: a relation with its written and its implied entries."""

    label: str  # the relation, as readers see it
    cells: tuple[MatrixCell, MatrixCell]  # the written entries, the implied entries


class TocEntry(Struct, frozen=True):
    """A heading in the table of contents."""

    title: str
    href: str
    children: tuple["TocEntry", ...] = ()  # the headings below it


class TreeNode(Struct, frozen=True):
    """A page in a tree of the hierarchy, or a folder. `current` marks the page that is being read.

    `children` may be incomplete; `count` is the number of notes in the whole branch below.
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
    """The place of a note in a chain of notes that `next` and `prev` connect.

    `previous` and `next` are its neighbours in the chain, None at the ends.
    """

    position: int  # of the note in the chain, from 1 on
    length: int  # number of notes in the chain
    first: Link  # the first note of the chain
    previous: Link | None = None
    next: Link | None = None


class Recommendation(Struct, frozen=True):
    """A page to go on to, and the reason; it is empty if the page simply comes next."""

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

    `feeds` is None if no note has a date; `book` is empty if the settings turn e-books off.
    """

    count: int  # how many notes the page has at most
    href: str  # address of the one page
    text: str  # address of the branch as plain text
    feeds: FeedLinks | None
    book: str = ""


class BranchFacts(Struct, frozen=True):
    """What there is below a page."""

    count: int  # number of notes
    minutes: int  # to read them all
    newest: DateView | None = None  # the date of the newest note
    start: Link | None = None  # the note to begin with: most others of the branch link to it
    cited: int = 0  # how many of them do
    recent: tuple[Card, ...] = ()  # the newest notes
    svg_html: str = ""  # a drawing of the branch, empty if there is nothing to draw


class LocalGraph(Struct, frozen=True):
    """A drawing of a page with its neighbours; `lines` are the kinds of lines in it, for the key of the drawing."""

    svg_html: str  # the drawing
    lines: tuple[str, ...]  # some of "hierarchy", "sequence", "related" and "mention"
