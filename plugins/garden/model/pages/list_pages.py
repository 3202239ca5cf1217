"""Pages that list notes: home, tag, archive, map and the like, as a template gets them."""

from msgspec import Struct

from garden.model.names import SaveAs, Url
from garden.model.pages.entries import Card, FeedLinks, Link
from garden.model.pages.page import BranchPage, NotePage, PageHead, PlainPage
from garden.model.pages.panels import BranchReading, TreeNode


class CountedLink(Struct, frozen=True):
    """A link with the number of notes behind it; `cards` when they are listed right here.

    `weight` is how much it stands out in an index, from 1 to 4.
    """

    title: str
    href: str
    count: int  # how many notes
    anchor: str = ""  # an id for links to this entry
    cards: tuple[Card, ...] = ()
    weight: int = 1


class HomePage(Struct, frozen=True):
    """`/`: the top of the hierarchy two levels deep, newest and recently changed notes.

    `places` are those of the notes outside any branch, two levels deep as well; `mentioned` the most
    mentioned notes of a site whose notes have no dates.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    branches: tuple[TreeNode, ...]  # the tops, with what is directly below
    newest: tuple[Card, ...]  # notes by date
    changed: tuple[Card, ...]  # notes by the date of their last change
    loose: int  # notes that no branch holds
    count: int  # listed notes
    places: tuple[TreeNode, ...] = ()
    mentioned: tuple[Card, ...] = ()
    note: NotePage | None = None  # the note whose text is above the lists (TI-6)
    heading: str = ""  # what that note begins with, where the title of the page is the site's
    svg_html: str = ""  # the largest branches, drawn; empty where there is nothing to draw


class ListPage(Struct, frozen=True):
    """A listing: one tag, one category, one author, one folder.

    `kind` is "tag", "category", "author" or "folder"; `intro_html` is the text of a note of the tag's name;
    `trail` are the folders that a folder is in; `together` are tags that some notes of a tag have as well, each
    with the search for both.
    """

    kind: str
    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    count: int  # how many notes there are, those in the folders of a folder included
    cards: tuple[Card, ...]  # the notes, the newest first
    intro_html: str = ""
    nested: tuple[CountedLink, ...] = ()  # tags nested in a tag, folders in a folder
    feeds: FeedLinks | None = None  # those of a category
    trail: tuple[Link, ...] = ()
    together: tuple[CountedLink, ...] = ()
    branch: BranchReading | None = None  # the ways to read a whole folder


class IndexGroup(Struct, frozen=True):
    """Entries of an index that begin with the same letter, `#` for anything else, by name."""

    initial: str  # the letter; empty for a group without one
    anchor: str  # an id for links to it
    entries: tuple[CountedLink, ...]  # those with several notes
    single: tuple[CountedLink, ...]  # those that only one note has, or none


class TagsPage(Struct, frozen=True):
    """`/tags/` (also `/categories/`, `/authors/`): every entry with its count, by fold of name.

    Of many entries, `groups` are those that begin with one letter and `fullest` the ones with most
    notes; few are one group without a letter.
    """

    kind: str  # "tags", "categories" or "authors"
    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    count: int  # how many entries there are
    groups: tuple[IndexGroup, ...]
    fullest: tuple[CountedLink, ...] = ()


class ArchiveYear(Struct, frozen=True):
    """A year of the archive; `months` are pairs of the month's name, in the language of the site, and its cards, newest first."""

    year: int  # 0 for notes without a date
    title: str
    months: tuple[tuple[str, tuple[Card, ...]], ...]


class ArchivePage(Struct, frozen=True):
    """`/archive/`: notes by year and month, newest first; the undated ones last (`year` 0).

    Where they are too many for one page, `years` is empty, `index` leads to the pages of the years,
    and each of these has `back` to the first.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    years: tuple[ArchiveYear, ...] = ()
    index: tuple[CountedLink, ...] = ()
    back: str = ""


class MapPage(Struct, frozen=True):
    """`/map/`: the whole hierarchy; a branch past the size limit is a separate page behind its link.

    `loose` are the notes outside any branch by folder, `loose_count` says how many.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    roots: tuple[TreeNode, ...]  # the tops of the hierarchy, with everything below
    loose: tuple[TreeNode, ...]
    loose_count: int
    svg_html: str = ""  # the largest branches, drawn; empty where there is nothing to draw


Page = NotePage | BranchPage | HomePage | ListPage | TagsPage | ArchivePage | MapPage | PlainPage
