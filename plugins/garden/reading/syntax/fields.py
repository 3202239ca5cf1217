"""Inline fields: `key:: value`, `[key:: value]`, `(key:: value)` (IF), hierarchy fields among them (HI-2)."""

import re
from dataclasses import replace

from garden.model.names import field_key
from garden.model.note import Field, Tag
from garden.reading.syntax.engine.delimiters import Delimiter
from garden.reading.syntax.engine.inlines import MAX_DEPTH, InlineRule, LineRule, Scan
from garden.reading.syntax.engine.nodes import Atom, Close, Node, Open, RefText, TagUse

_LINE = re.compile(
    r"(\\?)(\*\*|__|\*|_)?((?:[^\W_]|[ _/-])*?[^\W_](?:[^\W_]|[ _/-])*?)(\2)?[ \t]*::(?!:)(?:(?=[ \t]|\n|$)|(?=\"?\[\[))[ \t]*"
)
_BRACKETED = re.compile(r"[\[(]([^\[\]()\n]*?)[ \t]*::[ \t]*")
_BRACKETED_ANYWHERE = re.compile(r"[\[(][^\[\]()\n]*?::")
_EMPHASIS = re.compile(r"^[*_]+|[*_]+$")
_BESIDE_LINKS = frozenset(" \t\n,;\"'")


class FieldLineRule(LineRule):
    """A whole line `key:: value`; a hierarchy field is not shown (IF-7)."""

    def scan_line(self, scan: Scan, at: int) -> int | None:
        """Put the field that this line is."""
        if scan.leaf.task:
            return None
        end = scan.find("\n", at)
        end = scan.end if end < 0 else end
        if not 0 <= scan.find("::", at) < end:
            return None
        match = _LINE.match(scan.text, at, end)
        if match is None or 0 <= scan.find("::::", at) < end:
            return None
        if _has_bracketed(scan, match.end(), end):
            return None
        if match[1]:
            scan.nodes.append(scan.text[match.start(2) if match[2] else match.start(3) : match.end()])
            return match.end()
        label = match[3].strip()
        key = field_key(label)
        key_at = match.start(3)
        shown = key not in scan.findings.settings.relations
        nodes = scan.inner(match.end(), end)
        record(scan, key, label, nodes, key_at)
        if shown:
            scan.nodes += show(key, label, nodes)
            return end
        # The line is gone, and with it one of the line breaks round it.
        for node in nodes:
            if isinstance(node, TagUse):
                scan.findings.tags.append(_tag(scan, node))
        scan.leaf.hides = True
        if end < scan.end:
            return scan.next_line(end)
        if scan.nodes and scan.nodes[-1] == "\n":
            scan.nodes.pop()
        return end


class FieldBracketRule(InlineRule):
    """`[key:: value]` shows key and value, `(key:: value)` the value alone."""

    triggers = (r"\[(?=[^\[\]()\n]*::)", r"\((?=[^\[\]()\n]*::)")

    def scan(self, scan: Scan, at: int) -> int | None:
        """Put the field."""
        match = _BRACKETED.match(scan.text, at, scan.end) if scan.depth < MAX_DEPTH else None
        if match is None:
            return None
        label = _EMPHASIS.sub("", match[1].strip()).strip()
        key = field_key(label)
        end = scan.partner(at)
        if not key or end < match.end() or end >= scan.end or 0 <= scan.find("\n", at) < end:
            return None
        square = scan.text[at] == "["
        if square and scan.text.startswith("(", end + 1):
            return None  # a Markdown link whose text has colons
        stop = end
        while stop > match.end() and scan.text[stop - 1] in " \t":
            stop -= 1
        nodes = scan.inner(match.end(), stop)
        record(scan, key, label, nodes, match.start(1))
        scan.nodes += show(key, label if square else "", nodes)
        return end + 1


def record(scan: Scan, key: str, label: str, nodes: list[Node], at: int) -> None:
    """Record a field with its value; the links in a hierarchy field's value become relations."""
    findings = scan.findings
    place = findings.place(scan.place(at))
    findings.fields.append(Field(key, label, _text(nodes), place))
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
            f'"{label}" needs a link to a note, this value has none'
            if not links
            else f'"{label}" holds a link to another site, which is no note',
            "write it as [[note]]",
        )
    elif links and beside:
        findings.report(
            "field-trailing-text",
            scan.place(at),
            f'only the links in "{label}" count, "{beside}" is ignored',
        )


def show(key: str, label: str, nodes: list[Node]) -> list[Node]:
    """Return the nodes that show a field: its key, unless that is empty, and its value."""
    shown: list[Node] = [Open("span", {"class": "field"})]
    if label:
        shown += [Open("span", {"class": "field-key"}), label, Close("span"), " "]
    return [*shown, Open("span", {"data-field": key}), *nodes, Close("span"), Close("span")]


def _has_bracketed(scan: Scan, start: int, end: int) -> bool:
    for match in _BRACKETED_ANYWHERE.finditer(scan.text, start, end):
        if not scan.text.startswith("[[", match.start()) and not scan.text.startswith(
            "[[", match.start() - 1
        ):
            return True
    return False


def _text(nodes: list[Node]) -> str:
    out = []
    for node in nodes:
        match node:
            case str():
                out.append(node)
            case Delimiter():
                out.append(node.char * node.count)
            case RefText():
                out.append(node.text)
            case TagUse():
                out.append("#" + node.name)
            case Atom():
                out.append(node.plain)
    return "".join(out).strip()


def _beside_links(nodes: list[Node]) -> str:
    depth = 0
    beside: list[Node] = []
    for node in nodes:
        if isinstance(node, Open) and node.tag == "a":
            depth += 1
        elif isinstance(node, Close) and node.tag == "a":
            depth -= 1
        elif depth == 0:
            beside.append(node)
    text = _text(beside)
    return "" if all(char in _BESIDE_LINKS for char in text) else text


def _tag(scan: Scan, node: TagUse) -> Tag:
    return Tag(node.name, scan.findings.place(scan.place(node.at)))
