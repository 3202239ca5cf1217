"""The inline scan: one pass from left to right over the text of each leaf (MK-1).

A leaf is a piece of a note without blocks in it: a paragraph, a heading, a cell of a table. A rule is tried where its
trigger matches, in the order of the rules; the first that accepts the text gets it, so what opens first on the line
decides. Rules append nodes; emphasis is paired with CommonMark's delimiter stack; the nodes become elements at the end.
Each step takes linear time: rules look ahead only through `Lookahead`, which remembers what it has found (HC-10).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from garden.model.settings import ReadingSettings
from garden.reading.syntax.engine.delimiters import Delimiter, DelimiterStack
from garden.reading.syntax.engine.element_builder import ElementBuilder, append_text
from garden.reading.syntax.engine.findings import Findings, Leaf
from garden.reading.syntax.engine.lookahead import HIDDEN, Lookahead, OpaqueRules
from garden.reading.syntax.engine.nodes import InlineNode

# The deepest nesting of constructs; deeper ones are text (HC-10).
MAX_INLINE_DEPTH = 20
_INDENT = re.compile(r"[ \t]*")


@dataclass(slots=True)
class Bracket:
    """A `[` or `![` that a `]` may make a link or an image."""

    node: int  # index in `Scan.nodes` of its text, which the link or image replaces
    at: int  # offset in the text
    image: bool
    # The last run of emphasis marks before it: those after it are paired within the link
    bottom: Delimiter | None
    refs: int  # how many references were found before it


class InlineRule:
    """One inline construct; it keeps no state. `triggers` are the patterns that its first characters match.

    Each begins with a literal character, which selects the rules to try. Without that, the combined search would stop
    at every character instead of jumping from trigger to trigger. A rule is also tried where only another one's trigger
    matches that begins with the same character: what its own trigger looks ahead for, it checks itself.
    """

    triggers: tuple[str, ...] = ()

    def may_apply(self, text: str, settings: ReadingSettings) -> bool:
        """Say whether the construct can be in a note with this text; if not, the rule is left out for the whole note.

        Only rules whose triggers are frequent in any text need to say so.
        """
        del text, settings
        return True

    def scan(self, scan: "Scan", at: int) -> int | None:
        """Append nodes for the construct that begins at `at`; return its end, None for text."""
        raise NotImplementedError


RuleT = TypeVar("RuleT", bound=InlineRule)


class OpaqueRule(InlineRule):
    """A construct in which nothing else begins or ends: its content is hidden from rules in brackets.

    Its end depends only on the text, so that the mask can be made before anything is scanned.
    """

    mask = HIDDEN  # what each of its characters is replaced by in `Scan.masked`

    def end(self, ahead: Lookahead, at: int, stop: int) -> int | None:
        """Return the end of the construct that begins at `at`, None if none ends before `stop`."""
        raise NotImplementedError


class Scan:
    """One pass over a stretch of a leaf's text."""

    __slots__ = (
        "ahead",
        "allow_html",
        "brackets",
        "delimiters",
        "depth",
        "end",
        "findings",
        "in_link",
        "inactive",
        "leaf",
        "line_rules",
        "nodes",
        "rules",
        "start",
        "text",
        "trigger",
    )  # fmt: skip

    def __init__(self, rules: "InlineRules", findings: Findings, leaf: Leaf) -> None:
        """Prepare to scan all of `leaf`."""
        self.findings = findings
        self.leaf = leaf
        self.text = leaf.text.text
        self.ahead = Lookahead(self.text, rules.opaque)
        self.start = 0
        self.end = len(self.text)
        self.rules = rules.by_trigger
        self.trigger = rules.trigger
        self.line_rules = rules.line_rules if leaf.has_fields and ":" in self.text else ()
        self.nodes: list[InlineNode] = []
        self.brackets: list[Bracket] = []
        self.inactive = 0  # brackets below this index cannot become links, because they contain one
        self.delimiters = DelimiterStack()
        self.allow_html = findings.settings.raw_html
        self.in_link = False  # whether the stretch is the text of a link, in which no other link can be
        self.depth = 0  # how many stretches this one is inside of

    def inner(self, start: int, end: int, *, in_link: bool = False, html: bool = True) -> list[InlineNode]:
        """Scan a stretch inside this one by itself, such as the text of a footnote, and return its nodes.

        `in_link` says that it is the text of a link; without `html`, tags in it are text.
        """
        scan = Scan.__new__(Scan)
        scan.findings, scan.leaf, scan.text, scan.ahead = self.findings, self.leaf, self.text, self.ahead
        scan.start, scan.end = start, end
        scan.rules, scan.trigger, scan.line_rules = self.rules, self.trigger, ()
        scan.nodes, scan.brackets, scan.inactive, scan.delimiters = [], [], 0, DelimiterStack()
        scan.allow_html = self.allow_html and html
        scan.in_link = self.in_link or in_link
        scan.depth = self.depth + 1
        scan.run()
        return scan.nodes

    def place(self, at: int) -> tuple[int, int]:
        """Return the (line, column) in the file of an offset in the text."""
        return self.leaf.text.place(at)

    def run(self) -> None:
        """Scan the stretch: fill `nodes`, with emphasis paired."""
        text, end, rules, nodes = self.text, self.end, self.rules, self.nodes
        search = self.trigger.search
        at = self.start
        if self.line_rules:
            at = self.begin_line(at)
        while at < end:
            match = search(text, at, end)
            if match is None:
                nodes.append(text[at:end])
                break
            begin = match.start()
            if begin > at:
                nodes.append(text[at:begin])
            for rule in rules[text[begin]]:
                after = rule.scan(self, begin)
                if after is not None:
                    at = after
                    break
            else:
                # Not a construct: the trigger is text. Only its first character is consumed, because another construct
                # may begin with the second.
                nodes.append(text[begin])
                at = begin + 1
        self.delimiters.pair(None)

    def begin_line(self, at: int) -> int:
        """Try the rules for whole lines at the beginning of a line; return where the scan continues."""
        for rule in self.line_rules:
            after = rule.scan_line(self, at)
            if after is not None:
                return after
        return at

    def next_line(self, at: int) -> int:
        """Return where the scan continues after the line break at `at`: after the indentation."""
        match = _INDENT.match(self.text, at + 1, self.end)
        assert match is not None
        return self.begin_line(match.end()) if self.line_rules else match.end()

    @property
    def masked(self) -> str:
        """The text in which everything that rules in brackets must not see is replaced, of the same length as `text`."""
        return self.ahead.masked

    def partner(self, at: int) -> int:
        """Return where the bracket, parenthesis or brace that opens at `at` is closed in this stretch, -1 if nowhere."""
        end = self.ahead.partner(at)
        return end if end < self.end else -1

    def add_delimiter(self, delimiter: Delimiter) -> None:
        """Add a run of emphasis marks, with which later ones may be paired."""
        self.delimiters.push(delimiter)
        self.nodes.append(delimiter)

    def find(self, token: str, start: int) -> int:
        """Return where the next `token` is in the visible part of this stretch, -1 if nowhere."""
        found = self.ahead.find(token, start)
        return found if found <= self.end - len(token) else -1


class LineRule(InlineRule):
    """A construct that takes a whole line of a paragraph."""

    def scan(self, scan: Scan, at: int) -> int | None:
        """Line rules have no triggers."""
        return None

    def scan_line(self, scan: Scan, at: int) -> int | None:
        """Append nodes for the line that begins at `at`; return where to continue, None for text."""
        raise NotImplementedError


class InlineRules:
    """The inline rules in order, found by the first character of a construct."""

    def __init__(self, rules: Sequence[InlineRule]) -> None:
        """Index `rules`; if two begin with the same character, the earlier one is tried first."""
        self._rules = rules
        self._optional = [rule for rule in rules if type(rule).may_apply is not InlineRule.may_apply]
        # The rules without some of the optional ones: to compile a pattern for each note would take longer than it saves.
        self._without: dict[tuple[InlineRule, ...], InlineRules] = {}
        self.line_rules = tuple(rule for rule in rules if isinstance(rule, LineRule))
        self.trigger, self.by_trigger = _indexed(rules)
        self.opaque = OpaqueRules(*_indexed([rule for rule in rules if isinstance(rule, OpaqueRule)]))

    def for_note(self, text: str, settings: ReadingSettings) -> "InlineRules":
        """Return those of the rules that may have something to do in a note with this text."""
        idle = tuple([rule for rule in self._optional if not rule.may_apply(text, settings)])
        if not idle:
            return self
        if idle not in self._without:
            self._without[idle] = InlineRules([rule for rule in self._rules if rule not in idle])
        return self._without[idle]


def _indexed(rules: Sequence[RuleT]) -> tuple[re.Pattern[str], dict[str, tuple[RuleT, ...]]]:
    """Return the pattern that finds where any rule may begin, and the rules by the character found."""
    by_trigger: dict[str, tuple[RuleT, ...]] = {}
    triggers = []
    for rule in rules:
        for trigger in rule.triggers:
            triggers.append(trigger)
            char = _first_character(trigger)
            by_trigger[char] = (*by_trigger.get(char, ()), rule)
    return re.compile("|".join(dict.fromkeys(triggers))), by_trigger


def _first_character(trigger: str) -> str:
    r"""Return the literal character that a trigger begins with: `*` of `\*`, a line break of `\n`, a backslash of `\\`."""
    if trigger.startswith("\\n"):
        return "\n"
    return trigger.lstrip("\\")[:1] or "\\"


def scan_leaves(rules: InlineRules, findings: Findings) -> None:
    """Turn the text of all leaves into elements, in source order."""
    own = len(findings.leaves)  # those after them will be of footnotes
    search = rules.trigger.search
    # A reference to a footnote adds the leaves of its text: the list grows while it is read.
    for number, leaf in enumerate(findings.leaves):
        if number == own:
            findings.own_lines = len(findings.plain)
        plain = key = leaf.text.text
        # A line `key:: value` is a construct without a trigger.
        if search(plain) is None and "::" not in plain:
            append_text(leaf.element, plain)  # most cells and items are nothing but text
        else:
            plain, key = _read(rules, findings, leaf)
        if leaf.heading is not None:
            leaf.heading.text = plain.replace("\n", " ").strip()
            leaf.heading.key_text = key
            leaf.heading.typed = leaf.text.text
            leaf.heading.above = len(findings.plain)
        elif plain:
            findings.plain.append(plain.replace("\n", " "))
            if not plain.isascii():
                findings.unspaced_words += len(_cjk().findall(plain)) // 2
    if len(findings.leaves) == own:
        findings.own_lines = len(findings.plain)


@cache
def _cjk() -> re.Pattern[str]:
    """Return the pattern of characters that are written without spaces between words.

    It is compiled when the first note needs it, since compiling such large ranges takes a while, and few vaults have any.
    """
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def _read(rules: InlineRules, findings: Findings, leaf: Leaf) -> tuple[str, str]:
    """Fill the element of a leaf; return its plain text, and the text by which links find it if it is a heading (AN-2)."""
    scan = Scan(rules, findings, leaf)
    scan.run()
    if "%%" in scan.text or "<!--" in scan.text:
        leaf.written = scan.ahead.shown(0, len(scan.text))
    build = ElementBuilder(findings, leaf)
    build.add(scan.nodes)
    plain = build.finish()
    return plain, build.key_text() if leaf.heading is not None else plain
