"""Converts nodes to values by the core schema of YAML 1.2, with exceptions for notes (FM-4, FM-5)."""

import re
from collections.abc import Iterator
from math import isfinite

from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMERIC = frozenset("+-.0123456789")  # first characters
# A number has no leading zero: `0123` is text. Nor has it more than three hundred digits.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,300})")
_OTHER_BASE = re.compile(r"0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def to_value(node: YamlNode, text: str) -> object:
    """Return `node` as text, number, Boolean, None, list or dict; dates stay texts (FM-5).

    `text` is the file's text, from which a key that is a list or a mapping is taken as written.
    """
    if isinstance(node, YamlScalar):
        return _scalar_value(node)
    if isinstance(node, YamlSequence):
        return [to_value(item, text) for item in node.items]
    return {key_text(key, text): to_value(value, text) for key, value in node.pairs}


def key_text(key: YamlNode, text: str) -> str:
    """Return a key as written; `text` is the file's text."""
    return key.text if isinstance(key, YamlScalar) else text[key.start : key.end]


def is_empty(node: YamlNode) -> bool:
    """Say whether `node` is a property without a value: nothing, `null`, `~` or blank text."""
    return isinstance(node, YamlScalar) and (node.text in _EMPTY if node.plain else not node.text.strip())


def scalars(node: YamlNode) -> Iterator[YamlScalar]:
    """Yield every scalar value in `node` in order, at any depth (FM-11)."""
    if isinstance(node, YamlScalar):
        yield node
    elif isinstance(node, YamlSequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for _, value in node.pairs:
            yield from scalars(value)


def items(node: YamlNode) -> Iterator[YamlScalar | YamlMapping]:
    """Yield the items of a list, with nested lists flattened; a single value is a list of one item."""
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from items(item)
    else:
        yield node


def _scalar_value(node: YamlScalar) -> object:
    """Return a scalar as text, number, Boolean or None; in quotation marks it is text."""
    text = node.text
    if not node.plain:
        return text
    if text in _EMPTY:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if isfinite(number) else text
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return text
