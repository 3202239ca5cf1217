"""Builds elements from a leaf's nodes, without recursion, and collects their plain text."""

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

# A sentence is quoted beside a backlink: longer ones are cut around the citing words.
_SENTENCE_REACH = 180
_SHOWN_REF = re.compile(f"{STX}(close|image|embed-inline):(\\d+){ETX}")
# One set of first characters, which the search looks for at once, and then what has to follow each.
_SENTENCE_END = re.compile(r"[.!?。！？\n](?:(?<=[。！？\n])|[\"')\]]*\s)")


class ElementBuilder:
    """Turns a leaf's nodes into elements, without recursion, and collects the plain text."""

    def __init__(self, findings: Findings, leaf: Leaf) -> None:
        """Build into the leaf's element, after its present content."""
        self.findings = findings
        self.leaf = leaf
        self.open = [leaf.element]
        self.pending: list[str] = []
        self.links = 0
        self.plain: list[str] = []
        self.measured = self.length = 0  # pieces of `plain`, and their characters
        self.written: dict[
            int, str
        ] = {}  # pieces of `plain` by which a heading is not compared as they are shown
        self.cited: list[tuple[int, int, int]] = []
        self.begun: list[tuple[int, int]] = []

    def add(self, nodes: list[InlineNode]) -> None:
        """Add nodes in order."""
        for node in nodes:
            # The most frequent ones first; to match each against a pattern would take several times as long.
            if isinstance(node, str):
                self.pending.append(node)
                self.plain.append(node)
            elif isinstance(node, Delimiter):
                self._marks(node)
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
                self._glyph(node)
            else:
                self._attributes(node)

    def _marks(self, node: Delimiter) -> None:
        for tag in node.closes:
            self.close(tag)
        if node.count:
            self.text(node.char * node.count)
        for tag in reversed(node.opens):
            self.begin(tag, {})

    def _glyph(self, node: Substitution) -> None:
        self.written[len(self.plain)] = node.written  # a heading is compared as it is written (AN-2)
        self.text(node.shown)

    def _atom(self, node: Atom) -> None:
        if node.is_link and self.links:
            self.text(node.plain)  # a link cannot be inside a link
            return
        self.flush()
        self.open[-1].append(node.element)
        self.plain.append(node.plain)

    def _attributes(self, node: Attributes) -> None:
        siblings = self.open[-1]
        if any(self.pending) or not len(siblings) or siblings[-1].tail or siblings[-1].tag == "br":
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
        """Put an element around a link to the vault or an image in it, which are resolved later; None for anything else.

        Width and height go to an image, which has a place for them.
        """
        match = _SHOWN_REF.fullmatch(siblings[-1].text or "")
        if match is None:
            return None
        kind, index = match[1], int(match[2])
        first = len(siblings) - 1
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
        if first < 0:
            return None
        wrapper = etree.Element("span")
        wrapper[:] = siblings[first:]
        siblings[first:] = [wrapper]
        return wrapper

    def _open(self, node: Open) -> None:
        if node.tag == "a":
            self.links += 1
            if self.links > 1:
                return
        if node.ref >= 0:
            ref = self.findings.refs[node.ref - self.findings.first_ref]
            self.raw(slot("open", node.ref))
            self.begun.append((node.ref, self._reach()))
            if ref.display and ref.kind is RefKind.WIKILINK and self.leaf.heading is not None:
                self.written[len(self.plain)] = ref.raw + " "
                self.plain.append("")
        else:
            self.begin(node.tag, dict(node.attributes))

    def _close(self, node: Close) -> None:
        if node.tag == "a":
            self.links -= 1
            if self.links > 0:
                return
        if node.ref >= 0:
            self.raw(slot("close", node.ref))
            index, start = self.begun.pop()
            self.cited.append((index, start, self._reach()))
        else:
            self.close(node.tag)

    def _tag(self, node: TagUse) -> None:
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

    def close(self, tag: str) -> None:
        """End the innermost element."""
        del tag
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

    def _reach(self) -> int:
        """Return the length of the plain text so far."""
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
        """Return the text by which a heading is compared: links count with target and display text (AN-2)."""
        return "".join([self.written.get(number, piece) for number, piece in enumerate(self.plain)])

    def finish(self) -> str:
        """Set the sentence of every reference, and return the plain text."""
        self.flush()
        plain = "".join(self.plain)
        refs = self.findings.refs
        for index, start, end in self.cited:
            sentence, cited = sentence_round(plain, start, end)
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


def sentence_round(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the sentence around `text[start:end]`, and where that is in it."""
    low = max(start - _SENTENCE_REACH, 0)
    high = min(end + _SENTENCE_REACH, len(text))
    begin = low
    for match in _SENTENCE_END.finditer(text, low, start):
        begin = match.end()
    stop = _SENTENCE_END.search(text, end, high)
    # The mark itself belongs to the sentence, the space after it does not.
    finish = stop.end() if stop else high
    left = text[begin:start].replace("\n", " ")
    right = text[end:finish].replace("\n", " ").rstrip()
    if begin == low and low > 0:
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
