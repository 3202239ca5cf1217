"""Converts boards of the plugin Kanban (KB): lanes under headings, cards in lists, dates after `@`."""

import re
import xml.etree.ElementTree as etree
from typing import Final

from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.inline_scan import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Atom

# The beginning of the archive; the number of cards that a lane may have, after its name; the mark of completed cards.
_BREAK: Final = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_LIMIT: Final = re.compile(r"^([ ]{0,3}#{1,6}[ \t].*?)[ \t]*\(\d+\)[ \t]*$")
_DONE: Final = re.compile(r"[ ]{0,3}\*\*[^*]+\*\*[ \t]*")
_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S")
_FENCE: Final = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_DATE: Final = re.compile(r"@\{(\d{4}-\d{2}-\d{2})\}|@@\{(\d{1,2}:\d{2}(?::\d{2})?)\}")
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))


def board_text(text: str) -> str:
    """Return the text of a board without its archive, the limits of its lanes, and the marks of completed lanes (KB-2)."""
    lines = text.split("\n")
    kept: list[str] = []
    fence = ""
    in_lane = False
    for number, line in enumerate(lines):
        shown = line
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif _BREAK.fullmatch(line) and _is_before_heading(lines, number):
            break
        elif _HEADING.match(line):
            in_lane = True
            shown = _LIMIT.sub(r"\1", line)
        elif in_lane and _DONE.fullmatch(line) and _stands_alone(lines, number):
            shown = ""
        kept.append(shown)
    return "\n".join(kept)


def _is_before_heading(lines: list[str], number: int) -> bool:
    """Say whether the next line that is not blank is a heading: the archive begins with one."""
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return _HEADING.match(following) is not None


def _stands_alone(lines: list[str], number: int) -> bool:
    """Say whether the lines around one are blank, headings or items of a list."""
    around = (lines[number - 1] if number else "", lines[number + 1] if number + 1 < len(lines) else "")
    return all(not line.strip() or _HEADING.match(line) or line.lstrip()[:1] in "-*+" for line in around)


class BoardDateRule(InlineRule):
    """`@{2024-05-01}`, `@@{12:30}`, `@[[2024-05-01]]` on a board (KB-3)."""

    triggers = (r"@(?=\{|@\{|\[\[)",)

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the date; if it is a link, only the mark before it is removed."""
        if not scan.findings.board:
            return None
        if scan.text.startswith("@[[", at):
            return at + 1
        found = _DATE.match(scan.text, at, scan.end)
        if found is None:
            return None
        when = found[1] or found[2]
        element = etree.Element("time", {"datetime": when.zfill(5) if found[2] else when})
        element.text = when
        scan.nodes.append(Atom(element, when))
        return found.end()


def make_board(root: etree.Element, findings: Findings) -> None:
    """Move the content below each heading into a lane, and mark the cards, once the sections are known (KB-1)."""
    if not findings.board:
        return
    findings.has_views = True
    board = etree.Element(
        "div", {"class": "board", "data-view": "kanban", "data-view-source": "kanban", "tabindex": "0"}
    )
    lane: etree.Element | None = None
    above: list[etree.Element] = []
    cards = 0
    for child in list(root):
        if child.tag in _HEADINGS:
            lane = etree.SubElement(board, "section", {"data-lane": ""})
        if lane is None:
            above.append(child)
            continue
        lane.append(child)
        if child.tag in ("ul", "ol"):
            for item in child:
                item.set("data-card", "")
                cards += 1
    board.set("data-count", str(cards))
    root[:] = [*above, board]
