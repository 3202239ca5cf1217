"""A finished body as Markdown, for readers that are programs.

Made from the HTML and not from the note's source: what is not published, commented out or part of
the hierarchy is not in it, links are resolved, and the text of code is exactly what it was.
"""

import re
from html import unescape
from typing import Final

from garden.rendering.files.markdown_blocks import Attributes, OpenElement, address, block, inline, plain

_VOID: Final = frozenset("area br col embed hr img input link meta source track wbr".split())
_SKIPPED: Final = frozenset("audio iframe math object script style svg template video".split())
_BLOCKS: Final = frozenset(
    "address article aside blockquote details div dl dd dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_CODE: Final = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_TAG: Final = re.compile(
    r"""<!--.*?-->|<![^>]*>|<\?[^>]*>"""
    r"""|</(?P<end>[A-Za-z][^\s>/]*)[^>]*>"""
    r"""|<(?P<begin>[A-Za-z][^\s>/]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[^\s=>/"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
_SPAN: Final = re.compile(r"</?span\b[^>]*>")
# What would end a link's text.
_ESCAPES: Final = str.maketrans({char: "\\" + char for char in "\\[]<>"})


def line_text(text: str) -> str:
    """Return a plain text, such as a title, as one line of Markdown."""
    return " ".join(text.split()).translate(_ESCAPES)


def markdown_text(html: str) -> str:
    """Return a filled body as Markdown with one line break at its end, empty for an empty one."""
    reader = _MarkdownWriter()
    # The colours of code are most of all tags, and say nothing.
    reader.read(_CODE.sub(_without_colours, html))
    return reader.text()


def _attributes(written: str) -> Attributes:
    return {
        match["name"].lower(): unescape(match["double"] or match["single"] or match["bare"] or "")
        for match in _ATTRIBUTE.finditer(written)
    }


def _without_colours(code: re.Match[str]) -> str:
    return _SPAN.sub("", code[0])


class _MarkdownWriter:
    """Reads HTML once from left to right; open elements are on a stack, so nesting costs no recursion.

    The HTML is our own, well-formed but for what an author typed, which may cost its markup but no
    text. The standard library's parser finds the same and takes three times as long.
    """

    def __init__(self) -> None:
        self._stack = [OpenElement("")]
        self._skipping: list[str] = []
        self._literal = 0
        self._embeds = 0

    def read(self, html: str) -> None:
        """Read a whole text."""
        at = 0
        for tag in _TAG.finditer(html):
            if tag.start() > at:
                self._take(html[at : tag.start()])
            at = tag.end()
            if tag["end"]:
                self._close(tag["end"].lower())
            elif tag["begin"]:
                self._open(tag["begin"].lower(), tag["attributes"])
        if at < len(html):
            self._take(html[at:])

    def text(self) -> str:
        """Return the Markdown of all that was read."""
        while len(self._stack) > 1:
            self._end(self._stack[-1].tag)
        text = self._stack[0].joined()
        return text + "\n" if text else ""

    def _open(self, tag: str, written: str) -> None:
        if self._skipping:
            if tag not in _VOID:
                self._skipping.append(tag)
            return
        if self._literal and tag == "span":
            return  # a colour
        attributes = _attributes(written) if written else {}
        if tag in _VOID:
            self._void(tag, attributes)
            return
        if self._is_skipped(tag, attributes):
            self._skipping.append(tag)
            return
        if tag in _BLOCKS and not self._literal:
            self._stack[-1].end_line()
        self._literal += tag in ("pre", "code")
        self._embeds += _is_embed(attributes)
        self._stack.append(OpenElement(tag, attributes))

    def _close(self, tag: str) -> None:
        """Close an element; an end without a begin says nothing."""
        if self._skipping:
            if tag in self._skipping:
                while self._skipping.pop() != tag:
                    pass
            return
        if self._literal and tag == "span":
            return
        if self._stack[-1].tag == tag or any(frame.tag == tag for frame in self._stack[1:]):
            while self._stack[-1].tag != tag:
                self._end(self._stack[-1].tag)
            self._end(tag)

    def _take(self, data: str) -> None:
        """Take text; outside of code, blanks are one and signs of Markdown are escaped."""
        if self._skipping:
            return
        data = unescape(data) if "&" in data else data
        if not self._literal:
            data = plain(data)
        self._stack[-1].line.append(data)

    def _is_skipped(self, tag: str, attributes: Attributes) -> bool:
        classes = attributes.get("class", "").split()
        line = self._stack[-1]
        if "math" in classes and "data-tex" in attributes:
            tex = attributes["data-tex"]
            line.line.append(f"$${tex}$$" if "block" in classes else f"${tex}$")
            return True
        # The text of an embed is on a page of its own, to which the link before it leads.
        inside = self._embeds > 0 and "embed-source" not in classes and "attachment" not in classes
        summary = tag == "summary" and any(
            frame.attributes.get("class") in ("diagram", "not-rendered", "view") for frame in self._stack
        )
        return tag in _SKIPPED or "footnote-back" in classes or inside or summary

    def _void(self, tag: str, attributes: Attributes) -> None:
        line = self._stack[-1].line
        match tag:
            case "br":
                line.append("  \n")
            case "hr":
                self._stack[-1].end_line()
                self._stack[-1].blocks.append("---")
            case "img":
                line.append(f"![{plain(attributes.get('alt', ''))}]({address(attributes.get('src', ''))})")

    def _end(self, tag: str) -> None:
        frame = self._stack.pop()
        above = self._stack[-1]
        self._literal -= tag in ("pre", "code")
        self._embeds -= _is_embed(frame.attributes)
        if tag in _BLOCKS and not self._literal:
            made = block(frame, above)
            if made:
                above.blocks.append(made)
        else:
            above.line.append(inline(frame, literal=self._literal > 0))


def _is_embed(attributes: Attributes) -> bool:
    return "data-embed" in attributes and "embed" in attributes.get("class", "").split()
