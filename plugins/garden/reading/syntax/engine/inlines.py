"""The inline scan: one pass from left to right over each leaf's text (MK-1).

A rule is tried where its trigger matches, in order of priority; the first that takes the text
wins, so the earliest opener on the line decides. Rules append nodes; emphasis is resolved with
CommonMark's delimiter stack; the nodes become elements at the end. Each step is linear: whatever
looks ahead remembers what it found (HC-10).
"""

import re
import xml.etree.ElementTree as etree
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from garden.model.note import Tag
from garden.reading.syntax.engine.findings import Findings, Leaf
from garden.reading.syntax.engine.serialize import RAW, slot

# A sentence is quoted beside a backlink: longer ones are cut round the citing words.
_SENTENCE_REACH = 180
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s|[。！？\n]")
_INDENT = re.compile(r"[ \t]*")
_BRACKET = re.compile(r"\\.|[\[\]()]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True)
class Open:
    """The begin of an element; `ref` is the index of the reference that it shows, or -1."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    ref: int = -1


@dataclass(slots=True)
class Close:
    """The end of an element."""

    tag: str
    ref: int = -1


@dataclass(slots=True)
class RefText:
    """The default display text of a reference (WL-7); `text` is what it would say as typed."""

    ref: int
    text: str


@dataclass(slots=True)
class TagUse:
    """A tag in the text."""

    name: str
    at: int


@dataclass(slots=True)
class Atom:
    """A finished element, with the plain text that it stands for."""

    element: etree.Element
    plain: str = ""
    is_link: bool = False


@dataclass(slots=True)
class Delimiter:
    """A run of emphasis marks; what is left of it after pairing is text."""

    char: str
    count: int
    original: int
    can_open: bool
    can_close: bool
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)
    previous: "Delimiter | None" = None
    next: "Delimiter | None" = None


Node = str | Open | Close | RefText | TagUse | Atom | Delimiter


@dataclass(slots=True)
class Bracket:
    """A `[` or `![` that a `]` may make a link or an image."""

    node: int
    at: int
    image: bool
    bottom: "Delimiter | None"


class InlineRule(InlineProcessor):
    """One inline construct. `triggers` are the patterns that its first characters match."""

    triggers: tuple[str, ...] = ()

    def __init__(self, md: Markdown) -> None:
        """Make the rule for this `Markdown` object."""
        super().__init__("|".join(self.triggers), md)

    def scan(self, scan: "Scan", at: int) -> int | None:
        """Append nodes for the construct that begins at `at`; return its end, None for text."""
        raise NotImplementedError


class Scan:
    """One pass over a stretch of a leaf's text."""

    __slots__ = (
        "_found", "_partners", "_runs", "allow_html", "brackets", "end", "findings", "inactive", "in_link",
        "last_delimiter", "leaf", "line_rules", "nodes", "rules", "start", "text", "trigger",
    )  # fmt: skip

    def __init__(self, table: "RuleTable", findings: Findings, leaf: Leaf) -> None:
        """Prepare to scan all of `leaf`."""
        self.findings = findings
        self.leaf = leaf
        self.text = leaf.text.text
        self.start = 0
        self.end = len(self.text)
        self.rules = table.rules
        self.trigger = table.trigger
        self.line_rules = table.line_rules if "::" in self.text and leaf.kind == "paragraph" else ()
        self.nodes: list[Node] = []
        self.brackets: list[Bracket] = []
        self.inactive = 0  # brackets below this index cannot become links: a link is inside them
        self.last_delimiter: Delimiter | None = None
        self.allow_html = findings.settings.raw_html
        self.in_link = False
        self._found: dict[str, tuple[int, int]] = {}
        self._runs: dict[str, dict[int, list[int]]] = {}
        self._partners: dict[int, int] = {}

    def inner(self, start: int, end: int, *, in_link: bool = False, html: bool = True) -> list[Node]:
        """Scan a stretch inside this one on its own and return its nodes."""
        scan = Scan.__new__(Scan)
        scan.findings, scan.leaf, scan.text = self.findings, self.leaf, self.text
        scan.start, scan.end = start, end
        scan.rules, scan.trigger, scan.line_rules = self.rules, self.trigger, ()
        scan.nodes, scan.brackets, scan.inactive, scan.last_delimiter = [], [], 0, None
        scan.allow_html = self.allow_html and html
        scan.in_link = self.in_link or in_link
        scan._found, scan._runs, scan._partners = self._found, self._runs, self._partners
        scan.run()
        return scan.nodes

    def place(self, at: int) -> tuple[int, int]:
        """Return the (line, column) in the file of an offset in the text."""
        return self.leaf.text.place(at)

    def run(self) -> None:
        """Scan the stretch: fill `nodes`, emphasis paired."""
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
                # Not a construct: the trigger is text. Only its first character is used up,
                # another construct may begin with the second.
                nodes.append(text[begin])
                at = begin + 1
        self.pair_delimiters(None)

    def begin_line(self, at: int) -> int:
        """Try the rules that want a whole line; return where to go on."""
        for rule in self.line_rules:
            after = rule.scan_line(self, at)
            if after is not None:
                return after
        return at

    def next_line(self, at: int) -> int:
        """Return where the scan goes on behind the line break at `at`: behind the indentation."""
        match = _INDENT.match(self.text, at + 1, self.end)
        assert match is not None
        return self.begin_line(match.end()) if self.line_rules else match.end()

    def partner(self, at: int) -> int:
        """Return where the bracket or parenthesis that opens at `at` is closed, -1 if nowhere."""
        if not self._partners:
            self._partners[-1] = -1
            open_at: dict[str, list[int]] = {"]": [], ")": []}
            for match in _BRACKET.finditer(self.text):
                char = match[0]
                if char in "[(":
                    open_at["]" if char == "[" else ")"].append(match.start())
                elif char in open_at and open_at[char]:
                    self._partners[open_at[char].pop()] = match.start()
        return self._partners.get(at, -1)

    def find(self, token: str, start: int) -> int:
        """Return where `token` stands next in this stretch, -1 if nowhere; remembers the answer."""
        known = self._found.get(token)
        if known is None or start < known[0] or 0 <= known[1] < start:
            known = (start, self.text.find(token, start))
            self._found[token] = known
        return known[1] if 0 <= known[1] <= self.end - len(token) else -1

    def closing_run(self, char: str, length: int, start: int) -> int:
        """Return where a run of exactly `length` of `char` stands next, -1 if nowhere."""
        by_length = self._runs.get(char)
        if by_length is None:
            by_length = {}
            for match in re.finditer(re.escape(char) + "+", self.text):
                by_length.setdefault(match.end() - match.start(), []).append(match.start())
            self._runs[char] = by_length
        starts = by_length.get(length, [])
        index = bisect_left(starts, start)
        return starts[index] if index < len(starts) and starts[index] + length <= self.end else -1

    def add_delimiter(self, delimiter: Delimiter) -> None:
        """Put a run of emphasis marks on the stack."""
        delimiter.previous = self.last_delimiter
        if self.last_delimiter is not None:
            self.last_delimiter.next = delimiter
        self.last_delimiter = delimiter
        self.nodes.append(delimiter)

    def pair_delimiters(self, bottom: Delimiter | None) -> None:
        """Pair all emphasis marks above `bottom` and take them off the stack (CommonMark 0.31, 6.2)."""
        first = self.last_delimiter
        if first is bottom:
            return
        while first is not None and first.previous is not bottom:
            first = first.previous
        floor: dict[tuple[str, bool, int], Delimiter | None] = {}
        closer = first
        while closer is not None:
            if not closer.can_close:
                closer = closer.next
                continue
            key = (closer.char, closer.can_open, closer.original % 3)
            stop = floor.get(key, bottom)
            opener = closer.previous
            while opener is not None and opener is not stop and opener is not bottom:
                if opener.char == closer.char and opener.can_open and _may_pair(opener, closer):
                    break
                opener = opener.previous
            if opener is None or opener is stop or opener is bottom:
                floor[key] = closer.previous
                following = closer.next
                if not closer.can_open:
                    self._unlink(closer)
                closer = following
                continue
            between = opener.next
            if between is not closer:
                opener.next = closer
                closer.previous = opener
            used, tag = _tag_for(opener, closer)
            opener.opens.append(tag)
            closer.closes.append(tag)
            opener.count -= used
            closer.count -= used
            if opener.count == 0:
                self._unlink(opener)
            if closer.count == 0:
                following = closer.next
                self._unlink(closer)
                closer = following
        self.last_delimiter = bottom
        if bottom is not None:
            bottom.next = None

    def _unlink(self, delimiter: Delimiter) -> None:
        if delimiter.previous is not None:
            delimiter.previous.next = delimiter.next
        if delimiter.next is not None:
            delimiter.next.previous = delimiter.previous
        elif self.last_delimiter is delimiter:
            self.last_delimiter = delimiter.previous


def _may_pair(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.char in "~=":
        return opener.count == closer.count
    if opener.can_close or closer.can_open:
        return (opener.original + closer.original) % 3 != 0 or (
            opener.original % 3 == 0 and closer.original % 3 == 0
        )
    return True


_STRONG = {"*": "strong", "_": "strong", "~": "del", "=": "mark"}


def _tag_for(opener: Delimiter, closer: Delimiter) -> tuple[int, str]:
    if opener.count >= 2 and closer.count >= 2:
        return 2, _STRONG[opener.char]
    return 1, "em"


class LineRule(InlineRule):
    """A construct that takes a whole line of a paragraph."""

    def scan(self, scan: Scan, at: int) -> int | None:
        """Line rules have no triggers."""
        return None

    def scan_line(self, scan: Scan, at: int) -> int | None:
        """Append nodes for the line that begins at `at`; return where to go on, None for text."""
        raise NotImplementedError


class RuleTable:
    """The registered rules, by first character."""

    def __init__(self, rules: list[InlineRule]) -> None:
        """Index `rules`, which come in order of priority."""
        self.line_rules = tuple(rule for rule in rules if isinstance(rule, LineRule))
        self.rules: dict[str, tuple[InlineRule, ...]] = {}
        sources = []
        for rule in rules:
            for trigger in rule.triggers:
                sources.append(trigger)
                char = _first_char(trigger)
                self.rules[char] = (*self.rules.get(char, ()), rule)
        self.trigger = re.compile("|".join(dict.fromkeys(sources)))


def _first_char(trigger: str) -> str:
    source = re.sub(r"^\(\?<[!=].*?\)", "", trigger)
    return "\n" if source.startswith("\\n") else source.lstrip("\\")[:1] or "\\"


class InlineTree(Treeprocessor):
    """The tree processor that scans every leaf, in source order."""

    def __init__(self, md: Markdown) -> None:
        """Make the processor; `prepare` must follow when all rules are registered."""
        super().__init__(md)
        self.findings: Findings
        self.table: RuleTable

    def prepare(self) -> None:
        """Index the registered rules."""
        assert self.md is not None
        self.table = RuleTable([rule for rule in self.md.inlinePatterns if isinstance(rule, InlineRule)])

    def run(self, root: etree.Element) -> None:
        """Turn the text of all leaves into elements."""
        del root
        findings = self.findings
        headings = {id(heading.element): heading for heading in findings.headings}
        # A leaf may add leaves (an inline footnote's text): the list grows while it is read.
        for leaf in findings.leaves:
            scan = Scan(self.table, findings, leaf)
            scan.run()
            build = Builder(findings, leaf)
            build.add(scan.nodes)
            plain = build.finish()
            if leaf.kind == "heading":
                heading = headings[id(leaf.element)]
                heading.text = plain.strip()
                heading.key_text = build.key_text()
            elif plain:
                findings.plain.append(plain.replace("\n", " "))
                findings.words += len(plain.split()) + len(_CJK.findall(plain)) // 2


class Builder:
    """Turns a leaf's nodes into elements, without recursion, and collects the plain text."""

    def __init__(self, findings: Findings, leaf: Leaf) -> None:
        """Build into the leaf's element, behind what it has already."""
        self.findings = findings
        self.leaf = leaf
        self.open = [leaf.element]
        self.pending: list[str] = []
        self.links = 0
        self.plain: list[str] = []
        self.length = 0
        self.key: list[str] = []
        self.cited: list[tuple[int, int, int]] = []
        self.begun: list[tuple[int, int]] = []

    def add(self, nodes: list[Node]) -> None:
        """Add nodes in order."""
        for node in nodes:
            match node:
                case str():
                    self.text(node)
                case Delimiter():
                    for tag in node.closes:
                        self.close(tag)
                    if node.count:
                        self.text(node.char * node.count)
                    for tag in reversed(node.opens):
                        self.begin(tag, {})
                case Open():
                    self._open(node)
                case Close():
                    self._close(node)
                case RefText():
                    self.raw(slot("text", node.ref))
                    self.say(node.text)
                case TagUse():
                    self._tag(node)
                case Atom():
                    if node.is_link and self.links:
                        self.text(node.plain)
                    else:
                        self.flush()
                        self.open[-1].append(node.element)
                        self.say(node.plain)

    def _open(self, node: Open) -> None:
        if node.tag == "a":
            self.links += 1
            if self.links > 1:
                return
        if node.ref >= 0:
            ref = self.findings.refs[node.ref - self.findings.first_ref]
            self.raw(slot("open", node.ref))
            self.begun.append((node.ref, self.length))
            if ref.display and self.leaf.kind == "heading":
                self.key.append(ref.raw + " ")
        else:
            self.begin(node.tag, node.attributes)

    def _close(self, node: Close) -> None:
        if node.tag == "a":
            self.links -= 1
            if self.links > 0:
                return
        if node.ref >= 0:
            self.raw(slot("close", node.ref))
            index, start = self.begun.pop()
            self.cited.append((index, start, self.length))
        else:
            self.close(node.tag)

    def _tag(self, node: TagUse) -> None:
        self.findings.tags.append(Tag(node.name, self.findings.place(self.leaf.text.place(node.at))))
        if self.links:
            self.text("#" + node.name)
            return
        self.raw(slot("tag-open", node.name))
        self.text("#" + node.name)
        self.raw(slot("tag-close", node.name))

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.flush()
        self.open.append(etree.SubElement(self.open[-1], tag, attributes))

    def close(self, tag: str) -> None:
        """End the element that was begun last."""
        del tag
        self.flush()
        self.open.pop()

    def raw(self, html: str) -> None:
        """Add HTML as it is."""
        self.flush()
        etree.SubElement(self.open[-1], RAW).text = html

    def say(self, plain: str) -> None:
        """Add to the plain text only."""
        if plain:
            self.plain.append(plain)
            self.key.append(plain)
            self.length += len(plain)

    def text(self, text: str) -> None:
        """Add text."""
        self.pending.append(text)
        self.say(text)

    def flush(self) -> None:
        """Put the collected text into the tree, in one piece: adding bit by bit would be quadratic."""
        if not self.pending:
            return
        text = "".join(self.pending)
        self.pending.clear()
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def key_text(self) -> str:
        """Return the text that a heading is compared by: links count with target and display (AN-2)."""
        return "".join(self.key)

    def finish(self) -> str:
        """Give every reference its sentence and return the plain text."""
        self.flush()
        plain = "".join(self.plain)
        refs = self.findings.refs
        for index, start, end in self.cited:
            sentence, cited = sentence_round(plain, start, end)
            at = index - self.findings.first_ref
            refs[at] = replace(refs[at], sentence=sentence, cited=cited)
        return plain


def sentence_round(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the sentence round `text[start:end]`, and where that stands in it."""
    low = max(start - _SENTENCE_REACH, 0)
    high = min(end + _SENTENCE_REACH, len(text))
    begin = low
    for match in _SENTENCE_END.finditer(text, low, start):
        begin = match.end()
    stop = _SENTENCE_END.search(text, end, high)
    # The mark itself belongs to the sentence, the blank behind it does not.
    finish = stop.end() if stop else high
    left = text[begin:start].replace("\n", " ")
    right = text[end:finish].replace("\n", " ").rstrip()
    if begin == low and low > 0:
        left = "…" + left.partition(" ")[2]
    if stop is None and high < len(text):
        right = right.rpartition(" ")[0] + "…"
    left = left.lstrip()
    cited = text[start:end].replace("\n", " ")
    return left + cited + right, (len(left), len(left) + len(cited))
