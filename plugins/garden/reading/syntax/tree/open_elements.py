"""The author's HTML where it is not closed: an element ends with its block at the latest (HT-3).

A browser would put the rest of the page into a `<details>` that is only named in prose, and would show the
rest of a note as the text of a `<textarea>`. Obsidian shows each block on its own, so there no element reaches
beyond its block. Here all tags that the author wrote in the blocks of one container (the note, a quote, a list item,
a footnote) share one stack: an end tag in a later block closes what an earlier one has opened, as with
`<details>` and `</details>` around Markdown. What is still open after that ends with its block; an end tag without an
element to end is dropped, since it would end one of ours.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass, field

from garden.reading.syntax.blocks.raw_html import ENDS_PARAGRAPH
from garden.reading.syntax.engine.findings import Findings, FoundHtml
from garden.reading.syntax.engine.serialize import BARE, RAW, STX, VOID

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
_LEAVES = frozenset(("p", BARE, "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "summary"))
# Each of these is a container of its own: an end tag outside it closes nothing in it.
_APART = frozenset(("td", "th", "summary"))
_WITHOUT_CONTENT = VOID | {"base", "link", "meta", "param", "html", "head", "body"}
# Elements in which browsers see no tags but their own end tag.
_LITERAL = frozenset(("script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"))
# HTML allows these to have no end tag; mostly the start of an element of the same family ends them.
_FAMILIES = (
    "li",
    "dt dd",
    "tr",
    "td th",
    "thead tbody tfoot",
    "option optgroup",
    "rt rp",
    "p",
    "colgroup",
    "caption",
)
_FAMILY = {name: family for family in _FAMILIES for name in family.split()}
# Unclosed, these would hide the rest of their line, or of their block: they are ended right where they begin.
_HIDES_LINE = _LITERAL | frozenset(
    "details dialog select template noscript video audio object canvas picture button".split()
)
_HIDES_BLOCK = frozenset(("iframe", "title", "noembed", "noframes", "canvas"))


# Browsers nest no deeper either; it bounds the search for the element that an end tag ends (HC-10).
_DEEPEST = 500


@dataclass(slots=True)
class _Open:
    """A start tag: the block and the piece of HTML that it is in, and where in that."""

    name: str
    block: etree.Element
    html: FoundHtml
    begin: int
    end: int
    empty: bool  # written as `<x/>`


@dataclass(slots=True)
class _Edits:
    """Changes to one piece of HTML: (from, to, new text), in any order."""

    html: FoundHtml
    changes: list[tuple[int, int, str]] = field(default_factory=list)

    def apply(self) -> None:
        """Make the changes."""
        text = self.html.element.text or ""
        pieces = []
        at = 0
        # The sort is stable, so that of several end tags at one place that of the innermost element stays first.
        for begin, end, new in sorted(self.changes, key=lambda change: change[:2]):
            pieces += [text[at:begin], new]
            at = end
        self.html.element.text = "".join(pieces) + text[at:]


def close_open_elements(root: etree.Element, findings: Findings) -> None:
    """End every element of the author's that nothing else ends; report it as `html-unclosed`."""
    if not findings.html:
        return
    found = {id(html.element): html for html in findings.html}
    edits = {id(html.element): _Edits(html) for html in findings.html}
    for top in (root, *(definition.element for definition in findings.footnotes.values())):
        for parent in top.iter():
            container = _Container(findings, edits)
            for child in parent:
                # A piece in a line is read with its block, and so is not there any more when the loop reaches its own parent.
                pieces = [found.pop(id(element)) for element in _raw_of(child) if id(element) in found]
                if pieces and (child.tag in _APART or child.get("class") == "callout-title"):
                    apart = _Container(findings, edits)
                    apart.read(child, pieces)
                    apart.finish()
                else:
                    container.read(child, pieces)
            container.finish()
    for edit in edits.values():
        edit.apply()


def _raw_of(block: etree.Element) -> Iterator[etree.Element]:
    """Yield the pieces of HTML in one block; those in blocks inside it belong to these."""
    if block.tag == RAW:
        yield block
    elif block.tag in _LEAVES or block.get("class") == "callout-title":
        yield from block.iter(RAW)


class _Container:
    """The tags of the blocks that are side by side in one element."""

    def __init__(self, findings: Findings, edits: dict[int, _Edits]) -> None:
        self.findings = findings
        self.edits = edits
        self.open: list[_Open] = []
        self.foreign = 0  # how many of `<svg>` and `<math>` are open: in them `<x/>` is closed

    def read(self, block: etree.Element, pieces: list[FoundHtml]) -> None:
        """Read the tags of one block."""
        for html in pieces:
            text = html.element.text or ""
            endless: set[str] = set()  # literal elements for which no end tag follows in this piece
            match = _TAG.search(text)
            while match is not None:
                at = match.end()
                name = match[2].lower()
                if match[1]:
                    self._end(name, html, match.span())
                elif name not in _WITHOUT_CONTENT and not (self.foreign and match[3].endswith("/")):
                    self._begin(_Open(name, block, html, *match.span(), match[3].endswith("/")))
                    if name in _LITERAL and name not in endless:
                        end = _literal_end(text, name, at)
                        if end is None:
                            endless.add(name)
                        else:
                            at = end
                match = _TAG.search(text, at)

    def _begin(self, tag: _Open) -> None:
        """Open an element; as in HTML, that ends a paragraph, or a neighbour of its own family, such as another `<li>`."""
        if tag.name in ENDS_PARAGRAPH and self.open and self.open[-1].name == "p":
            self.open.pop()
        family = _FAMILY.get(tag.name)
        if family and self.open and _FAMILY.get(self.open[-1].name) == family:
            self.open.pop()
        if len(self.open) < _DEEPEST:
            self.open.append(tag)
            self.foreign += tag.name in ("svg", "math")

    def _end(self, name: str, html: FoundHtml, span: tuple[int, int]) -> None:
        """End the innermost open element of this name; if there is none, the end tag at `span` is dropped."""
        at = next((at for at in range(len(self.open) - 1, -1, -1) if self.open[at].name == name), -1)
        if at < 0:
            if name not in ("p", "br"):  # these have a meaning alone
                self.edits[id(html.element)].changes.append((*span, ""))
            return
        # Open elements inside it end with it if they need no end tag; any other may still be closed by a later one.
        self.open[at:] = [tag for tag in self.open[at + 1 :] if tag.name not in _FAMILY]
        self.foreign -= name in ("svg", "math")

    def finish(self) -> None:
        """End what is still open, the innermost first."""
        for tag in reversed(self.open):
            if tag.empty and tag.name in _FAMILY:
                continue  # `<p/>` separates paragraphs, which browsers understand
            if tag.name not in _FAMILY:
                # The tag may have slots; the file has the same text only up to the first of them.
                written = (tag.html.element.text or "")[tag.begin : tag.end].partition(STX)[0]
                self.findings.report(
                    "html-unclosed",
                    tag.html.place(written),
                    f"<{tag.name}> is never closed, it ends with its block",
                    f"close it with </{tag.name}>; to name it, write `<{tag.name}>`",
                )
            end = f"</{tag.name}>"
            is_block = tag.block is tag.html.element
            if tag.empty or tag.name in (_HIDES_BLOCK if is_block else _HIDES_LINE):
                self.edits[id(tag.html.element)].changes.append((tag.end, tag.end, end))
            elif is_block:
                stop = len((tag.block.text or "").rstrip("\n"))
                self.edits[id(tag.block)].changes.append((stop, stop, end))
            else:
                element = etree.SubElement(tag.block, RAW)
                element.text = end
                self.findings.html.append(FoundHtml(element, tag.html.source, tag.html.start))


def _literal_end(text: str, name: str, at: int) -> int | None:
    """Return where the literal text of an element ends, None if nothing ends it in this piece."""
    match = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(text, at)
    return match.start() if match else None
