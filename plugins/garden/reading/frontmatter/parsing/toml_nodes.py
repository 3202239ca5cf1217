"""Parses TOML to the same nodes as YAML (FM-14), so that both are handled alike from there on.

The parser of the standard library provides no places. So each key is searched in the text, and the place of its value
is the rest of the line, which is accurate enough for a message.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from garden.reading.frontmatter.parsing.yaml_nodes import (
    YamlError,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
)

_DEPTH = 64  # levels of nesting, as in YAML
_LONGEST = 100_000  # characters
_AT = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
# `key = `, a part of `a.b = `, or the last part of `[a.b]`.
_KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[\w-]+|(?<=["'])[^"'\n]+)(?P=quote)[ \t]*[=.\]]""")
# Zola has tags and categories in a table of their own.
_LIFTED = "taxonomies"


def read_toml(text: str, base: int = 0) -> YamlMapping:
    """Parse TOML that is at offset `base` of a file. Raises YamlError with the offset at which the parser stopped."""
    import tomllib  # only now: few notes have it

    if len(text) > _LONGEST:
        raise YamlError(base, "it is too long")
    if any(_parts(line) > _DEPTH for line in text.split("\n")):
        raise YamlError(base, "a key has too many parts")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise YamlError(base + _offset(text, str(error)), _AT.sub("", str(error)).strip()) from error
    nodes = _Nodes(text, base)
    pairs = list(nodes.mapping(table, base, 0).pairs)
    for key, value in pairs:
        if isinstance(key, YamlScalar) and key.text == _LIFTED and isinstance(value, YamlMapping):
            return YamlMapping((*pairs, *value.pairs), base, base + len(text))
    return YamlMapping(tuple(pairs), base, base + len(text))


def _parts(line: str) -> int:
    """Return the maximum number of parts of a key on this line, since the parser takes quadratic time for them."""
    before, equals, _ = line.partition("=")
    return before.count(".") + 1 if equals or before.lstrip().startswith("[") else 0


class _Nodes:
    """Creates nodes from the values of the parser."""

    def __init__(self, text: str, base: int) -> None:
        self._text = text
        self._base = base
        self._places: dict[str, tuple[int, int]] = {}
        for found in _KEY.finditer(text):
            self._places.setdefault(found["key"], (found.start("key"), found.end()))

    def mapping(self, table: Mapping[str, object], start: int, depth: int) -> YamlMapping:
        """Return a table as a node; the place of a key that is not found in the text is `start`."""
        pairs = []
        for key, value in table.items():
            known = self._places.get(key)
            place = self._base + known[0] if known else start
            value_place = self._base + known[1] if known else start
            pairs.append(
                (YamlScalar(key, False, place, place + len(key)), self._node(value, value_place, depth))
            )
        return YamlMapping(tuple(pairs), start, self._end(start))

    def _node(self, value: object, start: int, depth: int) -> YamlNode:
        """Return a value as a node that begins at `start`. Raises YamlError for deep nesting."""
        end = self._end(start)
        if depth > _DEPTH:
            raise YamlError(start, "tables are nested too deeply")
        match value:
            case str():
                return YamlScalar(value, False, start, end)
            case bool():
                return YamlScalar(str(value).lower(), True, start, end)
            case datetime() | date() | time():
                return YamlScalar(value.isoformat(), True, start, end)
            case list():
                return YamlSequence(tuple(self._node(item, start, depth + 1) for item in value), start, end)
            case dict():
                return self.mapping(value, start, depth + 1)
            case _:
                return YamlScalar(str(value), True, start, end)

    def _end(self, start: int) -> int:
        """Return the offset of the end of the line at `start`, both in the file, not in the text."""
        end = self._text.find("\n", start - self._base)
        return self._base + (len(self._text) if end < 0 else end)


def _offset(text: str, message: str) -> int:
    """Return the offset in the text that an error of the parser names, the end if it names none."""
    at = _AT.search(message)
    if at is None or at["line"] is None:
        return len(text)
    lines = text.split("\n")
    above = sum(len(line) + 1 for line in lines[: int(at["line"]) - 1])
    return min(above + int(at["column"]) - 1, len(text))
