"""Front matter as most of it is: lines `key: text` and lists of texts, with nothing else of YAML's in it.

One regular expression for each key takes a tenth of libyaml's time. Whatever might mean anything else in YAML (a quote at
the beginning, a further colon, a comment, a text on several lines) is left to libyaml.
"""

import re
from typing import Final

from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

# Neither a colon nor a number sign, no control character, and nothing that YAML 1.1 takes for the end of a line.
_CHARS: Final = '!"$-9;-~\xa0-\u2027\u202a-\ud7ff'
_TEXT: Final = rf"[0-9A-Za-z\xc0-\u1fff\u3040-\ud7ff](?:[ {_CHARS}]*[{_CHARS}])?"
_KEY: Final = re.compile(rf"({_TEXT}):(?: ({_TEXT})|((?:\n *- {_TEXT})+))(?:\n|\Z)")
_ITEM: Final = re.compile(rf"\n( *)- ({_TEXT})")
_LONGEST_KEY: Final = 1000  # YAML's own limit is 1,024 bytes, for which it looks further than a line


def read_plain_lines(text: str, base: int) -> YamlMapping | None:
    """Return the mapping that `text`, at offset `base` of a file, is; None unless all of it is certainly that simple."""
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
