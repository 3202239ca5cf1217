"""Note pages, pages of a branch, plain pages, and what all pages have: their heads and the site around them."""

from collections.abc import Mapping

from msgspec import Struct, field

from garden.model.names import SaveAs, Url
from garden.model.note import TitledText
from garden.model.pages.entries import DateView, FeedLinks, Freshness, Link, Related, RevisionView
from garden.model.pages.panels import (
    Backlinks,
    BranchFacts,
    BranchReading,
    LocalGraph,
    MatrixRow,
    ReadingPath,
    Relation,
    TocEntry,
    Trail,
    TreeNode,
    WayOn,
)


class Translation(Struct, frozen=True):
    """A note in one of its languages (TI-7); `title` is what the language calls itself, `absolute` the whole address."""

    title: str
    href: str
    lang: str
    absolute: str


class Picture(Struct, frozen=True):
    """The picture that other sites show beside a link to a page; sizes are in pixels, 0 when not known."""

    address: str  # absolute
    width: int = 0
    height: int = 0
    alt: str = ""


class PageHead(Struct, frozen=True):
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
    source: str = ""  # in a preview, the path of the note in the vault, percent-encoded
    translations: tuple[Translation, ...] = ()  # the note in all its languages, itself included


class NotePage(Struct, frozen=True):
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
    revisions: tuple[
        RevisionView, ...
    ] = ()  # of the text, the last one first, where the settings ask for them
    citation: str = ""  # the entry of the note in a bibliography, as BibTeX
    graph: LocalGraph | None = None  # None when the page has no neighbours
    properties: Mapping[str, object] = field(default_factory=dict)
    questions: tuple[TitledText, ...] = ()  # what the text answers, for the data that search engines read
    steps: tuple[TitledText, ...] = ()  # the steps of a how-to, for the same
    path: ReadingPath | None = None  # None for a note in no chain
    place: tuple[Link, ...] = ()  # the way to a page without trails: navigation, not the hierarchy
    contents: tuple[Related, ...] = ()  # what is in the folder that the note stands for
    way_on: WayOn = WayOn()
    branch: BranchReading | None = None  # None when too little is below
    facts: BranchFacts | None = None  # the same
    held: str = ""  # why the note is held back, which only a preview shows; empty for a published one
    outside: tuple[str, ...] = ()  # addresses of the text's links to other sites, in its order


class BranchSection(Struct, frozen=True):
    """A note in a branch that is read as one page; `level` is that of its heading, from 2."""

    anchor: str
    level: int
    title: str
    href: str
    lang: str
    direction: str
    body_html: str


class BranchPage(Struct, frozen=True):
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
    book: str = ""


class PlainPage(Struct, frozen=True):
    """A page whose content is the template's own, such as the search."""

    kind: str  # the name of its template
    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    entries: tuple[Related, ...] = ()


class SiteView(Struct, frozen=True):
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
    menu_links: tuple[Link, ...] = ()  # those that the author wants at the head of every page, behind ours
    footer_links: tuple[Link, ...] = ()  # those that the author wants at the foot of every page


class Artifact(Struct, frozen=True):
    """A file of the output that is not an HTML page: bytes, or a vault file to copy from `source`."""

    save_as: SaveAs
    content: bytes = b""
    source: str = ""
