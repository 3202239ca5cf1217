"""Markdown links and images: `[text](dest "title")`, `[text][label]`, `![alt|300](dest)` (WL-13, EM-3)."""

import re
import xml.etree.ElementTree as etree

from garden.model.names import fold
from garden.model.note import Ref, RefKind
from garden.model.target import markdown_target
from garden.reading.syntax.engine.block_rules import BlockRule, Paragraph
from garden.reading.syntax.engine.inline_scan import Bracket, InlineRule, OpaqueRule, Scan
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom, Close, Open, plain_text
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW, slot
from garden.reading.syntax.inlines.escapes import unescape
from garden.reading.syntax.links.external import external_link, is_external, may_lead_to
from garden.reading.syntax.links.wikilinks import split_size

# A destination in angle brackets, what may separate the parts of a link, and a label in brackets.
_ANGLE = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_SPACES = re.compile(r"[ \t]*\n?[ \t]*")
_LONGEST_LABEL = 999  # characters, as in CommonMark
_LABEL = re.compile(rf"\[((?:[^\[\]\\]|\\.){{1,{_LONGEST_LABEL}}})\]")
# An image from these is a player or a post, as in Obsidian.
_SITES_THAT_EMBED = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|twitter\.com|x\.com)/",
    re.IGNORECASE,
)
# The bounds of a search that would otherwise begin again at each bracket (HC-10).
_DEEPEST_PARENTHESES = 32  # as in CommonMark's reference implementation
_LONGEST_DEFINITION = 12  # lines
_LONGEST_TITLE = 2000  # characters


class BracketRule(InlineRule):
    """`[` and `![`: perhaps the beginning of a link or an image."""

    triggers = (r"\[", r"!(?=\[)")

    def scan(self, scan: Scan, at: int) -> int | None:
        """Remember where the bracket is."""
        image = scan.text[at] == "!"
        end = at + 2 if image else at + 1
        if scan.in_link and not image:
            return None
        refs = len(scan.findings.refs)
        scan.brackets.append(Bracket(len(scan.nodes), at, image, scan.delimiters.last, refs))
        scan.nodes.append(scan.text[at:end])
        return end


class CloseBracketRule(InlineRule):
    """`]`: makes a link or an image of what is before it, if a destination follows."""

    triggers = (r"\]",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Close the innermost bracket."""
        if not scan.brackets:
            return None
        index = len(scan.brackets) - 1
        bracket = scan.brackets.pop()
        is_inactive = not bracket.image and index < scan.inactive
        scan.inactive = min(scan.inactive, index)
        if is_inactive:
            return None  # it contains a link, and so do the brackets around it, which stay inactive
        found = _destination(scan, bracket, at)
        if found is None:
            return None
        destination, title, end = found
        scan.delimiters.pair(bracket.bottom)
        if bracket.image:
            _add_image(scan, bracket, destination, title)
        else:
            _add_link(scan, bracket, destination, title)
            scan.inactive = len(scan.brackets)
        return end


class DestinationRule(OpaqueRule):
    """`(dest "title")` after a `]`: nothing is recognised in it (MK-2), so it is hidden from brackets."""

    triggers = (r"\((?<=\]\()",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the destination."""
        found = _inline_destination(ahead, at, stop)
        return found[2] if found else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Leave it as text: `CloseBracketRule` has taken those that belong to a link."""
        return None


class LinkDefinitionRule(BlockRule):
    """`[label]: dest "title"` at the beginning of a paragraph; shows nothing."""

    closes_paragraphs = True
    needs = "]:"

    def closing(self, parser: NoteParser, paragraph: Paragraph) -> None:
        """Remove all definitions from the beginning of the paragraph."""
        while paragraph.pieces and paragraph.pieces[0][0].startswith("["):
            text = "\n".join(piece[0] for piece in paragraph.pieces[:_LONGEST_DEFINITION])
            read = _read_definition(text)
            if read is None:
                return
            label, destination, title, lines = read
            parser.findings.link_definitions.setdefault(fold(label), (destination, title))
            del paragraph.pieces[:lines]


def _read_definition(text: str) -> tuple[str, str, str, int] | None:
    """Return (label, destination, title, number of lines) of the definition that begins a text, None if none does."""
    match = _LABEL.match(text)
    if (
        match is None
        or not match[1].strip()
        or match[1].startswith("^")
        or not text.startswith(":", match.end())
    ):
        return None
    at = _skip(text, match.end() + 1)
    read = _read_destination(text, at, len(text))
    if read is None or read[1] == at:
        return None
    destination, at = read
    after = _skip(text, at)
    titled = _read_title(text, after, len(text)) if after > at else None
    if titled is not None:
        title, end = titled
        if _is_line_end(text, end):
            return match[1], destination, title, text.count("\n", 0, end) + 1
    # What looks like a title on the next line, but has text after it, is the beginning of the paragraph.
    if not _is_line_end(text, at):
        return None
    return match[1], destination, "", text.count("\n", 0, at) + 1


def _is_line_end(text: str, at: int) -> bool:
    """Say whether only white space is left on a line."""
    return not text[at:].partition("\n")[0].strip()


def _destination(scan: Scan, bracket: Bracket, at: int) -> tuple[str, str, int] | None:
    """Return (destination, title, end) of what follows the `]` at `at`."""
    text, end = scan.text, scan.end
    if text.startswith("(", at + 1) and at + 1 < end:
        found = _inline_destination(scan.ahead, at + 1, end)
        if found is not None:
            return found
    definitions = scan.findings.link_definitions
    if not definitions:
        return None
    after = at + 1
    # `[label]` alone: what is in the brackets is the label.
    begin = bracket.at + (2 if bracket.image else 1)
    label = text[begin:at] if at - begin <= _LONGEST_LABEL else ""
    match = _LABEL.match(text, after, end)
    if match is not None:
        label, after = match[1], match.end()
    elif text.startswith("[]", after):
        after += 2
    known = definitions.get(fold(label)) if label else None
    return (*known, after) if known else None


def _inline_destination(ahead: Lookahead, at: int, end: int) -> tuple[str, str, int] | None:
    """Return (destination, title, end) of what the `(` at `at` opens."""
    if not 0 <= ahead.find(")", at, raw=True) < end:
        return None
    text = ahead.text
    at = _skip(text, at + 1)
    read = _read_destination(text, at, end)
    if read is None:
        return None
    destination, at = read
    after = _skip(text, at)
    title = ""
    if after > at and after < end and text[after] in "\"'(":
        titled = _read_title(text, after, end)
        if titled is None:
            return None
        title, after = titled
        after = _skip(text, after)
    return (destination, title, after + 1) if after < end and text[after] == ")" else None


def _read_destination(text: str, at: int, end: int) -> tuple[str, int] | None:
    """Return the destination at `at` and its end; it has balanced parentheses and no spaces, unless in angle brackets."""
    if text.startswith("<", at):
        match = _ANGLE.match(text, at, end)
        return (unescape(match[1]), match.end()) if match else None
    start = at
    depth = 0
    while at < end:
        char = text[at]
        if char == "\\" and at + 1 < end and text[at + 1] in "()\\":
            at += 2
            continue
        if char <= " ":
            break
        if char == "(":
            depth += 1
            if depth > _DEEPEST_PARENTHESES:
                return None
        elif char == ")":
            if depth == 0:
                break
            depth -= 1
        at += 1
    return (unescape(text[start:at]), at) if depth == 0 else None


def _read_title(text: str, at: int, end: int) -> tuple[str, int] | None:
    """Return the title at `at`, in quotation marks or parentheses, and its end; None if there is none."""
    if at >= end or text[at] not in "\"'(":
        return None
    closing = {"(": ")"}.get(text[at], text[at])
    stop = at + 1
    # If no end is found near, it is no title but a quotation mark that nothing closes.
    limit = min(end, at + _LONGEST_TITLE)
    while stop < limit and text[stop] != closing:
        stop += 2 if text[stop] == "\\" else 1
    return (unescape(text[at + 1 : stop]), stop + 1) if stop < limit else None


def _skip(text: str, at: int) -> int:
    """Return where the spaces at `at` end, with at most one line break among them."""
    match = _SPACES.match(text, at)
    assert match is not None
    return match.end()


def _add_link(scan: Scan, bracket: Bracket, destination: str, title: str) -> None:
    """Make a link of the nodes since its opening bracket."""
    found = scan.nodes[bracket.node + 1 :]
    del scan.nodes[bracket.node :]
    inside = [node for node in found if not (isinstance(node, Atom) and node.is_footnote)]
    # A reference to a footnote is a link itself, and links are not nested: it is moved behind the link.
    behind = [node for node in found if isinstance(node, Atom) and node.is_footnote]
    if not may_lead_to(destination, scan.findings.settings):
        scan.nodes += found
        return
    if is_external(destination):
        scan.nodes += [Open("a", external_link(destination, title)), *inside, Close("a"), *behind]
        return
    place = scan.findings.place(scan.place(bracket.at))
    display = plain_text(inside).replace("\n", " ")
    ref = Ref(RefKind.MARKDOWN, markdown_target(destination), destination, place, display, title=title)
    index = scan.findings.add_ref(ref)
    scan.nodes += [Open("a", ref=index), *inside, Close("a", ref=index), *behind]


def _add_image(scan: Scan, bracket: Bracket, destination: str, title: str) -> None:
    """Make an image of the nodes since its opening bracket; from some sites, a player or post."""
    inside = scan.nodes[bracket.node + 1 :]
    del scan.nodes[bracket.node :]
    alt = plain_text(inside).replace("\n", " ")
    del scan.findings.refs[bracket.refs :]  # links in an `alt` lead nowhere
    text, size = split_size(alt if "|" in alt else "|" + alt)
    if not size:
        text = alt
    if not may_lead_to(destination, scan.findings.settings):
        scan.nodes.append(text)
        return
    if _SITES_THAT_EMBED.match(destination):
        scan.nodes += [
            Open("a", external_link(destination, kind="web-embed")),
            text or destination,
            Close("a"),
        ]
        return
    if is_external(destination):
        element = etree.Element("img", {"src": destination, "alt": text, "loading": "lazy"})
        width, _, height = size.partition("x")
        if width:
            element.set("width", width)
        if height:
            element.set("height", height)
        if title:
            element.set("title", title)
    else:
        place = scan.findings.place(scan.place(bracket.at))
        ref = Ref(
            RefKind.IMAGE, markdown_target(destination), destination, place, text, title=title, size=size
        )
        element = etree.Element(RAW)
        element.text = slot("image", scan.findings.add_ref(ref))
    scan.nodes.append(Atom(element, text))
