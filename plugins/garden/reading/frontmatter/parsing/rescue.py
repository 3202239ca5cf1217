"""Reads the valid parts of malformed front matter (FM-9)."""

import re
from itertools import pairwise

from msgspec import Struct

from garden.reading.frontmatter.parsing.toml_nodes import read_toml
from garden.reading.frontmatter.parsing.yaml_nodes import YamlError, YamlMapping, YamlNode
from garden.reading.frontmatter.parsing.yaml_values import is_empty

_TOP_KEY = re.compile(
    r"""^(?:"[^"\n]*"|'[^'\n]*'|[^\s\#"':][^:\n]*+(?::(?=\S)[^:\n]*+)*+):(?=\s|\Z)""", re.MULTILINE
)
# Deliberately broad: a key that only resembles one of these makes the note a draft, but no real one is missed.
_GUARD = re.compile(
    r"""(?:^|[{,])[ \t?-]*["']?(?:status|publish(?:ed)?|public|draft|private|visibility|hidden|unlisted)["']?\s*[:：=]""",
    re.IGNORECASE | re.MULTILINE,
)


class Rescued(Struct, frozen=True):
    """The pairs that are valid by themselves; `guarded` if there is a status key that cannot be read."""

    pairs: tuple[tuple[YamlNode, YamlNode], ...]
    guarded: bool


def rescue_toml(text: str, base: int) -> Rescued:
    """Parse each line above the first table of the malformed TOML `text` by itself; `base` is its offset in the file."""
    pairs: list[tuple[YamlNode, YamlNode]] = []
    lost = []
    top = True
    offset = 0
    for line in text.split("\n"):
        top = top and not line.startswith("[")
        try:
            found = read_toml(line, base + offset).pairs if top else ()
        except YamlError:
            found = ()
        pairs.extend(found)
        if not found:
            lost.append(line)
        offset += len(line) + 1
    return Rescued(tuple(pairs), any(_GUARD.search(line) for line in lost))


def rescue(text: str, base: int) -> Rescued:
    """Parse each top-level key of the malformed YAML `text` by itself; `base` is its offset in the file.

    A key is parsed with the lines below it if these are valid together, or else only its own line counts.
    """
    edges = [*(match.start() for match in _TOP_KEY.finditer(text)), len(text)]
    pairs: list[tuple[YamlNode, YamlNode]] = []
    lost = [text[: edges[0]]]
    for start, end in pairwise(edges):
        found = _pairs(text[start:end], base + start)
        if not found:
            line = text[start:end].partition("\n")[0]
            found = tuple(pair for pair in _pairs(line, base + start) if not is_empty(pair[1]))
            lost.append(text[start + len(line) : end] if found else text[start:end])
        pairs.extend(found)
    return Rescued(tuple(pairs), any(_GUARD.search(part) for part in lost))


def _pairs(text: str, base: int) -> tuple[tuple[YamlNode, YamlNode], ...]:
    """Return the keys and values in a part of the text, none if it is not YAML."""
    from garden.reading.frontmatter.parsing.yaml_tree import read_yaml  # as in `read`

    try:
        node = read_yaml(text, base)
    except YamlError:
        return ()
    return node.pairs if isinstance(node, YamlMapping) else ()
