"""Inline code with any number of backticks (CB-4)."""

import xml.etree.ElementTree as etree

from garden.reading.syntax.emphasis import run_end
from garden.reading.syntax.engine.inlines import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Atom


class CodeSpanRule(InlineRule):
    """`` `code` ``; what is between equal runs of backticks is literal."""

    triggers = ("`",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put the code; a run that is never closed is text."""
        start = run_end(scan, at)
        end = scan.closing_run("`", start - at, start)
        if end < 0:
            scan.nodes.append(scan.text[at:start])
            return start
        code = scan.text[start:end].replace("\n", " ")
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = etree.Element("code")
        element.text = code
        scan.nodes.append(Atom(element, code))
        return end + start - at
