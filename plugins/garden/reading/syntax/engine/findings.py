"""What the constructs collect while one note is converted."""

import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Anchor, VaultPath
from garden.model.note import Field, OutlineItem, Ref, Tag
from garden.model.settings import ReadingSettings
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView
from garden.reading.syntax.engine.mapped_text import MappedText


@dataclass(slots=True)
class FoundHeading:
    """A heading element in its parent; the text is known after the inline scan."""

    element: etree.Element
    parent: etree.Element
    level: int
    place: tuple[int, int]  # line and column in the file, here and below
    text: str = ""  # without markup
    key_text: str = ""  # by which links find it (AN-2)
    typed: str = ""  # as it is written in the note
    anchor: Anchor | None = None
    shown: bool = True
    above: int = 0  # lines of plain text before it
    nested: bool = False  # in a quote, callout, list or footnote
    wanted: str = ""  # the id that the author gives it


LeafKind = Literal["paragraph", "heading", "cell", "term", "title", "inline"]


class Leaf(Struct):
    """Text that the inline scan turns into the content of `element`.

    Most are made and never changed. `has_fields` says whether a full line of it may be a field (IF-1).
    """

    element: etree.Element
    text: MappedText
    kind: LeafKind = "paragraph"
    has_fields: bool = False
    heading: FoundHeading | None = None
    hides: bool = False  # something in it is not shown, so it may be empty on the page
    written: str | None = None  # the text as written, but without comments, if it has any (CM-2)
    may_hold_blocks: bool = False  # HTML of the author's, or an embed that may be a note or view (EM-10)


@dataclass(slots=True)
class FoundBlock:
    """An element that carries a block id (AN-5)."""

    id: str
    element: etree.Element
    place: tuple[int, int]
    wrap: str = ""
    anchor: Anchor | None = None
    heading: FoundHeading | None = None  # names its section


class FoundItem(Struct):
    """An item of a list, from which a `NoteItem` is made; its text is that of the leaf in its first child."""

    element: etree.Element
    line: int
    parent: int  # index in `Findings.items` of the item that it is nested in, -1 at the top
    mark: str = ""  # what is between the brackets of a task, empty for any other item


@dataclass(slots=True)
class FoundHtml:
    """A piece of HTML by the author: a whole block, or one inline tag, as it is in the file."""

    element: etree.Element
    source: MappedText
    start: int = 0  # offset of the piece in `source`

    def place(self, tag: str) -> tuple[int, int]:
        """Return the (line, column) of the file where `tag` is in this piece."""
        return self.source.place(max(self.source.text.find(tag, self.start), self.start))


class Formula(Struct, frozen=True):
    """An element that will show `tex` (MA), which is at `start` of `text`; `place` is the place of the opening mark."""

    element: etree.Element
    tex: str
    text: MappedText
    place: tuple[int, int]
    start: int


@dataclass(slots=True)
class FoundFootnote:
    """A footnote's text (FN-1) in its element, with what was found in it.

    What was found counts for the note only if something refers to the footnote; otherwise it is not shown (FN-3).
    """

    element: etree.Element
    leaves: list[Leaf] = field(default_factory=list)
    headings: list[FoundHeading] = field(default_factory=list)
    blocks: list[FoundBlock] = field(default_factory=list)
    used: bool = False  # whether something refers to it


@dataclass(slots=True)
class Findings:
    """Everything found in one note, footnotes last. One object per conversion.

    The first fields, up to `coloured`, are set before the conversion; the constructs fill the others.
    """

    path: VaultPath
    settings: ReadingSettings
    language: str = ""  # of the page
    board: bool = False  # whether the note is shown as a Kanban board
    properties: Mapping[str, object] = field(default_factory=dict)  # those of the front matter
    title: str = ""  # as the front matter gives it, or else set when the headings are known
    first_ref: int = 0  # references of the front matter come first in Document.refs
    # blocks of code that need not be coloured again, by language and code
    coloured: Mapping[tuple[str, str], str] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    headings: list[FoundHeading] = field(default_factory=list)
    blocks: list[FoundBlock] = field(default_factory=list)
    # Label -> (destination, title)
    link_definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    footnotes: dict[str, FoundFootnote] = field(default_factory=dict)  # by label
    formulas: list[Formula] = field(default_factory=list)
    views: list[HierarchyView | LiveView] = field(default_factory=list)
    has_views: bool = False  # whether one is in the HTML itself (`Body.has_views`)
    items: list[FoundItem] = field(default_factory=list)
    raw_ids: set[str] = field(default_factory=set)  # ids of elements in HTML by the author
    raw: Place | None = None  # the first HTML tag by the author
    html: list[FoundHtml] = field(default_factory=list)  # all HTML by the author
    outline: list[OutlineItem] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)  # short -> long
    contents: etree.Element | None = None  # the place for a list of the headings
    # Constructs that are in the note, but not turned on in the settings -> first place of one
    unasked: dict[str, tuple[int, int]] = field(default_factory=dict)
    # The text without markup, an entry for each leaf but headings
    plain: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)  # the text of code blocks
    own_lines: int = 0  # how many lines of `plain` are before those of footnotes
    unspaced_words: int = 0  # in scripts without spaces: two characters are as long as a word
    problems: list[Diagnostic] = field(default_factory=list)

    def place(self, at: tuple[int, int]) -> Place:
        """Return the Place in this note's file of a (line, column)."""
        return Place(self.path, at[0], at[1])

    def report(self, code: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        """Record a problem at a (line, column) of the file; `code` is its id, and `hint` says what to do."""
        self.problems.append(Diagnostic(self.place(at), code, message, hint))

    def asks_for(self, construct: str, at: tuple[int, int]) -> bool:
        """Say whether the settings turn a construct on; one that is off is reported once (FT-9)."""
        if construct in self.settings.constructs:
            return True
        self.unasked[construct] = min(self.unasked.get(construct, at), at)
        return False

    def record_html(self, at: tuple[int, int]) -> None:
        """Record that there is HTML by the author at a (line, column) of the file."""
        place = self.place(at)
        self.raw = min(self.raw or place, place)

    def use_footnote(self, label: str) -> bool:
        """Say whether a footnote has a text; if so, the text will be shown, and counts."""
        definition = self.footnotes.get(label)
        if definition is None:
            return False
        if not definition.used:
            definition.used = True
            self.leaves += definition.leaves
            self.headings += definition.headings
            self.blocks += definition.blocks
        return True

    def set_display(self, index: int, display: str) -> None:
        """Give the reference at `index` its plain display text."""
        at = index - self.first_ref
        self.refs[at] = replace(self.refs[at], display=display)

    def add_ref(self, ref: Ref) -> int:
        """Store a reference and return its index in the Document's `refs`."""
        self.refs.append(ref)
        return self.first_ref + len(self.refs) - 1
