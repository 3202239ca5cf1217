"""All settings of the plugin with their defaults: the `GARDEN` dictionary of `pelican.conf.py`.

Those that reading depends on are in a class of their own: cached Documents are discarded only if one of them changes.
"""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from garden.model.names import field_key

GROUPS = ("up", "down", "same", "next", "prev")
"""The directions of relations; trails follow the fields of `up`."""

MOST_ROUNDS = 10
"""The most rounds in which relations are implied by relations that were implied in an earlier round."""


class RelationField(Struct, frozen=True):
    """A hierarchy field (HI-1)."""

    name: str  # as written in the settings
    label: str  # for readers
    inverse: str  # the name of the inverse field; empty for none, which only Breadcrumbs' settings allow
    group: str = ""  # one of GROUPS; may be left out if `name` is one of them
    rounds: int = MOST_ROUNDS  # in how many rounds relations that are implied themselves imply their inverse

    @property
    def direction(self) -> str:
        """The group that the field belongs to, empty for none."""
        name = self.name.strip().lower()
        return self.group or (name if name in GROUPS else "")


class ImpliedRelation(Struct, frozen=True):
    """A rule: if the fields of `chain`, one after the other, lead from a note A to a note B, A gets the field `closes` to B.

    With `reverse`, B gets the field to A instead. In each round a rule sees the written relations and those implied in
    earlier rounds; it runs in the first `rounds` rounds.
    """

    chain: tuple[str, ...]
    closes: str
    reverse: bool = False
    rounds: int = MOST_ROUNDS


RELATIONS = (
    RelationField("up", "Part of", "down"),
    RelationField("down", "Contains", "up"),
    RelationField("same", "Same topic", "same"),
    RelationField("next", "Next", "prev"),
    RelationField("prev", "Previous", "next"),
    RelationField("X", "Related", "X"),
)


def field_groups(relations: Iterable[RelationField]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of the groups of fields that views may use, such as `ups`, each with the fields of that direction."""
    names = [(field.direction, field_key(field.name)) for field in relations]
    return tuple((f"{group}s", tuple(name for own, name in names if own == group)) for group in GROUPS)


CONSTRUCTS = ("definition-lists", "abbreviations", "attribute-lists", "toc", "admonitions")
"""Constructs of Python-Markdown's extensions, which settings may turn on (FT-9)."""


VIEW_KINDS = ("dataview", "base", "tasks", "canvas", "excalidraw", "kanban")
"""The kinds of live views (VW-1)."""


class ReadingSettings(Struct, frozen=True):
    """The settings that reading a single note depends on."""

    relations: tuple[str, ...] = ("up", "down", "same", "next", "prev", "x")  # compared names (IF-4)
    field_groups: tuple[tuple[str, tuple[str, ...]], ...] = field_groups(RELATIONS)  # name, compared names
    default_status: str = "published"
    status_values: tuple[tuple[str, str], ...] = ()  # the author's own word, the status that it means
    path_statuses: tuple[tuple[str, str], ...] = ()  # a path or a folder, the status of the notes there
    # Regular expressions with a group `status`, each with whether it is for the whole path or for the stem.
    path_patterns: tuple[tuple[str, bool], ...] = ()
    default_date: str = ""  # of notes without one, ISO
    hard_line_breaks: bool = False
    raw_html: bool = True
    # Other formats of notes: an ending, and `module:function` that reads it.
    formats: tuple[tuple[str, str], ...] = ()
    typography: bool = False  # typographic punctuation (FT-8)
    site_language: str = "en"  # of notes without `lang`
    outlines: bool = False  # whether Document.outline is needed
    math_macros: tuple[tuple[str, str], ...] = ()  # name, TeX (MA-4)
    math_preamble: str = ""  # the text of the vault's `preamble.sty` (MA-4)
    constructs: tuple[str, ...] = ()  # those of CONSTRUCTS that are turned on
    views: tuple[str, ...] = VIEW_KINDS  # those that are evaluated; the others are shown as code


EDGE_SOURCES = (
    "folder-names",
    "folder-notes",
    "tag-notes",
    "list-notes",
    "regex-notes",
    "dendron-names",
    "johnny-decimal",
    "date-notes",
    "traverse-notes",
)
"""Sources of relations besides typed links."""

DATE_FORMATS = (
    ("day", "yyyy-MM-dd"),
    ("week", "kkkk-'W'WW"),
    ("month", "yyyy-MM"),
    ("quarter", "yyyy-'Q'q"),
    ("year", "yyyy"),
)
"""The names of notes about periods, the shortest period first, in the notation of Breadcrumbs."""


class EdgeSource(Struct, frozen=True):
    """A source of relations besides typed links that the author has turned on; empty fields give no relation."""

    name: str  # one of EDGE_SOURCES
    field: str = "up"  # from a note to its parent, unless a note that collects others names another field
    next_field: str = ""  # from a dated note, or an item of a list, to the next one
    sibling_field: str = ""  # between notes with the same tag, or below the same name or number
    delimiter: str = "."  # between the parts of a name
    week_start: str = "monday"  # or "sunday"
    formats: tuple[tuple[str, str], ...] = DATE_FORMATS  # a period, the format of the names of its notes
    # A regular expression, and the parent of the notes whose name it matches, with groups as `\\1`.
    patterns: tuple[tuple[str, str], ...] = ()


class ParentPolicy(Enum):
    """What happens with a parent that has no page; the value is its name in the settings."""

    PAGE = "page"  # one is made
    LABEL = "label"  # its name is in trails
    HIDE = "hide"  # nothing is shown


OWN_FILES = (
    "robots.txt",
    "_headers",
    "_redirects",
    "favicon.svg",
    "favicon.png",
    "favicon.ico",
    ".well-known",
)
"""Files in the vault that can only be meant for the site: they are published although no note mentions them."""


Grades = tuple[tuple[str, str], ...]
"""Pairs of a diagnostic id, or a pattern such as `note-*`, and the severity that the author gives it, or `off`."""


class Settings(Struct, frozen=True):
    """All settings of the plugin. Paths are relative to the vault, unless stated otherwise."""

    reading: ReadingSettings = ReadingSettings()
    relations: tuple[RelationField, ...] = RELATIONS
    implied_relations: tuple[ImpliedRelation, ...] = ()
    breadcrumbs: bool = True  # whether the settings of the plugin Breadcrumbs are read, if the vault has them
    edge_sources: tuple[EdgeSource, ...] = ()
    child_order: str = "title"  # or "reading": next/prev, list notes, `order`, then title
    missing_parents: tuple[tuple[str, ParentPolicy], ...] = ()  # by pattern: the first that fits
    unpublished_parents: tuple[tuple[str, ParentPolicy], ...] = ()
    hub_titles: tuple[tuple[str, str], ...] = ()  # regular expressions and replacements, all applied in order
    hub_title_case: str = "as-written"  # or "sentence", "title"
    tag_aliases: tuple[tuple[str, str], ...] = ()  # variant, the tag that it stands for
    ignore: tuple[str, ...] = ()  # files and folders that are no part of the site: paths and patterns
    ignored_files: tuple[str, ...] = ()  # Pelican's IGNORE_FILES; not reported if they match nothing
    excluded_folders: tuple[str, ...] = ()  # folders whose notes are left out, but not their attachments
    note_folders: tuple[str, ...] = ()  # folders with notes; empty for everywhere
    page_folders: tuple[str, ...] = ()  # folders whose Markdown files are Pelican's pages, not notes
    linked_folders: tuple[str, ...] = ()  # folders outside the vault to which symbolic links in it may lead
    line_breaks_of_vault: bool = True  # whether the vault's own setting decides about `hard_line_breaks`
    preview: bool = False  # whether drafts have pages, which is never so in what is published (PB-8)
    build_date: str = ""  # ISO; notes with a later date are held back; empty holds back none
    view_pages: tuple[str, ...] = ()  # bases, canvases and drawings that have pages: paths and folders
    today: str = ""  # ISO date or time that queries take for now; empty for the latest date of a note
    static: tuple[str, ...] = OWN_FILES  # files and folders that are published although no note mentions them
    link_text: str = "as-typed"  # or "title" (WL-7)
    tag_page_minimum: int = 2  # search engines are asked not to list the page of a tag with fewer notes
    provenance: tuple[str, ...] = ()  # front-matter keys that say how a note was made, which its page shows
    private_keys: tuple[str, ...] = ()  # front-matter keys whose values no reader may see
    maturity: str = "maturity"  # front-matter key of a note's state, empty for none
    stale_before: str = ""  # ISO date: unfinished notes not changed since are stale; empty for never
    home: str = ""  # path or name of the note whose text is that of the home page
    alias_redirects: bool = False  # whether the address that an alias would have redirects to its note
    home_branches: int = 12  # branches on the home page, the largest ones
    recent: int = 8  # notes in each list of new or changed ones on the home page
    feed_items: int = 20  # entries of a feed
    search: bool = True
    books: bool = False  # whether each branch that can be read as one page is an e-book as well
    ask_before_publishing: bool = True
    manifest: str = "published.json"  # path of the record of what was published last
    severities: Grades = ()  # the last pattern that matches an id counts
    path_severities: tuple[tuple[str, Grades], ...] = ()  # the same for a path, a folder or a pattern of them
    baseline: str = ""  # path of the list of problems that `garden check` does not report
    large_image: int = 150_000  # bytes from which smaller variants are made, 0 for never
    # Which notes get dates from the git history: "missing", those without dates; "preferred", all; "off", none.
    git_dates: str = "missing"
    git_authors: bool = False  # whether notes without authors get those of the git history
    revisions: int = 0  # how many changes of its text the page of a note lists, from the git history
    repository: str = ""  # the address of the site's repository
    edit_url: str = "{repository}/edit/main/content/{path}"  # empty for no link
    licence: str = ""
    menu_links: tuple[tuple[str, str], ...] = ()  # title, address
    footer_links: tuple[tuple[str, str], ...] = ()  # title, address
    description: str = ""
    site_name: str = "Garden"
    site_url: str = ""  # absolute address of the site, from Pelican's SITEURL
    base: str = ""  # path of that address, below which the site is served: "" or "/docs"
    author: str = ""
    language: str = "en"
    # Address of a note, with {slug}, {date}, {category}, {author}, {lang}; empty for `{slug}/`.
    note_url: str = ""
    slug_source: str = "title"  # or "basename": what {slug} in `note_url` is made from
    default_category: str = "misc"  # {category} in `note_url` for notes without one
    reserved_addresses: tuple[str, ...] = ()  # files of the output that Pelican's own pages have
    # Whether Pelican reads articles and pages of its own in the same folder, and makes the home page.
    among_articles: bool = False
    translation_url: str = ""  # address of a translation, with {lang} and {slug}; empty for `{lang}/{slug}/`
    timezone: str = "UTC"
