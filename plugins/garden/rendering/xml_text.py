"""What XML cannot hold, not even escaped, and a note can: control characters, code points that are not characters.

A single one makes a whole feed, drawing or book unreadable.
"""

import re
from typing import Final

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Return `text`, or a finished document, with U+FFFD for each character that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
