"""Tags in text: `#name` at the start of a line or after white space (TG-1, TG-2)."""

import re

from garden.reading.syntax.engine.inline_scan import InlineRule, Scan
from garden.reading.syntax.engine.nodes import TagUse
from garden.reading.tags import TAG_CLASS, is_tag

_TAG = re.compile(f"#({TAG_CLASS}+)")


class TagRule(InlineRule):
    """`#name`, `#a/b`."""

    triggers = (r"#(?=\S)(?<!\S#)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the tag, which becomes a link to its page; a number is not a tag."""
        match = None if scan.in_link else _TAG.match(scan.text, at, scan.end)
        name = match[1].rstrip("/") if match else ""
        if not is_tag(name):
            return None
        scan.nodes.append(TagUse(name, at))
        return at + 1 + len(name)
