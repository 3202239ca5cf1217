"""Attribute lists: `{: #id .class key=value }` after a heading, a block or an inline element (FT-9)."""

import re
from typing import Final

from garden.reading.syntax.blocks.lists import ListItem
from garden.reading.syntax.engine.block_rules import BlockRule, Paragraph
from garden.reading.syntax.engine.element_builder import give_attributes
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.inline_scan import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Atom, Attributes
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import slot

_NAME = r"[A-Za-z_][\w.:-]*"
_TOKEN = re.compile(
    rf"""#(?P<id>[\w.:-]+)|\.(?P<class>[\w:-]+)|(?P<key>{_NAME})(?:=(?P<value>"[^"]*"|'[^']*'|[^\s"']+))?"""
)
_BLANKS = re.compile(r"\s*")
# As a brace ends the match, matching takes linear time, however many braces are in a line (HC-10).
_LIST = re.compile(r"\{(:?)([^{}\n]*)\}")
_ENDS_ELEMENT = frozenset("*_`)]~=>")
# Attributes with addresses are not allowed, since links and images exist for that. If HTML is stripped, only harmless ones are.
_ADDRESSES: Final = frozenset("href src srcset srcdoc action formaction poster data background".split())
_HARMLESS: Final = frozenset(
    "alt align class dir height hidden id lang loading name rel reversed role start tabindex target title translate width".split()
)


class BlockAttributesRule(BlockRule):
    """Removes the last line of a paragraph if it is an attribute list."""

    closes_paragraphs = True
    needs = "{"

    def closing(self, parser: NoteParser, paragraph: Paragraph) -> None:
        """Give the attributes to the paragraph, or to the list item that begins with it."""
        text, line, column = paragraph.pieces[-1]
        if not text.startswith("{") or len(paragraph.pieces) < 2:
            return
        match = _LIST.fullmatch(text.rstrip(" \t"))
        pairs = _pairs(match) if match else None
        if pairs is None or not parser.findings.asks_for("attribute-lists", (line, column)):
            return
        paragraph.pieces.pop()
        item = parser.tip
        of_item = isinstance(item, ListItem) and item.children[0] is paragraph
        give_attributes(item.element if of_item else paragraph.element, _allowed(parser.findings, pairs))


class AttributesRule(InlineRule):
    """`{: .class }` right after an inline element, or at the end of a heading, a cell or a term."""

    triggers = (r"\{(?=[: #.\w-])",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Give the attributes to the element before; without one they are text."""
        match = _LIST.match(scan.text, at, scan.end)
        pairs = _pairs(match) if match else None
        if match is None or pairs is None:
            return None
        rest = _BLANKS.match(scan.text, match.end(), scan.end)
        ends_leaf = scan.depth == 0 and rest is not None and rest.end() == scan.end
        # It is that of the heading, cell or term; or stands on a line below a paragraph; or behind an inline element.
        whole = ends_leaf and at > 0 and (scan.leaf.heading is not None or scan.leaf.kind in ("cell", "term"))
        whole = whole and scan.text[at - 1] in " \t"
        below = ends_leaf and scan.leaf.kind == "paragraph" and scan.text[:at].rstrip(" \t").endswith("\n")
        behind = at > scan.start and scan.text[at - 1] in _ENDS_ELEMENT and not _is_formula(scan)
        if not (whole or below or behind):
            if not match[1]:
                return None
            # It belongs to no element, whatever the setting: then it is text, in which `#id` is not a tag.
            scan.nodes.append(match[0])
            return match.end()
        if not scan.findings.asks_for("attribute-lists", scan.place(at)):
            scan.nodes.append(match[0])
            return match.end()
        if whole:
            _give_leaf(scan, pairs)
        elif behind:
            scan.nodes.append(Attributes(_allowed(scan.findings, pairs), match[0]))
        else:
            scan.nodes.append(match[0])
        return match.end()


def _give_leaf(scan: Scan, pairs: list[tuple[str, str]]) -> None:
    """Give the attributes to the element of the leaf, without the spaces before the list."""
    if scan.nodes and isinstance(scan.nodes[-1], str):
        scan.nodes[-1] = scan.nodes[-1].rstrip(" \t")
    heading = scan.leaf.heading
    if heading is not None:
        # Its own id is given when all headings are known.
        heading.wanted = next((value for key, value in reversed(pairs) if key == "id"), "")
        pairs = [(key, value) for key, value in pairs if key != "id"]
    give_attributes(scan.leaf.element, _allowed(scan.findings, pairs))


def _is_formula(scan: Scan) -> bool:
    """Say whether a formula ends right before: braces after it are of TeX."""
    last = scan.nodes[-1] if scan.nodes else None
    return isinstance(last, Atom) and last.element.get("class", "").startswith("math")


def _pairs(match: re.Match[str]) -> list[tuple[str, str]] | None:
    """Return the attributes of a list, classes with the key `.`; None if there is something else between the braces."""
    text, at = match[2].strip(" \t"), 0
    pairs: list[tuple[str, str]] = []
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or (token.end() < len(text) and text[token.end()] not in " \t"):
            return None
        if token["id"]:
            pairs.append(("id", token["id"]))
        elif token["class"]:
            pairs.append((".", token["class"]))
        elif token["value"] is not None:
            pairs.append((token["key"].lower(), token["value"].strip("\"'")))
        elif match[1]:
            pairs.append((token["key"].lower(), token["key"]))
        else:
            return None  # a word in braces
        at = token.end()
        while at < len(text) and text[at] in " \t":
            at += 1
    return pairs or None


def _allowed(findings: Findings, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return the attributes that the author may set; ids become slots, which differ where the note is embedded."""
    attributes: dict[str, str] = {}
    for key, value in pairs:
        if key == ".":
            attributes["class"] = f"{attributes.get('class', '')} {value}".strip()
        elif key == "id" and re.fullmatch(r"[^\s\x02\x03]+", value):
            findings.raw_ids.add(value)
            attributes["id"] = slot("id", value)
        elif key in _ADDRESSES or key == "id":
            continue
        elif findings.settings.raw_html or key in _HARMLESS or key.startswith(("data-", "aria-")):
            attributes[key] = value
    return attributes
