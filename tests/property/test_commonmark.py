"""The block and inline structure compared with an independent CommonMark parser (FT-5, FT-7)."""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from garden.model.body import SlotKind
from garden.model.note import Document
from tests.support.effort import effort
from tests.support.vault import read_note

# What means more here is left out: `[[`, `#word`, `==`, `~~`, `$`, `%%`, `::`, `|`, `^`, `[x]` of one
# character (a task), elements that are never closed (HT-3), bare URLs, HTML comments; and a backslash before spaces, which the other parser misreads
# (as it does a `>` or a fence that is indented like code, and blank lines in an empty item).
PIECES = [
    "a", "b c", "é", " ", "  ", "    ", "\t", "\n", "\n\n", "- ", "+ ", "* ", "1. ", "2. ", "7) ", "> ", ">", "# ", "## ",
    "# x #\n", "---\n", "***\n", "===\n", "```\n", "~~~\n", "`", "``", "*", "**", "_", "__", "\\a", "\\*", "[a](b)", " ![a](b)",
    "[ab] ", "\n\n[AB]: /b 'c'\n\n", "<b>b</b>", "\n\n<div>\n", "\n</div>\n", "&amp;", "&copy;", "&", "x! ", "x.", "(", ")",
    '"', "'", "< ", "[", "](", "\\\n", "  \n",
]  # fmt: skip
# Tabs in a quote count from where its content begins, as Obsidian has it.
_MISREAD = re.compile(r"^(?: {4}| *\t)\s*(?:>|```|~~~)|\[\[|>.*\t|^[>\s]*(?:[-+*]|\d[.)])\s*$", re.MULTILINE)
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join).filter(lambda text: not _MISREAD.search(text))
)

_REFERENCE = MarkdownIt("commonmark")
_OURS_ALONE = frozenset(("class", "rel", "tabindex", "id", "loading", "data-language"))


class _Events(HTMLParser):
    """The tags and texts of HTML, without what is only ours."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("figure", "div") and "class" in names:
            return
        kept = sorted((name, unquote(value or "")) for name, value in attrs if name not in _OURS_ALONE)
        self.events.append(("<", _level(tag), repr(kept)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("figure", "div", "br", "hr", "img"):
            self.events.append((">", _level(tag)))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "":
            self.events[-1] = ("", self.events[-1][1] + data)
        else:
            self.events.append(("", data))


def _level(tag: str) -> str:
    return "h2" if tag == "h1" else tag  # a page has one `<h1>`, which is its title


def structure(html: str) -> list[tuple[str, ...]]:
    """The events of HTML, white space between blocks left out."""
    parser = _Events()
    parser.feed(html)
    parser.close()
    events = []
    for event in parser.events:
        if event[0]:
            events.append(event)
        elif text := " ".join(event[1].split()):
            events.append(("", text))
    return events


def filled(document: Document) -> str:
    """The HTML of a document with its links as they stand in the source."""
    out = []
    for part in document.body.parts:
        if isinstance(part, str):
            out.append(part)
            continue
        ref = document.refs[int(part.value)] if part.kind.value in ("open", "image") else None
        title = f' title="{escape(ref.title)}"' if ref and ref.title else ""
        if part.kind is SlotKind.LINK_OPEN and ref:
            out.append(f'<a href="{escape(ref.raw)}"{title}>')
        elif part.kind is SlotKind.IMAGE and ref:
            out.append(f'<img src="{escape(ref.raw)}" alt="{escape(ref.display)}"{title}>')
        elif part.kind is SlotKind.OUTSIDE:
            out.append(str(part.value))
        elif part.kind is SlotKind.LINK_CLOSE:
            out.append("</a>")
        elif part.kind is SlotKind.HEADING_LEVEL:
            out.append(str(part.value))
    return "".join(out)


def ours(text: str) -> list[tuple[str, ...]]:
    """The structure that we find; the front matter is empty, and the title one that no heading repeats."""
    return structure(filled(read_note(f"---\ntitle: No heading says this\n---\n{text}")))


def theirs(text: str) -> list[tuple[str, ...]]:
    """The structure that the other parser finds."""
    return structure(_REFERENCE.render(text))


@settings(
    deadline=None, max_examples=effort(200, 600), derandomize=True
)  # the other parser has faults of its own
@given(TEXTS)
def test_plain_markdown_means_the_same(text):
    """FT-5, FT-7: blocks, emphasis, links, code, for any text without syntax of ours."""
    assert ours(text) == theirs(text)
