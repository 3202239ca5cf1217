"""Wiki-links and embeds: `[[target|display]]`, `![[target]]` (WL-1 … WL-10, EM-1)."""

import re
import xml.etree.ElementTree as etree

from msgspec import Struct

from garden.model.names import is_media
from garden.model.note import Ref, RefKind
from garden.model.target import split_wikilink, wiki_target
from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom, Close, InlineNode, Open, RefText, plain_text
from garden.reading.syntax.engine.serialize import RAW, slot

# Hides links from rules in brackets, and marks them apart from everything else that is hidden.
_LINK = "\x02"
_SIZE = re.compile(r"\d+(?:x\d+)?$")


class WikilinkRule(OpaqueRule):
    """The innermost `[[` before a `]]` on the same line opens a link (WL-2)."""

    triggers = (r"\[",)
    mask = _LINK

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the link, unless what is in it must be looked at first."""
        inside = _raw_inside(ahead, at, stop)
        return inside.end + 2 if inside else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a link, whose target is resolved when the whole vault is known."""
        inside = _raw_inside(scan.ahead, at, scan.end) or _masked_inside(scan, at)
        if inside is None:
            return None
        end, display = inside.end, inside.display
        place = scan.findings.place(scan.place(at))
        ref = Ref(RefKind.WIKILINK, wiki_target(inside.destination), inside.destination, place, display)
        index = scan.findings.add_ref(ref)
        shown: list[InlineNode] = []
        if display:
            begin = _after_blanks(scan.text, inside.bar + 1)
            shown = scan.inner(begin, _before_blanks(scan.text, end), in_link=True, html=False)
            scan.findings.set_display(index, plain_text(shown))
        if not shown:
            shown = [RefText(index, as_typed(inside.destination))]
        scan.nodes += [Open("a", ref=index), *shown, Close("a", ref=index)]
        scan.inactive = len(scan.brackets)
        return end + 2


class EmbedRule(OpaqueRule):
    """`![[target|size]]`."""

    triggers = (r"!(?=\[)",)
    mask = _LINK

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the embed, unless what is in it must be looked at first."""
        inside = _raw_inside(ahead, at + 1, stop)
        return inside.end + 2 if inside else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a slot; what it shows depends on the target."""
        inside = _raw_inside(scan.ahead, at + 1, scan.end) or _masked_inside(scan, at + 1)
        if inside is None:
            return None
        destination = inside.destination
        display, size = split_size(inside.display)
        ref = Ref(
            RefKind.EMBED,
            wiki_target(destination),
            destination,
            scan.findings.place(scan.place(at)),
            display,
            size=size,
        )
        index = scan.findings.add_ref(ref)
        may_be_block = not is_media(ref.target.path)  # a note, such as `Node.js`, or a view
        if scan.leaf.heading is not None and may_be_block:
            # There are no blocks in a heading: such an embed is a link there.
            shown = display or RefText(index, as_typed(destination))
            scan.nodes += [Open("a", ref=index), shown, Close("a", ref=index)]
            return inside.end + 2
        element = etree.Element(RAW)
        element.text = slot("embed-inline", index)
        scan.nodes.append(Atom(element))
        scan.leaf.may_hold_blocks = scan.leaf.may_hold_blocks or may_be_block
        return inside.end + 2


class _Inside(Struct, frozen=True):
    """The text between `[[` and `]]`: where it ends, where its bar is (-1: none), and the text itself."""

    end: int
    bar: int
    destination: str
    display: str


def _raw_inside(ahead: Lookahead, at: int, stop: int) -> _Inside | None:
    """Read the link that opens at `at` as it is typed: a backtick or dollar in a name opens nothing.

    None if there is none, and for one that holds a comment: that is looked at first, so that it stays hidden.
    """
    text = ahead.text
    if not text.startswith("[[", at):
        return None
    end = ahead.find("]]", at + 2, raw=True)
    if not 0 <= end <= stop - 2 or 0 <= ahead.find("[[", at + 1, raw=True) < end:
        return None
    inside = text[at + 2 : end]
    if "\n" in inside or "%%" in inside or "<!--" in inside:
        return None
    parts = split_wikilink(inside)
    return _Inside(end, text.find("|", at + 2, end), *parts) if parts else None


def _masked_inside(scan: Scan, at: int) -> _Inside | None:
    """Read the link that opens at `at` in the masked text: code and formulas hide brackets."""
    if not scan.masked.startswith("[[", at):
        return None
    end = scan.find("]]", at + 2)
    if end < 0 or 0 <= scan.find("[[", at + 1) < end or "\n" in scan.text[at:end]:
        return None
    if _LINK in scan.masked[at:end]:
        return None  # there is a link in it, which is the innermost one
    parts = split_wikilink(scan.ahead.shown(at + 2, end))
    bar = scan.masked.find("|", at + 2, end)
    if bar < 0:
        # A bar after a backslash (WL-9) is masked as an escaped character.
        escape = scan.text.find("\\|", at + 2, end)
        bar = escape + 1 if escape >= 0 else -1
    return _Inside(end, bar, *parts) if parts else None


def as_typed(destination: str) -> str:
    """Return the default display text of a destination: `#` shown as ` > ` (WL-7)."""
    if "#" not in destination:
        return destination.strip()
    return " > ".join(part.strip() for part in destination.split("#") if part.strip())


def split_size(display: str) -> tuple[str, str]:
    """Split `text|300` into text and size (EM-2); a size is digits or digits`x`digits."""
    text, bar, last = display.rpartition("|")
    if bar and text.endswith("\\"):
        text = text[:-1]
    last = last.strip()
    if _SIZE.match(last):
        return text.strip(), last
    return display, ""


def _after_blanks(text: str, at: int) -> int:
    """Return where the spaces and tabs that begin at `at` end."""
    while text[at] in " \t":
        at += 1
    return at


def _before_blanks(text: str, end: int) -> int:
    """Return where the spaces and tabs that end at `end` begin."""
    while text[end - 1] in " \t":
        end -= 1
    return end
