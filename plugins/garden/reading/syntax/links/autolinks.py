"""Bare and bracketed URLs (FT-6)."""

import html
import re
import xml.etree.ElementTree as etree

from garden.model.settings import ReadingSettings
from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.links.external import external_link, may_lead_to

_URL_STOP = re.compile(r"[\s<>\x02\x03\[\]]")
_BRACKETED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})>")
_TRAILING = frozenset("?!.,:;*_~'\"。，、！？：；")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")


class BareUrlRule(OpaqueRule):
    """`https://example.org` in text."""

    triggers = (r"h(?=(?i:ttps?://))(?<![A-Za-z0-9]h)", r"H(?=(?i:ttps?://))(?<![A-Za-z0-9]H)")

    def may_apply(self, text: str, settings: ReadingSettings) -> bool:
        """Say whether there is an address anywhere."""
        return "://" in text

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the address; punctuation that ends the sentence is not part of it."""
        end = _trim(ahead.text, at, _url_end(ahead.text, at, stop))
        # Something must follow `https://`.
        scheme = ahead.text[at : min(end - 1, at + len("https://"))]
        return end if "://" in scheme else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a link; within another link the address is text."""
        end = self.end(scan.ahead, at, scan.end)
        if end is None:
            return None
        url = html.unescape(scan.text[at:end])
        scan.nodes.append(url if scan.in_link else autolink(url, url))
        return end


class BracketedUrlRule(OpaqueRule):
    """`<https://example.org>`, `<someone@example.org>`."""

    triggers = ("<",)

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the bracketed address."""
        match = _BRACKETED.match(ahead.text, at, stop) or _MAIL.match(ahead.text, at, stop)
        return match.end() if match else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a link to an address or a mail address."""
        match = _BRACKETED.match(scan.text, at, scan.end)
        if match is not None and not may_lead_to(match[1], scan.findings.settings):
            scan.nodes.append(match[1])
            return match.end()
        if match is not None:
            scan.nodes.append(autolink(match[1], match[1]))
            return match.end()
        match = _MAIL.match(scan.text, at, scan.end)
        if match is None:
            return None
        scan.nodes.append(autolink("mailto:" + match[1], match[1]))
        return match.end()


def autolink(url: str, text: str) -> Atom:
    """Return a link to another site."""
    element = etree.Element("a", external_link(url))
    element.text = text
    return Atom(element, text, is_link=True)


def _trim(text: str, start: int, end: int) -> int:
    """Return the end of the URL without the punctuation of the sentence around it."""
    entity = _ENTITY.search(text, start, end)
    end = entity.start() if entity else end
    opened = text.count("(", start, end)
    closed = text.count(")", start, end)
    while end > start:
        char = text[end - 1]
        if char in _TRAILING:
            end -= 1
        elif char == ")" and closed > opened:
            closed -= 1
            end -= 1
        else:
            break
    return end


def _url_end(text: str, start: int, end: int) -> int:
    """Return where a URL ends at the latest: a `]` without its `[` closes a link around it."""
    depth = 0  # of brackets that have opened in the URL
    for match in _URL_STOP.finditer(text, start, end):
        if match[0] == "[":
            depth += 1
            continue
        depth -= 1
        if match[0] != "]" or depth < 0:
            return match.start()
    return end
