"""What each element of HTML is in Markdown, once all that is in it is known."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

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
_ESCAPED_NUMBER: Final = re.compile(r"^(\d+)\\(?=[.)])")
_RUN: Final = re.compile(r"`+")

Attributes = Mapping[str, str]


@dataclass(slots=True)
class OpenElement:
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


def inline(frame: OpenElement, *, literal: bool) -> str:
    """Return what an element within a line says; in code, where all is `literal`, it has no marks."""
    text = "".join([*frame.blocks, *frame.line])
    if literal or not text.strip():
        return text
    match frame.tag:
        case "code":
            return _code_span(text)
        case "a" if "href" in frame.attributes:
            return f"[{text.strip()}]({address(frame.attributes['href'])})"
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


def block(frame: OpenElement, above: OpenElement) -> str:
    """Return a finished block, empty for one that only tells the element `above` something."""
    return _MAKERS.get(frame.tag, _plain_block)(frame, above)


def _plain_block(frame: OpenElement, above: OpenElement) -> str:
    classes = frame.attributes.get("class", "").split()
    if "callout-title" in classes:
        above.caption = frame.joined(" ")
        return ""
    if "callout" in classes:
        return _callout(frame)
    return frame.joined()


def _callout(frame: OpenElement) -> str:
    sign = ""
    if frame.tag == "details":
        sign = "+" if "open" in frame.attributes else "-"
    first = f"[!{frame.attributes.get('data-callout', 'note')}]{sign} {frame.caption}".rstrip()
    return _quoted(f"{first}\n{frame.joined()}".rstrip())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _quote(frame: OpenElement, above: OpenElement) -> str:
    del above
    return _quoted(frame.joined())


def _heading(frame: OpenElement, above: OpenElement) -> str:
    del above
    # No list begins in a heading, so nothing has to be kept from looking like one.
    text = _ESCAPED_NUMBER.sub(r"\1", " ".join(frame.joined(" ").split()))
    return f"{'#' * int(frame.tag[1])} {text}" if text else ""


def _pre(frame: OpenElement, above: OpenElement) -> str:
    code = "".join([*frame.blocks, *frame.line])
    longest = max((len(run) for run in _RUN.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    info = above.attributes.get("data-language", "")
    if "mermaid" in frame.attributes.get("class", "").split():
        info = "mermaid"
    if above.caption:
        info = f'{info} title="{above.caption}"'.lstrip()
    return f"{fence}{info}\n{code}{'' if code.endswith(chr(10)) or not code else chr(10)}{fence}"


def _caption(frame: OpenElement, above: OpenElement) -> str:
    text = frame.joined(" ")
    if "code" in above.attributes.get("class", "").split():
        above.caption = text
        return ""
    return f"**{text}**" if text else ""


def _list(frame: OpenElement, above: OpenElement) -> str:
    del above
    return frame.joined("\n")


def _item(frame: OpenElement, above: OpenElement) -> str:
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


def _cell(frame: OpenElement, above: OpenElement) -> str:
    above.rows.append([frame.joined(" ").replace("\n", " ").replace("|", "\\|")])
    return ""


def _row(frame: OpenElement, above: OpenElement) -> str:
    above.rows.append([cell for row in frame.rows for cell in row])
    return ""


def _rows(frame: OpenElement, above: OpenElement) -> str:
    above.rows.extend(frame.rows)
    return ""


def _table(frame: OpenElement, above: OpenElement) -> str:
    del above
    if not frame.rows:
        return frame.joined()
    width = max(map(len, frame.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in frame.rows]
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _summary(frame: OpenElement, above: OpenElement) -> str:
    text = _plain_block(frame, above)
    return f"**{text}**" if text else ""


_MAKERS: Final[Mapping[str, Callable[[OpenElement, OpenElement], str]]] = {
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


def plain(text: str) -> str:
    """Return text of a page as a line of Markdown, with its signs escaped."""
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], _SPACE.sub(" ", text))


def address(href: str) -> str:
    """Return an address as it stands between a link's parentheses."""
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")


def _escaped_start(sign: re.Match[str]) -> str:
    text = sign[0]
    return text + "\\" if text[0].isdigit() else "\\" + text
