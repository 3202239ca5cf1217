"""What one note says, read on its own: the result of the reading layer.

A `Document` depends only on the bytes of one file and on the reading settings, so it can be cached by content hash.
What depends on other notes is left to later layers: a `Ref` is an unresolved reference, a `Slot` a gap in the HTML.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from msgspec import Struct, field

from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Anchor, Folded, VaultPath
from garden.model.pickling import pickled_quickly

DEEPEST_HEADING: Final = 6
"""The lowest level of a heading."""

OPENING: Final = 640
"""Characters of a note's text that stay in memory, for summaries and previews; whole texts would take a third of all memory."""

_NO_KEY = Folded("")


class Status(Enum):
    """Where a note may appear (PB-1, PB-2)."""

    PUBLISHED = "published"  # on its page and in lists
    HIDDEN = "hidden"  # on its page alone
    DRAFT = "draft"  # nowhere


# Python looks members of an enumeration up slowly, and every list asks every note.
_DRAFT: Final = Status.DRAFT
_PUBLISHED: Final = Status.PUBLISHED


class HoldReason(Enum):
    """Why a note is held back; the value is what a report says."""

    STATUS = "a status of draft"
    KEY = "publish, draft, private or visibility"
    UNKNOWN_STATUS = "a status that is not known, which counts as draft"
    NEAR = "a key that looks misspelt or misplaced"
    UNREADABLE = "front matter that cannot be read"
    DEFAULT = "no status of its own"
    FUTURE = "a date in the future"
    UNLINKED = "no published note that links to it"


class HeldBack(NamedTuple):
    """Why a note is held back."""

    reason: HoldReason
    written: str  # the value, key or line in the note that is the reason, empty if the reason is elsewhere


class Source(Struct, frozen=True):
    """One file of a note, decoded."""

    path: VaultPath
    text: str  # with LF line ends and without a byte order mark (HC-8)
    sha: str  # hash of the file's bytes
    problems: tuple[Diagnostic, ...] = ()
    size: int = 0  # bytes of the file


@pickled_quickly
class Target(NamedTuple):
    """What a link names, as written, split but not resolved (WL-1, WL-3, WL-13).

    `path` is empty for a link into the same note; the ending of a Markdown file is dropped. `headings` is the chain of
    `#A#B` (AN-3). `fragment` is the decoded fragment of a Markdown link, which may be an element id, a heading or a
    `^block`; it is empty for wiki-links.
    """

    path: str
    headings: tuple[str, ...] = ()
    block: str = ""
    fragment: str = ""


class RefKind(Enum):
    """How a reference is written."""

    WIKILINK = "wikilink"
    MARKDOWN = "markdown"  # [text](dest)
    EMBED = "embed"  # ![[target]]
    IMAGE = "image"  # ![alt](dest) with a vault path
    PROPERTY = "property"  # a link in front matter


class Ref(Struct, frozen=True):
    """One reference from a note to something else, unresolved."""

    kind: RefKind
    target: Target
    raw: str  # the destination as typed: `n#^b`, of a Markdown link still percent-encoded
    place: Place
    display: str = ""  # the display text without markup, empty for the default (WL-7)
    relation: str = ""  # compared name of the hierarchy field that it is a value of (HI-2), empty for none
    sentence: str = ""  # the sentence around it, without markup
    cited: tuple[int, int] = (0, 0)  # start and end of the display text in `sentence`
    plain_name: bool = False  # whether it is a value in front matter without brackets
    title: str = ""  # of a Markdown link or image
    size: str = ""  # of an embed, as typed: `100`, `100x200`


class Heading(Struct, frozen=True):
    """A heading; `parts[start:end]` of the body are the heading and its section (EM-4)."""

    level: int
    text: str  # without markup
    key: Folded  # `text`, comparable with a link (AN-2)
    anchor: Anchor
    place: Place
    start: int
    end: int
    shown: bool = True  # False for a title that TI-2 hides: links to it lead to the page itself
    above: int = 0  # number of lines of `Body.plain` before it
    typed_key: Folded = _NO_KEY  # like `key`, but with its markup, as Obsidian writes links (AN-2)
    nested: bool = False  # in a quote, callout, list or footnote: in no table of contents (AN-1)


class Block(Struct, frozen=True):
    """A block with an id (AN-5); `parts[start:end]` are that block, or the section of the heading that has the id."""

    id: str  # in lower case
    anchor: Anchor
    place: Place
    start: int
    end: int
    wrap: str = ""  # element that its HTML needs around it when it is shown alone: `ul`, `ol`
    text: str = ""  # without markup


@pickled_quickly
class Tag(NamedTuple):
    """A tag as typed, without `#` (TG)."""

    name: str
    place: Place


class Field(Struct, frozen=True):
    """An inline field (IF)."""

    key: str  # the compared name
    label: str  # the name as written
    value: str  # without markup
    place: Place
    raw: str = ""  # the value as written


@pickled_quickly
class OutlineItem(NamedTuple):
    """An item of a list, by its first link, for notes whose lists are a hierarchy."""

    ref: int  # index of the link in `Document.refs`, -1 for none
    parent: int  # index in `Document.outline` of the item that it is nested in, -1 at the top
    label: str = ""  # the text before the link


class Date(Struct, frozen=True):
    """A date or date-time as the author wrote it: ISO text without clock or zone guesses (FM-10).

    `iso` sorts and goes into `<time datetime>`: `2023-01-17` or `2023-01-17T09:30:00+01:00`.
    """

    iso: str
    year: int
    month: int
    day: int


class Revision(NamedTuple):
    """A commit of the repository that changed a note."""

    commit: str  # its id
    moment: str  # author date, ISO with a time zone
    author: str
    subject: str  # first line of the message


class TitledText(NamedTuple):
    """A question with its answer, or a step of a how-to with what to do in it, both plain text (FM-19)."""

    title: str
    text: str


class Meta(Struct, frozen=True):
    """What a note's front matter says (FM, TI). Absent text is empty.

    `date`, `modified`, `authors` and `revisions` may come from the history of the file instead, if the settings say so.
    """

    title: str = ""
    slug: str = ""
    permalink: str = ""
    url: str = ""
    save_as: str = ""
    status: Status = Status.PUBLISHED
    held: HeldBack | None = None  # why the note is held back, None if it is not
    date: Date | None = None
    modified: Date | None = None
    summary: str = ""
    image_ref: int | None = None  # picture for other sites: index in `refs` of a file of the vault
    image_address: str = ""  # or its address on another site
    image_alt: str = ""
    robots: str = ""  # for search engines, in the words of the `robots` meta element; empty for the default
    questions: tuple[TitledText, ...] = ()  # FM-19, as `steps`
    steps: tuple[TitledText, ...] = ()
    category: str = ""
    authors: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()  # the latest first, as many as the settings ask for
    lang: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    refs: tuple[Ref, ...] = ()  # links in all properties, those of the hierarchy included
    properties: Mapping[str, object] = field(default_factory=dict)  # by key as written; dates are text
    places: Mapping[str, Place] = field(default_factory=dict)  # of properties, by key in lower case


class Document(Struct, frozen=True):
    """Everything that one note says."""

    path: VaultPath
    sha: str  # hash of the file's bytes
    title: str  # TI-1
    meta: Meta
    refs: tuple[Ref, ...] = ()  # those of front matter first, then in text order
    tags: tuple[Tag, ...] = ()  # those of front matter first; each tag once, compared by fold
    fields: tuple[Field, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    opening: str = ""  # at most OPENING characters of `Body.plain`, without the texts of footnotes (FN-1)
    has_text: bool = False  # whether there is anything in `Body.plain`
    words: int = 0  # number of words in the whole text
    body: Body = Body()
    problems: tuple[Diagnostic, ...] = ()
    raw_ids: tuple[str, ...] = ()  # ids of elements in the author's own HTML
    outline: tuple[OutlineItem, ...] = ()  # items of all lists, if the settings ask for them
    text_hash: str = ""  # hash of the text without front matter, by which a renamed note is recognized
    items: str = ""  # hash of `body.items`, empty for none: the body may not be loaded
    size: int = 0  # bytes of the file
    has_page: bool = True  # False for a view that is only shown where it is embedded
    view: str = ""  # "drawing" or "kanban" for a note that is shown as one

    @property
    def published(self) -> bool:
        """Whether the note has a page (PB-1): hidden notes have one as well."""
        return self.meta.status is not _DRAFT

    @property
    def previewed(self) -> bool:
        """Whether the note has a page only in a preview, because it is held back (PB-8)."""
        return self.published and self.meta.held is not None

    @property
    def listed(self) -> bool:
        """Whether the note appears in listings (PB-2)."""
        return self.meta.status is _PUBLISHED
