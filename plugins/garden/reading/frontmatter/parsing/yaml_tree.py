"""Parses YAML to nodes with their places.

libyaml only splits the text into events; the tree is built here, without recursion. So neither deep nesting (on which
libyaml's own composer overflows the C stack) nor an alias bomb does harm (HC-10), and scalars can be interpreted as
FM-4 says.

Unquoted wiki-links (FM-11) are hidden from YAML: each of their characters that YAML would read as syntax is replaced
by one code point that no text contains, and restored in the scalars. As each is replaced by one, all offsets stay the
same.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.yaml_nodes import (
    YamlError,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
)

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml may be missing

_DEPTH = 64  # levels of nesting; nobody writes more, and later readers may recurse that deep
_EXPANSION = 100_000  # nodes and characters that aliases may repeat in one note

# Hidden characters and their replacements: U+FDD0…U+FDEF are reserved for such internal use.
# Line ends of YAML 1.1 that are text in YAML 1.2, and the byte order mark, are hidden everywhere.
_HIDDEN = "[],#:{}!\x85\u2028\u2029\ufeff"
_HIDE = {ord(char): 0xFDD0 + number for number, char in enumerate(_HIDDEN)}
_FILLER = chr(0xFDEF)  # lengthens a text to that of what it replaces, and is removed again
_SHOW: dict[int, str | None] = {stand_in: chr(char) for char, stand_in in _HIDE.items()}
_SHOW[ord(_FILLER)] = None
# `[["a", "b"]]` stays a list in a list.
_TO_HIDE = re.compile(r"""!?\[\[(?![ \t]*["'])[^\[\]\n]+\]\]|[\x85\u2028\u2029\ufeff\ufdd0-\ufdef]""")
_INTERNAL = dict.fromkeys(range(0xFDD0, 0xFDF0), "\ufffd")  # for texts that contain them in spite of that
# JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
_JSON_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
# PyYAML without libyaml does not accept tabs as indentation, not even in JSON.
_JSON_INDENT = re.compile(r"^[ \t]*\t", re.MULTILINE)
_NOT_YAML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_yaml(text: str, base: int = 0) -> YamlNode | None:
    """Parse one YAML document that is at offset `base` of a file; None if it is empty.

    Raises YamlError.
    """
    hidden = _hidden(text)
    tree = _GrowingTree(base, restore=hidden is not text)
    try:
        loader = _LOADER(hidden)
        try:
            while (event := loader.get_event()) is not None:
                tree.add(event)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(base + (mark.index if mark else 0), error.problem or "not YAML") from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        # All other errors are characters that YAML forbids, whose positions the parsers count in bytes.
        bad = _NOT_YAML.search(text)
        raise YamlError(base + (bad.start() if bad else 0), "a control character") from error
    return tree.root


class _GrowingTree:
    """Builds the tree from events."""

    def __init__(self, base: int, *, restore: bool) -> None:
        self.root: YamlNode | None = None
        self._base = base
        self._restore = restore
        self._open: list[tuple[Any, list[YamlNode]]] = []  # start event and children
        self._anchors: dict[str, YamlNode | None] = {}  # None while the node is still open
        self._extents: dict[int, tuple[int, int]] = {}  # size and depth of nodes, by their `id()`
        self._repeated = 0  # nodes and characters that aliases have repeated so far

    def add(self, event: Any) -> None:
        """Add the next event. Raises YamlError for YAML that notes may not contain, such as excessive nesting."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            if len(self._open) >= _DEPTH:
                raise YamlError(self._base + event.start_mark.index, "lists are nested too deeply")
            if event.anchor:
                self._anchors[event.anchor] = None
            self._open.append((event, []))
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self._close(event)
        elif kind is yaml.AliasEvent:
            self._place(self._alias(event))
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            raise YamlError(self._base + event.start_mark.index, "a second YAML document begins here")

    def _scalar(self, event: Any) -> None:
        """Add a scalar."""
        # `!!str 1` and `! 1` are texts, even without quotation marks.
        plain = not event.style and event.tag not in ("tag:yaml.org,2002:str", "!")
        start, end = event.start_mark.index + self._base, event.end_mark.index + self._base
        text = event.value.translate(_SHOW) if self._restore else event.value
        node = YamlScalar(text, plain, start, end)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place(node)

    def _close(self, event: Any) -> None:
        """Make a node of the innermost open list or mapping, and add it."""
        first, children = self._open.pop()
        start, end = first.start_mark.index + self._base, event.end_mark.index + self._base
        node: YamlNode
        if type(first) is yaml.MappingStartEvent:
            node = YamlMapping(tuple(zip(children[::2], children[1::2], strict=True)), start, end)
        else:
            node = YamlSequence(tuple(children), start, end)
        if first.anchor:
            self._anchors[first.anchor] = node
        self._place(node)

    def _place(self, node: YamlNode) -> None:
        """Add a node to the innermost open list or mapping, or make it the root."""
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node

    def _alias(self, event: Any) -> YamlNode:
        """Return the node that an alias repeats. Raises YamlError if there is none, or if all aliases repeat too much."""
        offset = self._base + event.start_mark.index
        node = self._anchors.get(event.anchor)
        if node is None:
            problem = (
                "is used inside its own definition" if event.anchor in self._anchors else "is not defined"
            )
            raise YamlError(offset, f"the alias {quoted(event.anchor)} {problem}")
        size, depth = self._extent(node)
        self._repeated += size
        if self._repeated > _EXPANSION or len(self._open) + depth > _DEPTH:
            raise YamlError(offset, "aliases expand to too much")
        return node

    def _extent(self, node: YamlNode) -> tuple[int, int]:
        """Return the size and depth of `node` with all its aliases expanded."""
        if isinstance(node, YamlScalar):
            return len(node.text) + 1, 0
        known = self._extents.get(id(node))
        if known is None:
            parts = [self._extent(child) for child in _children(node)]
            known = 1 + sum(size for size, _ in parts), 1 + max((depth for _, depth in parts), default=0)
            self._extents[id(node)] = known
        return known


def _children(node: YamlSequence | YamlMapping) -> Iterator[YamlNode]:
    """Yield the nodes directly inside a list or mapping."""
    if isinstance(node, YamlSequence):
        yield from node.items
    else:
        for pair in node.pairs:
            yield from pair


def _hidden(text: str) -> str:
    """Return `text` with characters hidden from YAML, each replaced by one code point."""
    if _TO_HIDE.search(text):
        text = _TO_HIDE.sub(_stand_in, text)
    if text.lstrip().startswith("{"):
        text = _JSON_PAIR.sub(_joined, _JSON_INDENT.sub(_blanks, text))
    return text


def _stand_in(match: re.Match[str]) -> str:
    """Return a text in which each character of YAML's syntax is replaced by the one that stands for it."""
    return match[0].translate(_INTERNAL).translate(_HIDE)


def _joined(match: re.Match[str]) -> str:
    """Return the character that two escapes of JSON write, filled up to their length."""
    char = match[0].encode().decode("unicode-escape").encode("utf-16", "surrogatepass").decode("utf-16")
    return char.ljust(len(match[0]), _FILLER)


def _blanks(match: re.Match[str]) -> str:
    """Return as many spaces as the indentation has characters, so that all offsets stay the same."""
    return " " * len(match[0])
