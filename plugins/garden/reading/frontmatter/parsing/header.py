"""Reads Pelican's own header: lines `Key: value` at the beginning of a note, without `---` (FM-13).

In many notes such a line at the beginning is text (`Tags: [[x]]`). So the first paragraph is a header only if every
line of it has this form and none contains a link or a tag.
"""

import re

from garden.reading.frontmatter.parsing.yaml_nodes import YamlNode, YamlScalar, YamlSequence

_PELICAN_KEYS = frozenset(
    "title date modified status category tags slug author authors summary lang save_as url template translation".split()
)
_LISTS = frozenset(("tags", "authors", "aliases"))
# What must not follow the colon would make it an inline field or an address such as `https://`.
_LINE = re.compile(r"(?P<key>[^\W\d][\w-]*):(?![:/])[ \t]*(?P<value>.*)")
_CONTINUATION = re.compile(r"[ \t]+(?P<value>\S.*)")
_PIECE = {",": re.compile(r"[^,]+"), ";": re.compile(r"[^;]+")}

Pairs = tuple[tuple[YamlNode, YamlNode], ...]


def begins_like_header(text: str) -> bool:
    """Say whether the first line is `Key: value` with one of Pelican's keys."""
    first = _LINE.fullmatch(text.partition("\n")[0])
    return bool(first and first["key"].lower() in _PELICAN_KEYS and first["value"].strip())


def read_header(text: str) -> tuple[Pairs, int] | None:
    """Return the pairs of the header and the offset at which the body begins, None when there is none."""
    if not begins_like_header(text):
        return None
    # Keys, and the lines of their values with offsets
    entries: list[tuple[YamlScalar, list[tuple[str, int]]]] = []
    offset = 0
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        line = text[offset:end]
        if not line.strip():
            break
        if entries and (more := _CONTINUATION.fullmatch(line)):
            entries[-1][1].append((more["value"], offset + more.start("value")))
        elif found := _LINE.fullmatch(line):
            key = YamlScalar(found["key"], False, offset, offset + found.end("key"))
            entries.append((key, [(found["value"], offset + found.start("value"))]))
        else:
            return None
        offset = end + 1
    if any("[[" in value or value.startswith("#") for _, values in entries for value, _ in values):
        return None
    return tuple((key, _value(key.text.lower(), values)) for key, values in entries), min(offset, len(text))


def _value(key: str, values: list[tuple[str, int]]) -> YamlNode:
    """Return the value of a key: a text, with continuation lines joined, or a list."""
    start, end = values[0][1], values[-1][1] + len(values[-1][0])
    whole = "\n".join(value.rstrip() for value, _ in values if value.strip())
    if key not in _LISTS:
        return YamlScalar(whole, not whole, start, end)
    separator = _PIECE[";" if ";" in whole else ","]
    pieces = (
        (piece[0].strip(), at + piece.start() + len(piece[0]) - len(piece[0].lstrip()))
        for value, at in values
        for piece in separator.finditer(value)
    )
    items = tuple(YamlScalar(piece, False, at, at + len(piece)) for piece, at in pieces if piece)
    return YamlSequence(items, start, end)
