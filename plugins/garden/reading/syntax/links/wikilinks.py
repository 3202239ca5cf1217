"""Wiki-links and embeds: `[[target|display]]`, `![[target]]` (WL-1 … WL-10, EM-1)."""

import re
import xml.etree.ElementTree as etree

from garden.model.names import extension
from garden.model.note import Ref, RefKind
from garden.model.target import split_wikilink, wiki_target
from garden.reading.syntax.engine.inlines import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Atom, Close, InlineNode, Open, RefText, plain_text
from garden.reading.syntax.engine.serialize import RAW, slot

_SIZE = re.compile(r"\d+(?:x\d+)?$")


class WikilinkRule(InlineRule):
    """The innermost `[[` before a `]]` on the same line opens a link (WL-2)."""

    triggers = (r"\[",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put a link whose target waits for the vault."""
        inside = link_inside(scan, at)
        if inside is None:
            return None
        start, end = inside
        parts = split_wikilink(scan.text[start:end])
        if parts is None:
            return None
        destination, display = parts
        place = scan.findings.place(scan.place(at))
        ref = Ref(RefKind.WIKILINK, wiki_target(destination), destination, place, display)
        index = scan.findings.add_ref(ref)
        shown: list[InlineNode] = []
        if display:
            bar = scan.text.index("|", start) + 1
            low, high = bar + _blanks(scan.text, bar), _trimmed_end(scan.text, end)
            shown = scan.inner(low, high, in_link=True, html=False)
            scan.findings.set_display(index, plain_text(shown))
        if not shown:
            shown = [RefText(index, as_typed(destination))]
        scan.nodes += [Open("a", ref=index), *shown, Close("a", ref=index)]
        scan.inactive = len(scan.brackets)
        return end + 2


class EmbedRule(InlineRule):
    """`![[target|size]]`."""

    triggers = (r"!(?=\[)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Leave a slot; what it shows depends on the target's kind."""
        inside = link_inside(scan, at + 1)
        if inside is None:
            return None
        start, end = inside
        parts = split_wikilink(scan.text[start:end])
        if parts is None:
            return None
        destination, display = parts
        display, size = split_size(display)
        ref = Ref(
            RefKind.EMBED,
            wiki_target(destination),
            destination,
            scan.findings.place(scan.place(at)),
            display,
            size=size,
        )
        index = scan.findings.add_ref(ref)
        if scan.leaf.heading is not None and not extension(ref.target.path):
            # No blocks stand in a heading: what may be a note is a link there.
            shown = display or RefText(index, as_typed(destination))
            scan.nodes += [Open("a", ref=index), shown, Close("a", ref=index)]
            return end + 2
        element = etree.Element(RAW)
        element.text = slot("embed-inline", index)
        scan.nodes.append(Atom(element))
        if not extension(ref.target.path):
            scan.leaf.may_hold_blocks = True
        return end + 2


def link_inside(scan: Scan, at: int) -> tuple[int, int] | None:
    """Return where the inside of the `[[…]]` that opens at `at` begins and ends, None if none does."""
    if not scan.text.startswith("[[", at) or at + 2 > scan.end:
        return None
    end = scan.find("]]", at + 2)
    if end < 0 or 0 <= scan.find("[[", at + 1) < end or 0 <= scan.find("\n", at) < end:
        return None
    return at + 2, end


def as_typed(destination: str) -> str:
    """Return the default display text of a destination: `#` shown as ` > ` (WL-7)."""
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


def _blanks(text: str, at: int) -> int:
    start = at
    while text[at] in " \t":
        at += 1
    return at - start


def _trimmed_end(text: str, end: int) -> int:
    while text[end - 1] in " \t":
        end -= 1
    return end
