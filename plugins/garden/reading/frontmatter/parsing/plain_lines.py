"""Front matter as most of it is: lines `key: text` and lists of texts, with nothing else of YAML's in it.

One regular expression for each key takes a tenth of libyaml's time. Whatever might mean anything else in YAML (a quote at
the beginning, a further colon, a comment, a text on several lines) is left to libyaml.
"""

import re
from typing import Final

from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

# Control characters, what YAML 1.1 takes for the end of a line, and what is not of the basic plane.
_NOT_PLAIN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\U0010ffff]")
# Between other characters: it begins with a letter or a digit, with neither a colon nor a number sign after that. The sets
# name what is not in them, since each of their characters takes time when they are compiled.
_TEXT: Final = "[^\n -/:-@\\[-`{-\xbf\u2000-\u303f](?:[^\n#:]*[^\n#: ])?"
_KEY: Final = re.compile(rf"({_TEXT}):(?: ({_TEXT})|((?:\n *- {_TEXT})+))(?:\n|\Z)")
_ITEM: Final = re.compile(rf"\n( *)- ({_TEXT})")
_LONGEST_KEY: Final = 1000  # YAML's own limit is 1,024 bytes, for which it looks further than a line


def read_plain_lines(text: str, base: int) -> YamlMapping | None:
    """Return the mapping that `text`, at offset `base` of a file, is; None unless all of it is certainly that simple."""
    if _NOT_PLAIN.search(text):
        return None
    pairs: list[tuple[YamlNode, YamlNode]] = []
    at = 0
    while at < len(text):
        found = _KEY.match(text, at)
        if found is None or found.end(1) - at > _LONGEST_KEY:
            return None
        written = found[2]
        value: YamlNode
        if written is not None:
            value = YamlScalar(written, True, base + found.start(2), base + found.end(2))
        else:
            items = list(_ITEM.finditer(text, *found.span(3)))
            if len({item[1] for item in items}) > 1:
                return None
            value = YamlSequence(
                tuple(YamlScalar(item[2], True, base + item.start(2), base + item.end(2)) for item in items),
                base + items[0].end(1),
                base + found.end(),
            )
        pairs.append((YamlScalar(found[1], True, base + at, base + found.end(1)), value))
        at = found.end()
    return YamlMapping(tuple(pairs), base, base + len(text)) if pairs else None
