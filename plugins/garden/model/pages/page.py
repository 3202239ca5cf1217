"""Pages of notes, branches and templates; and what every page has: its head, and the site that it is in."""

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
    OnwardLinks,
    ReadingPath,
    Relation,
    TocEntry,
    Trail,
    TreeNode,
)


class Translation(Struct, frozen=True):
    """A note in one of its languages (TI-7).

    `title` is the name of the language in that language, `absolute` the complete address.
    """

    title: str
    href: str
    lang: str
    absolute: str


class Picture(Struct, frozen=True):
    """The picture that other sites show beside a link to a page."""

    address: str  # absolute
    width: int = 0  # in pixels, 0 when not known
    height: int = 0  # in pixels, 0 when not known
    alt: str = ""  # what it shows, in words


class PageHead(Struct, frozen=True):
    """What a page says about itself to browsers, search engines and other sites, and what its header and footer show.

    Addresses are empty if there is nothing to link to. `previous` and `next` are the neighbours in a reading path, or in
    the reading order of the site; `up` is the page that this one belongs to.
    """

    title: str
    lang: str
    direction: str  # "ltr" or "rtl"
    description: str = ""  # summary, or else the first sentences; empty for that of the site
    is_article: bool = False  # whether it is a note, for other sites and search engines
    indexable: bool = True  # search engines may list it
    robots: str = ""  # directives for search engines, as the note has them; empty for the default
    canonical: str = ""  # absolute address, empty when the site's own address is not known
    picture: Picture | None = None  # what other sites show beside a link
    feeds: FeedLinks | None = None  # of the branch or category that the page lists
    markdown: str = ""  # the page as Markdown
    previous: Link | None = None
    next: Link | None = None
    up: Link | None = None
    structured_data: str = ""  # JSON-LD, safe inside <script type="application/ld+json">
    edit_href: str = ""  # where the note can be edited
    source: str = ""  # in a preview, the path of the note in the vault, percent-encoded
    translations: tuple[Translation, ...] = ()  # the note in all its languages, itself included


class NotePage(Struct, frozen=True):
    """The page of a note, or of a hub: a parent for which nobody has written a note. A hub has an empty `body_html`."""

    kind: str  # "note" or "hub"
    title: str
    url: Url
    save_as: SaveAs
    href: str
    head: PageHead
    body_html: str = ""
    summary: str = ""
    date: DateView | None = None  # when it was written
    modified: DateView | None = None  # when its text was last changed
    maturity: str = ""  # how finished the note is, in its author's words
    freshness: Freshness | None = None  # the mark for it; None if the author does not say
    minutes: int = 0  # to read it
    words: int = 0  # number of words
    category: Link | None = None  # with the page that lists it
    authors: tuple[Link, ...] = ()  # each with the page that lists their notes
    toc: tuple[TocEntry, ...] = ()  # the table of contents
    trails: tuple[Trail, ...] = ()  # the paths down to the page, the shortest first
    relations: tuple[Relation, ...] = ()  # in the order of the settings, siblings last
    matrix: tuple[MatrixRow, ...] = ()  # empty if one list says the same
    tree: tuple[TreeNode, ...] = ()  # the page with its ancestors, siblings and children
    backlinks: Backlinks = Backlinks()  # the pages that link to this one
    tags: tuple[Link, ...] = ()  # each with its page
    provenance: tuple[tuple[str, str], ...] = ()  # the keys in the setting of that name, with their values
    revisions: tuple[RevisionView, ...] = ()  # of the text, the last one first, if the settings ask for them
    citation: str = ""  # the entry of the note in a bibliography, as BibTeX
    local_graph: LocalGraph | None = None  # None when the page has no neighbours
    properties: Mapping[str, object] = field(default_factory=dict)  # the front matter, by key as written
    questions: tuple[TitledText, ...] = ()  # what the text answers, for the structured data of the page
    steps: tuple[TitledText, ...] = ()  # the steps of a how-to, for the structured data of the page
    reading_path: ReadingPath | None = None  # None for a note in no chain
    place: tuple[Link, ...] = ()  # for a page without trails: the folders or lists that lead to it
    contents: tuple[Related, ...] = ()  # what is in the folder that the note stands for
    onward_links: OnwardLinks = OnwardLinks()  # previous, next, and what to read next
    branch_reading: BranchReading | None = None  # None if there are too few notes below
    branch_facts: BranchFacts | None = None  # None if there are too few notes below
    held: str = ""  # why the note is held back, which only a preview shows; empty for a published one
    outside: tuple[str, ...] = ()  # addresses of the text's links to other sites, in its order
    has_views: bool = False  # whether there is a view in the text


class BranchSection(Struct, frozen=True):
    """A note on the page of a whole branch; `level` is that of its heading, from 2."""

    anchor: str  # the id of its heading
    level: int
    title: str
    href: str
    lang: str
    direction: str  # "ltr" or "rtl"
    body_html: str


class BranchPage(Struct, frozen=True):
    """`<branch>/all/`: all texts of a branch on one page, in the order of its tree.

    `intro_html` is the text of the note at the top of the branch; `left_out` is the number of notes for which there was
    no room.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    href: str  # the page of the branch's top
    trail: tuple[Link, ...]  # the pages above the branch, from the top
    intro_html: str
    sections: tuple[BranchSection, ...]  # the notes below, in the order of the tree
    left_out: int
    text: str  # address of the same as plain text
    feeds: FeedLinks | None  # those of the branch
    book: str = ""  # address of the same as an e-book, empty for none
    has_views: bool = False  # whether there is a view in one of the texts


class PlainPage(Struct, frozen=True):
    """A page whose content is in its template, such as the search page."""

    kind: str  # the name of its template
    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    entries: tuple[Related, ...] = ()  # what the graph shows, as a list


class SiteView(Struct, frozen=True):
    """What every template knows about the site; every value can be printed as it is."""

    name: str  # the setting `SITENAME`
    language: str  # the setting `DEFAULT_LANG`
    base: str  # "" or "/docs"
    home: str  # address of the home page
    map: str  # address of the map
    tags: str  # address of the list of tags
    archive: str  # address of the archive
    graph: str  # address of the graph
    graph_data: str  # what the page of the graph draws
    search: str  # address of the search, empty without one
    search_index: str  # address of its data
    feeds: FeedLinks  # those of the whole site
    static: str  # folder of the theme's files, without trailing slash
    stylesheet: str  # its address, which changes with the theme
    script: str  # its address, which changes with the theme
    icon: str = ""  # the author's own, empty for that of the theme
    repository: str = ""  # the setting of that name
    licence: str = ""  # the setting of that name
    author: str = ""  # the setting `AUTHOR`
    description: str = ""  # what the site is, in one or two sentences
    menu_links: tuple[Link, ...] = ()  # the author's own, at the head of every page
    footer_links: tuple[Link, ...] = ()  # the author's own, at the foot of every page


class Artifact(Struct, frozen=True):
    """A file of the output that is not an HTML page: bytes, or a vault file to copy from `source`."""

    save_as: SaveAs
    content: bytes = b""
    source: str = ""
