"""What each element of a note's tree is in Markdown, once all that is in it is known."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from typing import Final

from garden.model.markdown import address, fenced, hanging, in_cell
from garden.reading.syntax.engine.serialize import BARE, slot

_MARKS: Final = {
    "em": "*",
    "strong": "**",
    "del": "~~",
    "mark": "==",
}
"""What is around the text of an inline element, by its tag."""

_CELLS: Final = frozenset(("td", "th"))
_PARAGRAPHS: Final = frozenset(("p", BARE))
_LINE_START: Final = re.compile(r"(?m)^(#{1,6}(?= )|[-+>](?= |$)|\d{1,9}(?=[.)](?: |$)))")
_MAY_START: Final = frozenset("#-+>0123456789")
_ESCAPED_NUMBER: Final = re.compile(r"^(\d+)\\(?=[.)])")
_RUN: Final = re.compile(r"`+")
_LIST: Final = re.compile(r"(?:-|\d+\.) ")


class OpenElement:
    """An open element and its text so far: finished blocks, and a line that still grows."""

    __slots__ = ("blocks", "caption", "get", "items", "line", "rows", "tag")

    def __init__(self, element: etree.Element) -> None:
        """Open an element; `get` gives its attributes."""
        self.tag = element.tag
        self.get = element.get
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.rows: list[list[str]] = []  # of a table: the cells of each row
        self.items = 0  # of a numbered list: how many items it has so far
        self.caption = ""  # of a callout or a block of code

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
    if text[:1] in _MAY_START or "\n" in text:
        return _LINE_START.sub(_escaped_start, text)
    return text


def inline(tag: str, text: str, href: str | None) -> str:
    """Return an inline element with the text in it, as Markdown; `href` is its address."""
    if tag in _MARKS:
        return _marked(_MARKS[tag], text)
    if tag == "a" and href is not None and text.strip():
        return f"[{text.strip()}]({address(href)})"
    return text


def _marked(marks: str, text: str) -> str:
    """Return text with marks around it, the spaces around it outside of them."""
    inner = text.strip()
    if not inner:
        return text
    if len(inner) == len(text):
        return marks + text + marks
    before, _, after = text.partition(inner)
    return f"{before}{marks}{inner}{marks}{after}"


def end_line(tag: str, text: str, above: OpenElement) -> None:
    """End an element that is a line with this text: a paragraph, a heading or a cell of a table."""
    text = line_start(text)
    if tag in _CELLS:
        above.rows.append([in_cell(text)])
    elif text:
        above.blocks.append(text if tag in _PARAGRAPHS else _heading_line(tag[1], text))


def block(frame: OpenElement, above: OpenElement) -> str:
    """Return a finished block, empty for one that only passes something to the element `above`."""
    return _WRITERS.get(frame.tag, _plain_block)(frame, above)


# The writers of blocks, by tag at the end: each takes an element and the one that it is in, and returns its Markdown.


def _plain_block(frame: OpenElement, above: OpenElement) -> str:
    """Write a block without marks of its own; the title of a callout is passed to the callout."""
    named = frame.get("class")
    if named is None:
        return frame.joined()
    classes = named.split()
    if "callout-title" in classes:
        above.caption = frame.joined(" ")
        return ""
    if "callout" in classes:
        return _callout(frame)
    return frame.joined()


def _callout(frame: OpenElement) -> str:
    """Write a callout as Obsidian does."""
    fold = ""
    if frame.tag == "details":
        fold = "-" if frame.get("open") is None else "+"
    first = f"[!{frame.get('data-callout', 'note')}]{fold} {frame.caption}".rstrip()
    return _quoted(f"{first}\n{frame.joined()}".rstrip())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _quote(frame: OpenElement, above: OpenElement) -> str:
    del above
    return _quoted(frame.joined())


def _heading(frame: OpenElement, above: OpenElement) -> str:
    del above
    return _heading_line(frame.tag[1], frame.joined(" "))


def _heading_line(level: str, text: str) -> str:
    """Write a heading on one line, with a gap for its marks: their number depends on where the heading is shown."""
    line = " ".join(text.split())
    if line[:1].isdigit():
        line = _ESCAPED_NUMBER.sub(r"\1", line)  # no list can begin in a heading
    return f"{slot('heading', level)} {line}" if line else ""


def _pre(frame: OpenElement, above: OpenElement) -> str:
    """Write a block of code with its language and title."""
    code = "".join([*frame.blocks, *frame.line])
    info = above.get("data-language", "")
    if "mermaid" in frame.get("class", "").split():
        info = "mermaid"
    if above.caption:
        info = f'{info} title="{above.caption}"'.lstrip()
    return fenced(code, info)


def _caption(frame: OpenElement, above: OpenElement) -> str:
    """Write a caption as a bold line; that of a block of code is passed to the code."""
    text = frame.joined(" ")
    if "code" in above.get("class", "").split():
        above.caption = text
        return ""
    return f"**{text}**" if text else ""


def _list(frame: OpenElement, above: OpenElement) -> str:
    del above
    return frame.joined("\n")


def _item(frame: OpenElement, above: OpenElement) -> str:
    """Write an item with its marker; the lines after the first are indented below its text."""
    frame.end_line()
    # A list may follow without a blank line; another paragraph would be read as part of the one before.
    is_tight = all(_LIST.match(made) for made in frame.blocks[1:])
    text = frame.joined("\n" if is_tight else "\n\n")
    task = frame.get("data-task")
    if task is not None:
        text = f"[{task}] {text}"
    if above.tag == "ol":
        start = above.get("start", "1")
        marker = f"{(int(start) if start.isdigit() else 1) + above.items}. "
        above.items += 1
    else:
        marker = "- "
    return hanging(marker, text, " " * len(marker))


def _meaning(frame: OpenElement, above: OpenElement) -> str:
    """Write the description of a term."""
    del above
    return hanging(":   ", frame.joined(), "    ")


def _cell(frame: OpenElement, above: OpenElement) -> str:
    """Pass a cell to its row."""
    above.rows.append([in_cell(frame.joined(" "))])
    return ""


def _row(frame: OpenElement, above: OpenElement) -> str:
    """Pass the cells of a row, as one row, to the table."""
    above.rows.append([cell for row in frame.rows for cell in row])
    return ""


def _rows(frame: OpenElement, above: OpenElement) -> str:
    """Pass the rows of a head, body or foot to the table."""
    above.rows.extend(frame.rows)
    return ""


def _table(frame: OpenElement, above: OpenElement) -> str:
    """Write a table; rows that are too short get empty cells."""
    del above
    if not frame.rows:
        return frame.joined()
    width = max(map(len, frame.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in frame.rows]
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _summary(frame: OpenElement, above: OpenElement) -> str:
    """Write what a closed `<details>` shows, as a bold line."""
    text = _plain_block(frame, above)
    return f"**{text}**" if text else ""


_WRITERS: Final[Mapping[str, Callable[[OpenElement, OpenElement], str]]] = {
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


def code_span(code: str) -> str:
    """Return code between more backticks than are in it."""
    if not code.strip():
        return code
    longest = max((len(run) for run in _RUN.findall(code)), default=0) if "`" in code else 0
    marks = "`" * (longest + 1)
    blank = " " if code.startswith("`") or code.endswith("`") or code != code.strip() else ""
    return f"{marks}{blank}{code}{blank}{marks}"


def _escaped_start(marker: re.Match[str]) -> str:
    r"""Return the beginning of a line with a backslash, so that it begins no block: `\#`, `1\.`."""
    text = marker[0]
    return text + "\\" if text[0].isdigit() else "\\" + text
