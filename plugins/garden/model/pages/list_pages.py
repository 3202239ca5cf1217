"""Pages that list notes: home, tag, archive, map and the like, as a template gets them."""

from msgspec import Struct

from garden.model.names import SaveAs, Url
from garden.model.pages.entries import Card, FeedLinks, Link
from garden.model.pages.page import BranchPage, NotePage, PageHead, PlainPage
from garden.model.pages.panels import BranchReading, TreeNode


class CountedLink(Struct, frozen=True):
    """A link to a list of notes, with their number; `cards` are the notes if they are listed right here.

    `weight` says how much the link stands out in an index, from 1 to 4.
    """

    title: str
    href: str
    count: int  # how many notes
    anchor: str = ""  # an id for links to this entry
    cards: tuple[Card, ...] = ()
    weight: int = 1


class HomePage(Struct, frozen=True):
    """`/`: the top two levels of the hierarchy, and the newest and recently changed notes.

    `places` are folders with the notes that are in no branch, two levels deep as well; `mentioned` are the most mentioned
    notes of a site whose notes have no dates.
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
    """The list of the notes with a tag, of a category, of an author or in a folder.

    `kind` is "tag", "category", "author" or "folder"; `intro_html` is the text of the note with the tag's name, if there is
    one; `trail` are the folders that a folder is in; `together` are other tags of the listed notes, each with the
    address of a search for notes with both tags.
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
    branch_reading: BranchReading | None = None  # the ways to read a whole folder


class IndexGroup(Struct, frozen=True):
    """The entries of an index that begin with the same letter, or with no letter (`#`), sorted by name."""

    initial: str  # the letter; empty for a group without one
    anchor: str  # an id for links to it
    entries: tuple[CountedLink, ...]  # the entries of several notes
    single: tuple[CountedLink, ...]  # the entries of one note or none


class TagsPage(Struct, frozen=True):
    """`/tags/` (also `/categories/`, `/authors/`): every entry with its number of notes, sorted by name.

    If there are many entries, `groups` has one group for each first letter, and `fullest` the entries with the most
    notes; if there are few, they are one group without a letter.
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
    """A year of the archive; `months` are pairs of a month's name in the site's language and its notes, newest first."""

    year: int  # 0 for notes without a date
    title: str
    months: tuple[tuple[str, tuple[Card, ...]], ...]


class ArchivePage(Struct, frozen=True):
    """`/archive/`: notes by year and month, newest first; those without a date last (`year` 0).

    If there are too many for one page, `years` is empty and `index` leads to a page for each year, of which `back` leads
    to this one.
    """

    url: Url
    save_as: SaveAs
    title: str
    head: PageHead
    years: tuple[ArchiveYear, ...] = ()
    index: tuple[CountedLink, ...] = ()
    back: str = ""


class MapPage(Struct, frozen=True):
    """`/map/`: the whole hierarchy; a branch that is too large for it is on the page of its top note.

    `loose` are the notes that are in no branch, by folder; `loose_count` is their number.
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
