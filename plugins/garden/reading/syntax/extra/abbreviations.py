"""Abbreviations: `*[HTML]: Hyper Text Markup Language` explains each HTML of the note (FT-9)."""

import re
import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.block_rules import BlockRule, LineOutcome
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.line import Line
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW

# An abbreviation of at most a hundred characters, and what it stands for. The bound keeps the search linear (HC-10).
_DEFINITION = re.compile(r"\*\[([^\]\[\\\s](?:[^\]\[\\]{0,98}[^\]\[\\\s])?)\] ?:[ \t]*(\S.*)$")
_BEGIN = re.compile(r"\w+|[^\w\s]")
_LITERAL = frozenset(("code", "pre", "abbr", "script", "style", "textarea", "math", "svg"))
_RAW_LITERAL = re.compile(r"<(/?)(code|pre|abbr|kbd|samp|svg|math)\b", re.IGNORECASE)


class AbbreviationRule(BlockRule):
    """`*[short]: long`; it is not shown, and applies to the whole note."""

    triggers = "*"
    begins = r"\*\["

    def open(self, parser: NoteParser, line: Line) -> LineOutcome:
        """Record a definition; of two the last counts, as in Python-Markdown."""
        match = _DEFINITION.match(line.text, line.start)
        if match is None:
            return LineOutcome.NO
        if not parser.findings.asks_for("abbreviations", (line.number, line.start + 1)):
            return LineOutcome.NO
        parser.leave()
        parser.findings.abbreviations[match[1]] = match[2].rstrip(" \t")
        return LineOutcome.DONE


def mark_abbreviations(root: etree.Element, findings: Findings) -> None:
    """Put an `<abbr>` around every abbreviation in the text below `root` and in the footnotes."""
    if not findings.abbreviations:
        return
    finder = _Finder(findings.abbreviations)
    waiting = [root, *(definition.element for definition in findings.footnotes.values())]
    while waiting:
        element = waiting.pop()
        inside = [child for child in element if not _is_literal(child)]
        waiting.extend(inside)
        _mark_text(element, finder)


def _is_literal(element: etree.Element) -> bool:
    """Say whether abbreviations are not looked for in an element."""
    if element.tag in _LITERAL or element.tag == RAW or "math" in element.get("class", "").split():
        return True
    # In an address that is its own text there are no abbreviations.
    return element.tag == "a" and (element.text or "") in element.get("href", "").removeprefix("mailto:")


def _mark_text(element: etree.Element, finder: "_Finder") -> None:
    """Replace the children of `element` by the same ones with abbreviations between them."""
    first, found = finder.cut(element.text or "")
    children = list(found)
    literal = 0  # open elements of the author's own HTML that hold code
    changed = bool(found)
    for child in element:
        children.append(child)
        if child.tag == RAW:
            for tag in _RAW_LITERAL.finditer(child.text or ""):
                literal = max(literal + (-1 if tag[1] else 1), 0)
        if literal or not child.tail:
            continue
        tail, found = finder.cut(child.tail)
        if found:
            child.tail = tail
            children += found
            changed = True
    if changed:
        element.text = first
        element[:] = children


class _Finder:
    """Finds abbreviations as whole words, the longest first, in linear time."""

    def __init__(self, abbreviations: dict[str, str]) -> None:
        """`abbreviations` are what is written, and what it stands for."""
        self._titles = abbreviations
        lengths: dict[str, set[int]] = {}  # of the abbreviations that begin with a word or character
        for short in abbreviations:
            begin = _BEGIN.match(short)
            if begin:
                lengths.setdefault(begin[0], set()).add(len(short))
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def cut(self, text: str) -> tuple[str, list[etree.Element]]:
        """Return the text before the first abbreviation, and the abbreviations, each with the text after it."""
        first = text
        found: list[etree.Element] = []
        done = at = 0
        while match := _BEGIN.search(text, at):
            end = self._end(text, match)
            at = end or match.end()
            if not end:
                continue
            before = text[done : match.start()]
            if found:
                found[-1].tail = before
            else:
                first = before
            short = text[match.start() : end]
            found.append(etree.Element("abbr", {"title": self._titles[short]}))
            found[-1].text = short
            done = end
        if found:
            found[-1].tail = text[done:]
        return first, found

    def _end(self, text: str, begin: re.Match[str]) -> int:
        """Return the end of the longest abbreviation that begins with this match, 0 if none does."""
        start = begin.start()
        for length in self._lengths.get(begin[0], ()):
            end = start + length
            if text[start:end] in self._titles and not (
                _is_in_word(text, end - 1) and _is_in_word(text, end)
            ):
                return end
        return 0


def _is_in_word(text: str, at: int) -> bool:
    """Say whether the character at a place, if there is one, is part of a word."""
    return at < len(text) and (text[at].isalnum() or text[at] == "_")
