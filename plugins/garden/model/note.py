"""What one note says, read alone: the result of layer 1.

A `Document` depends on the bytes of one file and on the reading settings only,
so it can be cached by content hash. Anything that depends on other notes is left as
a `Ref` (a question) and a `Slot` (a gap in the HTML) for the later layers.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from msgspec import Struct, field

from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Anchor, Folded, VaultPath

DEEPEST_HEADING: Final = 6
"""The lowest level of a heading."""

_NO_KEY = Folded("")


class Status(Enum):
    """Where a note may appear (PB-1, PB-2)."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"


class HoldReason(Enum):
    """Why a note is held back; the value is how a report calls it."""

    STATUS = "a status of draft"
    KEY = "publish, draft, private or visibility"
    UNKNOWN_STATUS = "a status that is not known, which counts as draft"
    NEAR = "a key that looks misspelt or misplaced"
    UNREADABLE = "front matter that cannot be read"
    DEFAULT = "no status of its own"
    FUTURE = "a date in the future"
    UNLINKED = "no published note that links to it"


class HeldBack(NamedTuple):
    """Why a note is held back, and what its author wrote that says so: a value, a key or a line."""

    reason: HoldReason
    written: str


class Source(Struct, frozen=True):
    """One Markdown file: text with LF line ends and no BOM (HC-8), the hash of its bytes, and their number."""

    path: VaultPath
    text: str
    sha: str
    problems: tuple[Diagnostic, ...] = ()
    size: int = 0


class Target(NamedTuple):
    """What a link names, as written, split but not resolved (WL-1, WL-3, WL-13).

    `path` is empty for a link into the same note; a trailing `.md` is dropped for wiki-links.
    `headings` is the chain of `#A#B` (AN-3). `fragment` is the decoded fragment of a Markdown
    link, which may be an element id, a heading or a `^block`; wiki-links leave it empty.
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
    """One reference from a note to something else, unresolved.

    `raw` is the destination as typed (`n#^b`; for Markdown kinds the undecoded destination).
    `display` is the plain display text, empty for the default (WL-7). `relation` is the compared
    name of the hierarchy field whose value holds the reference (HI-2), empty elsewhere.
    `sentence` is the plain text of the sentence around it, and `cited` the place of the display
    text in that sentence. `plain_name` marks a front-matter value without brackets.
    """

    kind: RefKind
    target: Target
    raw: str
    place: Place
    display: str = ""
    relation: str = ""
    sentence: str = ""
    cited: tuple[int, int] = (0, 0)
    plain_name: bool = False
    title: str = ""
    size: str = ""


class Heading(Struct, frozen=True):
    """A heading; `parts[start:end]` of the body is it and its section (EM-4).

    `shown` is false for a title that TI-2 hides: then its anchor is the page's own. `above` is the
    number of lines of `Document.plain` before it. `typed_key` compares it as it is typed,
    with its markup: Obsidian writes links that way (AN-2). `nested` says that it is in a
    quote, callout, list or footnote, which no table of contents lists (AN-1).
    """

    level: int
    text: str
    key: Folded
    anchor: Anchor
    place: Place
    start: int
    end: int
    shown: bool = True
    above: int = 0
    typed_key: Folded = _NO_KEY
    nested: bool = False


class Block(Struct, frozen=True):
    """A block with an id (AN-5); `parts[start:end]` is that block, or the section that a heading opens.

    `wrap` is the element that its HTML needs around it when shown alone (`ul`, `ol` for a list
    item), empty for none. `id` is lower-case.
    """

    id: str
    anchor: Anchor
    place: Place
    start: int
    end: int
    wrap: str = ""
    text: str = ""


class Tag(NamedTuple):
    """A tag as typed, without `#` (TG)."""

    name: str
    place: Place


class Field(Struct, frozen=True):
    """An inline field (IF); `key` is compared, `label` as written, `value` plain text, `raw` its Markdown."""

    key: str
    label: str
    value: str
    place: Place
    raw: str = ""


class OutlineItem(NamedTuple):
    """An item of a list: what its first link names, and the item that it is nested in.

    `ref` is the index of the link in `Document.refs`, -1 for none; `parent` the index of the item
    in the outline, -1 at the top. `label` is the text before the link.
    """

    ref: int
    parent: int
    label: str = ""


class Date(Struct, frozen=True):
    """A date or date-time as the author wrote it: ISO text without clock or zone guesses (FM-10).

    `iso` sorts and goes into `<time datetime>`: `2023-01-17` or `2023-01-17T09:30:00+01:00`.
    """

    iso: str
    year: int
    month: int
    day: int


class Revision(NamedTuple):
    """A commit: its id, the moment of its author as ISO text with a zone, the author's name, the first line of its message."""

    commit: str
    moment: str
    author: str
    subject: str


class TitledText(NamedTuple):
    """A question with its answer, or a step of a how-to with what to do in it, both plain text (FM-19)."""

    title: str
    text: str


class Meta(Struct, frozen=True):
    """A note's front matter, read by meaning (FM, TI). Absent text is empty.

    `properties` has every key as written, in order, with its value in core YAML types; dates
    stay text. `refs` are the links in property text, hierarchy fields included. The picture for other sites is
    a file of the vault, `image_ref` being its index in `refs`, or `image_address` on another site. `robots` is what
    search engines are asked to do, in the words of the `robots` meta element, empty for the usual. `questions` and
    `steps` are those of FM-19. `revisions` are those of its text, the last one first, as many as the settings ask for: they come from the history of its file.
    """

    title: str = ""
    slug: str = ""
    permalink: str = ""
    url: str = ""
    save_as: str = ""
    status: Status = Status.PUBLISHED
    held: HeldBack | None = None
    date: Date | None = None
    modified: Date | None = None
    summary: str = ""
    image_ref: int | None = None
    image_address: str = ""
    image_alt: str = ""
    robots: str = ""
    questions: tuple[TitledText, ...] = ()
    steps: tuple[TitledText, ...] = ()
    category: str = ""
    authors: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    lang: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    refs: tuple[Ref, ...] = ()
    properties: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


class Document(Struct, frozen=True):
    """Everything that one note says. `refs` are front matter first, then in text order.

    `title` follows TI-1. `tags` are front matter first, each tag once by fold. `plain` is the
    text of the body for search and summaries, blocks separated by line breaks, without comments,
    hierarchy lines and code; `words` counts the whole; `terms` are lines `term weight` for the search
    index (`reading.search_terms`). `uses_math` and the like are not stored:
    themes must not need them. `raw_ids` are the ids of elements written in HTML. `outline` are
    the items of all lists in text order; it is empty unless the settings ask for it. `footnotes_at` is
    where the texts of footnotes begin in `plain`, None where nobody has looked. `text_hash` tells a note that
    has another name now: the hash of its text without front matter, empty for no text. `items` is a hash of
    the items of lists in the body, empty for none, `size` the number of the file's bytes. `has_page`
    is false for a view that is only shown where it is embedded. `view` is "drawing" or "kanban" for a note that is
    shown as one.
    """

    path: VaultPath
    sha: str
    title: str
    meta: Meta
    refs: tuple[Ref, ...] = ()
    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    plain: str = ""
    words: int = 0
    terms: str = ""
    body: Body = Body()
    problems: tuple[Diagnostic, ...] = ()
    raw_ids: tuple[str, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    footnotes_at: int | None = None
    text_hash: str = ""
    items: str = ""
    size: int = 0
    has_page: bool = True
    view: str = ""

    def opening(self, length: int) -> str:
        """Return the first `length` characters of `plain`, without the texts of footnotes (FN-1)."""
        end = length if self.footnotes_at is None else min(length, self.footnotes_at)
        return self.plain[:end]

    @property
    def published(self) -> bool:
        """Whether the note has a page (PB-1): hidden notes have one too."""
        return self.meta.status is not Status.DRAFT

    @property
    def previewed(self) -> bool:
        """Whether the note has a page only in a preview, because it is held back (PB-8)."""
        return self.published and self.meta.held is not None

    @property
    def listed(self) -> bool:
        """Whether the note appears in listings (PB-2)."""
        return self.meta.status is Status.PUBLISHED
