"""Raw HTML: blocks and inline tags pass unchanged, comments do not (HT, CM-4)."""

import re
import xml.etree.ElementTree as etree
from html import unescape

from garden.model.note import Ref, RefKind
from garden.model.target import markdown_target
from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome, OpenBlock, Paragraph
from garden.reading.syntax.engine.findings import Findings, FoundHtml
from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.lookahead import ABSENT, Lookahead
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW, slot

_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
).replace(" ", "|")
ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul".split()
)
"""Elements that cannot be inside a paragraph: their start tag ends it (HTML 13.1.2.4)."""

_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>"
_CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*\s*>"
_LITERAL_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
# The seven kinds of HTML blocks (CommonMark 0.31, 4.6): how they begin, and how they end; the
# last two end at a blank line, and the last cannot interrupt a paragraph.
_KINDS = (
    (re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE), _LITERAL_END),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?=\s|/?>|$)", re.IGNORECASE), None),
    (re.compile(rf"(?:{_OPEN_TAG}|{_CLOSE_TAG})[ \t]*$"), None),
)
_LITERAL_KIND = 0  # index in _KINDS, as is _LONELY_TAG_KIND
_LITERAL_TAGS = ("script", "pre", "style", "textarea")
_LONELY_TAG_KIND = 6
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_TAG = re.compile(f"{_OPEN_TAG}|{_CLOSE_TAG}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:>|->|.*?(?:-->|\Z))", re.DOTALL)
_ID = re.compile(r"""(<[A-Za-z][^<>]*?\sid\s*=\s*)(["']?)([^\s"'=<>`]+)\2(?=[\s/>])""", re.IGNORECASE)
_HAS_ID = re.compile(r"\sid\s*=", re.IGNORECASE)
_ADDRESSES = frozenset(("href", "poster", "src"))
_HAS_ADDRESS = re.compile(r"\s(?:href|poster|src)\s*=", re.IGNORECASE)
# Neither a scheme, nor the root of a site or a host, nor a placeholder of Pelican's.
_RELATIVE = re.compile(r"(?!\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\{|]))\s*\S")
_PLACEHOLDER = re.compile(
    r"\s*(?:\{|%7[Bb]|\|)(?:filename|static|attach|tag|category|author|index)(?:\}|%7[Dd]|\|)"
)
_QUOTED = r""""[^"]*"|'[^']*'"""
_TAG_WITH_VALUES = re.compile(rf"""<([A-Za-z][^\s<>"'/]*+)(?:[^<>"']|{_QUOTED})*+>""")
# Whole attributes, so that what looks like one inside a value does not count.
_ATTRIBUTE_VALUE = re.compile(
    rf"""(?<![^\s"'<>/=])(?P<name>[^\s"'<>/=]++)(?P<equals>\s*+=\s*+)(?P<value>{_QUOTED}|[^\s"'=<>`]+)"""
)
# The tag of a heading or of `<main>`; in literal elements there is none.
_OUTLINE_TAG = re.compile(
    r"<(script|style|textarea)\b.*?(?:</\1|\Z)|(?:(?P<begin></?h)(?P<level>[1-6])|(?P<main></?)main)(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL_ELEMENTS = frozenset(("script", "style", "textarea"))
# The content of these elements is not Markdown, even inside a paragraph (HT-1).
_LITERAL_SPAN = re.compile(r"<(script|style|textarea)\b")


class HtmlBlock(OpenBlock):
    """Lines of HTML, in which nothing else is recognised."""

    literal = True
    accepts_lines = True

    def __init__(self, element: etree.Element, line: Line, kind: int) -> None:
        """Open an HTML block of one of the seven kinds."""
        super().__init__(element, line.number)
        self.kind = kind
        self.column = line.start + 1
        self.end = _KINDS[kind][1]
        self.pieces: list[tuple[str, int, int]] = []

    def continues(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Continue until a blank line if the kind has no end of its own; `add` closes the others."""
        return LineOutcome.NO if line.blank and self.end is None else LineOutcome.CONTAINER

    def add(self, parser: NoteParser, line: Line) -> None:
        """Take a line as it is."""
        if not self.pieces and self.kind == _LITERAL_KIND and not _has_end(parser, line):
            self.end = None  # without an end the block would contain the rest of the note (HT-3)
        self.pieces.append((line.rest(), line.number, line.offset + 1))
        if self.end is not None and self.end.search(self.pieces[-1][0]):
            parser.close_to(len(parser.stack) - 1)

    def close(self, parser: NoteParser) -> None:
        """Give the element the HTML, without comments, unless the settings leave HTML out."""
        source = MappedText(self.pieces)
        html = source.text
        if self.kind != _LITERAL_KIND:
            html = without_comments(html)
        if not parser.findings.settings.raw_html:
            html = ""
        if html.strip():
            parser.findings.record_html((self.line, self.column))
            parser.findings.html.append(FoundHtml(self.element, source))
            self.element.text = with_slots(parser.findings, html, (self.line, self.column)) + "\n"


class HtmlBlockRule(BlockRule):
    """A line that begins with a tag, a comment or the like."""

    triggers = "<"

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Open an HTML block."""
        for kind, (begin, _) in enumerate(_KINDS):
            if begin.match(line.text, line.start) and not (
                kind == _LONELY_TAG_KIND and isinstance(parser.tip, Paragraph)
            ):
                parser.push(HtmlBlock(parser.begin(RAW), line, kind))
                return LineOutcome.LEAF
        return LineOutcome.NO


class HtmlCommentSpan(OpaqueRule):
    """`<!-- -->` inside a paragraph (CM-4)."""

    triggers = ("<(?=!--)",)
    mask = ABSENT

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the comment."""
        if not ahead.text.startswith("<!--", at):
            return None  # a tag, followed by a `-->` that is an arrow
        end = ahead.find("-->", at + 2, raw=True)
        return end + 3 if 0 <= end <= stop - 3 else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Skip the comment."""
        end = self.end(scan.ahead, at, scan.end)
        scan.leaf.hides = scan.leaf.hides or end is not None
        return end


class HtmlSpanRule(OpaqueRule):
    """`<kbd>`, `</kbd>` inside a paragraph."""

    triggers = ("<",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the tag, processing instruction or CDATA section at `at`."""
        text = ahead.text
        if text.startswith("<!--", at):
            return None
        for begin, closing in (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")):
            if closing == ">" and not text[at + 2 : at + 3].isalpha():
                continue  # a declaration has a name
            if text.startswith(begin, at):
                end = ahead.find(closing, at + 2, raw=True) + len(closing)
                if len(closing) <= end <= stop:
                    return end
        match = _TAG.match(text, at, stop)
        if match is None:
            return None
        literal = _LITERAL_SPAN.match(match[0])
        if literal:
            end = ahead.find(f"</{literal[1]}>", match.end(), raw=True) + len(literal[1]) + 3
            if match.end() < end <= stop:
                return end
        return match.end()

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a tag as it is; only `<br>` counts if the settings leave HTML out."""
        stripped = not scan.findings.settings.raw_html
        if not scan.allow_html and not stripped:
            return None  # shown as text: HTML in a display (WL-8)
        stop = self.end(scan.ahead, at, scan.end)
        if stripped and stop is not None and _BREAK.fullmatch(scan.text, at, stop):
            # In a cell there is no other way to write a line break (FT-4).
            scan.nodes.append(Atom(etree.Element("br"), "\n"))
        return stop if stripped or stop is None else self._append(scan, at, stop)

    def _append(self, scan: Scan, at: int, end: int) -> int:
        """Append the tag at `at` as HTML, and return its end."""
        scan.findings.record_html(scan.place(at))
        element = etree.Element(RAW)
        element.text = with_slots(scan.findings, scan.text[at:end], scan.place(at))
        scan.findings.html.append(FoundHtml(element, scan.leaf.text, at))
        name = _NAME.match(scan.text, at)
        scan.leaf.may_hold_blocks = scan.leaf.may_hold_blocks or bool(
            name and name[1].lower() in ENDS_PARAGRAPH
        )
        scan.nodes.append(Atom(element))
        return end


def _has_end(parser: NoteParser, line: Line) -> bool:
    """Say whether the script, style or the like that begins on this line is closed somewhere."""
    text = line.text[line.start :]
    if _LITERAL_END.search(text):
        return True
    begin = text.partition(">")[0]
    return not begin.endswith("/") and any(parser.stands_below(f"</{name}>", line) for name in _LITERAL_TAGS)


def without_comments(html: str) -> str:
    """Return HTML without comments; one that is never closed hides the rest, as in a browser."""
    return _COMMENT.sub("", html) if "<!--" in html else html


def with_slots(findings: Findings, html: str, place: tuple[int, int]) -> str:
    """Turn ids and relative addresses in HTML into slots, since other pages that show the note need different ones (HC-4, EM-5).

    Pelican's placeholders are references like those of Markdown (WL-13); `place` is where the HTML begins.
    """
    return _with_id_slots(findings, _with_address_slots(findings, html, place))


def fit_into_outline(findings: Findings) -> None:
    """Turn the levels of headings in HTML into slots, after its tags have been read: see `serialize.heading_name`.

    The page's own title is its only heading of level 1, and its `<main>` the only one (HC-2).
    """

    def slotted(match: re.Match[str]) -> str:
        level = match["level"]
        if level:
            return f"{match['begin']}{slot('level', '2' if level == '1' else level)}"
        return f"{match['main']}div" if match["main"] else match[0]

    for html in findings.html:
        html.element.text = _OUTLINE_TAG.sub(slotted, html.element.text or "")


def _with_address_slots(findings: Findings, html: str, place: tuple[int, int]) -> str:
    """Return HTML with its relative addresses and Pelican's placeholders as slots."""
    if not _HAS_ADDRESS.search(html):
        return html

    def slotted(attribute: re.Match[str]) -> str:
        return _with_address_slot(findings, attribute, (line, column))

    pieces: list[str] = []
    at = 0
    while tag := _TAG_WITH_VALUES.search(html, at):
        # The place of the tag in the file, for `slotted`
        line = place[0] + html.count("\n", 0, tag.start())
        column = (
            place[1] + tag.start() if line == place[0] else tag.start() - html.rfind("\n", 0, tag.start())
        )
        pieces += html[at : tag.start()], _ATTRIBUTE_VALUE.sub(slotted, tag[0])
        at = tag.end()
        name = tag[1].lower()
        if name in _LITERAL_ELEMENTS:
            # A script may write tags of its own.
            end = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
            stop = end.start() if end else len(html)
            pieces.append(html[at:stop])
            at = stop
    return "".join((*pieces, html[at:]))


def _with_address_slot(findings: Findings, attribute: re.Match[str], place: tuple[int, int]) -> str:
    """Return an attribute, with a slot for its address if it has one that depends on the page."""
    written = attribute["value"]
    mark = written[0] if written[0] in "\"'" else ""
    value = written[len(mark) : len(written) - len(mark)]
    name = attribute["name"].lower()
    if name not in _ADDRESSES:
        return attribute[0]
    if _PLACEHOLDER.match(value):
        kind = RefKind.MARKDOWN if name == "href" else RefKind.IMAGE
        written = unescape(value).strip()
        index = findings.add_ref(Ref(kind, markdown_target(written), written, findings.place(place)))
        address = slot("ref-address", index)
    elif _RELATIVE.match(value):
        address = slot("address", value)
    else:
        return attribute[0]
    return f"{attribute['name']}{attribute['equals']}{mark}{address}{mark}"


def _with_id_slots(findings: Findings, html: str) -> str:
    """Return HTML with its ids as slots, and record them."""
    if not _HAS_ID.search(html):
        return html

    def slotted(match: re.Match[str]) -> str:
        findings.raw_ids.add(match[3])
        return f"{match[1]}{match[2]}{slot('id', match[3])}{match[2]}"

    return _ID.sub(slotted, html)
