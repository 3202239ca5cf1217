"""What each element of a note's tree is in Markdown, once all that is in it is known."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from garden.model.markdown import address, fenced, hanging, in_cell
from garden.reading.syntax.engine.serialize import slot

_MARKS: Final = {
    "em": "*",
    "strong": "**",
    "del": "~~",
    "mark": "==",
}
_LINE_START: Final = re.compile(r"(?m)^(#{1,6}(?= )|[-+>](?= |$)|\d{1,9}(?=[.)](?: |$)))")
_ESCAPED_NUMBER: Final = re.compile(r"^(\d+)\\(?=[.)])")
_RUN: Final = re.compile(r"`+")
_LIST: Final = re.compile(r"(?:-|\d+\.) ")


@dataclass(slots=True)
class OpenElement:
    """An open element and its text so far: finished blocks, and a line that still grows."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""

    def end_line(self) -> None:
        """Make a block of the line."""
        if not self.line:
            return
        text = "".join(self.line).strip()
        self.line.clear()
        if text:
            self.blocks.append(line_start(text))

    def joined(self, separator: str = "\n\n") -> str:
        """Return all blocks as one text."""
        self.end_line()
        return separator.join(self.blocks)


def line_start(text: str) -> str:
    """Return lines of which none begins like a heading, a list or a quotation."""
    return _LINE_START.sub(_escaped_start, text)


def inline(frame: OpenElement) -> str:
    """Return the text of an inline element."""
    text = "".join([*frame.blocks, *frame.line])
    if not text.strip():
        return text
    match frame.tag:
        case "code":
            return _code_span(text)
        case "a" if "href" in frame.attributes:
            return f"[{text.strip()}]({address(frame.attributes['href'])})"
        case tag if tag in _MARKS:
            inner = text.strip()
            before, _, after = text.partition(inner)
            return f"{before}{_MARKS[tag]}{inner}{_MARKS[tag]}{after}"
    return text


def block(frame: OpenElement, above: OpenElement) -> str:
    """Return a finished block, empty for one that only passes something to the element `above`."""
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
    fold = ""
    if frame.tag == "details":
        fold = "+" if "open" in frame.attributes else "-"
    first = f"[!{frame.attributes.get('data-callout', 'note')}]{fold} {frame.caption}".rstrip()
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
    return f"{slot('heading', frame.tag[1])} {text}" if text else ""


def _pre(frame: OpenElement, above: OpenElement) -> str:
    code = "".join([*frame.blocks, *frame.line])
    info = above.attributes.get("data-language", "")
    if "mermaid" in frame.attributes.get("class", "").split():
        info = "mermaid"
    if above.caption:
        info = f'{info} title="{above.caption}"'.lstrip()
    return fenced(code, info)


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
    frame.end_line()
    # A list may follow closely; another paragraph would go on with the one before.
    is_tight = all(_LIST.match(made) for made in frame.blocks[1:])
    text = frame.joined("\n" if is_tight else "\n\n")
    if "data-task" in frame.attributes:
        text = f"[{frame.attributes['data-task']}] {text}"
    if above.tag == "ol":
        above.rows.append([])
        start = above.attributes.get("start", "1")
        marker = f"{(int(start) if start.isdigit() else 1) + len(above.rows) - 1}. "
    else:
        marker = "- "
    return hanging(marker, text, " " * len(marker))


def _meaning(frame: OpenElement, above: OpenElement) -> str:
    del above
    return hanging(":   ", frame.joined(), "    ")


def _cell(frame: OpenElement, above: OpenElement) -> str:
    above.rows.append([in_cell(frame.joined(" "))])
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
    "dl": _list,
    "dd": _meaning,
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


def _escaped_start(marker: re.Match[str]) -> str:
    text = marker[0]
    return text + "\\" if text[0].isdigit() else "\\" + text
