"""Replaces characters that a note may contain, but XML cannot, not even escaped: control characters and noncharacters.

A single one makes a whole feed, drawing or book unreadable.
"""

import re
from typing import Final

# The forbidden characters are listed, since compiling the large set of allowed ones takes as long as a small page.
_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Return `text`, or a whole document, with U+FFFD for each character that XML 1.0 does not allow."""
    return _NOT_XML.sub("\ufffd", text)
