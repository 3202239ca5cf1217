"""What an author can set, with sound defaults: the `GARDEN` dictionary of `pelican.conf.py`.

Split by the layer that reads it, so that a cached Document is thrown away only
when a setting changes that reading depends on.
"""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from garden.model.names import field_key

GROUPS = ("up", "down", "same", "next", "prev")
"""The directions that fields may belong to; trails follow the fields of `up`."""

MOST_ROUNDS = 10
"""Implied relations are closed in at most this many rounds."""


class RelationField(Struct, frozen=True):
    """A hierarchy field (HI-1): its name as written, the label that readers see, its inverse.

    `group` is one of GROUPS; a field with the name of one belongs to it without saying so.
    `rounds` bounds how often the inverse is implied by relations that are implied themselves. An
    empty `inverse` stands for none; only Breadcrumbs' settings have such fields.
    """

    name: str
    label: str
    inverse: str
    group: str = ""
    rounds: int = MOST_ROUNDS

    @property
    def direction(self) -> str:
        """The group that the field belongs to, empty for none."""
        name = self.name.strip().lower()
        return self.group or (name if name in GROUPS else "")


class ImpliedRelation(Struct, frozen=True):
    """A rule: where the fields of `chain` lead from one note to another, `closes` relates the two.

    It relates them the other way round when `reverse` is set. In round n a rule sees what is
    written and what the rounds before n have implied; it runs in the first `rounds` of them.
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
    """Return the groups of fields that views know by name, as Breadcrumbs calls those of one direction."""
    names = [(field.direction, field_key(field.name)) for field in relations]
    return tuple((f"{group}s", tuple(name for own, name in names if own == group)) for group in GROUPS)


CONSTRUCTS = ("definition-lists", "abbreviations", "attribute-lists", "toc", "admonitions")
"""What Python-Markdown's extensions add, on request (FT-9)."""


VIEW_KINDS = ("dataview", "base", "tasks", "canvas", "excalidraw", "kanban")
"""What can be a live view (VW-1)."""


class ReadingSettings(Struct, frozen=True):
    """Settings that change what one note says.

    `relations` are compared names (IF-4); `field_groups` are pairs (name, compared names of the fields
    in it); `outlines` asks for `Document.outline`. `math_macros` are pairs (name, TeX) of the settings,
    `math_preamble` is the text of the vault's `preamble.sty` (MA-4).
    `site_language` is that of notes without `lang`.
    `typography` asks for typographic punctuation (FT-8).
    """

    relations: tuple[str, ...] = ("up", "down", "same", "next", "prev", "x")
    field_groups: tuple[tuple[str, tuple[str, ...]], ...] = field_groups(RELATIONS)
    default_status: str = "published"
    status_values: tuple[tuple[str, str], ...] = ()  # a word of the author's, the status that it means
    path_statuses: tuple[tuple[str, str], ...] = ()  # a path or a folder, the status of what is there
    path_patterns: tuple[
        tuple[str, bool], ...
    ] = ()  # expressions with a group `status`; of the whole path or the stem
    default_date: str = ""  # of notes without one, ISO
    hard_line_breaks: bool = False
    raw_html: bool = True
    formats: tuple[
        tuple[str, str], ...
    ] = ()  # other formats of notes: an ending, and `module:function` that reads it
    typography: bool = False
    site_language: str = "en"
    outlines: bool = False
    math_macros: tuple[tuple[str, str], ...] = ()
    math_preamble: str = ""
    constructs: tuple[str, ...] = ()  # of CONSTRUCTS, those that are asked for
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
"""What can give relations beside typed links."""

DATE_FORMATS = (
    ("day", "yyyy-MM-dd"),
    ("week", "kkkk-'W'WW"),
    ("month", "yyyy-MM"),
    ("quarter", "yyyy-'Q'q"),
    ("year", "yyyy"),
)
"""How the notes of periods are called, finest first: as Breadcrumbs writes it."""


class EdgeSource(Struct, frozen=True):
    r"""A source of relations beside typed links that the author asked for; `name` is in EDGE_SOURCES.

    `field` relates a note to its parent; for notes that say themselves what they collect it is
    used when they name no field. `next_field` relates a dated note to the following one, or an
    item of a list to the next, `sibling_field` notes with one tag or one number above, empty for
    none. `delimiter` separates the parts of a name, `week_start` is the first day of a week.
    `formats` are pairs (period, format of its notes' names), `patterns` pairs (regular
    expression, parent of the notes that it fits, in which `\1` stands for the first group).
    """

    name: str
    field: str = "up"
    next_field: str = ""
    sibling_field: str = ""
    delimiter: str = "."
    week_start: str = "monday"  # or "sunday"
    formats: tuple[tuple[str, str], ...] = DATE_FORMATS
    patterns: tuple[tuple[str, str], ...] = ()


class ParentPolicy(Enum):
    """What becomes of a parent without a page; the value is its name in the settings."""

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
"""Files among the notes that can only be meant for the site: they are published though no note mentions them."""


Grades = tuple[tuple[str, str], ...]
"""Pairs of an id of diagnostics, or a pattern such as `note-*`, and what it is to the author: a severity, or off."""


class Settings(Struct, frozen=True):
    """All settings of the plugin.

    `base` is the path below which the site is served (``""`` or ``"/docs"``), `site_url` the
    absolute address, both taken from Pelican's `SITEURL`.
    """

    reading: ReadingSettings = ReadingSettings()
    relations: tuple[RelationField, ...] = RELATIONS
    implied_relations: tuple[ImpliedRelation, ...] = ()
    breadcrumbs: bool = True
    edge_sources: tuple[EdgeSource, ...] = ()
    child_order: str = "title"  # or "reading": next/prev, list notes, `order`, then title
    missing_parents: tuple[tuple[str, ParentPolicy], ...] = ()  # by pattern: the first that fits
    unpublished_parents: tuple[tuple[str, ParentPolicy], ...] = ()
    hub_titles: tuple[tuple[str, str], ...] = ()  # regular expression, replacement: one after the other
    hub_title_case: str = "as-written"  # or "sentence", "title"
    tag_aliases: tuple[tuple[str, str], ...] = ()  # variant, the tag that it stands for
    ignore: tuple[str, ...] = ()
    ignored_files: tuple[str, ...] = ()  # patterns of Pelican's, which may match nothing
    excluded_folders: tuple[str, ...] = ()  # folders whose notes are left out, not their attachments
    note_folders: tuple[str, ...] = ()  # where notes are, as paths from the vault on; () for everywhere
    page_folders: tuple[str, ...] = ()  # folders whose Markdown files are Pelican's pages, and no notes
    linked_folders: tuple[str, ...] = ()  # folders outside the vault that links in it may lead into
    line_breaks_of_vault: bool = True  # what the vault's own settings say counts for `hard_line_breaks`
    preview: bool = False  # drafts have pages; never in what is published (PB-8)
    build_date: str = ""  # ISO; notes dated later are held back, empty for none
    view_pages: tuple[
        str, ...
    ] = ()  # bases, canvases and drawings with these paths, or in these folders, have pages
    today: str = ""  # ISO date or date-time that queries take for now; empty for the latest date of a note
    static: tuple[str, ...] = OWN_FILES
    link_text: str = "as-typed"  # or "title" (WL-7)
    tag_page_minimum: int = 2  # notes below which search engines are not to list the page of a tag
    provenance: tuple[str, ...] = ()
    private_keys: tuple[str, ...] = ()  # front-matter keys whose values no reader may see
    maturity: str = "maturity"  # front-matter key of a note's state, empty for none
    stale_before: str = ""  # ISO day: unfinished notes that have not changed since are stale, empty for never
    home: str = ""  # path or name of the note that is the text of the home page
    alias_redirects: bool = False  # whether the address that an alias would have leads to its note
    home_branches: int = 12
    recent: int = 8
    feed_items: int = 20
    search: bool = True
    books: bool = False  # whether each branch that can be read as a whole is an e-book, too
    ask_before_publishing: bool = True
    manifest: str = "published.json"  # path, from the vault on, of the list of what was published last
    severities: Grades = ()  # the last pattern that an id fits counts
    path_severities: tuple[tuple[str, Grades], ...] = ()  # the same for a path, a folder or a pattern of them
    baseline: str = ""  # path, from the vault on, of the list of problems that `garden check` does not report
    large_image: int = 150_000  # bytes from which smaller variants are made, 0 for never
    git_dates: str = (
        "missing"  # whether history dates the notes that say nothing; "preferred": all, "off": none
    )
    git_authors: bool = False  # whether the notes that name no author have those of the history
    revisions: int = 0  # of the text of a note that its page lists, from the history; 0 for none
    repository: str = ""
    edit_url: str = "{repository}/edit/main/content/{path}"  # empty for no link
    licence: str = ""
    menu_links: tuple[tuple[str, str], ...] = ()  # title, address
    footer_links: tuple[tuple[str, str], ...] = ()  # title, address
    description: str = ""
    site_name: str = "Garden"
    site_url: str = ""
    base: str = ""
    author: str = ""
    language: str = "en"
    note_url: str = (
        ""  # address of a note, with {slug}, {date}, {category}, {author}, {lang}; empty for `{slug}/`
    )
    slug_source: str = "title"  # or "basename": what becomes the slug in such an address
    default_category: str = "misc"  # category in such an address of notes that have none
    reserved_addresses: tuple[str, ...] = ()  # files of the output that pages of Pelican's own have
    among_articles: bool = (
        False  # Pelican reads articles and pages of its own in the same folder, and makes the home page
    )
    translation_url: str = ""  # address of a translation, with {lang} and {slug}; empty for `{lang}/{slug}/`
    timezone: str = "UTC"
