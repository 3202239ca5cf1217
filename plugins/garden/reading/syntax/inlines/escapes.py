"""Backslash escapes (MK-3), character references, and line breaks (FT-4)."""

import html
import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.inline_scan import InlineRule, OpaqueRule, Scan
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class EscapeRule(OpaqueRule):
    r"""`\*` is `*`; a backslash at the end of a line is a break."""

    triggers = (r"\\",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the escaped character."""
        return at + 2 if at + 1 < stop and ahead.text[at + 1] in _PUNCTUATION else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the escaped character as text, or a line break."""
        if at + 1 >= scan.end:
            return None
        char = scan.text[at + 1]
        if char == "\n":
            return add_break(scan, at + 1)
        if char not in _PUNCTUATION:
            return None
        scan.nodes.append(char)
        return at + 2


class EntityRule(InlineRule):
    """`&copy;` is the character that it names."""

    triggers = (r"&(?=[#A-Za-z])",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the character; an unknown name is text."""
        match = _ENTITY.match(scan.text, at, scan.end)
        if match is None:
            return None
        char = html.unescape(match[0])
        if char == match[0]:
            return None
        scan.nodes.append(char)
        return match.end()


class BreakRule(InlineRule):
    """The end of a line: a space, or `<br>` after two spaces or by setting."""

    triggers = (r"\n",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a line break of either kind and begin the next line."""
        last = scan.nodes[-1] if scan.nodes else None
        spaces = 0
        if isinstance(last, str):
            stripped = last.rstrip(" ")
            spaces = len(last) - len(stripped)
            scan.nodes[-1] = stripped
        if spaces >= 2 or scan.findings.settings.hard_line_breaks:
            return add_break(scan, at)
        scan.nodes.append("\n")
        return scan.next_line(at)


def unescape(text: str) -> str:
    """Return the text that destinations, titles and info strings stand for, which hold no other markup."""
    return html.unescape(_ESCAPED.sub(r"\1", text))


def add_break(scan: Scan, at: int) -> int:
    """Append `<br>` for the line break at `at`; return where the scan continues."""
    scan.nodes.append(Atom(etree.Element("br"), "\n"))
    return scan.next_line(at)
