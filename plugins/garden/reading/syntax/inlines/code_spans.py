"""Inline code with any number of backticks (CB-4)."""

import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.inline_scan import OpaqueRule, Scan
from garden.reading.syntax.engine.lookahead import Lookahead
from garden.reading.syntax.engine.nodes import Atom
from garden.reading.syntax.engine.serialize import RAW, slot
from garden.reading.syntax.fences.live_views import inline_query
from garden.reading.syntax.inlines.emphasis import run_end


class CodeSpanRule(OpaqueRule):
    """`` `code` ``; what is between equal runs of backticks is literal."""

    triggers = ("``*",)  # not "`+": a repeat is not a literal to jump to

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the run of backticks that is as long as the one at `at`."""
        text = ahead.text
        if text[at + 1 : at + 2] != "`":
            # Most are a single backtick, and so is the next one. If there is none, `begin` is -1.
            begin = text.find("`", at + 1, stop)
            if begin < 0 or text[begin + 1 : begin + 2] != "`":
                return begin + 1 or None
        length = run_end(text, at, stop) - at
        begin = ahead.closing_run("`", length, at + length)
        return begin + length if 0 <= begin <= stop - length else None

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the code, or the slot for the result of a query; a run of backticks that is never closed is text."""
        start = run_end(scan.text, at, scan.end)
        end = self.end(scan.ahead, at, scan.end)
        if end is None:
            scan.nodes.append(scan.text[at:start])
            return start
        code = scan.text[start : end - (start - at)].replace("\n", " ")
        # One space on each side only separates code from the backticks, so that it can begin or end with one itself.
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
            start += 1
        if code.startswith("="):
            number = inline_query(scan.findings, code, lambda offset: scan.place(start + offset))
            if number >= 0:
                view = etree.Element(RAW)
                view.text = slot("view-inline", number)
                # Neither the query nor its result is text of the note (VW-8).
                scan.nodes.append(Atom(view))
                return end
        element = etree.Element("code")
        element.text = code
        scan.nodes.append(Atom(element, code))
        return end
