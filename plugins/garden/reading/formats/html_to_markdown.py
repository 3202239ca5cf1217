"""Converts HTML to Markdown: headings, paragraphs, links, lists and code; elements that Markdown lacks stay HTML.

As Markdown, a text in another format has sections, links between notes, and words for the search. The HTML comes from
other readers, so its elements are correctly nested and closed.
"""

import re
from html import escape
from html.parser import HTMLParser
from typing import Final

_ESCAPED: Final = re.compile(r"([\\`*_{}\[\]<>#|~=$^%!])")
_FIELD: Final = re.compile(r"::")
# The marks of inline elements and headings; elements that only begin a block; those that stay HTML; those that are left out.
_INLINE: Final = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~"}
_HEADINGS: Final = {f"h{level}": "#" * level for level in range(1, 7)}
_PLAIN: Final = frozenset(("div", "section", "article", "main", "p", "span", "body", "html"))
_KEPT: Final = frozenset(
    ("table", "dl", "figure", "details", "video", "audio", "svg", "math", "iframe", "object")
)
_VOID: Final = frozenset(
    ("img", "br", "hr", "input", "source", "col", "wbr", "embed", "area", "track", "meta", "link")
)
_DROPPED: Final = frozenset(("script", "style", "head", "title"))


def markdown_of(html: str) -> str:
    """Return HTML as Markdown."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.markdown()


class _Parser(HTMLParser):
    """Writes Markdown while elements open and close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []  # the lines that have been written
        # The paragraph or heading that is being written. While code is open in it, it ends with a NUL
        self._line = ""
        self._prefix: list[str] = []  # what begins each line: of quotes and items
        self._marks: list[str] = []  # of the lists that are open
        self._counts: list[int] = []  # how many items each of them has so far
        self._item_mark = ""  # of an item whose first line is not written yet
        self._hrefs: list[str] = []  # of the links that are open
        self._kept: list[str] = []  # names of elements within one that stays HTML
        self._html = ""  # that one so far
        self._pre = False  # whether a block of code is open
        self._code = ""  # that block so far
        self._language = ""  # of that block
        self._dropped = 0  # how many elements that are left out are open
        self._heading = ""  # the mark of the heading that is open
        self._span_at = 0  # where the code that is open in the line begins

    def markdown(self) -> str:
        """Return what has been written."""
        self._end_block()
        while self._blocks and not self._blocks[-1].strip("> "):
            self._blocks.pop()
        return "\n".join(self._blocks).strip("\n") + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropped += tag not in _VOID
        elif self._kept or tag in _KEPT:
            self._keep(tag)
        elif self._pre:
            self._language = self._language or _language_of(dict(attrs).get("class") or "")
        elif tag == "pre":
            self._end_block()
            self._pre, self._code, self._language = True, "", _language_of(dict(attrs).get("class") or "")
        else:
            self._open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif self._kept:
            self._close_kept(tag)
        elif tag == "pre" and self._pre:
            self._pre = False
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", self._code)), default=0))
            self._write_lines([f"{fence}{self._language}", *self._code.strip("\n").split("\n"), fence])
        elif not self._pre:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._kept:
            self._html += escape(data, quote=False)
        elif self._pre:
            self._code += data
        else:
            text = re.sub(r"\s+", " ", data)
            if self._line.endswith("\x00"):  # in code
                self._line = f"{self._line[:-1]}{text}\x00"
            else:
                text = text.lstrip() if not self._line else text
                self._line += _FIELD.sub(r"\:\:", _ESCAPED.sub(r"\\\1", text))

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element that becomes Markdown."""
        if tag in _INLINE:
            self._line += _INLINE[tag]
        elif tag in ("code", "tt", "kbd", "samp"):
            self._span_at = len(self._line)
            self._line += "\x00"
        elif tag == "a":
            self._hrefs.append(attributes.get("href", ""))
            self._line += "[" if self._hrefs[-1] else ""
        elif tag == "img":
            self._line += f"![{attributes.get('alt', '')}](<{attributes.get('src', '')}>)"
        elif tag == "br":
            self._line += "<br>"
        elif tag == "hr":
            self._end_block()
            self._write_lines(["---"])
        elif tag in _HEADINGS:
            self._end_block()
            self._heading = _HEADINGS[tag] + " "
        elif tag in ("ul", "ol"):
            self._end_block()
            self._counts.append(0)
            self._marks.append("-" if tag == "ul" else "1.")
        elif tag == "li":
            self._open_item()
        elif tag == "blockquote":
            self._end_block()
            self._prefix.append("> ")
        elif tag in _PLAIN and tag != "span":
            self._end_block()

    def _open_item(self) -> None:
        """Begin an item of the innermost open list; an item outside of any list gets a bullet."""
        self._end_block()
        if self._counts:
            self._counts[-1] += 1
        ordered = bool(self._marks) and self._marks[-1] == "1."
        self._item_mark = f"{self._counts[-1]}. " if ordered else "- "
        self._prefix.append(" " * len(self._item_mark))

    def _close(self, tag: str) -> None:
        """End an element that becomes Markdown."""
        if tag in _INLINE:
            self._line += _INLINE[tag]
        elif tag in ("code", "tt", "kbd", "samp"):
            code = self._line.removesuffix("\x00")[self._span_at :]
            mark = "``" if "`" in code else "`"
            self._line = f"{self._line[: self._span_at]}{mark}{code}{mark}"
        elif tag == "a" and self._hrefs:
            href = self._hrefs.pop()
            self._line += f"](<{href}>)" if href else ""
        elif tag in ("ul", "ol") and self._marks:
            self._end_block()
            self._marks.pop()
            self._counts.pop()
        elif tag in ("li", "blockquote") and self._prefix:
            self._end_block()
            self._prefix.pop()
            self._item_mark = ""
        elif (tag in _PLAIN and tag != "span") or tag in _HEADINGS:
            self._end_block()

    def _keep(self, tag: str) -> None:
        """Begin an element that stays HTML, or one inside it."""
        if not self._kept:
            self._end_block()
            self._html = ""
        self._html += self.get_starttag_text() or ""
        if tag not in _VOID:
            self._kept.append(tag)

    def _close_kept(self, tag: str) -> None:
        """End an element that stays HTML; the outermost is written as a block without blank lines."""
        if tag not in self._kept:
            return
        while self._kept.pop() != tag:
            pass
        self._html += f"</{tag}>"
        if not self._kept:
            lines = [line for line in self._html.splitlines() if line.strip()]
            self._write_lines(["<div>", *lines, "</div>"])

    def _end_block(self) -> None:
        """Write the paragraph or heading that has been collected."""
        if self._line.strip():
            self._write_lines([self._heading + self._line.strip()])
        self._line = ""
        self._heading = ""

    def _write_lines(self, lines: list[str]) -> None:
        """Write a block in the quotes and items that are open, with a blank line after it."""
        for number, line in enumerate(lines):
            prefix = "".join(self._prefix)
            if self._item_mark and number == 0:
                prefix = "".join(self._prefix[:-1]) + self._item_mark
                self._item_mark = ""
            self._blocks.append((prefix + line).rstrip() if line.strip() else prefix.rstrip())
        self._blocks.append("".join(self._prefix).rstrip())


def _language_of(names: str) -> str:
    """Return the language of code, which readers write as one of the classes `language-x` or `code x`."""
    found = re.search(r"\b(?:language|lang)-([\w+#.-]+)", names) or re.search(r"\bcode ([\w+#.-]+)", names)
    return found[1] if found else ""
