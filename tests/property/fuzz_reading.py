"""Fuzzing the reader: what must hold for every text, and a program that looks for one where it does not.

With Atheris installed, `python tests/property/fuzz_reading.py tests/property/corpus` is guided by
coverage (libFuzzer's options work). Without it, the texts of the corpus are mutated at random:
`python tests/property/fuzz_reading.py tests/property/corpus SECONDS [SEED]`. A text that fails is
printed; shrunk, it belongs into the corpus, which the tests replay.
"""

import random
import re
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

from garden.model.body import Footnote, Part, SlotKind
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import ReadingSettings
from garden.reading.document import read_document
from garden.reading.source import read_source

CORPUS = Path(__file__).parent / "corpus"

TOKENS = (
    "[[", "]]", "![[", "|", "#", "^", "a b c", "\n", "\n\n", "> ", "> [!note]- t\n", "- ", "  ", "1. ", "```", "~~~",
    "`", "``", "$", "$$", "%%", "==", "~~", "*", "**", "_", "[", "](", "]", "(", ")", "<!--", "-->", "<div>", "</div>",
    "<b>", '<a id="x">', "key:: v", "up:: [[x]]", "[k:: v]", "(k:: ", "::", "#tag", "[^1]", "[^1]: t", "^[", "^id",
    " ^id", "| a | b |\n|-|-|\n", "\\", "\t", "    ", "---\n", "# h\n", "===", "http://x.y", "<http://z>", "&amp;", "&",
    "{1}", "- [ ] ", "- [x] ", "\x00", "\u2028", "漢", "!", "|300", 'title="', "***\n", "+ ", "\x02open:0\x03", "&#2;",
    "---\ntitle: x\n---\n", "<script>", "\r\n", "[x]: y\n", "%%\n", "$$\n", "```mermaid\n", "```breadcrumbs\n",
)  # fmt: skip

_OURS = frozenset(
    "p div ul ol li blockquote figure pre code table thead tbody tr th td h1 h2 h3 h4 h5 h6 em strong del mark a span "
    "details summary sup".split()
)
_VOID = frozenset("br hr img input".split())
_SOURCE_OF_REF = ("[", "![", "!", "`", "~")


class _Nesting(HTMLParser):
    """Finds an end tag that does not close the innermost open element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def failures(text: str) -> list[str]:
    """Read a text and say what does not hold for the result."""
    source = read_source(VaultPath("a.md"), text.encode(errors="surrogatepass"))
    document = read_document(source, ReadingSettings())
    found = [
        f"internal error: {problem.message}"
        for problem in document.problems
        if problem.code == "internal-error"
    ]
    if found:
        return found
    parts = document.body.parts
    found += _wrong_slots(document, parts)
    for footnote in document.body.footnotes:
        found += _wrong_slots(document, footnote.parts)
    for cut in (*document.headings, *document.blocks):
        if not 0 <= cut.start <= cut.end <= len(parts):
            found.append(f"the range of {cut} is not in the body")
    found += _wrong_places(document, source.text.split("\n"))
    if not _holds_html(source.text):
        nesting = _Nesting()
        nesting.feed(shown(parts, document.body.footnotes))
        nesting.close()
        if nesting.wrong or nesting.open:
            found.append(f"tags do not nest: {nesting.wrong} {nesting.open}")
    return found


def shown(parts: tuple[Part, ...], footnotes: tuple[Footnote, ...] = ()) -> str:
    """Fill the slots with something simple, so that the HTML can be parsed."""
    out = []
    for part in (*parts, *(part for footnote in footnotes for part in footnote.parts)):
        if isinstance(part, str):
            out.append(part)
        elif part.kind in (SlotKind.LINK_OPEN, SlotKind.TAG_OPEN):
            out.append("<a>")
        elif part.kind in (SlotKind.LINK_CLOSE, SlotKind.TAG_CLOSE):
            out.append("</a>")
    return "".join(out)


def mutated(texts: list[str], chance: random.Random) -> str:
    """Join pieces of texts and tokens."""
    pieces = []
    for _ in range(chance.randint(1, 25)):
        if chance.random() < 0.75:
            pieces.append(chance.choice(TOKENS))
        else:
            text = chance.choice(texts)
            start = chance.randrange(len(text) + 1)
            pieces.append(text[start : start + chance.randint(1, 30)])
    return "".join(pieces)


def _wrong_slots(document: Document, parts: tuple[Part, ...]) -> list[str]:
    found = (
        ["a mark of the frame is in the HTML"]
        if any(isinstance(p, str) and {*"\2\3"} & {*p} for p in parts)
        else []
    )
    open_now: list[int | str] = []
    for part in parts:
        if isinstance(part, str):
            continue
        if part.kind is SlotKind.LINK_OPEN:
            open_now.append(part.value)
        elif part.kind is SlotKind.LINK_CLOSE and (not open_now or open_now.pop() != part.value):
            found.append(f"{part} closes nothing")
        if part.kind is SlotKind.FOOTNOTE and int(part.value) >= len(document.body.footnotes):
            found.append(f"{part} has no footnote")
        links = (
            SlotKind.LINK_OPEN,
            SlotKind.LINK_TEXT,
            SlotKind.EMBED_BLOCK,
            SlotKind.EMBED_INLINE,
            SlotKind.IMAGE,
        )
        if part.kind in links and int(part.value) >= len(document.refs):
            found.append(f"{part} has no reference")
    return [*found, *(f"the link {value} is never closed" for value in open_now)]


def _wrong_places(document: Document, lines: list[str]) -> list[str]:
    places = [problem.place for problem in document.problems]
    found = [f"{at} is not in the source" for at in places if not _is_in(lines, at.line, at.column)]
    for ref in document.refs:
        at = lines[ref.place.line - 1][ref.place.column - 1 :] if ref.place.line <= len(lines) else ""
        if not ref.relation and ref.kind.value != "property" and not at.startswith(_SOURCE_OF_REF):
            found.append(f"{ref.kind} at {ref.place} does not open there")
    for tag in document.tags:
        place = tag.place
        if not lines[place.line - 1].startswith("#" + tag.name, place.column - 1) and not _in_front_matter(
            lines, place.line
        ):
            found.append(f"the tag {tag.name} is not at {place}")
    return found


def _is_in(lines: list[str], line: int, column: int) -> bool:
    return 1 <= line <= max(len(lines), 1) and 1 <= column <= len(lines[line - 1]) + 1


def _in_front_matter(lines: list[str], line: int) -> bool:
    return lines[0].startswith("---") and "---" in "".join(lines[line:])


def _holds_html(text: str) -> bool:
    return re.search(r"<[A-Za-z/!?]", text) is not None


def _guided() -> None:
    import atheris  # type: ignore[import-not-found,unused-ignore]  # only where someone fuzzes

    def one(data: bytes) -> None:
        found = failures(data.decode(errors="replace"))
        if found:
            raise AssertionError(found)

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def _random() -> int:
    texts = [path.read_text() for path in sorted(Path(sys.argv[1]).iterdir())]
    until = time.monotonic() + float(sys.argv[2])
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    count = 0
    while time.monotonic() < until:
        text = mutated(texts, chance)
        found = failures(text)
        count += 1
        if found:
            sys.stdout.write("\n  ".join([repr(text), *found]) + "\n")
            return 1
    sys.stdout.write(f"{count} texts, nothing found\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
    if len(sys.argv) > 2 and sys.argv[2].replace(".", "").isdigit():
        sys.exit(_random())
    _guided()
