"""Makes the elements of a leaf from the nodes that its scan has appended, and collects the plain text of them.

It does not recurse, since constructs may be deeply nested (HC-10).
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping

from msgspec.structs import replace

from garden.model.names import is_image
from garden.model.note import RefKind, Tag
from garden.reading.syntax.engine.delimiters import Delimiter
from garden.reading.syntax.engine.findings import Findings, Leaf
from garden.reading.syntax.engine.nodes import (
    Atom,
    Attributes,
    Close,
    InlineNode,
    Open,
    RefText,
    Substitution,
    TagUse,
)
from garden.reading.syntax.engine.serialize import ETX, RAW, STX, slot

# The most characters of a sentence that are shown on each side of a link in it, beside a backlink.
_SENTENCE_REACH = 180
# The slot with which a link to the vault ends, or the slot of an image or embed.
_SHOWN_REF = re.compile(f"{STX}(close|image|embed-inline):(\\d+){ETX}")
# A Chinese or Japanese mark and a line break end a sentence alone, other marks only before white space. One set has all
# of them, so that the search can jump to the next one.
_SENTENCE_END = re.compile(r"[.!?。！？\n](?:(?<=[。！？\n])|[\"')\]]*\s)")


class ElementBuilder:
    """Turns a leaf's nodes into elements, and collects their plain text. `add` the nodes, then `finish`."""

    def __init__(self, findings: Findings, leaf: Leaf) -> None:
        """Build into the leaf's element, after its present content."""
        self.findings = findings
        self.leaf = leaf
        self.open = [leaf.element]  # the elements that have not ended, the innermost last
        self.pending: list[str] = []  # text that is not in the tree yet
        self.links = 0  # how many links have not ended: only the outermost becomes one
        self.plain: list[str] = []
        self.measured = self.length = 0  # how many pieces of `plain` are measured, and their characters
        # A heading is compared with links by its text as it is shown, except for these pieces of `plain`, by index.
        self.written: dict[int, str] = {}
        # References that have not ended, and where in the plain text they begin
        self.begun: list[tuple[int, int]] = []
        # References, and where in the plain text they begin and end
        self.cited: list[tuple[int, int, int]] = []

    def add(self, nodes: list[InlineNode]) -> None:
        """Add nodes in order."""
        for node in nodes:
            # The most frequent ones first. A `match` statement would take several times as long.
            if isinstance(node, str):
                self.pending.append(node)
                self.plain.append(node)
            elif isinstance(node, Delimiter):
                self._delimiter(node)
            elif isinstance(node, Open):
                self._open(node)
            elif isinstance(node, Close):
                self._close(node)
            elif isinstance(node, RefText):
                self.raw(slot("text", node.ref))
                self.plain.append(node.text)
            elif isinstance(node, Atom):
                self._atom(node)
            elif isinstance(node, TagUse):
                self._tag(node)
            elif isinstance(node, Substitution):
                self._substitution(node)
            else:
                self._attributes(node)

    def _delimiter(self, node: Delimiter) -> None:
        """End and begin the elements that a run of emphasis marks has been paired for; what is left of it is text."""
        for _ in node.closes:
            self.end()
        if node.count:  # marks that have no partner
            self.text(node.char * node.count)
        for tag in reversed(node.opens):
            self.begin(tag, {})

    def _substitution(self, node: Substitution) -> None:
        """Add what is shown, and keep what is written instead of it."""
        self.written[len(self.plain)] = node.written  # a heading is compared as it is written (AN-2)
        self.text(node.shown)

    def _atom(self, node: Atom) -> None:
        """Add a finished element."""
        if node.is_link and self.links:
            self.text(node.plain)  # a link cannot be inside a link
            return
        self.flush()
        self.open[-1].append(node.element)
        self.plain.append(node.plain)

    def _attributes(self, node: Attributes) -> None:
        """Give attributes to the element that ends right before them; without one they are text."""
        siblings = self.open[-1]
        has_text_before = any(self.pending) or (len(siblings) and siblings[-1].tail)
        if has_text_before or not len(siblings) or siblings[-1].tag == "br":
            self.text(node.typed)
            return
        element = siblings[-1]
        if element.tag == RAW:
            wrapped = self._wrapped(siblings, node.values)
            if wrapped is None:
                self.text(node.typed)
                return
            element = wrapped
        give_attributes(element, node.values)

    def _wrapped(self, siblings: etree.Element, values: dict[str, str]) -> etree.Element | None:
        """Return a new element around the link or image that ends the `siblings`, which will have its attributes.

        Links to the vault, and images in it, are slots until rendering, so that they cannot have attributes themselves.
        Only the width and height of an image are left out of `values`: its reference has a place for them. None if
        something else ends the siblings.
        """
        match = _SHOWN_REF.fullmatch(siblings[-1].text or "")
        if match is None:
            return None
        kind, index = match[1], int(match[2])
        first = len(siblings) - 1  # index of the sibling with which the link or image begins
        if kind == "close":
            opening = slot("open", index)
            while first >= 0 and not (siblings[first].tag == RAW and siblings[first].text == opening):
                first -= 1
        else:
            at = index - self.findings.first_ref
            ref = self.findings.refs[at]
            if kind == "embed-inline" and not is_image(ref.target.path):
                return None
            size = _size(values)
            if size:
                self.findings.refs[at] = replace(ref, size=size)
                for key in ("width", "height"):
                    values.pop(key, None)
            if not values:
                return siblings[-1]
        if first < 0:  # the link begins in another element
            return None
        wrapper = etree.Element("span")
        wrapper[:] = siblings[first:]
        siblings[first:] = [wrapper]
        return wrapper

    def _open(self, node: Open) -> None:
        """Begin an element, or the slot of a reference, whose place in the plain text is noted."""
        if node.tag == "a":
            self.links += 1
            if self.links > 1:
                return
        if node.ref >= 0:
            ref = self.findings.refs[node.ref - self.findings.first_ref]
            self.raw(slot("open", node.ref))
            self.begun.append((node.ref, self._plain_length()))
            if ref.display and ref.kind is RefKind.WIKILINK and self.leaf.heading is not None:
                # A heading `[[target|display]]` is compared by both, and shown with the second (AN-2).
                self.written[len(self.plain)] = ref.raw + " "
                self.plain.append("")
        else:
            self.begin(node.tag, dict(node.attributes))

    def _close(self, node: Close) -> None:
        """End an element, or the slot of a reference, whose place in the plain text is now known."""
        if node.tag == "a":
            self.links -= 1
            if self.links > 0:
                return
        if node.ref >= 0:
            self.raw(slot("close", node.ref))
            index, start = self.begun.pop()
            self.cited.append((index, start, self._plain_length()))
        else:
            self.end()

    def _tag(self, node: TagUse) -> None:
        """Record a tag, and add its slots; within a link it is text."""
        self.findings.tags.append(Tag(node.name, self.findings.place(self.leaf.text.place(node.at))))
        if self.links:
            self.text("#" + node.name)
            return
        self.raw(slot("tag-open", node.name))
        self.text("#" + node.name)
        self.raw(slot("tag-close", node.name))

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.flush()
        self.open.append(etree.SubElement(self.open[-1], tag, attributes))

    def end(self) -> None:
        """End the innermost element."""
        self.flush()
        self.open.pop()

    def raw(self, html: str) -> None:
        """Add HTML as it is."""
        self.flush()
        etree.SubElement(self.open[-1], RAW).text = html

    def text(self, text: str) -> None:
        """Add text."""
        self.pending.append(text)
        self.plain.append(text)

    def _plain_length(self) -> int:
        """Return the length of the plain text so far; each piece is measured once."""
        self.length += sum(map(len, self.plain[self.measured :]))
        self.measured = len(self.plain)
        return self.length

    def flush(self) -> None:
        """Put the collected text into the tree in one piece: adding it bit by bit would take quadratic time."""
        if not self.pending:
            return
        append_text(self.open[-1], "".join(self.pending))
        self.pending.clear()

    def key_text(self) -> str:
        """Return the text by which links find a heading: a link in it counts with its target and its display text (AN-2)."""
        return "".join([self.written.get(number, piece) for number, piece in enumerate(self.plain)])

    def finish(self) -> str:
        """Set the sentence of every reference, and return the plain text."""
        self.flush()
        plain = "".join(self.plain)
        refs = self.findings.refs
        for index, start, end in self.cited:
            sentence, cited = sentence_around(plain, start, end)
            at = index - self.findings.first_ref
            refs[at] = replace(refs[at], sentence=sentence, cited=cited)
        return plain


def give_attributes(element: etree.Element, values: Mapping[str, str]) -> None:
    """Set attributes of an element; classes are added to the existing ones."""
    for key, value in values.items():
        joined = key == "class" and element.get("class")
        element.set(key, f"{joined} {value}" if joined else value)


def append_text(element: etree.Element, text: str) -> None:
    """Add text to an element's content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def sentence_around(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the sentence around `text[start:end]`, cut with ellipses if it is long, and where that stretch is in it."""
    low = max(start - _SENTENCE_REACH, 0)
    high = min(end + _SENTENCE_REACH, len(text))
    begin = low
    for match in _SENTENCE_END.finditer(text, low, start):
        begin = match.end()
    stop = _SENTENCE_END.search(text, end, high)
    finish = stop.end() if stop else high
    left = text[begin:start].replace("\n", " ")
    right = text[end:finish].replace("\n", " ").rstrip()
    if begin == low and low > 0:  # no sentence ends within reach: begin with a whole word
        left = "…" + left.partition(" ")[2]
    if stop is None and high < len(text):
        right = right.rpartition(" ")[0] + "…"
    left = left.lstrip()
    cited = text[start:end].replace("\n", " ")
    return left + cited + right, (len(left), len(left) + len(cited))


def _size(values: dict[str, str]) -> str:
    """Return the size of an image in the form that authors write (EM-2), empty unless attributes give it in pixels."""
    width, height = (values.get(key, "").removesuffix("px") for key in ("width", "height"))
    if not width.isdecimal():
        return ""
    return f"{width}x{height}" if height.isdecimal() else width
