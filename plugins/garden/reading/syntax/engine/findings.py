"""What the constructs collect while one note is converted."""

import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Anchor, VaultPath
from garden.model.note import Field, Ref, Tag
from garden.model.settings import Reading
from garden.reading.syntax.engine.text import MappedText


@dataclass(slots=True)
class Leaf:
    """Text that the inline scan turns into the content of `element`.

    `kind` is "paragraph", "heading", "cell", "title" or "inline"; `task` marks the text of a
    task item, in which a full line is no field (IF-1).
    """

    element: etree.Element
    text: MappedText
    kind: str = "paragraph"
    task: bool = False
    hides: bool = False  # something in it is not shown: it may come out empty
    may_hold_blocks: bool = False  # an embed in it may turn out to be a note (EM-10)


@dataclass(slots=True)
class FoundHeading:
    """A heading element in its parent; the text is known after the inline scan."""

    element: etree.Element
    parent: etree.Element
    level: int
    place: tuple[int, int]
    text: str = ""
    key_text: str = ""
    anchor: Anchor | None = None
    shown: bool = True
    above: int = 0  # lines of plain text before it


@dataclass(slots=True)
class FoundBlock:
    """An element that carries a block id (AN-5)."""

    id: str
    element: etree.Element
    place: tuple[int, int]
    wrap: str = ""


@dataclass(slots=True)
class Definition:
    """A footnote's text (FN-1): the element that holds it, and the place of its label."""

    element: etree.Element
    place: tuple[int, int]


@dataclass(slots=True)
class Findings:
    """Everything found in one note, in source order. One object per conversion."""

    path: VaultPath
    settings: Reading
    title: str = ""  # as the front matter gives it, else set when the headings are known
    first_ref: int = 0  # references of the front matter come first in Document.refs
    leaves: list[Leaf] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    headings: list[FoundHeading] = field(default_factory=list)
    blocks: list[FoundBlock] = field(default_factory=list)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)  # label -> (dest, title)
    footnotes: dict[str, Definition] = field(default_factory=dict)
    raw_ids: set[str] = field(default_factory=set)
    plain: list[str] = field(default_factory=list)
    words: int = 0
    problems: list[Diagnostic] = field(default_factory=list)

    def place(self, at: tuple[int, int]) -> Place:
        """Return the Place in this note's file of a (line, column)."""
        return Place(self.path, at[0], at[1])

    def report(self, code: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        """Note a problem at a (line, column) of the file."""
        self.problems.append(Diagnostic(self.place(at), code, message, hint))

    def add_ref(self, ref: Ref) -> int:
        """Store a reference and return its index in the Document's `refs`."""
        self.refs.append(ref)
        return self.first_ref + len(self.refs) - 1
