"""Inline fields: `key:: value`, `[key:: value]`, `(key:: value)` (IF), hierarchy fields among them (HI-2)."""

import re

from msgspec.structs import replace

from garden.model.names import field_key
from garden.model.note import Field, Tag
from garden.reading.syntax.engine.inline_scan import MAX_INLINE_DEPTH, InlineRule, LineRule, Scan
from garden.reading.syntax.engine.nodes import Atom, Close, InlineNode, Open, TagUse, plain_text
from garden.reading.syntax.engine.serialize import RAW, STX

# Stars around a key are emphasis; underscores may be its own, or emphasis, or a mixture.
_KEY = re.compile(r"(\*{0,3})((?:[^\W_]|[ \t_/-])++)(\*{0,3})[ \t]*")
# In the masked text: the key's characters, and after `::` a space, the end, or a link (IF-2b). A link is
# masked, unless it holds a comment, so the raw text says whether there is one.
_BRACKETED = re.compile(r"[\[(]((?:[ \t*]|\w|[/-])+)::")
# A whole line with a single colon after the key, and with nothing but wikilinks as its value.
_SINGLE_COLON = re.compile(
    r"\*{0,3}((?:[^\W_]|[ \t_/-])++)\*{0,3}:(?!:)[*_]{0,3}[ \t]*"
    r"\"?\[\[[^\[\]\n]+\]\](?:[\",; \t]*\[\[[^\[\]\n]+\]\])*[\",; \t]*(?:\n|\Z)"
)
_EMPHASIS = re.compile(r"^[*_]+|[*_]+$")


class FieldLineRule(LineRule):
    """A whole line `key:: value`; a hierarchy field is not shown (IF-7)."""

    def scan_line(self, scan: Scan, at: int) -> int | None:
        """Append the field that this line is; a backslash before the key makes the key text."""
        text = scan.text
        if scan.ahead.find("::", at, raw=True) < 0:
            return None
        end = scan.find("\n", at)
        end = scan.end if end < 0 else end
        colons = scan.find("::", at)
        if not 0 <= colons < end or 0 <= scan.find("::::", at) < end:
            return None
        escaped = text[at] == "\\"
        label, begin, emphasis = _read_key(text, at + escaped, colons)
        start = _value_start(text, colons + 2, end)
        if not label or start < 0 or _has_bracketed(scan, start, end):
            return None
        if escaped:
            scan.nodes.append(text[at + 1 : start])
            return start
        after = _value_end(text, start, end)
        stop = after - len(emphasis)
        if emphasis and not text.endswith(emphasis, start, after):
            return None
        key = field_key(label)
        nodes = scan.inner(start, stop)
        record(scan, key, label, nodes, begin, scan.ahead.shown(start, stop))
        if key in scan.findings.settings.relations:
            return _hide(scan, nodes, end)
        scan.nodes += show(key, label, nodes)
        return after


class SingleColonRule(LineRule):
    """A whole line `up: [[note]]` is text: a colon is missing, which is reported (IF-2c)."""

    def scan_line(self, scan: Scan, at: int) -> int | None:
        """Report the line if its key is a relation and its value nothing but links."""
        match = _SINGLE_COLON.match(scan.text, at, scan.end)
        label = match[1].strip(" \t_") if match else ""
        if match and field_key(label) in scan.findings.settings.relations:
            scan.findings.report(
                "single-colon",
                scan.place(match.start(1)),
                f'"{label}:" with a single colon is text, not a relation',
                f"write it with two: {label}::",
            )
        return None


class FieldBracketRule(InlineRule):
    """`[key:: value]` shows key and value, `(key:: value)` the value alone."""

    triggers = (r"\[(?=[ \t\w*/-]+::)", r"\((?=[ \t\w*/-]+::)")

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the field."""
        match = _bracketed(scan, at) if scan.depth < MAX_INLINE_DEPTH else None
        if match is None:
            return None
        label = _EMPHASIS.sub("", match[1].strip()).strip()
        key = field_key(label)
        end = scan.partner(at)
        start = _after_blanks(scan.text, match.end(), end)
        if not key or end < 0 or 0 <= scan.find("\n", at) < end:
            return None
        square = scan.text[at] == "["
        if square and scan.text.startswith("(", end + 1):
            return None  # a Markdown link whose text has colons
        stop = end
        while stop > start and scan.text[stop - 1] in " \t":
            stop -= 1
        nodes = scan.inner(start, stop)
        record(scan, key, label, nodes, match.start(1), scan.ahead.shown(start, stop))
        scan.nodes += show(key, label if square else "", nodes)
        return end + 1


def record(  # noqa: PLR0913, PLR0917 (a field, and where it is)
    scan: Scan, key: str, label: str, nodes: list[InlineNode], at: int, raw: str
) -> None:
    """Record a field with its value; the links in a hierarchy field's value become relations."""
    findings = scan.findings
    place = findings.place(scan.place(at))
    findings.fields.append(Field(key, label, plain_text(nodes).strip(), place, raw))
    if key not in findings.settings.relations:
        return
    links = [node.ref - findings.first_ref for node in nodes if isinstance(node, Open) and node.ref >= 0]
    for index in links:
        findings.refs[index] = replace(findings.refs[index], relation=key)
    external = any(
        (isinstance(node, Open) and node.tag == "a" and node.ref < 0)
        or (isinstance(node, Atom) and node.is_link)
        for node in nodes
    )
    beside = _beside_links(nodes)
    if external or (not links and beside):
        findings.report(
            "field-not-link",
            scan.place(at),
            f'"{label}" needs a link to a note, and this value has none'
            if not links
            else f'"{label}" has a link to another site, which is not a note',
            "write it as [[note]]",
        )
    elif links and beside:
        findings.report(
            "field-trailing-text",
            scan.place(at),
            f'only the links in "{label}" are used, "{beside}" is ignored',
        )


def show(key: str, label: str, nodes: list[InlineNode]) -> list[InlineNode]:
    """Return the nodes that show a field: its key, unless that is empty, and its value."""
    shown: list[InlineNode] = [Open("span", {"class": "field"})]
    if label:
        shown += [Open("span", {"class": "field-key"}), label, Close("span"), " "]
    return [*shown, Open("span", {"data-field": key}), *nodes, Close("span"), Close("span")]


def _read_key(text: str, at: int, end: int) -> tuple[str, int, str]:
    """Return the key that is before the colons, where it begins, and emphasis to close after the value."""
    match = _KEY.fullmatch(text, at, end)
    if match is None:
        return "", at, ""
    opening, closing = match[1], match[3]
    label = match[2].strip()
    begin = text.index(label, match.start(2))
    if not opening:
        # Underscores that begin the key are emphasis if as many end it, or end the value.
        opening = label[: min(len(label) - len(label.lstrip("_")), 3)]
        closed = len(label) > 2 * len(opening) and label.endswith(opening)
        if opening and closed:
            label, closing = label[len(opening) : -len(opening)], opening
            begin += len(opening)
        else:
            opening = ""
    if closing not in ("", opening) or not any(char.isalnum() for char in label):
        return "", at, ""
    return label, begin, "" if closing else opening


def _value_start(text: str, at: int, end: int) -> int:
    """Return where the value begins, -1 when what follows the colons makes them text (IF-2)."""
    if at < end and text[at] not in " \t":
        return at if text.startswith(("[[", '"[['), at, end) else -1
    return _after_blanks(text, at, end)


def _after_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " \t":
        at += 1
    return at


def _value_end(text: str, start: int, end: int) -> int:
    """Return where the value ends: what breaks the line is left to the rules that know about it."""
    stop = end
    while stop > start and text[stop - 1] in " \t":
        stop -= 1
    backslash = text.startswith("\n", end) and stop == end and text.endswith("\\", start, end)
    return stop - 1 if backslash and not text.endswith("\\\\", start, end) else stop


def _hide(scan: Scan, nodes: list[InlineNode], end: int) -> int:
    """Show nothing of the line that ends at `end`, nor one of the line breaks around it; return where to continue."""
    for node in nodes:
        if isinstance(node, TagUse):
            scan.findings.tags.append(_tag(scan, node))
    scan.leaf.hides = True
    if end < scan.end:
        return scan.next_line(end)
    last = scan.nodes[-1] if scan.nodes else None
    if last == "\n" or (isinstance(last, Atom) and last.element.tag == "br"):
        scan.nodes.pop()
    return end


def _bracketed(scan: Scan, at: int) -> re.Match[str] | None:
    """Return the match of the key and colons of the bracketed field that may begin at `at` (IF-2b)."""
    match = _BRACKETED.match(scan.masked, at, scan.end)
    if match is None:
        return None
    closing = "]" if scan.text[at] == "[" else ")"
    follows = scan.text.startswith((" ", "\t", closing, "[["), match.end())
    return match if follows and any(char.isalnum() for char in match[1]) else None


def _has_bracketed(scan: Scan, start: int, end: int) -> bool:
    """Say whether a bracketed field is in a stretch: then its line is not a field itself (IF-3)."""
    found = _BRACKETED.finditer(scan.masked, start, end)
    return any(_bracketed(scan, match.start()) and scan.partner(match.start()) > 0 for match in found)


def _beside_links(nodes: list[InlineNode]) -> str:
    """Return the text of a value that is in no link, without separators: in a relation it has no effect."""
    depth = 0
    beside: list[InlineNode] = []
    for node in nodes:
        if isinstance(node, Open) and node.tag == "a":
            depth += 1
        elif isinstance(node, Close) and node.tag == "a":
            depth -= 1
        elif depth == 0:
            beside.append("![[…]]" if _is_embed(node) else node)
    return plain_text(beside).strip(" \t,;\"'")


def _is_embed(node: InlineNode) -> bool:
    """Say whether a node is an embed: it has no text of its own, and is not a link either (HI-2)."""
    if not isinstance(node, Atom) or node.element.tag != RAW:
        return False
    return (node.element.text or "").startswith((f"{STX}embed", f"{STX}image"))


def _tag(scan: Scan, node: TagUse) -> Tag:
    return Tag(node.name, scan.findings.place(scan.place(node.at)))
