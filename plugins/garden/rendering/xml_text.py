"""What XML cannot hold, not even escaped, and a note can: control characters, code points that are not characters.

A single one makes a whole feed, drawing or book unreadable.
"""

import re
from typing import Final

# Named one by one: to compile the many that it can hold takes as long as a small page.
_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Return `text`, or a finished document, with U+FFFD for each character that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
