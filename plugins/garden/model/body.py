"""The text of a note as HTML and as Markdown, with slots: gaps that only later layers can fill."""

from enum import Enum

from msgspec import Struct

from garden.model.diagnostic import Place
from garden.model.views.canvas import CanvasView
from garden.model.views.drawing import DrawingView
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView


class SlotKind(Enum):
    """The kinds of gaps in a note's HTML and Markdown; the comments say what `Slot.value` is."""

    # Enum's own is a function in Python; members are compared by identity.
    __hash__ = object.__hash__

    LINK_OPEN = "open"  # index into Document.refs: becomes <a …> or <span class="unresolved">
    LINK_CLOSE = "close"  # index into Document.refs
    LINK_TEXT = "text"  # index into Document.refs: the default display text (WL-7)
    EMBED_BLOCK = "embed-block"  # index into Document.refs; it takes the place of a block
    EMBED_INLINE = "embed-inline"  # index into Document.refs; it is part of a line
    IMAGE = "image"  # index into Document.refs: a Markdown image with a vault path
    TAG_OPEN = "tag-open"  # name of a tag as typed: becomes <a rel="tag" href>
    TAG_CLOSE = "tag-close"  # name of a tag as typed
    ID = "id"  # an anchor: the value of an id attribute
    FRAGMENT = "fragment"  # an anchor of this note: the value of a href attribute, with #
    OUTSIDE = "outside"  # the address of a link to another site, escaped in HTML
    # Index into Document.refs: the value of an attribute in the author's own HTML
    REF_ADDRESS = "ref-address"
    ADDRESS = "address"  # a relative address in the author's own HTML, escaped as it is typed
    FOOTNOTE = "footnote"  # index into Body.footnotes: a reference mark
    VIEW = "view"  # a HierarchyView, a LiveView, a CanvasView or a DrawingView
    INLINE_VIEW = "view-inline"  # a LiveView within a line
    HEADING = "heading"  # level of a heading in Markdown: becomes as many # as it needs where it is shown
    HEADING_LEVEL = "level"  # level of a heading, the number in the name of its HTML element
    WORD = "word"  # key of a word of the interface, which is in the language of the page


class Slot(Struct, frozen=True):
    """A gap that only later layers can fill; `value` says with what, depending on `kind`."""

    kind: SlotKind
    value: int | str | HierarchyView | LiveView | CanvasView | DrawingView


Part = str | Slot
"""A piece of finished HTML or Markdown, or a gap between two pieces."""


class Footnote(Struct, frozen=True):
    """The text of a footnote: `parts` as inline or block HTML, `markdown` as Markdown; `number` starts at 1."""

    label: str
    number: int
    parts: tuple[Part, ...]
    markdown: tuple[Part, ...] = ()


class NoteItem(Struct, frozen=True):
    """An item of a list, for queries of items and tasks."""

    mark: str  # the character in the box of a task, empty for any other item
    text: str  # as written, without comments and the items nested in it
    line: int  # of the file, as `last_line`
    last_line: int
    parent: int = -1  # index in Body.items of the item that it is nested in, -1 at the top
    block: str = ""  # its block id, empty for none


class Body(Struct, frozen=True):
    """The text of a note."""

    parts: tuple[Part, ...] = ()  # its HTML, without footnotes
    footnotes: tuple[Footnote, ...] = ()  # in the order of their numbers
    raw: Place | None = None  # where the author's own HTML begins, None if there is none
    markdown: tuple[Part, ...] = ()  # the same text as Markdown, without footnotes and embedded notes
    items: tuple[NoteItem, ...] = ()  # the items of all lists, in text order
    # Whether the HTML itself contains a view: a board, or the box of a view that is not rendered.
    has_views: bool = False
    # The text to be searched: a line for each block, without comments, relations and code.
    plain: str = ""
    terms: str = ""  # lines `weight term term …` for the search index (`reading.search_terms`)
