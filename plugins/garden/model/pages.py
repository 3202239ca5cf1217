"""What a template gets: finished pages, every address ready to be an attribute value.

Templates never query and never compose an address. Text fields are plain text (Jinja escapes
them); fields named `*_html` are markup made by the core.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from garden.model.names import SaveAs, Url


class Freshness(Enum):
    """How far a note has grown, as one mark shows it; the value is its word."""

    SEEDLING = "seedling"
    GROWING = "growing"
    EVERGREEN = "evergreen"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Link:
    """A title and where it leads; `href` is empty for an unresolved target.

    Here and in everything else that shows a title, `lang` is its language, empty for that of the page it is on, and
    `draft` says that only a preview has the page (PB-8).
    """

    title: str
    href: str
    summary: str = ""
    lang: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class DateView:
    """A date: `iso` for the `datetime` attribute, `text` for readers, in the language of its page."""

    iso: str
    text: str
    year: int


@dataclass(frozen=True, slots=True)
class Card:
    """A page in a listing."""

    title: str
    href: str
    summary: str = ""
    date: DateView | None = None
    trail: tuple[str, ...] = ()  # titles from the root to the parent of the shortest trail
    lang: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """One entry of a relation; `children` is one level of context below it, of which `left_out` are not named."""

    title: str
    href: str
    summary: str = ""
    implied: bool = False
    children: tuple["Related", ...] = ()
    count: int = 0  # notes in the branch below, the entry itself not counted
    lang: str = ""
    draft: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """All entries of one relation of a page; `name` is `up`, `down`, …, `x` or `siblings`.

    `direction` is one of the five, no matter what the relation is called, empty for none.
    """

    name: str
    label: str
    entries: tuple[Related, ...]
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """A path from a root down to the parent; the page itself is not in it (HI-10).

    `relation` is the label of the field that leads up from the page, empty where a site has only one.
    """

    links: tuple[Link, ...]
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence that cites the page, split at the citing words; `href` leads to the very place.

    `to` is the id of the heading or block of the page that is cited, empty for the page as a whole.
    """

    before: str
    cited: str
    after: str
    href: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A note in one of its languages (TI-7); `title` is what the language calls itself, `absolute` the whole address."""

    title: str
    href: str
    lang: str
    absolute: str


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """Where a feed is to be had in each of its formats."""

    atom: str
    rss: str
    json: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that other sites show beside a link to a page; sizes are in pixels, 0 when not known."""

    address: str  # absolute
    width: int = 0
    height: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What every page says of itself to browsers, search engines and other sites, and what its frame shows.

    Addresses are empty where there is nothing to lead to. `previous` and `next` are the neighbours in a
    reading path or in the order of reading, `up` is where the page belongs.
    """

    title: str
    lang: str
    direction: str  # "ltr" or "rtl"
    description: str = ""  # summary, else the first sentences; empty for that of the site
    is_article: bool = False
    indexable: bool = True  # search engines may list it
    robots: str = ""  # what they are asked to do, in the words of the note; empty for the usual
    canonical: str = ""  # absolute address, empty when the site's own address is not known
    picture: Picture | None = None
    feeds: FeedLinks | None = None  # those of what the page lists: a branch, a category
    markdown: str = ""  # the page as Markdown
    previous: Link | None = None
    next: Link | None = None
    up: Link | None = None
    structured_data: str = ""  # JSON-LD, safe inside <script type="application/ld+json">
    edit_href: str = ""  # where the note can be edited
    translations: tuple[Translation, ...] = ()  # the note in all its languages, itself included


@dataclass(frozen=True, slots=True)
class BacklinkView:
    """A page that links here; `relation` is the label of the typed relation, empty for a mention."""

    title: str
    href: str
    relation: str = ""
    citations: tuple[Citation, ...] = ()
    lang: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Backlinks:
    """The pages that link to a page; without any sentence to show they are `brief`.

    `mentions` are those that no list of the page's relations names.
    """

    entries: tuple[BacklinkView, ...] = ()
    brief: bool = False
    mentions: tuple[BacklinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The entries of a relation that are written, or that are implied; `entries` may be cut, `count` is all."""

    entries: tuple[Related, ...]
    count: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A relation in the table of what is written and what is implied, in this order."""

    label: str
    cells: tuple[MatrixCell, MatrixCell]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading in the table of contents."""

    title: str
    href: str
    children: tuple["TocEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class TreeNode:
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


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """Where a note is in a chain of `next` and `prev`; `position` counts from 1.

    `previous` and `next` are the neighbours in the chain, None at its ends.
    """

    position: int
    length: int
    first: Link
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A page to go on to, and why, in words; the reason is empty where the order alone is one."""

    title: str
    href: str
    summary: str = ""
    reason: str = ""
    lang: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class WayOn:
    """How to go on from a page: to the page before and after it, unless a relation of it says so, and otherwise."""

    previous: Recommendation | None = None
    next: Recommendation | None = None
    read_next: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchReading:
    """The ways to read a whole branch: as one page, as text, as a feed; `feeds` is None without dated notes."""

    count: int  # pages on the one page, at most
    href: str
    text: str
    feeds: FeedLinks | None


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """What there is below a page: `count` notes, `minutes` to read them all, the date of the newest.

    `start` is the note that most others link to, `cited` by how many; `recent` are the newest ones.
    """

    count: int
    minutes: int
    newest: DateView | None = None
    start: Link | None = None
    cited: int = 0
    recent: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A page with its neighbours as an SVG; `lines` are the names of the kinds of lines that it shows."""

    svg_html: str
    lines: tuple[str, ...]  # of "hierarchy", "sequence", "related" and "mention"


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note or a hub (`kind`). A hub without a written note has an empty `body_html`."""

    kind: str  # "note" or "hub"
    title: str
    url: Url
    save_as: SaveAs
    href: str
    head: PageHead
    body_html: str = ""
    summary: str = ""
    date: DateView | None = None
    modified: DateView | None = None
    maturity: str = ""  # how finished the note is, in its author's words
    freshness: Freshness | None = (
        None  # the same in the words of all notes, None where the author does not say
    )
    minutes: int = 0
    words: int = 0
    category: Link | None = None
    authors: tuple[Link, ...] = ()
    toc: tuple[TocEntry, ...] = ()
    trails: tuple[Trail, ...] = ()
    relations: tuple[Relation, ...] = ()  # in the order of the settings, siblings last
    matrix: tuple[MatrixRow, ...] = ()  # empty where one list says it all
    tree: tuple[TreeNode, ...] = ()  # ancestors, siblings, children: focus and context
    backlinks: Backlinks = Backlinks()
    tags: tuple[Link, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    citation: str = ""  # the entry of the note in a bibliography, as BibTeX
    graph: LocalGraph | None = None  # None when the page has no neighbours
    properties: Mapping[str, object] = field(default_factory=dict)
    path: ReadingPath | None = None  # None for a note in no chain
    place: tuple[Link, ...] = ()  # the way to a page without trails: navigation, not the hierarchy
    contents: tuple[Related, ...] = ()  # what is in the folder that the note stands for
    way_on: WayOn = WayOn()
    branch: BranchReading | None = None  # None when too little is below
    facts: BranchFacts | None = None  # the same
    held: str = ""  # why the note is held back, which only a preview shows; empty for a published one
    outside: tuple[str, ...] = ()  # addresses of the text's links to other sites, in its order


@dataclass(frozen=True, slots=True)
class BranchSection:
    """A note in a branch that is read as one page; `level` is that of its heading, from 2."""

    anchor: str
    level: int
    title: str
    href: str
    lang: str
    direction: str
    body_html: str


@dataclass(frozen=True, slots=True)
class BranchPage:
    """`<branch>/all/`: the text of a branch in the order of its tree.

    `intro_html` is the text of the note at its top; `left_out` the number of pages below for which
    there was no room.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    href: str  # the page of the branch's top
    trail: tuple[Link, ...]
    intro_html: str
    sections: tuple[BranchSection, ...]
    left_out: int
    text: str
    feeds: FeedLinks | None


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page whose content is the template's own, such as the search."""

    kind: str  # the name of its template
    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    entries: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every template knows of the site; every value is ready to be printed."""

    name: str
    language: str
    base: str  # "" or "/docs"
    home: str
    map: str
    tags: str
    archive: str
    graph: str
    graph_data: str  # what the page of the graph draws
    search: str
    search_index: str
    feeds: FeedLinks
    static: str  # folder of the theme's files, without trailing slash
    stylesheet: str
    script: str
    icon: str = ""  # the author's own, empty for that of the theme
    repository: str = ""
    licence: str = ""
    author: str = ""
    description: str = ""  # what the site is, in one or two sentences
    footer_links: tuple[Link, ...] = ()  # those that the author wants at the foot of every page


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the output that is not an HTML page: bytes, or a vault file to copy from `source`."""

    save_as: SaveAs
    content: bytes = b""
    source: str = ""
