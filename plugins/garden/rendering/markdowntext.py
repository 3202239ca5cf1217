"""A finished body as Markdown, for readers that are programs.

Made from the HTML and not from the note's source: what is not published, commented out or part of
the hierarchy is not in it, links are resolved, and the text of code is exactly what it was.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_VOID: Final = frozenset("area br col embed hr img input link meta source track wbr".split())
_SKIPPED: Final = frozenset("audio iframe math object script style svg template video".split())
_BLOCKS: Final = frozenset(
    "address article aside blockquote details div dl dd dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_AS_TYPED: Final = frozenset("abbr cite dfn ins kbd q rp rt ruby samp small sub sup u var".split())
_MARKS: Final = {
    "em": "*",
    "i": "*",
    "strong": "**",
    "b": "**",
    "del": "~~",
    "s": "~~",
    "mark": "==",
}
_SPACE: Final = re.compile(r"\s+")
_SPECIAL: Final = re.compile(r"[\\`*<\[\]]|(?<!\w)_|_(?!\w)|~~|==")
_LINE_START: Final = re.compile(r"(?m)^(#{1,6}(?= )|[-+>](?= |$)|\d{1,9}(?=[.)](?: |$)))")
_RUN: Final = re.compile(r"`+")
_LANGUAGE: Final = re.compile(r"language-(\S+)")
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

Attributes = Mapping[str, str]


def markdown_text(html: str) -> str:
    """Return a filled body as Markdown with one line break at its end, empty for an empty one."""
    reader = _Reader()
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


@dataclass(slots=True)
class _Frame:
    """An open element and what it has said so far: finished blocks, and a line that still grows."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""

    def end_line(self) -> None:
        """Make a block of the line."""
        text = "".join(self.line).strip()
        self.line.clear()
        if text:
            self.blocks.append(_LINE_START.sub(_escaped_start, text))

    def joined(self, separator: str = "\n\n") -> str:
        """Return all blocks as one text."""
        self.end_line()
        return separator.join(self.blocks)


class _Reader:
    """Reads HTML once from left to right; open elements are on a stack, so nesting costs no recursion.

    The HTML is our own, well-formed but for what an author typed, which may cost its markup but no
    text. The standard library's parser finds the same and takes three times as long.
    """

    def __init__(self) -> None:
        self._stack = [_Frame("")]
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
        self._stack.append(_Frame(tag, attributes))

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
            data = _SPECIAL.sub(lambda sign: "\\" + sign[0], _SPACE.sub(" ", data))
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
                line.append(f"![{_label(attributes.get('alt', ''))}]({_address(attributes.get('src', ''))})")

    def _end(self, tag: str) -> None:
        frame = self._stack.pop()
        above = self._stack[-1]
        self._literal -= tag in ("pre", "code")
        self._embeds -= _is_embed(frame.attributes)
        if tag in _BLOCKS and not self._literal:
            made = _BLOCK_MAKERS.get(tag, _plain_block)(frame, above)
            if made:
                above.blocks.append(made)
        else:
            above.line.append(_inline(frame, literal=self._literal > 0))


def _is_embed(attributes: Attributes) -> bool:
    return "data-embed" in attributes and "embed" in attributes.get("class", "").split()


def _inline(frame: _Frame, *, literal: bool) -> str:
    text = "".join([*frame.blocks, *frame.line])
    if literal or not text.strip():
        return text
    match frame.tag:
        case "code":
            return _code_span(text)
        case "a" if "href" in frame.attributes:
            return f"[{text.strip()}]({_address(frame.attributes['href'])})"
        case "sup" if "footnote-ref" in frame.attributes.get("class", ""):
            number = "".join(char for char in text.partition("]")[0] if char.isdigit())
            return f"[^{number}]"
        case tag if tag in _MARKS:
            inner = text.strip()
            before, _, after = text.partition(inner)
            return f"{before}{_MARKS[tag]}{inner}{_MARKS[tag]}{after}"
        case tag if tag in _AS_TYPED:
            return f"<{tag}>{text}</{tag}>"
    return text


def _plain_block(frame: _Frame, above: _Frame) -> str:
    classes = frame.attributes.get("class", "").split()
    if "callout-title" in classes:
        above.caption = frame.joined(" ")
        return ""
    if "callout" in classes:
        return _callout(frame)
    return frame.joined()


def _callout(frame: _Frame) -> str:
    sign = ""
    if frame.tag == "details":
        sign = "+" if "open" in frame.attributes else "-"
    first = f"[!{frame.attributes.get('data-callout', 'note')}]{sign} {frame.caption}".rstrip()
    return _quoted(f"{first}\n{frame.joined()}".rstrip())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _quote(frame: _Frame, above: _Frame) -> str:
    del above
    return _quoted(frame.joined())


def _heading(frame: _Frame, above: _Frame) -> str:
    del above
    text = " ".join(frame.joined(" ").split())
    return f"{'#' * int(frame.tag[1])} {text}" if text else ""


def _pre(frame: _Frame, above: _Frame) -> str:
    code = "".join([*frame.blocks, *frame.line])
    longest = max((len(run) for run in _RUN.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    info = above.attributes.get("data-language", "")
    if "mermaid" in frame.attributes.get("class", "").split():
        info = "mermaid"
    if above.caption:
        info = f'{info} title="{above.caption}"'.lstrip()
    return f"{fence}{info}\n{code}{'' if code.endswith(chr(10)) or not code else chr(10)}{fence}"


def _caption(frame: _Frame, above: _Frame) -> str:
    text = frame.joined(" ")
    if "code" in above.attributes.get("class", "").split():
        above.caption = text
        return ""
    return f"**{text}**" if text else ""


def _list(frame: _Frame, above: _Frame) -> str:
    del above
    return frame.joined("\n")


def _item(frame: _Frame, above: _Frame) -> str:
    text = frame.joined("\n" if len(frame.blocks) < 3 else "\n\n")
    name = frame.attributes.get("id", "").rpartition("fn:")
    if name[1] and name[2].isdigit():
        return _hung(f"[^{name[2]}]: ", text, "    ")
    if "data-task" in frame.attributes:
        text = f"[{frame.attributes['data-task']}] {text}"
    if above.tag == "ol":
        above.rows.append([])
        start = above.attributes.get("start", "1")
        marker = f"{(int(start) if start.isdigit() else 1) + len(above.rows) - 1}. "
    else:
        marker = "- "
    return _hung(marker, text, " " * len(marker))


def _hung(marker: str, text: str, indent: str) -> str:
    return marker + "\n".join(
        indent + line if number and line else line for number, line in enumerate(text.split("\n"))
    )


def _cell(frame: _Frame, above: _Frame) -> str:
    above.rows.append([frame.joined(" ").replace("\n", " ").replace("|", "\\|")])
    return ""


def _row(frame: _Frame, above: _Frame) -> str:
    above.rows.append([cell for row in frame.rows for cell in row])
    return ""


def _rows(frame: _Frame, above: _Frame) -> str:
    above.rows.extend(frame.rows)
    return ""


def _table(frame: _Frame, above: _Frame) -> str:
    del above
    if not frame.rows:
        return frame.joined()
    width = max(map(len, frame.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in frame.rows]
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _summary(frame: _Frame, above: _Frame) -> str:
    text = _plain_block(frame, above)
    return f"**{text}**" if text else ""


_BLOCK_MAKERS: Final[Mapping[str, Callable[[_Frame, _Frame], str]]] = {
    "blockquote": _quote,
    "pre": _pre,
    "figcaption": _caption,
    "ul": _list,
    "ol": _list,
    "li": _item,
    "td": _cell,
    "th": _cell,
    "tr": _row,
    "thead": _rows,
    "tbody": _rows,
    "tfoot": _rows,
    "table": _table,
    "summary": _summary,
    **{f"h{level}": _heading for level in range(1, 7)},
}


def _code_span(code: str) -> str:
    longest = max((len(run) for run in _RUN.findall(code)), default=0)
    marks = "`" * (longest + 1)
    blank = " " if code.startswith("`") or code.endswith("`") or code != code.strip() else ""
    return f"{marks}{blank}{code}{blank}{marks}"


def _label(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], _SPACE.sub(" ", text))


def _address(href: str) -> str:
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")


def _escaped_start(sign: re.Match[str]) -> str:
    text = sign[0]
    return text + "\\" if text[0].isdigit() else "\\" + text
