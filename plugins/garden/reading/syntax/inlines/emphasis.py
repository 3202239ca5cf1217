"""Emphasis with `*` and `_` (FT-7), `==highlight==` (FT-1) and `~~strikethrough~~` (FT-2)."""

import unicodedata
import xml.etree.ElementTree as etree
from functools import lru_cache
from typing import ClassVar

from garden.reading.syntax.engine.delimiters import Delimiter
from garden.reading.syntax.engine.inline_scan import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Atom, Close

# Scripts that are written without spaces between words, Hangul, and their punctuation and full-width forms.
_CJK = (
    ("\u1100", "\u11ff"),
    ("\u2e80", "\u303f"),
    ("\u3041", "\u4dbf"),
    ("\u4e00", "\ua4cf"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe6f"),
    ("\uff00", "\uffef"),
    ("\U00020000", "\U0003ffff"),
)
# What makes clear that a run before a letter or digit can only open, and one after it only close.
_BEFORE = frozenset(" \n\t(")
_AFTER = frozenset(" \n\t.,;:!?)")


class EmphasisRule(InlineRule):
    """Runs of `*` or `_`; no emphasis inside words for `_`.

    CommonMark's flanking rule leaves `**加粗：**文字` and `**[[a]]**s` as they are typed. Beside CJK characters
    and after a link, code or a formula white space alone decides for `*`, as in Obsidian (FT-7).
    """

    triggers = (r"\*", "_")
    tags: ClassVar = {1: "em", 2: "strong"}

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append an element if the run certainly begins one, or else a delimiter, which is paired later."""
        char = scan.text[at]
        end = run_end(scan.text, at, scan.end)
        before, after = neighbours(scan, at, end)
        if before in _BEFORE and after.isalnum() and end - at in self.tags:
            closed = self._append_plain(scan, at, end)
            if closed:
                return closed
        blank_before, blank_after = before.isspace(), after.isspace()
        if char == "*" and (_cjk(before) or _cjk(after) or _follows_construct(scan)):
            # Such text has no spaces around words, so punctuation does not show where a run belongs.
            opens, closes = not blank_after, not blank_before
        else:
            # CommonMark's left-flanking and right-flanking runs; `_` does nothing within a word.
            mark_before, mark_after = _punctuation(before), _punctuation(after)
            left = not blank_after and (not mark_after or blank_before or mark_before)
            right = not blank_before and (not mark_before or blank_after or mark_after)
            opens, closes = left, right
            if char == "_":
                opens = left and (not right or mark_before)
                closes = right and (not left or mark_after)
        scan.add_delimiter(Delimiter(char, end - at, end - at, opens, closes, self.tags))
        return end

    def _append_plain(self, scan: Scan, at: int, begin: int) -> int:
        """Append the element that the run `text[at:begin]` opens if it holds only text, as most do; return its end, or 0.

        Such a run can only open, and the next one, of the same length, only close: no other run can be a partner of theirs.
        """
        text = scan.text
        found = scan.trigger.search(text, begin, scan.end)
        if found is None:
            return 0
        end = found.start()
        after = end + begin - at
        closes = text.startswith(text[at:begin], end) and text[end - 1].isalnum()
        if not closes or (after < scan.end and text[after] not in _AFTER) or after > scan.end:
            return 0
        element = etree.Element(self.tags[begin - at])
        element.text = text[begin:end]
        scan.nodes.append(Atom(element, element.text))
        return after


class PairRule(InlineRule):
    """Runs of exactly two marks that hug their text."""

    triggers = ("==", "~~")
    tags: ClassVar = {"=": "mark", "~": "del"}

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append a delimiter, which is paired later; a run of another length is text."""
        end = run_end(scan.text, at, scan.end)
        if end - at != 2:
            scan.nodes.append(scan.text[at:end])
            return end
        before, after = neighbours(scan, at, end)
        char = scan.text[at]
        scan.add_delimiter(
            Delimiter(char, 2, 2, not after.isspace(), not before.isspace(), {2: self.tags[char]})
        )
        return end


def run_end(text: str, at: int, stop: int) -> int:
    """Return the end, at most `stop`, of the run of one character that begins at `at`."""
    char = text[at]
    while at < stop and text[at] == char:
        at += 1
    return at


def neighbours(scan: Scan, at: int, end: int) -> tuple[str, str]:
    """Return the characters before and after a run; a line break where the text ends."""
    before = scan.text[at - 1] if at > scan.start else "\n"
    after = scan.text[end] if end < scan.end else "\n"
    return before, after


def _follows_construct(scan: Scan) -> bool:
    """Say whether a link, code or a formula ends right before the run."""
    last = scan.nodes[-1] if scan.nodes else None
    if isinstance(last, Atom):
        return last.is_link or last.element.tag == "code" or "math" in last.element.get("class", "")
    return isinstance(last, Close) and last.tag == "a"


@lru_cache(maxsize=4096)
def _cjk(char: str) -> bool:
    """Say whether a character is Chinese, Japanese or Korean."""
    return any(first <= char <= last for first, last in _CJK)


@lru_cache(maxsize=4096)
def _punctuation(char: str) -> bool:
    """Say whether a character is punctuation or a symbol, as CommonMark means it."""
    return unicodedata.category(char)[0] in "PS"
